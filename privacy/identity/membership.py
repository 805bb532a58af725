"""Which customer each subject is, and the journal of how that came about: rows of the store.

A `Change` is written whole: the membership and its line in the journal in one transaction.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from privacy.ids import CustomerId, SubjectId
from privacy.store.batches import among, insert_if_absent, insert_or_update
from privacy.store.tables import CUSTOMER_MEMBERS, DATA_KEYS, IDENTITY_CUTS, IDENTITY_DECISIONS

CHANGES_A_TRANSACTION = 2_000


class DecisionKind(StrEnum):
    """What a line of the journal says."""

    CREATED = "created"
    """A customer nobody knew."""
    JOINED = "joined"
    """New subjects of a known customer."""
    MERGED = "merged"
    """Two customers turned out to be one."""
    SPLIT = "split"
    """Subjects left their customer."""
    UNDONE = "undone"
    """An earlier line was taken back."""
    SET_ASIDE = "set_aside"
    """A subject linked to so many others that its links count for nothing."""


@dataclass(frozen=True, slots=True)
class IdentityDecision:
    """One line of the journal.

    Attributes:
        customer_id: The customer as it was afterwards.
        from_customer_id: Where the subjects came from.
        subject_ids: Who moved; all members, for a new customer.
        evidence: Codes, counts and ids; nothing in the clear.
        decided_by: ``resolution``, or the caller who ruled it.
    """

    decision_id: str
    kind: DecisionKind
    customer_id: CustomerId
    from_customer_id: CustomerId | None
    subject_ids: tuple[SubjectId, ...]
    evidence: Mapping[str, Any]
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """Subjects that come to one customer at once.

    Attributes:
        customer_id: Where they come to.
        moves: Subject to the customer it left; None for a new one.
        lines: What the journal is to say.
        beside: The customer's subjects that the change counts on finding there.
    """

    customer_id: CustomerId
    moves: Mapping[SubjectId, CustomerId | None]
    lines: Sequence[IdentityDecision] = ()
    beside: Sequence[SubjectId] = ()


def new_decision_id() -> str:
    """Give a random id for a line of the journal."""
    return f"d_{secrets.token_hex(16)}"


def write(engine: Engine, changes: Iterable[Change], *, at: datetime) -> list[Change]:
    """Write changes in short transactions.

    A change whose subjects have meanwhile been moved by someone else, or one of whom was erased, is
    left out: the next resolution sees what they did.

    Returns:
        The changes that were written.
    """
    written: list[Change] = []
    batch: list[Change] = []
    weight = 0
    for change in chain(changes, (None,)):
        if change is not None:
            batch.append(change)
            weight += len(change.moves)
        if batch and (change is None or weight >= CHANGES_A_TRANSACTION):
            with engine.begin() as connection:
                written += write_in(connection, batch, at=at)
            batch, weight = [], 0
    return written


def write_in(connection: Connection, changes: Sequence[Change], *, at: datetime) -> list[Change]:
    """Write changes in the caller's transaction; leaves out those that came too late."""
    subjects = [subject for change in changes for subject in chain(change.moves, change.beside)]
    present = customers_of(connection, subjects)
    gone = erased_among(connection, [*subjects, *(change.customer_id for change in changes)])
    timely = [
        change
        for change in changes
        if gone.isdisjoint((change.customer_id, *change.moves))
        and all(present.get(subject) == left for subject, left in change.moves.items())
        and all(present.get(subject) == change.customer_id for subject in change.beside)
    ]
    insert_or_update(
        connection,
        CUSTOMER_MEMBERS,
        [
            {"subject_id": subject, "customer_id": change.customer_id, "joined_at": at}
            for change in timely
            for subject in change.moves
        ],
    )
    record(connection, [line for change in timely for line in change.lines])
    return timely


def record(connection: Connection, lines: Sequence[IdentityDecision]) -> None:
    """Append lines to the journal."""
    if lines:
        connection.execute(
            IDENTITY_DECISIONS.insert(),
            [
                {
                    "decision_id": line.decision_id,
                    "kind": str(line.kind),
                    "customer_id": line.customer_id,
                    "from_customer_id": line.from_customer_id,
                    "subject_ids": list(line.subject_ids),
                    "evidence": dict(line.evidence),
                    "decided_by": line.decided_by,
                    "decided_at": line.decided_at,
                }
                for line in lines
            ],
        )


def decision_of(row: Row[Any]) -> IdentityDecision:
    """Read a line of the journal from its row."""
    return IdentityDecision(
        decision_id=row.decision_id,
        kind=DecisionKind(row.kind),
        customer_id=row.customer_id,
        from_customer_id=row.from_customer_id,
        subject_ids=tuple(row.subject_ids),
        evidence=row.evidence,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )


def customers_of(
    connection: Connection, subjects: Collection[SubjectId]
) -> dict[SubjectId, CustomerId]:
    """Give the present customer of each of these subjects that has one."""
    members = CUSTOMER_MEMBERS
    rows = connection.execute(
        select(members.c.subject_id, members.c.customer_id).where(
            among(connection, members.c.subject_id, subjects)
        )
    )
    return {row.subject_id: row.customer_id for row in rows}


def erased_among(connection: Connection, owner_ids: Collection[str]) -> set[str]:
    """Give those subjects and customers whose data key was destroyed: they are nobody ever again."""
    keys = DATA_KEYS.c
    rows = connection.execute(
        select(keys.owner_id).where(
            among(connection, keys.owner_id, owner_ids), keys.wrapped.is_(None)
        )
    )
    return set(rows.scalars())


def members_of(connection: Connection, customer_id: CustomerId) -> list[SubjectId]:
    """Give the subjects of a customer, in the order of their ids."""
    members = CUSTOMER_MEMBERS
    rows = connection.execute(
        select(members.c.subject_id)
        .where(members.c.customer_id == customer_id)
        .order_by(members.c.subject_id)
    )
    return list(rows.scalars())


def cut(connection: Connection, pairs: Iterable[tuple[str, str]], *, by: str, at: datetime) -> int:
    """Rule pairs of subjects not to be one person; those already ruled stay as they are."""
    rows = [
        {"subject_id": one, "other_subject_id": other, "decided_by": by, "decided_at": at}
        for one, other in sorted({(min(pair), max(pair)) for pair in pairs})
    ]
    return insert_if_absent(connection, IDENTITY_CUTS, rows)


def uncut(connection: Connection, pairs: Iterable[tuple[str, str]]) -> None:
    """Take rulings back."""
    cuts = IDENTITY_CUTS
    for one, other in sorted({(min(pair), max(pair)) for pair in pairs}):
        connection.execute(
            cuts.delete().where(cuts.c.subject_id == one, cuts.c.other_subject_id == other)
        )
