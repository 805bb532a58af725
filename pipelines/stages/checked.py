"""What each quality gate looks at."""

from collections.abc import Callable, Mapping
from datetime import date

import pyarrow as pa
from sqlalchemy import select

from pipelines.stages.runtime import Runtime
from privacy.store.tables import LANDING_ITEMS, LANDING_SEGMENTS
from privacy.zones.model import Purpose
from quality.runner import QualityReport, run_suite

PUBLISHED_FOR = Purpose.SERVICE
"""The purpose that published profiles serve."""


def landed_batch(runtime: Runtime, day: date | None) -> pa.Table:
    """Give the manifest's rows of a day, or of all days: one row an item."""
    columns = (
        LANDING_ITEMS.c.item_id,
        LANDING_ITEMS.c.content_digest,
        LANDING_ITEMS.c.owner_id,
        LANDING_SEGMENTS.c.segment_id,
        LANDING_SEGMENTS.c.source,
        LANDING_SEGMENTS.c.landed_at,
    )
    query = select(*columns).join(
        LANDING_SEGMENTS, LANDING_SEGMENTS.c.segment_id == LANDING_ITEMS.c.segment_id
    )
    if day is not None:
        query = query.where(LANDING_SEGMENTS.c.day == day)
    with runtime.zone.store.connect() as connection:
        rows = connection.execute(query).all()
    names = [column.name for column in columns]
    values = list(zip(*rows, strict=True)) or [()] * len(names)
    types = [pa.string()] * 5 + [pa.timestamp("us", tz="UTC")]
    return pa.table(
        {
            name: pa.array(column, type_)
            for name, column, type_ in zip(names, values, types, strict=True)
        }
    )


def interactions_day(runtime: Runtime, day: date | None) -> pa.Table:
    """Give the interactions that were loaded from a day's segments, or from all."""
    with runtime.warehouse() as warehouse:
        return warehouse.arrow(
            "select i.* from core.interactions i semi join"
            " (select segment_id from core.loaded_segments where $1 is null or day = $1) d"
            " using (segment_id)",
            [day],
        )


def publication_contexts(runtime: Runtime, day: date | None) -> pa.Table:
    """Give the contexts about to be published, and whether a decision permits each.

    The decisions are asked again here, not by the macro that built the mart: a gate that trusts
    what it guards guards nothing.
    """
    with runtime.warehouse() as warehouse:
        return warehouse.arrow(f"""
            select contexts.*, coalesce(permitted.is_permitted, false) as is_permitted
            from marts.agent_context as contexts
            left join (
                select customers.customer_id, bool_or(decisions.is_permitted) as is_permitted
                from core.customers as customers
                inner join core.decisions as decisions using (subject_id)
                where decisions.purpose = '{PUBLISHED_FOR}'
                group by customers.customer_id
            ) as permitted using (customer_id)
        """)


def publication_entries(runtime: Runtime, day: date | None) -> pa.Table:
    """Give the timeline entries about to be published, and whether a decision permits each."""
    with runtime.warehouse() as warehouse:
        return warehouse.arrow(f"""
            select entries.*, coalesce(decisions.is_permitted, false) as is_permitted
            from marts.contact_history as entries
            left join core.decisions as decisions
                on entries.subject_id = decisions.subject_id
                and decisions.purpose = '{PUBLISHED_FOR}'
        """)


FRAMES: Mapping[str, Callable[[Runtime, date | None], pa.Table]] = {
    "landed_batch": landed_batch,
    "interactions_day": interactions_day,
    "publication_contexts": publication_contexts,
    "publication_entries": publication_entries,
}
"""What every suite is run on, by the suite's name."""


def check(suite: str, runtime: Runtime, day: date | None) -> QualityReport:
    """Run one suite on what it guards."""
    return run_suite(suite, FRAMES[suite](runtime, day))
