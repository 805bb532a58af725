"""Run a zone again and again, in processes that kill themselves, with SIGKILL, at named points.

``python killing.py HOME ZONE INBOX DAY POINT…`` runs once for each POINT and prints a line a run:
its exit status, negative for the signal that ended it. POINT is ``never``, ``stage:<name>:<n>`` (at
the n-th progress report of a stage), ``before:<module>:<name>:<n>`` or ``after:…`` (around the n-th
call of a function or method); ``one+other`` runs two at once. No code of the product knows of it.

Everything is imported once, and each run is a fork, so that ten runs do not cost ten imports.
"""

import functools
import importlib
import os
import signal
import sys
import traceback
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


def run(home: str, zone: str, inbox: str, day: str, point: str) -> None:
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


def forked(arguments: list[str]) -> int:
    child = os.fork()
    if child == 0:
        status = 1
        try:
            run(*arguments)
            status = 0
        except BaseException:  # noqa: BLE001 (a fork must not run on into its parent's code)
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(status)
    return child


def main() -> None:
    arguments, points = sys.argv[1:5], sys.argv[5:]
    for point in points:
        children = [forked([*arguments, one]) for one in point.split("+")]
        for child in children:
            _, status = os.waitpid(child, 0)
            print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
