"""Statements that take a batch at once and differ between SQLite and PostgreSQL.

Everything dialect-specific in the store's SQL is here and in `engine`.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Dialect,
    String,
    Table,
    any_,
    bindparam,
    column,
    func,
    literal,
    select,
    update,
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

    Args:
        connection: In a write transaction.
        table: Where to.
        rows: All with the same columns.

    Returns:
        How many were inserted: fewer than given means that another process came first.
    """
    if not rows:
        return 0
    return _run(connection, _insert(connection, table).on_conflict_do_nothing(), table, rows)


def insert_or_update(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows, overwriting the other columns of those whose primary key is there already.

    Args:
        connection: In a write transaction.
        table: Where to.
        rows: All with the same columns.
    """
    if not rows:
        return
    insert = _insert(connection, table)
    keys = [key.name for key in table.primary_key]
    changed = {name: insert.excluded[name] for name in rows[0] if name not in keys}
    _run(
        connection,
        insert.on_conflict_do_update(index_elements=keys, set_=changed),
        table,
        rows,
    )


def update_each(
    connection: Connection, table: Table, key: str, rows: Sequence[Mapping[str, Any]]
) -> int:
    """Update many rows, each with values of its own.

    Args:
        connection: In a write transaction.
        table: Where.
        key: The column that finds a row; in each of `rows`, beside the columns to change.
        rows: All with the same columns.

    Returns:
        How many rows were found.
    """
    if not rows:
        return 0
    changed: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != key}
    statement = update(table).where(table.c[key] == bindparam(f"of_{key}")).values(changed)
    renamed = [{(f"of_{key}" if name == key else name): row[name] for name in row} for row in rows]
    result = connection.execute(statement, renamed, execution_options={"preserve_rowcount": True})
    return result.rowcount


def queue_up(connection: Connection, what: str) -> None:
    """Wait, inside a write transaction, until no other process is doing the same thing.

    SQLite has one writer at a time anyway; PostgreSQL takes a lock that ends with the transaction.
    """
    if connection.dialect.name == "postgresql":
        number = int.from_bytes(sha256(what.encode()).digest()[:8], "big", signed=True)
        connection.execute(select(func.pg_advisory_xact_lock(number)))


def _insert(connection: Connection, table: Table) -> Any:
    name = connection.dialect.name
    return postgresql.insert(table) if name == "postgresql" else sqlite.insert(table)


def _run(
    connection: Connection, statement: Any, table: Table, rows: Sequence[Mapping[str, Any]]
) -> int:
    # Straight to the driver, a column at a time: a third of the time SQLAlchemy takes per row.
    dialect = connection.dialect
    names = list(rows[0])
    compiled = statement.compile(dialect=dialect, column_keys=names)
    order = compiled.positiontup or names
    columns = [_converted([row[name] for row in rows], table.c[name], dialect) for name in order]
    parameters: list[Any] = list(zip(*columns, strict=True))
    if not compiled.positional:
        parameters = [dict(zip(order, values, strict=True)) for values in parameters]
    result = connection.exec_driver_sql(
        str(compiled), parameters, execution_options={"preserve_rowcount": True}
    )
    return result.rowcount


def _converted(values: list[Any], of: Column[Any], dialect: Dialect) -> list[Any]:
    convert = of.type.dialect_impl(dialect).bind_processor(dialect)
    if convert is None:
        return values
    # A batch often has one instant in all its rows: convert it once.
    first, converted = values[0], convert(values[0])
    return [converted if value is first else convert(value) for value in values]
