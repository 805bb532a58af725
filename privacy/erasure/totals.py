"""What stays of a person's figures, so that the totals of days that are past do not change.

Problems leave their share of a day's sums, added to that of everybody erased before: no row of
their own, and nothing that says how many people a sum is of. A sum may still be of one problem, as
in the table of totals itself; such rows are for the release gate to judge before they leave the
zone. Medians cannot be added up: they become those of who is left. Orders leave amount, day and
country.
"""

from typing import Final

from privacy.records.tables import ERASED_TOTALS
from privacy.warehouse.open import ALIAS, Warehouse

WITHHELD: Final = "withheld"
"""Item of an anonymous order that counted in no total, for `quality` was not permitted, and never is
to."""

_KEY: Final = ERASED_TOTALS.key
_SUMS: Final = tuple(name for name in ERASED_TOTALS.columns if name not in _KEY)

_OF_PROBLEMS: Final = """
select
    cast(opened_at as date) as day,
    channel,
    language,
    country,
    reason,
    count(*) as count_resolution_threads,
    sum(count_contacts) as count_contacts,
    sum(count_messages) as count_messages,
    count(*) filter (where is_finished) as count_finished,
    count(*) filter (where is_solved) as count_solved,
    count(*) filter (where is_solved_at_first_contact) as count_solved_at_first_contact,
    count(*) filter (where is_self_service) as count_self_service,
    count(*) filter (where is_repeated_explanation) as count_repeated_explanation,
    count(*) filter (where is_asked) as count_asked,
    count(first_answer_seconds) as count_answered,
    count(*) filter (where is_answered_fast) as count_answered_fast,
    sum(count_escalations) as count_escalations,
    sum(count_handoffs) as count_handoffs,
    sum(count_reopenings) as count_reopenings,
    count(rating) as count_ratings,
    coalesce(sum(rating), 0) as sum_rating,
    sum(count_sentiments) as count_sentiments,
    coalesce(sum(cast(sum_sentiment as double)), 0) as sum_sentiment,
    coalesce(sum(handling_seconds), 0) as sum_handling_seconds
from marts.resolution_threads
where customer_id in (select id from erased_ids)
group by all
"""
"""As `resolution_kpis` adds them up."""


def keep_totals(warehouse: Warehouse) -> None:
    """Add what the last build counted of the people looked for to what erased people leave.

    In the transaction that deletes their rows, before it does: what is deleted is added once.
    """
    connection = warehouse.connection
    is_built = connection.execute(
        "select count(*) from duckdb_tables()"
        " where database_name = ? and schema_name = 'marts' and table_name = 'resolution_threads'",
        [ALIAS],
    ).fetchone()
    if is_built is None or not is_built[0]:
        return
    sums = ", ".join(f"sum({name}) as {name}" for name in _SUMS)
    key = ", ".join(_KEY)
    connection.execute(
        f"create or replace temp table kept_totals as select {key}, {sums} from"
        f" (select * from core.erased_totals union all by name {_OF_PROBLEMS}) group by all"
    )
    try:
        connection.execute("delete from core.erased_totals")
        connection.execute(
            "insert into core.erased_totals by name select * from temp.kept_totals order by all"
        )
    finally:
        connection.execute("drop table if exists temp.kept_totals")


def anonymise_orders(warehouse: Warehouse) -> None:
    """Take out of the orders of the people looked for what names anybody or leads to them.

    Before their decisions are deleted: an order that was not counted must not count because it has
    become nobody's.
    """
    warehouse.connection.execute(
        f"""
        update core.orders set
            order_id = 'e_' || substr(replace(uuid()::varchar, '-', ''), 1, 26),
            item_id = case
                when subject_id in (
                    select customers.subject_id
                    from core.customers as customers
                    left join core.decisions as decisions
                        on customers.subject_id = decisions.subject_id
                        and decisions.purpose = 'quality'
                    qualify bool_and(coalesce(decisions.is_permitted, false)) over (
                        partition by customers.customer_id
                    )
                ) then 'erased'
                else '{WITHHELD}'
            end,
            subject_id = null,
            segment_id = 'erased',
            store_id = null,
            ordered_at = date_trunc('day', ordered_at),
            received_at = date_trunc('day', received_at)
        where subject_id in (select id from erased_ids)
        """
    )
