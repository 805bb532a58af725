"""Landed: what lies in the inbox is checked, routed, sealed, and in the manifest."""

from datetime import date
from pathlib import Path

import dagster as dg

from pipelines.defs.names import DAYS, ENGINEERS, described, key
from pipelines.defs.step import step
from pipelines.landing.land import land
from pipelines.landing.participants import participants_in
from pipelines.landing.report import OUTCOMES, LandingReport
from pipelines.stages.runtime import Runtime
from privacy.erasure.restored import erase_again
from privacy.ids import ZoneId


class InboxConfig(dg.Config):
    """Where to land from.

    Attributes:
        inbox: A folder; empty for the zone's own inbox.
        consume: Delete a file once everything in it is sealed; only for an inbox that is ours.
    """

    inbox: str = ""
    consume: bool = False


COLUMNS = {
    "item_id": ("string", "Keyed hash of the source and the vendor's id, else of the content."),
    "content_digest": (
        "string",
        "Keyed hash of the content; tells a changed item from a known one.",
    ),
    "segment_id": ("string", "Sealed file the item lies in."),
    "owner_id": ("string", "Subject whose key seals it; null for the zone's own key."),
}
"""The manifest's columns of an item (`privacy.store.tables.LANDING_ITEMS`)."""


def landed(zone: ZoneId) -> dg.AssetsDefinition:
    """Define the landing of one zone's inbox."""

    @dg.asset(
        key=key(zone, "landed", "inbox_items"),
        group_name="landed",
        description="Items that vendors delivered: routed to their zone, de-duplicated, sealed. "
        "landed = sealed + duplicate + quarantined + suppressed + handed over.",
        owners=[ENGINEERS],
        kinds={"python", "arrow"},
        metadata={"dagster/column_schema": described(COLUMNS)},
        partitions_def=DAYS,
    )
    def inbox_items(
        context: dg.AssetExecutionContext, config: InboxConfig, runtime: dg.ResourceParam[Runtime]
    ) -> dg.MaterializeResult[None]:
        layout = runtime.access.layout
        layout.inbox.mkdir(parents=True, exist_ok=True)
        with step(runtime, "landed", inputs=["inbox", "handoff"]) as run:
            again = erase_again(
                runtime.zone, reader=participants_in, wait_seconds=runtime.access.wait_seconds
            )
            report = land(
                runtime.zone,
                Path(config.inbox) if config.inbox else layout.inbox,
                day=date.fromisoformat(context.partition_key),
                default_zone=zone,
                consume=config.consume,
                progress=runtime.report,
                settle_seconds=QUIET_SECONDS if config.consume else 0,
                policies_directory=runtime.access.policies_directory,
                connectors=runtime.access.connectors,
            )
            run.wrote("landed.inbox_items", report.count("sealed"))
            run.wrote("store.quarantine", report.count("quarantined"))
            for other, count in report.handed_to.items():
                run.wrote(f"handoff.{other}", count)
        return dg.MaterializeResult(
            metadata={**counts_of(report), "erased_again": dg.MetadataValue.int(len(again))}
        )

    return inbox_items


QUIET_SECONDS = 5.0
"""In an inbox that vendors write to, a file younger than this may be half-written."""


def counts_of(report: LandingReport) -> dict[str, dg.MetadataValue]:
    """Give a landing's counts as metadata."""
    by_source = {
        source: {outcome: count for outcome in OUTCOMES if (count := report.count(outcome, source))}
        for source in report.sources
    }
    reasons: dict[str, dict[str, int]] = {}
    for (source, reason), count in sorted(report.reasons.items()):
        reasons.setdefault(source, {})[reason] = count
    return {
        "landed": dg.MetadataValue.int(report.count_landed),
        **{outcome: dg.MetadataValue.int(report.count(outcome)) for outcome in OUTCOMES},
        "by_source": dg.MetadataValue.json(by_source),
        "quarantined_by_reason": dg.MetadataValue.json(reasons),
        "handed_to": dg.MetadataValue.json(dict(report.handed_to)),
        "left": dg.MetadataValue.json(dict(report.left)),
        "files": dg.MetadataValue.int(report.count_files),
        "files_known": dg.MetadataValue.int(report.count_known_files),
    }
