"""Resolved: links become customers, every merge journalled."""

import dagster as dg

from pipelines.defs.names import key, table_spec
from pipelines.defs.step import step
from pipelines.stages.resolved import resolve_customers
from pipelines.stages.runtime import Runtime
from privacy.ids import ZoneId
from privacy.records.tables import CUSTOMERS


def resolved(zone: ZoneId, pool: str | None) -> dg.AssetsDefinition:
    """Define one zone's identity resolution."""
    spec = table_spec(
        zone, CUSTOMERS, deps=[key(zone, "core", "handles"), key(zone, "core", "links")]
    )

    @dg.multi_asset(name=f"{zone}__resolved", specs=[spec], pool=pool)
    def resolve(runtime: dg.ResourceParam[Runtime]) -> dg.MaterializeResult[None]:
        with (
            step(runtime, "resolved", inputs=["core.handles", "core.links"]) as run,
            runtime.warehouse() as warehouse,
        ):
            report = resolve_customers(runtime.zone, warehouse)
            run.wrote("core.customers", report.count_subjects)
        runtime.report("resolved", report.count_customers)
        journal = {str(kind): count for kind, count in report.count_by_kind.items()}
        return dg.MaterializeResult(
            asset_key=spec.key,
            metadata={
                "dagster/row_count": report.count_subjects,
                "customers": report.count_customers,
                "changed": len(report.changed),
                "links_set_aside": len(report.set_aside),
                "journal": dg.MetadataValue.json(journal),
            },
        )

    return resolve
