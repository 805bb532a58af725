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

_SCHEMA: Final = "staging"
_PROBLEMS: Final = "stg_resolution__contributions"
"""What each problem adds to the totals, as `resolution_kpis` counts it; a view over what the last build
made of the problems."""


def keep_totals(warehouse: Warehouse) -> None:
    """Add what the last build counted of the people looked for to what erased people leave.

    In the transaction that deletes their rows, before it does: what is deleted is added once.
    """
    connection = warehouse.connection
    is_built = connection.execute(
        "select count(*) from duckdb_views()"
        " where database_name = ? and schema_name = ? and view_name = ?",
        [ALIAS, _SCHEMA, _PROBLEMS],
    ).fetchone()
    if is_built is None or not is_built[0]:
        return
    theirs = _added_up(
        f"select * from {_SCHEMA}.{_PROBLEMS} where customer_id in (select id from erased_ids)"
    )
    kept = _added_up(f"select * from core.erased_totals union all by name {theirs}")
    connection.execute(f"create or replace temp table kept_totals as {kept}")
    try:
        connection.execute("delete from core.erased_totals")
        connection.execute(
            "insert into core.erased_totals by name select * from temp.kept_totals order by all"
        )
    finally:
        connection.execute("drop table if exists temp.kept_totals")


def _added_up(rows: str) -> str:
    sums = ", ".join(f"coalesce(sum({name}), 0) as {name}" for name in _SUMS)
    return f"select {', '.join(_KEY)}, {sums} from ({rows}) group by all"


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
