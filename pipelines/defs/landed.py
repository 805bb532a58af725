"""Landed: what lies in the inbox is checked, routed, sealed, and in the manifest."""

from datetime import date
from pathlib import Path

import dagster as dg

from pipelines.defs.names import DAYS, ENGINEERS, key
from pipelines.landing.land import land
from pipelines.stages.runtime import Runtime
from privacy.ids import ZoneId


class InboxConfig(dg.Config):
    """Where to land from.

    Attributes:
        inbox: A folder; empty for the zone's own inbox.
        consume: Delete a file once everything in it is sealed; only for an inbox that is ours.
    """

    inbox: str = ""
    consume: bool = False


def landed(zone: ZoneId) -> dg.AssetsDefinition:
    """Define the landing of one zone's inbox."""

    @dg.asset(
        key=key(zone, "landed", "inbox_items"),
        group_name="landed",
        description="Items that vendors delivered: routed to their zone, de-duplicated, sealed. "
        "landed = sealed + duplicate + quarantined + suppressed + handed over.",
        owners=[ENGINEERS],
        kinds={"python", "arrow"},
        partitions_def=DAYS,
    )
    def inbox_items(
        context: dg.AssetExecutionContext, config: InboxConfig, runtime: dg.ResourceParam[Runtime]
    ) -> dg.MaterializeResult[None]:
        inbox = Path(config.inbox) if config.inbox else runtime.access.layout.inbox
        report = land(
            runtime.zone,
            inbox,
            day=date.fromisoformat(context.partition_key),
            default_zone=zone,
            consume=config.consume,
            progress=lambda count: runtime.report("landed", count),
        )
        return dg.MaterializeResult(metadata=report.counts())

    return inbox_items
