"""Interactions: landed items become redacted rows in the warehouse, originals sealed."""

from collections.abc import Iterator
from datetime import date

import dagster as dg

from pipelines.defs.names import DAYS, key, table_spec
from pipelines.defs.step import step
from pipelines.stages.interactions import load_day
from pipelines.stages.runtime import Runtime
from privacy.ids import ZoneId
from privacy.records import tables

LOADED = (
    tables.INTERACTIONS,
    tables.ORIGINALS,
    tables.MENTIONS,
    tables.THREAD_EVENTS,
    tables.ORDERS,
    tables.HANDLES,
    tables.LINKS,
    tables.LOADED_SEGMENTS,
)


def interactions(zone: ZoneId, pool: str | None) -> dg.AssetsDefinition:
    """Define the load of one zone's landed segments."""
    landed = key(zone, "landed", "inbox_items")

    @dg.multi_asset(
        name=f"{zone}__interactions",
        specs=[table_spec(zone, table, deps=[landed], partitions=DAYS) for table in LOADED],
        pool=pool,
    )
    def load(
        context: dg.AssetExecutionContext, runtime: dg.ResourceParam[Runtime]
    ) -> Iterator[dg.MaterializeResult[None]]:
        day = date.fromisoformat(context.partition_key)
        with (
            step(runtime, "interactions", inputs=["landed.inbox_items"]) as run,
            runtime.warehouse() as warehouse,
        ):
            report = load_day(
                runtime.zone,
                warehouse,
                day,
                executor=runtime.executor,
                connectors=runtime.access.connectors,
                progress=runtime.report,
            )
            counts = {table.name: warehouse.count(table.name) for table in LOADED}
            for name, count in counts.items():
                run.wrote(f"core.{name}", count)
        for table in LOADED:
            metadata: dict[str, dg.MetadataValue] = {
                "dagster/row_count": dg.MetadataValue.int(counts[table.name])
            }
            if table is tables.INTERACTIONS:
                metadata |= {
                    "items": dg.MetadataValue.int(report.items),
                    "new": dg.MetadataValue.int(report.interactions),
                    "quarantined": dg.MetadataValue.int(report.quarantined),
                    "suppressed": dg.MetadataValue.int(report.suppressed),
                }
            if table is tables.MENTIONS:
                metadata["spans"] = dg.MetadataValue.json(dict(report.spans))
            yield dg.MaterializeResult(asset_key=key(zone, "core", table.name), metadata=metadata)

    return load
