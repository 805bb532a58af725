"""Resolved: links become customers, every merge journalled."""

import dagster as dg

from pipelines.defs.names import key, pool, table_spec
from pipelines.stages.resolved import resolve_customers
from pipelines.stages.runtime import Runtime
from privacy.ids import ZoneId
from privacy.records.tables import CUSTOMERS


def resolved(zone: ZoneId) -> dg.AssetsDefinition:
    """Define one zone's identity resolution."""
    spec = table_spec(
        zone, CUSTOMERS, deps=[key(zone, "core", "handles"), key(zone, "core", "links")]
    )

    @dg.multi_asset(name=f"{zone}__resolved", specs=[spec], pool=pool(zone))
    def resolve(runtime: dg.ResourceParam[Runtime]) -> dg.MaterializeResult[None]:
        with runtime.warehouse() as warehouse:
            report = resolve_customers(runtime.zone, warehouse)
        runtime.report("resolved", report.customers)
        return dg.MaterializeResult(
            asset_key=spec.key,
            metadata={"dagster/row_count": report.subjects, "customers": report.customers},
        )

    return resolve
