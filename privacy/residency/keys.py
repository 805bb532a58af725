"""Tries keys: what a zone holds opens with its own, and with no other zone's that is at hand.

A sealed value names its key by a commitment, 32 bytes that are a hash of the key. Whether any of
another zone's keys opens any of a million values is therefore one look-up a value: a value opens
under the key whose commitment it carries, and under no other (`privacy.keys.envelope`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine, select

from privacy.errors import KeyDestroyed, Tampered, WrongKey
from privacy.ids import ZoneId
from privacy.keys.envelope import commitment_of
from privacy.keys.keyring import Keyring
from privacy.keys.suites import joined
from privacy.opened import OpenZone
from privacy.residency.findings import FindingKind, Findings
from privacy.residency.sealed_rows import SealedRows
from privacy.store.tables import EPOCHS, ZONE_SECRETS

WRAPPED: Final = "wrapped keys"
"""Place of the zone's own keys and of its epochs, in tallies and findings."""


@dataclass(slots=True)
class Tally:
    """What was tried in one place.

    Attributes:
        count: Values, keys or files.
        count_opened: By the zone's own keys.
        count_shredded: Whose key was destroyed: they open for nobody.
        count_refused: Attempts with other zones' keys that failed as they must; of sealed values,
            values times zones.
        count_bytes: Of what was tried.
    """

    count: int = 0
    count_opened: int = 0
    count_shredded: int = 0
    count_refused: int = 0
    count_bytes: int = 0


class KnownKeys:
    """The keys of every zone at hand, told apart without opening anything.

    Args:
        zones: Whose.
    """

    def __init__(self, zones: Iterable[OpenZone]) -> None:
        self.zones: Mapping[ZoneId, OpenZone] = {zone.zone: zone for zone in zones}
        self._owners: dict[bytes, ZoneId] = {}
        self.counts: dict[ZoneId, int] = {}
        self.unopened: dict[ZoneId, list[str]] = {}
        """Owners whose key lies in a zone's store and does not unwrap there."""
        for zone_id, zone in self.zones.items():
            before, unopened = len(self._owners), self.unopened.setdefault(zone_id, [])
            for owner_id, commitment in zone.keyring.commitments():
                if commitment is not None:
                    self._owners[commitment] = zone_id
                else:
                    unopened.append(str(owner_id))
            self.counts[zone_id] = len(self._owners) - before

    def owner_of(self, sealed: bytes) -> ZoneId | None:
        """Say whose key opens a value; None where it is nobody's at hand."""
        try:
            return self._owners.get(commitment_of(sealed))
        except Tampered:
            return None

    def others(self, zone: ZoneId) -> list[OpenZone]:
        """Give the other zones."""
        return [other for other_id, other in self.zones.items() if other_id != zone]


class KeyTrial:
    """Tries keys on everything of one zone.

    Args:
        zone: Whose part it is.
        keyring: Its keys; a backup's are those the backup holds.
        known: The keys of every zone at hand.
        findings: Where to put what is wrong.
        within: Put before every place: the name of a backup.
    """

    def __init__(
        self,
        zone: ZoneId,
        keyring: Keyring,
        known: KnownKeys,
        findings: Findings,
        *,
        within: str = "",
    ) -> None:
        self._zone = zone
        self._keyring = keyring
        self._known = known
        self._others = known.others(zone)
        self._findings = findings
        self._within = within
        self.tallies: dict[str, Tally] = {}

    def tally(self, place: str) -> Tally:
        """Give what is counted for a place."""
        return self.tallies.setdefault(self._within + place, Tally())

    def add(self, kind: FindingKind, place: str, row: str | None, detail: str) -> None:
        """Put something wrong on the list."""
        self._findings.add(kind, self._within + place, row, detail)

    # --- wrapped keys ---------------------------------------------------------------------------

    def try_wrapped(self, wrapped: Iterable[tuple[str, str, bytes]]) -> None:
        """Try every key service on wrapped keys: name, label in the context, and bytes of each."""
        tally = self.tally(WRAPPED)
        for name, label, value in wrapped:
            context = joined(self._zone, label)
            tally.count += 1
            tally.count_bytes += len(value)
            try:
                self._keyring.try_unwrapping(value, context=context)
                tally.count_opened += 1
            except KeyDestroyed:
                tally.count_shredded += 1
            except (WrongKey, Tampered) as error:
                self.add(FindingKind.DOES_NOT_OPEN, WRAPPED, name, _refusal(error))
            for other in self._others:
                # In this zone's context, so that it is the key that refuses; and in its own, in
                # which the other zone's keys would have been wrapped.
                if any(_unwraps(other, value, joined(z, label)) for z in (self._zone, other.zone)):
                    self.add(FindingKind.OPENS_ELSEWHERE, WRAPPED, name, _opens(other.zone))
                else:
                    tally.count_refused += 1

    # --- sealed values --------------------------------------------------------------------------

    def open(self, rows: SealedRows, *, tallied_as: str | None = None) -> list[bytes | None]:
        """Open values with the zone's own keys, and hold them against every other zone's.

        Returns:
            In the clear; None where a value does not open.
        """
        tally = self.tally(tallied_as or rows.place)
        tally.count += len(rows.sealed)
        tally.count_bytes += sum(map(len, rows.sealed))
        values, refusals = self._opened(rows)
        missing = [place for place, value in enumerate(values) if value is None]
        unowned = {rows.owner_ids[n] for n in missing if n not in refusals} - {None}
        destroyed = self._keyring.destroyed_among(one for one in unowned if one is not None)
        tally.count_opened += len(values) - len(missing)
        for place, sealed in enumerate(rows.sealed):
            holder = self._known.owner_of(sealed)
            is_shredded = (
                values[place] is None
                and place not in refusals
                and rows.owner_ids[place] in destroyed
            )
            tally.count_refused += len(self._others)
            if holder is not None and holder != self._zone:
                tally.count_refused -= 1
                self.add(FindingKind.OPENS_ELSEWHERE, rows.place, rows.ids[place], _opens(holder))
            elif is_shredded:
                tally.count_shredded += 1
            elif values[place] is None:
                detail = refusals.get(place, "its owner has no key in this zone")
                self.add(FindingKind.DOES_NOT_OPEN, rows.place, rows.ids[place], detail)
        return values

    def _opened(self, rows: SealedRows) -> tuple[list[bytes | None], dict[int, str]]:
        """Open a batch; where one value spoils it, each by itself."""
        try:
            return self._open_many(rows), {}
        except (WrongKey, Tampered):
            pass
        values: list[bytes | None] = []
        refusals: dict[int, str] = {}
        for place in range(len(rows.sealed)):
            try:
                values += self._open_many(rows.at(place))
            except (WrongKey, Tampered) as error:
                values.append(None)
                refusals[place] = _refusal(error)
        return values, refusals

    def _open_many(self, rows: SealedRows) -> list[bytes | None]:
        table, column = rows.bound_to
        return self._keyring.open_many(
            rows.owner_ids, table=table, column=column, sealed=rows.sealed, missing="none"
        )


def wrapped_keys(store: Engine) -> Iterator[tuple[str, str, bytes]]:
    """Give a zone's own keys and its epochs as they lie in a store: name, label, wrapped."""
    with store.connect() as connection:
        secrets: Sequence[tuple[str, bytes]] = [
            (row.name, row.wrapped)
            for row in connection.execute(select(ZONE_SECRETS.c.name, ZONE_SECRETS.c.wrapped))
        ]
        epochs: Sequence[tuple[int, bytes]] = [
            (row.epoch, row.wrapped)
            for row in connection.execute(
                select(EPOCHS.c.epoch, EPOCHS.c.wrapped).where(EPOCHS.c.wrapped.is_not(None))
            )
        ]
    for name, wrapped in secrets:
        yield f"secret {name}", name, wrapped
    for epoch, wrapped in epochs:
        yield f"epoch {epoch}", f"epoch-{epoch}", wrapped


def _unwraps(zone: OpenZone, wrapped: bytes, context: bytes) -> bool:
    try:
        zone.keyring.try_unwrapping(wrapped, context=context)
    except (WrongKey, Tampered, KeyDestroyed):
        return False
    return True


def _refusal(error: WrongKey | Tampered) -> str:
    kind = "under another key" if isinstance(error, WrongKey) else "changed, or moved here"
    return f"not opened by this zone's keys: {kind}"


def _opens(zone: ZoneId) -> str:
    return f"opens with the keys of zone {zone}"
