"""Customers of two zones: lawful, and worth knowing. Compared under a key that lives in memory only.

Blind indexes are keyed by zone, so equal people cannot be told across zones from what is stored.
Where one process has two zones' keys, it can compare what it opens on the way.
"""

from collections.abc import Iterable
from hashlib import blake2b
from secrets import token_bytes

from privacy.errors import WireFormatError
from privacy.ids import ZoneId
from privacy.records.canonical import HandleKind, Participant
from privacy.records.handles import normalise

_DIGEST_BYTES = 16
_COMPARED = frozenset({HandleKind.EMAIL, HandleKind.PHONE})
"""Handles that are the same person wherever they are met."""


class SharedPeople:
    """Handles of several zones, each as a hash under a key that nobody keeps."""

    def __init__(self) -> None:
        self._key = token_bytes(32)
        self._seen: dict[ZoneId, set[bytes]] = {}

    def see(self, zone: ZoneId, people: Iterable[Participant]) -> None:
        """Take in an item's people."""
        seen = self._seen.setdefault(zone, set())
        for person in people:
            for handle in person.handles:
                if handle.kind not in _COMPARED:
                    continue
                try:
                    spelled = normalise(handle, region=person.country)
                except WireFormatError:
                    continue
                value = f"{handle.kind}|{spelled}".encode("utf-8", "surrogatepass")
                seen.add(blake2b(value, key=self._key, digest_size=_DIGEST_BYTES).digest())

    def counts(self) -> dict[ZoneId, int]:
        """Give how many handles of each zone were compared."""
        return {zone: len(seen) for zone, seen in sorted(self._seen.items())}

    def pairs(self) -> dict[tuple[ZoneId, ZoneId], int]:
        """Give how many handles each two zones have in common, where they have any."""
        zones = sorted(self._seen)
        return {
            (one, other): count
            for place, one in enumerate(zones)
            for other in zones[place + 1 :]
            if (count := len(self._seen[one] & self._seen[other]))
        }
