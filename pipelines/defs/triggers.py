"""What starts a run: a file in the inbox, or the clock."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISREG

import dagster as dg

from pipelines.defs.landed import QUIET_SECONDS
from pipelines.defs.names import key
from pipelines.landing.sources import is_unfinished
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
        count, newest = what_lies_in(layout.inbox, layout.handoff)
        if not count:
            return dg.SkipReason("the inbox is empty")
        if datetime.now(UTC).timestamp() - newest < QUIET_SECONDS:
            return dg.SkipReason("a file is still being written")
        state = f"{count}-{newest:.6f}"
        if context.cursor == state:
            return dg.SkipReason("nothing new since the last run")
        context.update_cursor(state)
        return dg.RunRequest(
            run_key=f"{zone}-{state}", partition_key=today(), run_config=consume_inbox(zone)
        )

    return watch


def what_lies_in(*folders: Path) -> tuple[int, float]:
    """Count the files of some folders, and give when the last of them came or changed.

    A file that is moved in keeps the time it was written at; the time of its status is new.
    """
    count, newest = 0, 0.0
    for folder in folders:
        for path in folder.rglob("*"):
            # A run may take the file away while we look.
            with suppress(FileNotFoundError):
                status = path.lstat()
                if S_ISREG(status.st_mode) and not is_unfinished(path.relative_to(folder)):
                    count += 1
                    newest = max(newest, status.st_mtime, status.st_ctime)
    return count, newest


def consume_inbox(zone: ZoneId) -> dict[str, object]:
    """Give the run configuration that empties the zone's own inbox as it is sealed."""
    op = key(zone, "landed", "inbox_items").to_python_identifier()
    return {"ops": {op: {"config": {"consume": True}}}}
