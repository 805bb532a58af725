"""Whom an erasure is about: every id and every blind index that leads to one person."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from privacy.errors import NotFound
from privacy.identity.membership import DecisionKind
from privacy.ids import CustomerId
from privacy.opened import OpenZone
from privacy.store.batches import among
from privacy.store.tables import CUSTOMER_MEMBERS, IDENTITY_DECISIONS, SUBJECT_HANDLES


@dataclass(frozen=True, slots=True)
class Person:
    """The ids of one person.

    Attributes:
        customer_id: As asked for.
        former_ids: Customers that were merged into this one, and are nobody else now.
        subject_ids: The customer's subjects, sorted.
        handle_indexes: Blind indexes of their handles, sorted; empty once they are deleted.
    """

    customer_id: CustomerId
    former_ids: tuple[str, ...]
    subject_ids: tuple[str, ...]
    handle_indexes: tuple[str, ...]

    @property
    def customer_ids(self) -> tuple[str, ...]:
        """Give the present id and the former ones."""
        return (self.customer_id, *self.former_ids)

    @property
    def owner_ids(self) -> tuple[str, ...]:
        """Give everyone whose data key is the person's."""
        return (*self.subject_ids, *self.customer_ids)


def together(people: Sequence[Person]) -> Person:
    """Give several people as one, for what is done to all of them at once."""
    first, *_ = people
    return Person(
        customer_id=first.customer_id,
        former_ids=tuple(
            sorted({one for p in people for one in p.customer_ids} - {first.customer_id})
        ),
        subject_ids=tuple(sorted({one for p in people for one in p.subject_ids})),
        handle_indexes=tuple(sorted({one for p in people for one in p.handle_indexes})),
    )


def find_person(zone: OpenZone, customer_id: str) -> Person:
    """Gather a person's ids as the store knows them now.

    Raises:
        NotFound: No customer has this id.
    """
    with zone.store.connect() as connection:
        members = CUSTOMER_MEMBERS.c
        subjects: list[str] = sorted(
            connection.execute(
                select(members.subject_id).where(members.customer_id == customer_id)
            ).scalars()
        )
        if not subjects:
            raise NotFound("no customer has that id")
        return Person(
            customer_id=CustomerId(customer_id),
            former_ids=_former(connection, customer_id),
            subject_ids=tuple(subjects),
            handle_indexes=handles_of(connection, subjects),
        )


def handles_of(connection: Connection, subject_ids: Collection[str]) -> tuple[str, ...]:
    """Give the blind indexes of some subjects' handles, sorted."""
    handles = SUBJECT_HANDLES.c
    rows = connection.execute(
        select(handles.handle_index).where(among(connection, handles.subject_id, subject_ids))
    )
    return tuple(sorted(rows.scalars()))


def _former(connection: Connection, customer_id: str) -> tuple[str, ...]:
    decisions = IDENTITY_DECISIONS.c
    found: set[str] = set()
    fresh = {customer_id}
    while fresh:
        rows = connection.execute(
            select(decisions.from_customer_id)
            .where(decisions.kind == DecisionKind.MERGED)
            .where(among(connection, decisions.customer_id, fresh))
        )
        merged: set[str] = set(filter(None, rows.scalars()))
        fresh = merged - found - {customer_id}
        found |= fresh
    members = CUSTOMER_MEMBERS.c
    living: set[str] = set(
        connection.execute(
            select(members.customer_id).where(among(connection, members.customer_id, found))
        ).scalars()
    )
    return tuple(sorted(found - living))
