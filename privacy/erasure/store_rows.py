"""A person's rows in the store: counted, deleted, and counted again."""

from collections.abc import Collection, Mapping
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    Text,
    cast,
    delete,
    false,
    func,
    select,
    update,
)

from privacy.erasure.person import Person
from privacy.erasure.targets import STORE, ErasureTarget, Method
from privacy.store.batches import among
from privacy.store.tables import (
    AUDIT_ENTRIES,
    DATA_KEYS,
    IDENTITY_DECISIONS,
    LANDING_ITEMS,
    METADATA,
)

_SUBJECT_COLUMNS: Final = frozenset({"subject_id", "other_subject_id"})
_CUSTOMER_COLUMNS: Final = frozenset({"customer_id", "from_customer_id"})
_D = IDENTITY_DECISIONS.c
_GONE: Final[Mapping[str, Any]] = MappingProxyType(
    {"customer_id": None, "salt": None, "sealed": None}
)


def count_rows(connection: Connection, person: Person) -> dict[str, int]:
    """Count what each target in the store still holds of a person.

    An empty key, a row that was unlinked, and the record of the erasure do not count.
    """
    return {
        target.place: _count(connection, target, person)
        for target in STORE
        if target.method is not Method.KEEP
    }


def item_ids_of(connection: Connection, person: Person) -> set[str]:
    """Give the landed items that are sealed under a person's keys."""
    items = LANDING_ITEMS.c
    rows = connection.execute(
        select(items.item_id).where(among(connection, items.owner_id, person.subject_ids))
    )
    return set(rows.scalars())


def erase_rows(connection: Connection, person: Person) -> None:
    """Delete, unlink or forget a person's rows; the keys are the keyring's to destroy.

    Idempotent. Whatever a run that was under way has written of the person meanwhile goes too.
    """
    for target in STORE:
        table = METADATA.tables[target.place]
        about = _about(connection, table, target.columns, person)
        if table is IDENTITY_DECISIONS:
            _erase_decisions(connection, about, person)
        elif target.method is Method.DELETE_ROWS:
            connection.execute(delete(table).where(about))
        elif target.method is Method.UNLINK:
            connection.execute(update(table).where(about).values({target.columns[0]: None}))
        elif target.method is Method.FORGET:
            connection.execute(update(table).where(about).values(_GONE))


def _count(connection: Connection, target: ErasureTarget, person: Person) -> int:
    table = METADATA.tables[target.place]
    query = select(func.count()).select_from(table)
    query = query.where(_about(connection, table, target.columns, person))
    if table is DATA_KEYS:
        query = query.where(DATA_KEYS.c.wrapped.is_not(None))
    elif table is AUDIT_ENTRIES:
        query = query.where(AUDIT_ENTRIES.c.customer_id.is_not(None))
    return int(connection.execute(query).scalar_one())


def _about(
    connection: Connection, table: Table, columns: Collection[str], person: Person
) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = []
    for name in columns:
        column = table.c[name]
        if name in _SUBJECT_COLUMNS:
            conditions.append(among(connection, column, person.subject_ids))
        elif name in _CUSTOMER_COLUMNS:
            conditions.append(among(connection, column, person.customer_ids))
        elif name == "owner_id":
            conditions.append(among(connection, column, person.owner_ids))
    if table is IDENTITY_DECISIONS:
        conditions += [
            cast(column, Text).contains(subject, autoescape=True)
            for column in (_D.subject_ids, _D.evidence)
            for subject in person.subject_ids
        ]
    return reduce(or_, conditions, false())


def _erase_decisions(connection: Connection, about: ColumnElement[bool], person: Person) -> None:
    """Delete the person's lines; of another's line, take out only what names the person."""
    ours = set(person.subject_ids)
    customers = set(person.customer_ids)
    rows = connection.execute(
        select(_D.decision_id, _D.customer_id, _D.from_customer_id, _D.subject_ids).where(about)
    ).all()
    for row in rows:
        this = IDENTITY_DECISIONS.c.decision_id == row.decision_id
        others = [subject for subject in row.subject_ids if subject not in ours]
        if row.customer_id in customers or not others:
            connection.execute(delete(IDENTITY_DECISIONS).where(this))
            continue
        came_from = None if row.from_customer_id in customers else row.from_customer_id
        connection.execute(
            update(IDENTITY_DECISIONS)
            .where(this)
            .values(subject_ids=others, from_customer_id=came_from, evidence={"with": []})
        )
