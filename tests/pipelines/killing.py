"""Run a zone in a process of its own that kills itself, with SIGKILL, at a named point.

``python killing.py HOME ZONE INBOX DAY POINT`` where POINT is ``never``, ``stage:<name>:<n>`` (at the
n-th progress report of a stage), ``before:<module>:<name>:<n>`` or ``after:…`` (around the n-th call
of a function or method). No code of the product knows about it.
"""

import functools
import importlib
import os
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.run import run_zone
from pipelines.stages.runtime import ZoneAccess
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


def main() -> None:
    home, zone, inbox, day, point = sys.argv[1:]
    reports: dict[str, int] = {}
    wanted = point.split(":")

    def progress(stage: str, _: int) -> None:
        reports[stage] = reports.get(stage, 0) + 1
        if wanted[0] == "stage" and stage == wanted[1] and reports[stage] == int(wanted[2]):
            die()

    if wanted[0] in {"before", "after"}:
        around(wanted[0], wanted[1], wanted[2], int(wanted[3]))
    run_zone(
        ZoneAccess(home=Path(home), zone_id=ZoneId(zone), workers=0),
        Path(inbox),
        day=date.fromisoformat(day),
        progress=progress,
    )


if __name__ == "__main__":
    main()
