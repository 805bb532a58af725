"""The Dagster instance in the project's home: SQLite storage there, no telemetry, pools of one."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import dagster as dg
import yaml
from filelock import FileLock

from privacy.zones.layout import ZoneLayout

SETTINGS = {
    "telemetry": {"enabled": False},
    "nux": {"enabled": False},
    "concurrency": {
        "pools": {"default_limit": 1, "granularity": "op"},
        "runs": {"max_concurrent_runs": 2},
    },
    "run_monitoring": {
        "enabled": True,
        "poll_interval_seconds": 15,
        "free_slots_after_run_end_seconds": 5,
        "max_runtime_seconds": 86_400,
    },
    "run_retries": {"enabled": True, "max_retries": 2, "retry_on_asset_or_op_failure": False},
    "retention": {
        "sensor": {"purge_after_days": {"skipped": 1, "success": 90, "failure": 90}},
        "schedule": {"purge_after_days": {"skipped": 7, "success": 90, "failure": 90}},
    },
    "python_logs": {"python_log_level": "ERROR"},
}
"""``dagster.yaml``: nothing phones home or asks for an address. A pool, which is a warehouse, has
one writer. A killed run gives its place back and is begun again; one that a gate stopped is not,
nor one that failed. Two runs at once, for each has detection workers of its own."""


def prepare(folder: Path) -> Path:
    """Make the instance's folder, and its settings where there are none yet; give the folder.

    Settings that are there stay as they are: an operator may have changed them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError), (folder / "dagster.yaml").open("x") as settings:
        yaml.safe_dump(SETTINGS, settings)
    return folder


@contextmanager
def instance_at(layout: ZoneLayout) -> Iterator[dg.DagsterInstance]:
    """Open the instance that runs of this home are recorded in."""
    layout.dagster.mkdir(parents=True, exist_ok=True)
    with FileLock(layout.dagster / ".opening.lock", mode=0o600):
        # Of two runs that begin at once, one makes the tables and the other finds them.
        instance = dg.DagsterInstance.from_config(str(prepare(layout.dagster)))
        instance.get_runs_count()
        instance.all_asset_keys()
    with instance:
        yield instance
