"""Legal holds: what must not be erased yet, by whose word, and why.

A hold is on a subject; an erasure of the customer it belongs to waits for its release.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from sqlalchemy import Connection, insert, select, update

from privacy.errors import NotFound
from privacy.opened import OpenZone
from privacy.store.batches import among
from privacy.store.tables import LEGAL_HOLDS

_H = LEGAL_HOLDS.c


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold that stands.

    Attributes:
        reason: Why; names a matter, not a person.
    """

    hold_id: str
    subject_id: str
    reason: str
    placed_by: str
    placed_at: datetime


def place_hold(zone: OpenZone, subject_id: str, *, reason: str, placed_by: str) -> str:
    """Hold a subject's data back from erasure; give the hold's id."""
    hold_id = f"h_{token_hex(13)}"
    with zone.store.begin() as connection:
        connection.execute(
            insert(LEGAL_HOLDS).values(
                hold_id=hold_id,
                subject_id=subject_id,
                reason=reason,
                placed_by=placed_by,
                placed_at=zone.clock(),
            )
        )
    return hold_id


def release_hold(zone: OpenZone, hold_id: str) -> None:
    """Release a hold; erasures that waited for it may go on.

    Raises:
        NotFound: No hold of this id stands.
    """
    with zone.store.begin() as connection:
        released = connection.execute(
            update(LEGAL_HOLDS)
            .where(_H.hold_id == hold_id, _H.released_at.is_(None))
            .values(released_at=zone.clock())
        )
    if not released.rowcount:
        raise NotFound(f"no hold {hold_id} stands")


def holds_on(connection: Connection, subject_ids: Collection[str]) -> tuple[Hold, ...]:
    """Give the holds that stand on any of some subjects, oldest first."""
    rows = connection.execute(
        select(_H.hold_id, _H.subject_id, _H.reason, _H.placed_by, _H.placed_at)
        .where(_H.released_at.is_(None))
        .where(among(connection, _H.subject_id, subject_ids))
        .order_by(_H.placed_at, _H.hold_id)
    )
    return tuple(
        Hold(row.hold_id, row.subject_id, row.reason, row.placed_by, row.placed_at) for row in rows
    )
