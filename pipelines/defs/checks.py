"""Quality gates as blocking asset checks, all from one factory."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import dagster as dg

from pipelines.defs.names import key
from pipelines.defs.step import step
from pipelines.stages.checked import check
from pipelines.stages.runtime import Runtime
from privacy.ids import ZoneId


class Gate(NamedTuple):
    """A suite, the asset it guards, and whether it looks at one day only."""

    suite: str
    layer: str
    things: str
    is_daily: bool


GATES = (
    Gate("landed_batch", "landed", "inbox_items", is_daily=True),
    Gate("interactions_day", "core", "interactions", is_daily=True),
    Gate("publication_contexts", "marts", "agent_context", is_daily=False),
    Gate("publication_entries", "marts", "contact_history", is_daily=False),
)
"""Every gate of a zone."""

PARTITION_TAG = "dagster/partition"


def checks(zone: ZoneId, pool: str | None) -> Sequence[dg.AssetChecksDefinition]:
    """Define one zone's gates; what is downstream of a failed one does not run."""
    return [check_of(zone, gate, pool) for gate in GATES]


def check_of(zone: ZoneId, gate: Gate, pool: str | None) -> dg.AssetChecksDefinition:
    """Turn one quality suite into a blocking check of the asset it guards."""

    @dg.asset_check(
        asset=key(zone, gate.layer, gate.things),
        name=gate.suite,
        blocking=True,
        pool=pool,
        description=f"Great Expectations suite {gate.suite}; counts of failures, never values.",
    )
    def look(
        context: dg.AssetCheckExecutionContext, runtime: dg.ResourceParam[Runtime]
    ) -> dg.AssetCheckResult:
        partition = context.run.tags.get(PARTITION_TAG) if gate.is_daily else None
        day = date.fromisoformat(partition) if partition else None
        with step(runtime, f"checked.{gate.suite}", inputs=[f"{gate.layer}.{gate.things}"]):
            report = check(gate.suite, runtime, day)
        runtime.report("checked", report.checked)
        return dg.AssetCheckResult(
            passed=report.passed,
            severity=dg.AssetCheckSeverity.ERROR,
            metadata={
                "rows": report.checked,
                "failures": dg.MetadataValue.json([list(failure) for failure in report.failures]),
            },
        )

    return look
