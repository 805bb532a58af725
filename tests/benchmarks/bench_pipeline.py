"""Measure the whole path: messages a second through every stage, memory, where the time goes.

``python -m tests.benchmarks.bench_pipeline --messages 10000 100000`` generates a world of each size
for one zone, runs the zone's job in a process of its own as a user would, and prints one Markdown
table a size. All ratios on a line are of one run.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import psutil

from pipelines.run import RunReport, run_zone
from pipelines.stages.runtime import ZoneAccess, executor_for
from pipelines.synthetic.world import generate
from privacy.detection.executor import Executor
from privacy.detection.spans import Span
from privacy.ids import ZoneId
from privacy.opened import create_zone

MEGABYTE = 1_000_000


class Timed:
    """An executor that adds up the time detection takes, for whoever waits on it."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self.seconds = 0.0
        self.texts = 0

    def detect(
        self,
        texts: Sequence[str],
        languages: Sequence[str | None],
        known: Sequence[Sequence[tuple[str, str]]] | None = None,
    ) -> list[list[Span]]:
        started = time.perf_counter()
        found = self._executor.detect(texts, languages, known)
        self.seconds += time.perf_counter() - started
        self.texts += len(texts)
        return found


class Memory(threading.Thread):
    """Samples what this process and its children hold: the peak of the sum, and of this one."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak_bytes = 0
        self.peak_own_bytes = 0
        self._stop_asked = threading.Event()

    def run(self) -> None:
        own = psutil.Process()
        while not self._stop_asked.wait(0.25):
            used = own.memory_info().rss
            self.peak_own_bytes = max(self.peak_own_bytes, used)
            for child in own.children(recursive=True):
                try:
                    used += child.memory_info().rss
                except psutil.Error:
                    continue
            self.peak_bytes = max(self.peak_bytes, used)

    def stop(self) -> None:
        self._stop_asked.set()
        self.join()


def measure(messages: int, zone: ZoneId, workers: int, folder: Path) -> None:
    """Generate, run, print."""
    started = time.perf_counter()
    generate(folder / "world", seed=7, messages=messages, zones=[zone], until=date(2026, 11, 1))
    generated = time.perf_counter() - started
    opened = create_zone(folder / "home", zone)
    access = ZoneAccess(home=folder / "home", zone_id=zone, workers=workers)
    timed = Timed(executor_for(opened, workers))
    timed.detect(["warm-up: my name is Ada"], ["en"])
    timed.seconds, timed.texts = 0.0, 0
    memory = Memory()
    memory.start()
    started = time.perf_counter()
    report = run_zone(access, folder / "world" / "inbox" / zone, executor=timed)
    seconds = time.perf_counter() - started
    memory.stop()
    started = time.perf_counter()
    again = run_zone(access, folder / "world" / "inbox" / zone, executor=timed)
    repeated = time.perf_counter() - started
    print(table(messages, report, seconds, timed, memory, generated))
    print(f"\nThe same day again, nothing new: {repeated:.1f} s ({again.loaded['new']} new rows).")


def table(
    messages: int,
    report: RunReport,
    seconds: float,
    timed: Timed,
    memory: Memory,
    generated: float,
) -> str:
    """Give one run as a Markdown table."""
    steps = dict(report.seconds)
    loading = sum(value for name, value in steps.items() if name.endswith("__interactions"))
    rows = [("world generated (not part of the whole)", generated)]
    for name, value in steps.items():
        if name.endswith("__interactions"):
            rows.append(("interactions: detection", timed.seconds))
            rows.append(
                ("interactions: all but waiting for detection", max(loading - timed.seconds, 0.0))
            )
        else:
            rows.append((name, value))
    rest = seconds - timed.seconds
    rows.append(("**the whole**", seconds))
    rows.append(("**everything except detection**", rest))
    lines = [
        f"### {messages:,} messages asked for: {report.loaded['items']:,} items,"
        f" {report.loaded['new']:,} interactions, {timed.texts:,} texts",
        "",
        "| stage | seconds | messages/s | share of the whole |",
        "|---|--:|--:|--:|",
    ]
    for name, value in rows:
        rate = f"{messages / value:,.0f}" if value > 0.005 else "-"
        lines.append(f"| {name} | {value:.1f} | {rate} | {value / seconds:.0%} |")
    lines.append("")
    lines.append(
        f"Peak memory: {memory.peak_own_bytes / MEGABYTE:,.0f} MB the run itself,"
        f" {memory.peak_bytes / MEGABYTE:,.0f} MB with detection workers and dbt."
        f" Everything else takes {rest / timed.seconds:.2f} times as long as detection."
    )
    return "\n".join(lines)


def main() -> None:
    """Measure each size in a process of its own, so that peaks do not mix."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--zone", default="us")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        with tempfile.TemporaryDirectory() as folder:
            measure(given.messages[0], ZoneId(given.zone), given.workers, Path(folder))
        return
    print(json.dumps({"cores": os.cpu_count(), "python": sys.version.split()[0]}))
    for count in given.messages:
        subprocess.run(
            [
                sys.executable,
                "-m",
                "tests.benchmarks.bench_pipeline",
                "--one",
                "--messages",
                str(count),
                "--zone",
                given.zone,
                "--workers",
                str(given.workers),
            ],
            check=True,
        )


if __name__ == "__main__":
    main()
