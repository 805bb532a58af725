"""Quality gates as blocking asset checks, all from one factory."""

from collections.abc import Sequence
from datetime import date

import dagster as dg

from pipelines.defs.names import key, pool
from pipelines.stages.checked import check
from pipelines.stages.runtime import Runtime
from privacy.ids import ZoneId

GATES = (
    ("landed_batch", "landed", "inbox_items", True),
    ("interactions_day", "core", "interactions", True),
    ("publication_contexts", "marts", "agent_context", False),
    ("publication_entries", "marts", "contact_history", False),
)
"""Suite, the asset it guards (layer and things), and whether it looks at one day only."""

PARTITION_TAG = "dagster/partition"


def checks(zone: ZoneId) -> Sequence[dg.AssetChecksDefinition]:
    """Define one zone's gates; what is downstream of a failed one does not run."""
    return [check_of(zone, suite, layer, things, daily) for suite, layer, things, daily in GATES]


def check_of(
    zone: ZoneId, suite: str, layer: str, things: str, daily: bool
) -> dg.AssetChecksDefinition:
    """Turn one quality suite into a blocking check of the asset it guards."""

    @dg.asset_check(
        asset=key(zone, layer, things),
        name=suite,
        blocking=True,
        pool=pool(zone),
        description=f"Great Expectations suite {suite}; counts of failures, never values.",
    )
    def gate(
        context: dg.AssetCheckExecutionContext, runtime: dg.ResourceParam[Runtime]
    ) -> dg.AssetCheckResult:
        partition = context.run.tags.get(PARTITION_TAG) if daily else None
        day = date.fromisoformat(partition) if partition else None
        report = check(suite, runtime, day)
        runtime.report("checked", report.checked)
        return dg.AssetCheckResult(
            passed=report.passed,
            severity=dg.AssetCheckSeverity.ERROR,
            metadata={
                "rows": report.checked,
                "failures": dg.MetadataValue.json([list(failure) for failure in report.failures]),
            },
        )

    return gate
