"""How long an erasure takes here, by what the last ones took.

Removal and search each read the zone's files once, whoever is erased, so what they take goes with
how much the zone holds. Every execution and every search notes what it took; a plan counts on the
last few.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from privacy.erasure.journal import Erasure
from privacy.opened import OpenZone
from privacy.store.tables import ERASURES

REMOVAL: Final = "removal"
"""Rows deleted, landed files and the warehouse written anew."""
SEARCH: Final = "search"
"""Every byte searched."""

ASSUMED_BYTES_A_SECOND: Final = {REMOVAL: 15 << 20, SEARCH: 50 << 20}
"""Where nothing was measured yet: what two cores of a virtual machine do, with half in hand."""

_LAST: Final = 5
_DOORS_SECONDS: Final = 2


@dataclass(frozen=True, slots=True)
class Estimate:
    """How long an erasure will take, from the first step to the end of the search.

    Attributes:
        basis: What the number rests on, in words.
    """

    seconds: int
    basis: str


def bytes_held(zone: OpenZone) -> int:
    """Give the size of everything in the zone's folder."""
    return sum(path.stat().st_size for path in zone.layout.root.rglob("*") if path.is_file())


def note_pace(erasures: Sequence[Erasure], part: str, *, seconds: float, count_bytes: int) -> None:
    """Put to erasures what a part of them took together; whoever saves them next makes it last."""
    for erasure in erasures:
        erasure.progress.setdefault("pace", {})[part] = {
            "milliseconds": max(1, round(seconds * 1000)),
            "bytes": count_bytes,
        }


def estimate(zone: OpenZone) -> Estimate:
    """Estimate an erasure from what the last ones took, and where there were none, from constants."""
    everything = bytes_held(zone)
    measured = _measured(zone)
    seconds = float(_DOORS_SECONDS)
    bases = []
    for part, assumed in ASSUMED_BYTES_A_SECOND.items():
        paces = measured[part]
        if paces:
            rate = 1000 * sum(size for size, _ in paces) / sum(taken for _, taken in paces)
            bases.append(f"{part} as measured at the last {len(paces)}")
        else:
            rate = assumed
            bases.append(f"{part} assumed at {assumed >> 20} MiB a second")
        seconds += everything / max(rate, 1)
    basis = f"{everything:,} bytes in the zone's folder; " + ", ".join(bases)
    return Estimate(round(seconds), basis)


def _measured(zone: OpenZone) -> dict[str, list[tuple[int, int]]]:
    """Give bytes and milliseconds of each part of the last erasures that were carried out."""
    query = (
        select(ERASURES.c.progress)
        .where(ERASURES.c.executed_at.is_not(None))
        .order_by(ERASURES.c.executed_at.desc(), ERASURES.c.erasure_id)
        .limit(_LAST)
    )
    with zone.store.connect() as connection:
        paces = [row.progress.get("pace", {}) for row in connection.execute(query)]
    return {
        part: [(pace[part]["bytes"], pace[part]["milliseconds"]) for pace in paces if part in pace]
        for part in ASSUMED_BYTES_A_SECOND
    }
