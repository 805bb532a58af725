"""Runs a zone in a process that kills itself, with SIGKILL, at a named point.

A point is ``never``, ``stage:<name>:<n>`` (at the n-th progress report of a stage),
``before:<module>:<name>:<n>`` or ``after:…`` (around the n-th call of a function or method). No code
of the product knows of it.
"""

import functools
import importlib
import os
import signal
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.run import run_zone
from pipelines.stages.runtime import ZoneAccess
from privacy.detection.executor import Executor
from privacy.ids import ZoneId


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def around(when: str, module: str, name: str, nth: int) -> None:
    owner: Any = importlib.import_module(module)
    *path, attribute = name.split(".")
    for part in path:
        owner = getattr(owner, part)
    original: Callable[..., Any] = getattr(owner, attribute)
    calls = 0

    @functools.wraps(original)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if when == "before" and calls == nth:
            die()
        result = original(*args, **kwargs)
        if when == "after" and calls == nth:
            die()
        return result

    setattr(owner, attribute, wrapped)


def run(home: str, zone: str, inbox: str, day: str, point: str, executor: Executor) -> None:
    """Run a zone up to a point, and print what the run reports."""
    reports: dict[str, int] = {}
    wanted = point.split(":")

    def progress(stage: str, _: int) -> None:
        reports[stage] = reports.get(stage, 0) + 1
        if wanted[0] == "stage" and stage == wanted[1] and reports[stage] == int(wanted[2]):
            die()

    if wanted[0] in {"before", "after"}:
        around(wanted[0], wanted[1], wanted[2], int(wanted[3]))
    report = run_zone(
        ZoneAccess(home=Path(home), zone_id=ZoneId(zone), workers=0),
        Path(inbox),
        day=date.fromisoformat(day),
        progress=progress,
        executor=executor,
    )
    print(report)
