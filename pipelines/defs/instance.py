"""The Dagster instance in the project's home: SQLite storage there, no telemetry, pools of one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import yaml

from privacy.zones.layout import ZoneLayout

SETTINGS = {
    "telemetry": {"enabled": False},
    "concurrency": {"pools": {"default_limit": 1, "granularity": "op"}},
    "run_monitoring": {"enabled": True},
    "python_logs": {"python_log_level": "ERROR"},
}
"""``dagster.yaml``: nothing phones home; a pool, which is a warehouse, has one writer."""


def prepare(folder: Path) -> Path:
    """Make the instance's folder and its settings; give the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = folder / "dagster.yaml"
    text = yaml.safe_dump(SETTINGS, sort_keys=True)
    if not settings.is_file() or settings.read_text() != text:
        settings.write_text(text)
    return folder


@contextmanager
def instance_at(layout: ZoneLayout) -> Iterator[dg.DagsterInstance]:
    """Open the instance that runs of this home are recorded in."""
    with dg.DagsterInstance.from_config(str(prepare(layout.dagster))) as instance:
        yield instance
