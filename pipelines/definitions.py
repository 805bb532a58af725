"""What Dagster loads: one code location a zone, so that a process has one zone's keys only."""

import dagster as dg

from pipelines.defs.checks import checks
from pipelines.defs.decided import decided
from pipelines.defs.expired import expired
from pipelines.defs.interactions import interactions
from pipelines.defs.landed import landed
from pipelines.defs.names import COMPLIANCE, table_spec, warehouse_pool
from pipelines.defs.published import published
from pipelines.defs.resolved import resolved
from pipelines.defs.resources import runtime_from_environment
from pipelines.defs.transformed import transformed
from pipelines.defs.triggers import daily, inbox_sensor, job_name
from pipelines.stages.runtime import Runtime
from privacy.ids import ZoneId
from privacy.records.tables import ERASED_TOTALS


def build_defs(zone: ZoneId, runtime: Runtime | None = None) -> dg.Definitions:
    """Build one zone's definitions; no key and no file of the zone is opened.

    Args:
        zone: Whose.
        runtime: What runs use; by default one that reads the environment. A run given one is
            alone in its process and waits at the warehouse's own lock; it takes no place in
            Dagster's pool, which it would keep if it were killed.
    """
    pool = None if runtime else warehouse_pool(zone)
    return dg.Definitions(
        assets=[
            landed(zone),
            interactions(zone, pool),
            resolved(zone, pool),
            decided(zone, pool),
            transformed(zone, pool),
            published(zone, pool),
            expired(zone, pool),
            # Written by erasures, not by a stage.
            table_spec(zone, ERASED_TOTALS, deps=[], owner=COMPLIANCE),
        ],
        asset_checks=checks(zone, pool),
        jobs=[
            dg.define_asset_job(
                job_name(zone),
                selection=dg.AssetSelection.all(),
                description="Take in the inbox and bring every table, mart and profile up to date.",
            )
        ],
        schedules=[daily(zone)],
        sensors=[inbox_sensor(zone)],
        resources={"runtime": runtime or runtime_from_environment(zone)},
        executor=dg.in_process_executor,
    )


@dg.definitions
def eu() -> dg.Definitions:
    """Build the definitions of the European Union."""
    return build_defs(ZoneId("eu"))


@dg.definitions
def uk() -> dg.Definitions:
    """Build the definitions of the United Kingdom."""
    return build_defs(ZoneId("uk"))


@dg.definitions
def br() -> dg.Definitions:
    """Build the definitions of Brazil."""
    return build_defs(ZoneId("br"))


@dg.definitions
def cn() -> dg.Definitions:
    """Build the definitions of China."""
    return build_defs(ZoneId("cn"))


@dg.definitions
def us() -> dg.Definitions:
    """Build the definitions of the United States."""
    return build_defs(ZoneId("us"))
