"""Published: a sealed context and timeline per customer in the store, only what changed."""

from dataclasses import asdict

import dagster as dg

from pipelines.defs.names import ENGINEERS, described, key
from pipelines.defs.step import step
from pipelines.stages.published import publish_profiles
from pipelines.stages.runtime import Runtime
from privacy.audit.log import AuditLog
from privacy.ids import ZoneId

READ = ("marts.agent_context", "marts.contact_history")

COLUMNS = {
    "customer_id": ("string", "Whose."),
    "digest": ("string", "Keyed hash of the context; an unchanged one is not written again."),
    "sealed": ("bytes", "The context, under the customer's key."),
    "count_entries": ("int64", "Entries of the timeline."),
    "published_at": ("timestamp", "When it last changed."),
}
"""The columns of a profile (`privacy.store.tables.PROFILES`)."""


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
        metadata={"dagster/column_schema": described(COLUMNS)},
        pool=pool,
    )
    def profiles(runtime: dg.ResourceParam[Runtime]) -> dg.MaterializeResult[None]:
        with step(runtime, "published", inputs=READ) as run:
            with runtime.warehouse() as warehouse:
                report = publish_profiles(runtime.zone, warehouse)
            log = AuditLog(runtime.zone)
            log.record(
                action="publish",
                caller_id="pipeline",
                purpose="service",
                outcome="done",
                payload=asdict(report),
            )
            log.seal()
            run.wrote("store.profiles", report.count_customers)
        runtime.report("published", report.count_customers)
        return dg.MaterializeResult(
            metadata={"dagster/row_count": report.count_customers, **asdict(report)}
        )

    return profiles
