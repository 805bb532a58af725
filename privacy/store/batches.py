"""Statements that take a batch at once and differ between SQLite and PostgreSQL.

Everything dialect-specific in the store's SQL is here and in `engine`.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    Table,
    any_,
    column,
    func,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite


def among(
    connection: Connection, of: ColumnElement[Any], values: Collection[str]
) -> ColumnElement[bool]:
    """Give the condition that a text column holds one of many values.

    The values travel as one parameter, so ten thousand cost one statement and the statement is
    compiled once.
    """
    if connection.dialect.name == "postgresql":
        return of == any_(literal(list(values), postgresql.ARRAY(String)))
    listed = func.json_each(literal(json.dumps(list(values)), String))
    return of.in_(select(column("value", String)).select_from(listed))


def insert_if_absent(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> int:
    """Insert rows, leaving those whose key is there already as they are.

    Returns:
        How many were inserted: fewer than given means that another process came first.
    """
    if not rows:
        return 0
    insert = _insert_of(connection)(table).on_conflict_do_nothing()
    result = connection.execute(insert, rows, execution_options={"preserve_rowcount": True})
    return result.rowcount


def insert_or_update(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows, overwriting the other columns of those whose primary key is there already."""
    if not rows:
        return
    insert = _insert_of(connection)(table)
    keys = [key.name for key in table.primary_key]
    changed = {name: insert.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=changed), rows)


def _insert_of(connection: Connection) -> Any:
    return postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
