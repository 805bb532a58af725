"""People's rows in the store: counted, deleted, and counted again.

One statement a table does for any number of people; only counts are told apart by person.
"""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Table,
    Text,
    cast,
    delete,
    false,
    or_,
    select,
    update,
)

from privacy.erasure.person import Person, together
from privacy.erasure.targets import STORE, ErasureTarget, Method
from privacy.store.batches import among, update_each
from privacy.store.tables import (
    DATA_KEYS,
    IDENTITY_DECISIONS,
    LANDING_ITEMS,
    METADATA,
)

_SUBJECT_COLUMNS: Final = frozenset({"subject_id", "other_subject_id"})
_CUSTOMER_COLUMNS: Final = frozenset({"customer_id", "from_customer_id"})
_D = IDENTITY_DECISIONS.c
_WORD: Final = re.compile(r"\w+")
_MOST_SEARCHED_ONE_BY_ONE: Final = 20
"""Of more subjects than these, reading the whole journal once costs less."""

_GONE: Final[Mapping[str, Any]] = MappingProxyType(
    {"customer_id": None, "salt": None, "sealed": None}
)


def count_rows(connection: Connection, person: Person) -> dict[str, int]:
    """Count what each target in the store still holds of a person.

    An empty key, a row that was unlinked, and the record of the erasure do not count.
    """
    return count_rows_each(connection, [person])[0]


def count_rows_each(connection: Connection, people: Sequence[Person]) -> list[dict[str, int]]:
    """Count what each target in the store still holds of each of some people."""
    counts: list[dict[str, int]] = [{} for _ in people]
    whose = {one: n for n, person in enumerate(people) for one in person.owner_ids}
    everyone = together(people)
    for target in STORE:
        if target.method is Method.KEEP:
            continue
        found = Counter(
            person for row in _rows(connection, target, everyone) for person in _named(row, whose)
        )
        for person, count in enumerate(counts):
            count[target.place] = found[person]
    return counts


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
        if table is IDENTITY_DECISIONS:
            _erase_decisions(connection, person)
            continue
        about = _about(connection, table, target.columns, person)
        if target.method is Method.DELETE_ROWS:
            connection.execute(delete(table).where(about))
        elif target.method is Method.UNLINK:
            connection.execute(update(table).where(about).values({target.columns[0]: None}))
        elif target.method is Method.FORGET:
            connection.execute(update(table).where(about).values(_GONE))


def _rows(connection: Connection, target: ErasureTarget, person: Person) -> Iterable[Row[Any]]:
    """Give the columns that name somebody, of a target's rows that name the person."""
    table = METADATA.tables[target.place]
    if table is IDENTITY_DECISIONS:
        return _decisions(connection, person)
    query = select(*(table.c[name] for name in target.columns))
    query = query.where(_about(connection, table, target.columns, person))
    if table is DATA_KEYS:
        query = query.where(DATA_KEYS.c.wrapped.is_not(None))
    return connection.execute(query)


def _named(row: Iterable[Any], whose: Mapping[str, int]) -> set[int]:
    """Give which of some people a row names, in texts and in lists."""
    return {
        whose[word]
        for cell in row
        if isinstance(cell, str)
        for word in _WORD.findall(cell)
        if word in whose
    }


def _decisions(connection: Connection, person: Person) -> list[Row[Any]]:
    """Give the lines of the journal that name the person anywhere, evidence too; JSON as text."""
    texts = [cast(column, Text) for column in (_D.subject_ids, _D.evidence)]
    customers = (_D.customer_id, _D.from_customer_id)
    query = select(
        _D.decision_id, *customers, texts[0].label("subject_ids"), texts[1].label("evidence")
    )
    if len(person.subject_ids) <= _MOST_SEARCHED_ONE_BY_ONE:
        named = [
            column.contains(subject, autoescape=True)
            for column in texts
            for subject in person.subject_ids
        ]
        ids = (among(connection, column, person.customer_ids) for column in customers)
        query = query.where(or_(*ids, *named))
    ours = dict.fromkeys(person.owner_ids, 0)
    return [row for row in connection.execute(query) if _named(row, ours)]


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
    return or_(false(), *conditions)


def _erase_decisions(connection: Connection, person: Person) -> None:
    """Delete the person's lines; of another's line, take out only what names the person."""
    ours = set(person.subject_ids)
    customers = set(person.customer_ids)
    gone = []
    kept = []
    for row in _decisions(connection, person):
        others = [subject for subject in json.loads(row.subject_ids) if subject not in ours]
        if row.customer_id in customers or not others:
            gone.append(row.decision_id)
            continue
        kept.append(
            {
                "decision_id": row.decision_id,
                "subject_ids": others,
                "from_customer_id": None
                if row.from_customer_id in customers
                else row.from_customer_id,
                "evidence": {"with": []},
            }
        )
    table = IDENTITY_DECISIONS
    connection.execute(delete(table).where(among(connection, _D.decision_id, gone)))
    update_each(connection, table, "decision_id", kept)
