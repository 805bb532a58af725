"""Generates a retail world: what vendors would have delivered, and the truth beside it.

People are made one after another, each with the whole of their story, so memory does not grow with
the number of messages; the same seed gives the same bytes, whatever the order of the zones.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from pipelines.synthetic import countries
from pipelines.synthetic.calendar import DAY_SECONDS, midnight
from pipelines.synthetic.inbox import Inbox
from pipelines.synthetic.people import random_of
from pipelines.synthetic.truth import Truth
from pipelines.synthetic.zone import ZoneMaker
from privacy.errors import ConfigurationError, UnknownZone
from privacy.ids import ZoneId

ZONES = countries.ZONES
SHARES: Mapping[ZoneId, int] = dict(zip(ZONES, (42, 16, 16, 10, 16), strict=True))
"""Each zone's share of the messages."""

Progress = Callable[[int, int], None]
"""Called now and then with the messages made so far and those wanted."""


@dataclass(slots=True)
class WorldReport:
    """What was generated.

    Attributes:
        items: Zone, then source, then outcome: ``delivered``, ``duplicate``, ``malformed``,
            ``stray`` (belongs to another zone) and ``conflicting`` (its evidence contradicts
            itself).
        kpis: Zone, then the name of a count or a share.
    """

    directory: Path
    seed: int
    count_messages: int = 0
    count_people: int = 0
    count_bytes: int = 0
    items: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)
    kpis: dict[str, dict[str, float]] = field(default_factory=dict)

    @property
    def inbox(self) -> Path:
        """Give the folder with an inbox a zone."""
        return self.directory / "inbox"

    @property
    def truth(self) -> Path:
        """Give the folder of the truth."""
        return self.directory / "truth"


def generate(
    directory: Path,
    *,
    seed: int,
    messages: int,
    until: date,
    zones: Sequence[ZoneId] = ZONES,
    days: int = 30,
    languages: Sequence[str] = (),
    progress: Progress | None = None,
) -> WorldReport:
    """Write a world into a folder.

    Args:
        directory: ``inbox/<zone>/`` and ``truth/`` are made in it; files of an earlier world that
            have the same names are replaced.
        seed: The same seed gives the same world.
        messages: How many messages and turns, all zones together. The last story is not cut off
            in the middle of a contact, so there may be a few more.
        until: The day after the last one of the world.
        zones: Which zones there are. Strays come only from among them.
        days: How long the world lasts.
        languages: Of the people, who take turns to speak them, each from a country where theirs is
            spoken: for measuring detection. A run of the product refuses what is from a country of
            no zone. Empty for the languages of each zone's own countries.
        progress: Called about every thousand messages.

    Raises:
        UnknownZone: There are no people of a zone.
        ConfigurationError: The numbers make no world.
    """
    for zone in zones:
        if zone not in ZONES:
            raise UnknownZone(f"no people are made for zone {zone}")
    if messages < 1 or days < 2 or not zones:
        raise ConfigurationError("a world needs a zone, a message, and two days")
    for tag in languages:
        countries.speaking(tag)
    report = WorldReport(directory, seed)
    begin = midnight(until) - days * DAY_SECONDS
    chosen = [zone for zone in ZONES if zone in zones]
    total = sum(SHARES[zone] for zone in chosen)
    with Truth(report.truth) as truth:
        for zone in chosen:
            wanted = max(1, round(messages * SHARES[zone] / total))
            others = [other for other in chosen if other != zone]
            with Inbox(report.inbox / zone, zone, random_of(seed, zone, "faults")) as inbox:
                maker = ZoneMaker(
                    zone, seed, begin, midnight(until), truth, inbox, others, tuple(languages)
                )
                maker.make(wanted, _onward(progress, report.count_messages, messages))
            report.count_messages += maker.count_messages
            report.count_people += maker.sums["people"]
            report.count_bytes += inbox.count_bytes
            report.items[zone] = maker.items
            report.kpis[zone] = maker.kpis
    _write_totals(report, until, days, messages)
    return report


def _onward(progress: Progress | None, before: int, wanted: int) -> Callable[[int], None]:
    """Give what counts a zone's messages on from those of the zones before it."""

    def tell(done: int) -> None:
        if progress is not None:
            progress(before + done, wanted)

    return tell


def _write_totals(report: WorldReport, until: date, days: int, messages: int) -> None:
    totals = asdict(report)
    del totals["directory"]
    totals |= {"until": until.isoformat(), "days": days, "messages_wanted": messages}
    path = report.truth / "totals.json"
    path.write_text(json.dumps(totals, indent=2, sort_keys=True) + "\n", encoding="utf-8")
