"""Decided: consent and legal basis per subject and purpose, as known now."""

from collections.abc import Iterator

import dagster as dg

from pipelines.defs.names import COMPLIANCE, key, table_spec
from pipelines.defs.step import step
from pipelines.stages.decided import decide_purposes
from pipelines.stages.runtime import Runtime
from privacy.ids import ZoneId
from privacy.records.tables import CONSENT_EVENTS, DECISIONS


def decided(zone: ZoneId, pool: str | None) -> dg.AssetsDefinition:
    """Define one zone's consent decisions."""
    customers = key(zone, "core", "customers")
    specs = [
        table_spec(zone, table, deps=[customers], owner=COMPLIANCE)
        for table in (DECISIONS, CONSENT_EVENTS)
    ]

    @dg.multi_asset(name=f"{zone}__decided", specs=specs, pool=pool)
    def decide(runtime: dg.ResourceParam[Runtime]) -> Iterator[dg.MaterializeResult[None]]:
        with (
            step(runtime, "decided", inputs=["store.consent_events", "core.customers"]) as run,
            runtime.warehouse() as warehouse,
        ):
            report = decide_purposes(runtime.zone, warehouse)
            run.wrote("core.decisions", report.decisions)
            count_events = warehouse.count(CONSENT_EVENTS.name)
            run.wrote("core.consent_events", count_events)
        runtime.report("decided", report.decisions)
        yield dg.MaterializeResult(
            asset_key=specs[0].key,
            metadata={"dagster/row_count": report.decisions, "permitted": report.permitted},
        )
        yield dg.MaterializeResult(
            asset_key=specs[1].key, metadata={"dagster/row_count": count_events}
        )

    return decide
