"""A person's rows in the warehouse: counted, deleted or made anonymous, and counted again.

Tables are taken from the file's own catalogue, so that one nobody listed is not passed over.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import pyarrow as pa

from privacy.erasure.person import Person
from privacy.erasure.targets import MENTIONS, PERSON_COLUMNS
from privacy.warehouse.open import ALIAS, Warehouse

_ORDERS: Final = "core.orders"
_MENTIONS: Final = "core.mentions"

MENTIONED: Final = MENTIONS.place
"""What the count of spans in other people's texts is called."""

_IDS = """
create or replace temp table erased_ids as
select unnest(?::varchar[]) as id
"""

_INDEXES = """
create or replace temp table erased_indexes as
select unnest(?::varchar[]) as identifier_index
"""

_UNNAMED = """
create or replace temp table erased_unnamed as
with

touched as (

    select thread_id from core.interactions where subject_id in (select id from erased_ids)
    union
    select thread_id from core.thread_events where subject_id in (select id from erased_ids)

),

together as (

    select thread_id, subject_id, occurred_at, interaction_id as id, item_id
    from core.interactions semi join touched using (thread_id)
    union all
    select thread_id, subject_id, occurred_at, event_id as id, item_id
    from core.thread_events semi join touched using (thread_id)

),

owners as (

    select thread_id, arg_min(subject_id, row(occurred_at, id)) as subject_id
    from together
    where subject_id is not null
    group by thread_id

)

select together.id, together.item_id
from together
inner join owners using (thread_id)
where together.subject_id is null and owners.subject_id in (select id from erased_ids)
"""
"""Rows that name nobody belong to whom their thread named first, as in dbt's models: a bot's answer
to the person, a note about them."""


def tables_of_persons(warehouse: Warehouse) -> dict[str, tuple[str, ...]]:
    """Give every table that is stored, with its columns that name a person."""
    rows = warehouse.connection.execute(
        """
        select schema_name || '.' || table_name as place, list_sort(list(column_name)) as columns
        from duckdb_columns()
        semi join duckdb_tables() using (database_name, schema_name, table_name)
        where database_name = ? and column_name in (select unnest(?::varchar[]))
        group by place
        order by place
        """,
        [ALIAS, sorted(PERSON_COLUMNS)],
    ).fetchall()
    return {place: tuple(columns) for place, columns in rows}


def all_tables(warehouse: Warehouse) -> list[str]:
    """Give every table that is stored."""
    rows = warehouse.connection.execute(
        "select schema_name || '.' || table_name from duckdb_tables() where database_name = ?"
        " order by 1",
        [ALIAS],
    ).fetchall()
    return [row[0] for row in rows]


@contextmanager
def looking_for(warehouse: Warehouse, person: Person) -> Iterator[None]:
    """Have the person's ids at hand, in temporary tables that are dropped at the end."""
    connection = warehouse.connection
    connection.execute(_IDS, [[*person.subject_ids, *person.customer_ids]])
    connection.execute(_INDEXES, [list(person.handle_indexes)])
    connection.execute(_UNNAMED)
    try:
        yield
    finally:
        for table in ("erased_ids", "erased_indexes", "erased_unnamed"):
            connection.execute(f"drop table if exists temp.{table}")


def count_rows(warehouse: Warehouse) -> dict[str, int]:
    """Count the person's rows by table, unnamed ones of their threads too. See `looking_for`."""
    counts = {}
    for place, columns in tables_of_persons(warehouse).items():
        counts[place] = _count(warehouse, place, _condition(place, columns))
    counts[MENTIONED] = _count(warehouse, _MENTIONS, _MENTIONED_BY_OTHERS)
    return counts


def item_ids(warehouse: Warehouse) -> tuple[set[str], set[str]]:
    """Give the landed items behind unnamed rows, and those of others that mention the person.

    An item that other people's rows rest on as well is none of the first kind.
    """
    unnamed = warehouse.connection.execute(
        """
        select distinct item_id from erased_unnamed
        where item_id not in (
            select item_id from core.interactions
            where subject_id is not null and subject_id not in (select id from erased_ids)
            union all
            select item_id from core.thread_events
            where subject_id is not null and subject_id not in (select id from erased_ids)
        )
        """
    ).fetchall()
    mentioning = warehouse.connection.execute(
        f"""
        select distinct interactions.item_id
        from core.mentions
        inner join core.interactions using (interaction_id)
        where {_MENTIONED_BY_OTHERS.replace("subject_id", "mentions.subject_id")}
        """
    ).fetchall()
    return {row[0] for row in unnamed}, {row[0] for row in mentioning}


def mentions_by_others(warehouse: Warehouse) -> pa.Table:
    """Give the spans in other people's texts that are the person's identifiers."""
    return warehouse.arrow(
        f"""
        select interaction_id, start_offset, end_offset
        from core.mentions
        where {_MENTIONED_BY_OTHERS}
        order by interaction_id, start_offset
        """
    )


def erase_rows(warehouse: Warehouse) -> None:
    """Delete the person's rows, and make their orders anonymous. In the caller's transaction."""
    connection = warehouse.connection
    for place, columns in tables_of_persons(warehouse).items():
        if place != _ORDERS:
            connection.execute(f"delete from {place} where {_condition(place, columns)}")
    connection.execute(
        f"update {_MENTIONS} set identifier_index = null where {_MENTIONED_BY_OTHERS}"
    )
    connection.execute(
        f"""
        update {_ORDERS} set
            order_id = 'e_' || substr(replace(uuid()::varchar, '-', ''), 1, 26),
            subject_id = null,
            item_id = 'erased',
            segment_id = 'erased',
            store_id = null,
            ordered_at = date_trunc('day', ordered_at),
            received_at = date_trunc('day', received_at)
        where subject_id in (select id from erased_ids)
        """
    )


_MENTIONED_BY_OTHERS: Final = (
    "identifier_index in (select identifier_index from erased_indexes)"
    " and (subject_id is null or subject_id not in (select id from erased_ids))"
    " and interaction_id not in (select id from erased_unnamed)"
)

_UNNAMED_KEYS: Final[Mapping[str, str]] = {
    "core.interactions": "interaction_id",
    "core.originals": "interaction_id",
    "core.mentions": "interaction_id",
    "core.thread_events": "event_id",
}


def _condition(place: str, columns: tuple[str, ...]) -> str:
    conditions = [
        f"list_has_any({column}, (select list(id) from erased_ids))"
        if column == "subject_ids"
        else f"{column} in (select id from erased_ids)"
        for column in columns
    ]
    if place in _UNNAMED_KEYS:
        conditions.append(f"{_UNNAMED_KEYS[place]} in (select id from erased_unnamed)")
    return " or ".join(conditions)


def _count(warehouse: Warehouse, place: str, condition: str) -> int:
    row = warehouse.connection.execute(f"select count(*) from {place} where {condition}").fetchone()
    return int(row[0]) if row else 0
