"""Legal holds: what must not be erased yet, by whose word, why, and until when it is looked at again.

A hold is on one datum: everything of a subject, one retention category of it, or one thread. What
it means for an erasure is decided there (`privacy.erasure.waiting`), for retention in
`privacy.retention`. Every placing and every release is in the audit log, before it takes effect.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_hex
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, insert, select, update

from privacy.audit.log import AuditLog
from privacy.errors import NotFound, Refused
from privacy.opened import OpenZone
from privacy.store.batches import among, queue_up
from privacy.store.tables import CUSTOMER_MEMBERS, DATA_KEYS, LEGAL_HOLDS
from privacy.zones.model import Category, Purpose

LONGEST_REASON: Final = 200
"""Characters."""

_H = LEGAL_HOLDS.c
_QUEUE = "legal-holds"


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold, standing or released.

    Attributes:
        reason: Why; names a matter, not a person.
        category: The one retention category it is on; None for all.
        thread_id: The one thread it is on; None for all.
        review_on: The day somebody is to ask whether it is still needed; it stands until released.
    """

    hold_id: str
    subject_id: str
    reason: str
    placed_by: str
    placed_at: datetime
    category: Category | None = None
    thread_id: str | None = None
    review_on: date | None = None
    released_at: datetime | None = None
    released_by: str | None = None

    @property
    def datum(self) -> str:
        """Say what it is on."""
        if self.thread_id is not None:
            return f"thread {self.thread_id}"
        return "everything" if self.category is None else self.category.value


def place_hold(
    zone: OpenZone,
    subject_id: str,
    *,
    reason: str,
    placed_by: str,
    category: Category | None = None,
    thread_id: str | None = None,
    review_on: date | None = None,
) -> str:
    """Hold a datum back from erasure and retention; give the hold's id.

    Raises:
        NotFound: There is no such subject.
        Refused: The subject was erased; or category and thread are both given, or no reason.
    """
    if category is not None and thread_id is not None:
        raise Refused("a hold is on a category or on a thread, not on both")
    if not reason.strip() or len(reason) > LONGEST_REASON or not reason.isprintable():
        raise Refused(f"a hold has a reason, of at most {LONGEST_REASON} printable characters")
    hold_id = f"h_{token_hex(13)}"
    with zone.store.connect() as connection:
        _must_stand(connection, subject_id)
    _record(
        zone,
        "place_hold",
        placed_by,
        subject_id,
        {
            "hold_id": hold_id,
            "subject_id": subject_id,
            "category": None if category is None else category.value,
            "thread_id": thread_id,
            "review_on": None if review_on is None else review_on.isoformat(),
            "reason": reason,
        },
    )
    with zone.store.begin() as connection:
        queue_for_holds(connection)
        # Between the look above and now an erasure may have closed the doors.
        _must_stand(connection, subject_id)
        connection.execute(
            insert(LEGAL_HOLDS).values(
                hold_id=hold_id,
                subject_id=subject_id,
                reason=reason,
                placed_by=placed_by,
                placed_at=zone.clock(),
                category=None if category is None else category.value,
                thread_id=thread_id,
                review_on=review_on,
            )
        )
    return hold_id


def release_hold(zone: OpenZone, hold_id: str, *, released_by: str) -> Hold:
    """Release a hold; what waited for it goes on at the next run's last stage.

    Returns:
        The hold, as it stood.

    Raises:
        NotFound: No hold of this id stands.
    """
    with zone.store.connect() as connection:
        standing = _holds(connection, (_H.hold_id == hold_id) & _H.released_at.is_(None))
    if not standing:
        raise NotFound("no hold of that id stands")
    _record(zone, "release_hold", released_by, standing[0].subject_id, {"hold_id": hold_id})
    with zone.store.begin() as connection:
        connection.execute(
            update(LEGAL_HOLDS)
            .where(_H.hold_id == hold_id, _H.released_at.is_(None))
            .values(released_at=zone.clock(), released_by=released_by)
        )
    return standing[0]


def list_holds(zone: OpenZone, *, with_released: bool = False) -> tuple[Hold, ...]:
    """Give the zone's holds, oldest first."""
    with zone.store.connect() as connection:
        return _holds(connection, None if with_released else _H.released_at.is_(None))


def holds_on(connection: Connection, subject_ids: Collection[str]) -> tuple[Hold, ...]:
    """Give the holds that stand on any of some subjects, on whatever of theirs, oldest first."""
    return _holds(
        connection, _H.released_at.is_(None) & among(connection, _H.subject_id, subject_ids)
    )


def queue_for_holds(connection: Connection) -> None:
    """Wait, in a write transaction, until nobody places a hold or begins an erasure meanwhile."""
    queue_up(connection, _QUEUE)


def _must_stand(connection: Connection, subject_id: str) -> None:
    row = connection.execute(
        select(DATA_KEYS.c.destroyed_at).where(DATA_KEYS.c.owner_id == subject_id)
    ).first()
    if row is not None and row.destroyed_at is not None:
        raise Refused(f"subject {subject_id} was erased: there is nothing to hold")
    if row is None:
        members = CUSTOMER_MEMBERS.c
        of = select(members.customer_id).where(members.subject_id == subject_id)
        if connection.execute(of).first() is None:
            raise NotFound("no subject has that id")


def _holds(connection: Connection, which: ColumnElement[bool] | None) -> tuple[Hold, ...]:
    query = select(*(_H[name] for name in Hold.__slots__)).order_by(_H.placed_at, _H.hold_id)
    rows = connection.execute(query if which is None else query.where(which))
    found = []
    for row in rows:
        fields: dict[str, Any] = row._asdict()
        if fields["category"] is not None:
            fields["category"] = Category(fields["category"])
        found.append(Hold(**fields))
    return tuple(found)


def _record(
    zone: OpenZone, action: str, caller_id: str, subject_id: str, payload: dict[str, Any]
) -> None:
    members = CUSTOMER_MEMBERS.c
    with zone.store.connect() as connection:
        customer_id: str | None = connection.scalar(
            select(members.customer_id).where(members.subject_id == subject_id)
        )
    AuditLog(zone).record(
        action=action,
        caller_id=caller_id,
        purpose=Purpose.ACCOUNTABILITY,
        outcome="done",
        customer_id=customer_id,
        payload=payload,
    )
