"""Expired: what the zone's retention rules say is over."""

import dagster as dg

from pipelines.defs.names import COMPLIANCE, key
from pipelines.defs.step import step
from pipelines.stages.expired import expire
from pipelines.stages.runtime import Runtime
from privacy.ids import ZoneId


def expired(zone: ZoneId, pool: str | None) -> dg.AssetsDefinition:
    """Define one zone's expiry."""

    @dg.asset(
        key=key(zone, "expired", "retention"),
        deps=[key(zone, "published", "profiles")],
        group_name="expired",
        description="Landed files past the policy's days are gone; rows past theirs are counted, "
        "and go with an erasure plan.",
        owners=[COMPLIANCE],
        kinds={"python"},
        pool=pool,
    )
    def retention(runtime: dg.ResourceParam[Runtime]) -> dg.MaterializeResult[None]:
        with (
            step(runtime, "expired", inputs=["store.landing_segments"]) as run,
            runtime.warehouse() as warehouse,
        ):
            report = expire(runtime.zone, warehouse)
            run.wrote("store.landing_segments", report.count_segments_removed)
        runtime.report("expired", report.count_segments_removed)
        return dg.MaterializeResult(
            metadata={
                "segments_removed": report.count_segments_removed,
                "keys_rotated": report.count_keys_rotated,
                "epochs_ended": report.count_epochs_ended,
                "due": dg.MetadataValue.json(dict(report.due)),
            }
        )

    return retention
