"""Resolves subjects to customers: exact links, minus what was ruled apart, joined transitively.

Deterministic and complete: it works from all links at once, so the order in which they came does
not matter and a second run changes nothing. Probable links, when they come, are links like others.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import select

from privacy.identity.components import NODES, Graph
from privacy.identity.differences import MEMBERS, changed_nodes, count_evidence, hold_apart
from privacy.identity.membership import (
    DecisionKind,
    IdentityDecision,
    new_decision_id,
    record,
    write,
)
from privacy.identity.succession import changes
from privacy.ids import CustomerId, SubjectId
from privacy.opened import OpenZone
from privacy.records.tables import CUSTOMERS
from privacy.store.batches import among
from privacy.store.tables import (
    CUSTOMER_MEMBERS,
    DATA_KEYS,
    IDENTITY_CUTS,
    IDENTITY_DECISIONS,
)
from privacy.warehouse.open import connect

RESOLUTION = "resolution"
"""Who the journal says decided, where no person did."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a resolution found and did.

    Attributes:
        customers: Every subject's customer, as `privacy.records.tables.CUSTOMERS`.
        changed: Customers who gained or lost subjects, the vanished ones too.
        count_subjects: Subjects resolved.
        count_customers: Customers there are now.
        count_by_kind: Lines written to the journal, by kind.
        set_aside: Subjects whose links were not used as evidence, for there were too many.
    """

    customers: pa.Table
    changed: frozenset[CustomerId]
    count_subjects: int
    count_customers: int
    count_by_kind: Mapping[DecisionKind, int]
    set_aside: tuple[SubjectId, ...]


def resolve(
    zone: OpenZone,
    links: pa.Table,
    subjects: pa.Table | Sequence[str],
    *,
    connection: duckdb.DuckDBPyConnection | None = None,
    decided_by: str = RESOLUTION,
) -> pa.Table:
    """Bring the zone's customers in line with the links, and give every subject's customer.

    See `reconcile`, which also says what changed.
    """
    return reconcile(zone, links, subjects, connection=connection, decided_by=decided_by).customers


def reconcile(
    zone: OpenZone,
    links: pa.Table,
    subjects: pa.Table | Sequence[str],
    *,
    connection: duckdb.DuckDBPyConnection | None = None,
    decided_by: str = RESOLUTION,
) -> Resolution:
    """Bring the zone's customers in line with the links.

    A set of subjects that was one customer stays that customer; merged customers become the oldest
    of them; of a customer that falls apart, the largest part stays it and the others become new
    ones. A subject linked to more others than the zone's policy allows joins nobody. One whose key
    was destroyed is nobody, whatever still names it, and joins nobody through itself.

    Args:
        zone: Whose store holds members, rulings and journal.
        links: Every link there is, with the columns ``subject_id`` and ``other_subject_id`` and,
            where there is one, ``evidence``.
        subjects: Every subject there is, or a table with the column ``subject_id``. Subjects the
            store knows and this does not stay as they are.
        connection: Where to compute; an in-memory one of its own by default. Only temporary tables
            of a cursor are made there.
        decided_by: Who the journal is to name.
    """
    at = zone.clock()
    members = _members(zone)
    cuts = _cuts(zone)
    nodes = subjects if isinstance(subjects, pa.Table) else _column("subject_id", subjects)
    nodes = _living(zone, nodes.select(["subject_id"]))
    with _cursor(zone, connection) as cursor:
        graph = Graph(cursor)
        graph.load(nodes, links)
        graph.remove_pairs(cuts)
        hubs = graph.remove_hubs(zone.policy.identity.links_per_handle)
        graph.components()
        cursor.register(MEMBERS, members)
        if cuts.num_rows:
            hold_apart(cursor, cuts)
        changed = changed_nodes(cursor)
        evidence = count_evidence(cursor, links) if changed else {}
        row = cursor.execute(f"select count(*) from {NODES}").fetchone()
        count_subjects = int(row[0]) if row else 0
    written = write(
        zone.store, changes(zone, changed, evidence, decided_by=decided_by, at=at), at=at
    )
    if changed:
        members = _members(zone)
    count_by_kind: dict[DecisionKind, int] = defaultdict(int)
    for change in written:
        for line in change.lines:
            count_by_kind[line.kind] += 1
    aside = _journal_hubs(zone, hubs, decided_by=decided_by, at=at)
    if aside:
        count_by_kind[DecisionKind.SET_ASIDE] = aside
    return Resolution(
        customers=members,
        changed=frozenset(
            customer
            for change in written
            for customer in (change.customer_id, *change.moves.values())
            if customer is not None
        ),
        count_subjects=count_subjects,
        count_customers=len(members.column("customer_id").unique()),
        count_by_kind=dict(count_by_kind),
        set_aside=tuple(SubjectId(subject) for subject, _count in hubs),
    )


@contextmanager
def _cursor(
    zone: OpenZone, connection: duckdb.DuckDBPyConnection | None
) -> Iterator[duckdb.DuckDBPyConnection]:
    made = connect(zone.layout.temporary) if connection is None else None
    cursor = (made or connection).cursor()  # type: ignore[union-attr]
    try:
        cursor.execute("set timezone = 'UTC'")
        yield cursor
    finally:
        cursor.close()
        if made is not None:
            made.close()


def _column(name: str, values: Sequence[str]) -> pa.Table:
    return pa.table({name: pa.array(values, pa.string())})


def _living(zone: OpenZone, nodes: pa.Table) -> pa.Table:
    """Leave out who was erased: a backup or a delivery may still name them."""
    with zone.store.connect() as connection:
        rows = connection.execute(
            select(DATA_KEYS.c.owner_id).where(DATA_KEYS.c.wrapped.is_(None))
        ).all()
    erased = pa.array([row.owner_id for row in rows], pa.string())
    if not len(erased):
        return nodes
    is_gone: Any = pc.is_in(nodes.column("subject_id"), value_set=erased)
    return nodes.filter(pc.invert(is_gone))


def _members(zone: OpenZone) -> pa.Table:
    columns = CUSTOMER_MEMBERS.c
    with zone.store.connect() as connection:
        rows = connection.execute(
            select(columns.subject_id, columns.customer_id, columns.joined_at)
        ).all()
    held: Any = zip(*rows, strict=True) if rows else ((), (), ())
    return pa.Table.from_arrays(
        [pa.array(values, field.type) for values, field in zip(held, CUSTOMERS.arrow, strict=True)],
        schema=CUSTOMERS.arrow,
    )


def _cuts(zone: OpenZone) -> pa.Table:
    columns = IDENTITY_CUTS.c
    with zone.store.connect() as connection:
        rows = connection.execute(select(columns.subject_id, columns.other_subject_id)).all()
    return pa.table(
        {
            "subject_id": pa.array([row[0] for row in rows], pa.string()),
            "other_subject_id": pa.array([row[1] for row in rows], pa.string()),
        }
    )


def _journal_hubs(
    zone: OpenZone, hubs: Sequence[tuple[str, int]], *, decided_by: str, at: datetime
) -> int:
    """Write once of each subject that its links are no longer used."""
    if not hubs:
        return 0
    members = CUSTOMER_MEMBERS.c
    with zone.store.begin() as connection:
        lists: Sequence[list[str]] = (
            connection.execute(
                select(IDENTITY_DECISIONS.c.subject_ids).where(
                    IDENTITY_DECISIONS.c.kind == DecisionKind.SET_ASIDE
                )
            )
            .scalars()
            .all()
        )
        told = {subject for subjects in lists for subject in subjects}
        customers = {
            row.subject_id: row.customer_id
            for row in connection.execute(
                select(members.subject_id, members.customer_id).where(
                    among(connection, members.subject_id, [subject for subject, _ in hubs])
                )
            )
        }
        lines = [
            IdentityDecision(
                decision_id=new_decision_id(),
                kind=DecisionKind.SET_ASIDE,
                customer_id=customers[subject],
                from_customer_id=None,
                subject_ids=(SubjectId(subject),),
                evidence={
                    "count_links": count,
                    "links_per_handle": zone.policy.identity.links_per_handle,
                },
                decided_by=decided_by,
                decided_at=at,
            )
            for subject, count in hubs
            if subject not in told and subject in customers
        ]
        record(connection, lines)
    return len(lines)
