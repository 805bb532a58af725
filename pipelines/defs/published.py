"""Published: a sealed context and timeline per customer in the store, only what changed."""

from dataclasses import asdict

import dagster as dg

from pipelines.defs.names import ENGINEERS, key
from pipelines.stages.published import publish_profiles
from pipelines.stages.runtime import Runtime
from privacy.audit.log import AuditLog
from privacy.ids import ZoneId


def published(zone: ZoneId, pool: str | None) -> dg.AssetsDefinition:
    """Define one zone's publication; it runs only when every gate before it passed."""

    @dg.asset(
        key=key(zone, "published", "profiles"),
        deps=[key(zone, "marts", "agent_context"), key(zone, "marts", "contact_history")],
        group_name="published",
        description="One sealed context document and timeline per customer, in the store. "
        "Yesterday's stay up until this has run.",
        owners=[ENGINEERS],
        kinds={"python", "sqlite"},
        pool=pool,
    )
    def profiles(runtime: dg.ResourceParam[Runtime]) -> dg.MaterializeResult[None]:
        with runtime.warehouse() as warehouse:
            report = publish_profiles(runtime.zone, warehouse)
        AuditLog(runtime.zone).record(
            action="publish",
            caller_id="pipeline",
            purpose="service",
            outcome="done",
            payload=asdict(report),
        )
        AuditLog(runtime.zone).seal()
        runtime.report("published", report.count_customers)
        return dg.MaterializeResult(
            metadata={"dagster/row_count": report.count_customers, **asdict(report)}
        )

    return profiles
