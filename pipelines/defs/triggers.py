"""What starts a run: a file in the inbox, or the clock."""

from datetime import UTC, datetime

import dagster as dg

from pipelines.defs.landed import QUIET_SECONDS
from pipelines.defs.names import key
from pipelines.stages.runtime import Runtime
from privacy.ids import ZoneId


def job_name(zone: ZoneId) -> str:
    """Name the main job: everything of a zone, for one day."""
    return f"run_{zone}"


def today() -> str:
    """Give the partition that items landing now belong to."""
    return datetime.now(UTC).date().isoformat()


def daily(zone: ZoneId) -> dg.ScheduleDefinition:
    """Define the nightly run, which also lets retention and consent expiry take effect."""

    @dg.schedule(
        name=f"daily_{zone}",
        job_name=job_name(zone),
        cron_schedule="15 1 * * *",
        execution_timezone="UTC",
        description="Every night: whatever is in the inbox, and what time alone has changed.",
    )
    def nightly(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        instant = context.scheduled_execution_time
        return dg.RunRequest(
            run_key=f"{zone}-{instant:%Y-%m-%d}",
            partition_key=f"{instant:%Y-%m-%d}",
            run_config=consume_inbox(zone),
        )

    return nightly


def inbox_sensor(zone: ZoneId) -> dg.SensorDefinition:
    """Define the sensor that runs the job when something new rests in the zone's inbox."""

    @dg.sensor(
        name=f"inbox_{zone}",
        job_name=job_name(zone),
        minimum_interval_seconds=30,
        description="Runs when a file in the inbox has come to rest.",
    )
    def watch(
        context: dg.SensorEvaluationContext, runtime: dg.ResourceParam[Runtime]
    ) -> dg.RunRequest | dg.SkipReason:
        layout = runtime.access.layout
        now = datetime.now(UTC).timestamp()
        newest = 0.0
        count = 0
        for folder in (layout.inbox, layout.handoff):
            for path in folder.rglob("*") if folder.is_dir() else ():
                if path.is_file():
                    count += 1
                    newest = max(newest, path.stat().st_mtime)
        if not count:
            return dg.SkipReason("the inbox is empty")
        if now - newest < QUIET_SECONDS:
            return dg.SkipReason("a file is still being written")
        state = f"{count}-{newest:.6f}"
        if context.cursor == state:
            return dg.SkipReason("nothing new since the last run")
        context.update_cursor(state)
        return dg.RunRequest(
            run_key=f"{zone}-{state}", partition_key=today(), run_config=consume_inbox(zone)
        )

    return watch


def consume_inbox(zone: ZoneId) -> dict[str, object]:
    """Give the run configuration that empties the zone's own inbox as it is sealed."""
    op = key(zone, "landed", "inbox_items").to_python_identifier()
    return {"ops": {op: {"config": {"consume": True}}}}
