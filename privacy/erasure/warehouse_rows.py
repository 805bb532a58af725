"""People's rows in the warehouse: counted, deleted or made anonymous, and counted again.

One pass over a table does for any number of people; only counts are told apart by person. Tables are taken from the file's own catalogue, so that one nobody listed is not passed over.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from privacy.erasure.person import Person
from privacy.erasure.targets import MENTIONS, PERSON_COLUMNS
from privacy.erasure.totals import anonymise_orders, keep_totals
from privacy.warehouse.open import ALIAS, Warehouse

_ORDERS: Final = "core.orders"
_MENTIONS: Final = "core.mentions"

MENTIONED: Final = MENTIONS.place
"""What the count of spans in other people's texts is called."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """How often other people's messages name a person: spans of one kind on one channel."""

    channel: str
    entity: str
    count_messages: int
    count_spans: int


_IDS = """
create or replace temp table erased_ids as
select unnest(?::varchar[]) as id, unnest(?::integer[]) as person
"""

_INDEXES = """
create or replace temp table erased_indexes as
select unnest(?::varchar[]) as identifier_index, unnest(?::integer[]) as person
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

select together.id, together.item_id, erased_ids.person
from together
inner join owners using (thread_id)
inner join erased_ids on owners.subject_id = erased_ids.id
where together.subject_id is null
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
def looking_for(warehouse: Warehouse, *people: Person) -> Iterator[None]:
    """Have people's ids at hand, in temporary tables that are dropped at the end."""
    connection = warehouse.connection
    ids = [(one, n) for n, p in enumerate(people) for one in (*p.subject_ids, *p.customer_ids)]
    indexes = [(one, n) for n, p in enumerate(people) for one in p.handle_indexes]
    connection.execute(_IDS, _columns(ids))
    connection.execute(_INDEXES, _columns(indexes))
    connection.execute(_UNNAMED)
    try:
        yield
    finally:
        for table in ("erased_ids", "erased_indexes", "erased_unnamed"):
            connection.execute(f"drop table if exists temp.{table}")


def count_rows(warehouse: Warehouse, people: int) -> list[dict[str, int]]:
    """Count each person's rows by table, unnamed ones of their threads too. See `looking_for`.

    Args:
        warehouse: Where.
        people: How many are looked for; the counts are in the order they were given in.
    """
    counts: list[dict[str, int]] = [{} for _ in range(people)]
    queries = {
        place: _rows_by_person(place, columns)
        for place, columns in tables_of_persons(warehouse).items()
    }
    for place, query in {**queries, MENTIONED: _MENTIONS_BY_PERSON}.items():
        rows = warehouse.connection.execute(
            f"select person, count(distinct place) from ({query}) group by person"
        ).fetchall()
        for one in counts:
            one[place] = 0
        for person, count in rows:
            counts[person][place] = count
    return counts


def item_ids(warehouse: Warehouse, people: int) -> list[set[str]]:
    """Give for each person the landed items behind unnamed rows, and those that mention them.

    An item that rows of others than those who are looked for rest on as well is none of the first
    kind.
    """
    items: list[set[str]] = [set() for _ in range(people)]
    rows = warehouse.connection.execute(
        f"""
        select distinct person, item_id from erased_unnamed
        where item_id not in (
            select item_id from core.interactions
            where subject_id is not null and subject_id not in (select id from erased_ids)
            union all
            select item_id from core.thread_events
            where subject_id is not null and subject_id not in (select id from erased_ids)
        )
        union
        select mentioned.person, interactions.item_id
        from ({_MENTIONS_BY_PERSON}) as mentioned
        inner join core.interactions using (interaction_id)
        """
    ).fetchall()
    for person, item_id in rows:
        items[person].add(item_id)
    return items


def mentioned_each(warehouse: Warehouse, people: int) -> list[list[Mentioned]]:
    """Count for each person what others' messages say of them, by channel and kind; no values."""
    found: list[list[Mentioned]] = [[] for _ in range(people)]
    rows = warehouse.connection.execute(
        f"""
        select
            mentioned.person,
            interactions.channel,
            mentions.entity,
            count(distinct mentions.interaction_id),
            count(*)
        from ({_MENTIONS_BY_PERSON}) as mentioned
        inner join {_MENTIONS} as mentions on mentioned.place = mentions.rowid
        inner join core.interactions as interactions
            on mentions.interaction_id = interactions.interaction_id
        group by all
        order by all
        """
    ).fetchall()
    for person, channel, entity, count_messages, count_spans in rows:
        found[person].append(Mentioned(channel, entity, count_messages, count_spans))
    return found


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
    """Delete the person's rows, and make their orders anonymous. In the caller's transaction.

    What they add to the totals of past days stays; see `privacy.erasure.totals`.
    """
    connection = warehouse.connection
    keep_totals(warehouse)
    anonymise_orders(warehouse)
    for place, columns in tables_of_persons(warehouse).items():
        if place != _ORDERS:
            connection.execute(f"delete from {place} where {_condition(place, columns)}")
    connection.execute(
        f"update {_MENTIONS} set identifier_index = null where {_MENTIONED_BY_OTHERS}"
    )


_MENTIONED_BY_OTHERS: Final = (
    "identifier_index in (select identifier_index from erased_indexes)"
    " and (subject_id is null or subject_id not in (select id from erased_ids))"
    " and interaction_id not in (select id from erased_unnamed)"
)

_MENTIONS_BY_PERSON: Final = f"""
    select mentions.rowid as place, mentions.interaction_id, erased_indexes.person
    from {_MENTIONS} as mentions
    inner join erased_indexes using (identifier_index)
    left join erased_ids as own
        on mentions.subject_id = own.id and erased_indexes.person = own.person
    left join erased_unnamed as unnamed
        on mentions.interaction_id = unnamed.id and erased_indexes.person = unnamed.person
    where own.id is null and unnamed.id is null
"""

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


def _rows_by_person(place: str, columns: tuple[str, ...]) -> str:
    """Give the query of a table's rows with whose each is; a row may be several people's."""
    parts = [
        f"select rows.place, person"
        f" from (select rowid as place, {_one_id_a_row(column)} as id from {place}) as rows"
        " inner join erased_ids using (id)"
        for column in columns
    ]
    if place in _UNNAMED_KEYS:
        parts.append(
            f"select rows.place, person"
            f" from (select rowid as place, {_UNNAMED_KEYS[place]} as id from {place}) as rows"
            " inner join erased_unnamed using (id)"
        )
    return " union all ".join(parts)


def _one_id_a_row(column: str) -> str:
    return f"unnest({column})" if column == "subject_ids" else column


def _columns(pairs: Sequence[tuple[str, int]]) -> list[list[str] | list[int]]:
    return [[one for one, _ in pairs], [person for _, person in pairs]]
