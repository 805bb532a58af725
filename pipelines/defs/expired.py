"""Expired: what the zone's retention rules say is over."""

import dagster as dg

from pipelines.defs.names import COMPLIANCE, key
from pipelines.defs.step import step
from pipelines.stages.expired import expire, resume_erasures
from pipelines.stages.runtime import Runtime
from privacy.ids import ZoneId


def expired(zone: ZoneId, pool: str | None) -> dg.AssetsDefinition:
    """Define one zone's expiry."""

    @dg.asset(
        key=key(zone, "expired", "retention"),
        deps=[key(zone, "published", "profiles")],
        group_name="expired",
        description="Landed files and quarantined items past the policy's days are gone; rows past "
        "theirs are counted, and go with an erasure plan. Erasures whose hold was released are "
        "carried out.",
        owners=[COMPLIANCE],
        kinds={"python"},
        pool=pool,
    )
    def retention(runtime: dg.ResourceParam[Runtime]) -> dg.MaterializeResult[None]:
        with step(runtime, "expired", inputs=["store.landing_segments"]) as run:
            with runtime.warehouse() as warehouse:
                report = expire(runtime.zone, warehouse)
            resumed = resume_erasures(runtime.zone, wait_seconds=runtime.access.wait_seconds)
            run.wrote("store.landing_segments", report.count_segments_removed)
            run.wrote("store.quarantine", report.count_quarantined_removed)
            run.wrote("store.erasures", len(resumed.certified))
        runtime.report("expired", report.count_segments_removed)
        return dg.MaterializeResult(
            metadata={
                "segments_removed": report.count_segments_removed,
                "quarantined_removed": report.count_quarantined_removed,
                "erasures_certified": len(resumed.certified),
                "erasures_held": len(resumed.held),
                "erasures_to_plan_again": len(resumed.changed),
                "erasures_incomplete": len(resumed.incomplete),
                "keys_rotated": report.count_keys_rotated,
                "epochs_ended": report.count_epochs_ended,
                "due": dg.MetadataValue.json(dict(report.due)),
            }
        )

    return retention
