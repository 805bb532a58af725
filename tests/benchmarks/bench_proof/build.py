"""Build a home by the real run; what is measured afterwards has nothing of the run in memory."""

import time
from datetime import date
from pathlib import Path

from pipelines.run import run_zone
from pipelines.stages.runtime import ZoneAccess
from pipelines.synthetic.world import generate
from privacy.ids import ZoneId
from privacy.opened import create_zone


def build(folder: Path, zone: ZoneId, messages: int, workers: int) -> dict[str, float]:
    """Generate a world and run the zone's job on it; give the seconds of both."""
    started = time.perf_counter()
    generate(folder / "world", seed=7, messages=messages, zones=[zone], until=date(2026, 11, 1))
    generated = time.perf_counter()
    create_zone(folder / "home", zone).close()
    access = ZoneAccess(home=folder / "home", zone_id=zone, workers=workers)
    report = run_zone(access, folder / "world" / "inbox" / zone)
    done = time.perf_counter()
    return {
        "generated": generated - started,
        "run": done - generated,
        "interactions": report.loaded["new"],
    }
