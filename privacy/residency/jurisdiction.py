"""Whose person a row is about, by the evidence that lies with it, and which transfers cover it.

Evidence counts in the order of routing (`privacy.zones.routing`): a country stated for the person,
then the country the item was routed by, then the prefix of a phone number. A handle the zone knew
already, and an operator's decision, come before all of them: such rows are told, not faulted.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from privacy.errors import Tampered
from privacy.ids import ZoneId
from privacy.opened import OpenZone
from privacy.records.canonical import HandleKind, Participant
from privacy.transfers import LineKind, TransferRegister, recipient_of
from privacy.zones.model import ZonePolicy
from privacy.zones.routing import country_of_phone

HANDED_OVER: Final = "h_"
"""How the reference of a transfer begins that is a hand-off file; see `privacy.keys.handoff_file`."""

PLACED_BY: Final[Mapping[str, str]] = {
    "known_handle": "the handle was known in this zone before",
    "operator": "an operator decided that the person belongs here",
}
"""Evidence that comes before any country, by the code that rows carry."""


_COUNTRY: Final = re.compile(r"[A-Za-z]{2}")


class Claim(StrEnum):
    """What a piece of evidence says."""

    OURS = "ours"
    ANOTHERS = "anothers"
    NO_ZONES = "no_zones"
    """A country that no zone covers."""
    NONE = "none"


class Jurisdictions:
    """Which country is whose, seen from one zone."""

    def __init__(self, zone: ZoneId, policies: Mapping[ZoneId, ZonePolicy]) -> None:
        self._zone = zone
        self._zone_of = {
            country: owner for owner, policy in policies.items() for country in policy.countries
        }

    @property
    def foreign(self) -> dict[str, ZoneId]:
        """Give every country of another zone, with its zone."""
        return {c: owner for c, owner in self._zone_of.items() if owner != self._zone}

    def claim(self, countries: Iterable[str | None]) -> tuple[Claim, ZoneId | None]:
        """Say whose some countries are; one of ours makes it ours."""
        found = Claim.NONE
        owner: ZoneId | None = None
        for country in countries:
            if not country or not _COUNTRY.fullmatch(country) or country.upper() == "ZZ":
                continue
            zone = self._zone_of.get(country.upper())
            if zone == self._zone:
                return Claim.OURS, zone
            if zone is not None:
                found, owner = Claim.ANOTHERS, owner or zone
            elif found is Claim.NONE:
                found = Claim.NO_ZONES
        return found, owner

    def of_people(
        self, people: Sequence[Participant], country: str | None
    ) -> tuple[Claim, ZoneId | None, str]:
        """Say whose an item's people are, and by which evidence."""
        stated = [person.country for person in people if person.country]
        if stated:
            return *self.claim(stated), "country stated for the person"
        if country:
            return *self.claim([country]), "country it was routed by"
        phones = [
            country_of_phone(handle.value)
            for person in people
            for handle in person.handles
            if handle.kind is HandleKind.PHONE
        ]
        return *self.claim(phones), "prefix of a phone number"


@dataclass(frozen=True, slots=True)
class Stray:
    """A row whose evidence names another zone.

    Attributes:
        belongs_to: That zone.
        person: Whom it is about, as an opaque id; None where the row names nobody.
        evidence: What says so, in words.
        handles: Blind indexes of the person's handles, where they were read.
    """

    place: str
    row: str
    belongs_to: ZoneId
    person: str | None
    evidence: str
    handles: tuple[str, ...] = ()


@dataclass(slots=True)
class Persons:
    """What the rows of one zone say of whose people they are about.

    Attributes:
        claims: Rows by place and by what their evidence says.
        routed: Landed items that name no country, by the evidence that put them here.
        placed: Rows of another zone's country that are here by evidence before any country.
        strays: Rows that ought to be in another zone.
    """

    claims: dict[str, Counter[str]] = field(default_factory=dict)
    routed: Counter[str] = field(default_factory=Counter)
    placed: Counter[tuple[str, ZoneId]] = field(default_factory=Counter)
    strays: list[Stray] = field(default_factory=list)

    def count(self, place: str, claim: Claim, rows: int = 1) -> None:
        """Count rows of a place."""
        self.claims.setdefault(place, Counter())[claim.value] += rows

    def found(self, stray: Stray, routed_by: str | None) -> None:
        """Take in a row of another zone's country."""
        if routed_by in PLACED_BY:
            self.placed[routed_by or "", stray.belongs_to] += 1
        else:
            self.strays.append(stray)


def count_people(strays: Iterable[Stray], customers: Mapping[str, str]) -> int:
    """Count the people some rows are about: who shares a customer or a handle is one person.

    Args:
        strays: The rows.
        customers: Which customer subjects are believed to be, where they are resolved.
    """
    roots: dict[str, str] = {}

    def root_of(one: str) -> str:
        while (above := roots.setdefault(one, one)) != one:
            roots[one] = one = roots[above]
        return one

    rows = []
    for stray in strays:
        names = [stray.person or f"{stray.place} {stray.row}", *stray.handles]
        if stray.person is not None and stray.person in customers:
            names.append(customers[stray.person])
        for name in names[1:]:
            roots[root_of(name)] = root_of(names[0])
        rows.append(names[0])
    return len({root_of(name) for name in rows})


@dataclass(frozen=True, slots=True)
class Cover:
    """What the registers say of transfers from one zone to another.

    Attributes:
        count_persons: For how many there was leave.
        references: Instruments, with the document where one is on file.
    """

    count_persons: int
    references: tuple[str, ...]


def cover_of(zone: OpenZone, sender: ZonePolicy, others: Sequence[OpenZone]) -> Cover:
    """Say how many people of another zone may be in this one.

    The two registers speak of the same transfers, so the larger number holds: what the sender's
    says left for this zone, where its register is at hand, or what this zone's says it received.
    A register that is damaged gives leave to nobody.
    """
    there = next((other for other in others if other.zone == sender.id), None)
    left = _sums(
        there,
        LineKind.TRANSFER,
        lambda line: (
            line["recipient"] == recipient_of(zone.zone)
            and line["destination"] in zone.policy.countries
        ),
    )
    came = _sums(zone, LineKind.RECEIPT, lambda line: line["sender"] == sender.id)
    return max((left, came), key=lambda cover: cover.count_persons)


def _is_hand_over(line: Mapping[str, Any]) -> bool:
    """Tell whether a transfer brought people of a zone home to it: no leave to be elsewhere."""
    return str(line.get("transfer") or "").startswith(HANDED_OVER)


def _sums(zone: OpenZone | None, kind: LineKind, fits: Any) -> Cover:
    if zone is None:
        return Cover(0, ())
    try:
        written = TransferRegister(zone).lines()
    except Tampered:
        return Cover(0, ())
    lines = [
        line for line in written if line["kind"] == kind and fits(line) and not _is_hand_over(line)
    ]
    references = {f"{line['instrument']} {line['reference'] or ''}".strip() for line in lines}
    return Cover(sum(line["count_persons"] for line in lines), tuple(sorted(references)))
