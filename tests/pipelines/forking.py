"""Runs of a zone in forks of one process, which has imported and loaded what a run needs.

A run in a process of its own spends most of its time on imports and models. A fork is as much a
process of its own, with nothing of any run before it, and can be killed at any point; `killing`
says where. No code of the product knows of it.
"""

import importlib
import json
import logging
import os
import select
import subprocess
import sys
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 500
LATE = ("great_expectations", "dbt.adapters.duckdb.impl", "dbt.cli.main")
"""What a run imports only when it comes to it."""


class Forking:
    """A process that runs a zone in forks of itself.

    Attributes:
        output: Everything the process and its forks print and log.
    """

    def __init__(self, zone: str, output: Path, **environment: str) -> None:
        self.output = output
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        with output.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.pipelines.forking", zone],
                cwd=ROOT,
                env=kept | {"PYTHONPATH": str(ROOT)} | environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise

    def statuses(self, home: Path, inbox: Path, day: date, *points: str) -> list[int]:
        """Run once for each point, one after the other; give how each run ended.

        Args:
            home: The project's data folder.
            inbox: What to land from.
            day: The partition.
            points: Where each run is killed, as `killing` names points; ``never`` is one of them,
                and the only one if none is given. ``one+other`` runs two at once.

        Returns:
            Exit statuses, negative for the signal that ended a run.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(
            json.dumps([str(home), str(inbox), day.isoformat(), *(points or ("never",))]),
            file=self._process.stdin,
            flush=True,
        )
        is_answered = select.select([self._process.stdout], [], [], PATIENCE_SECONDS)[0]
        answer = self._process.stdout.readline() if is_answered else ""
        assert answer, self.said()
        ended: list[int] = json.loads(answer)
        assert 1 not in ended, self.said()
        return ended

    def said(self) -> str:
        """Give the end of what was printed."""
        return self.output.read_text("utf-8", "replace")[-4000:]


def _forked(act: Callable[..., Any], *arguments: Any) -> int:
    child = os.fork()
    if child == 0:
        status = 1
        try:
            act(*arguments)
            status = 0
        except BaseException:  # noqa: BLE001 (a fork must not run on into its parent's code)
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    return child


def _serve(zone: str) -> None:
    """Answer each line on standard input with a line of statuses."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a run prints is output like what it logs
    logging.basicConfig(level=logging.DEBUG)
    from privacy.detection.config import config_for
    from privacy.detection.executor import InProcess
    from privacy.zones.loader import load_policies
    from tests.pipelines.killing import run

    for name in LATE:
        importlib.import_module(name)
    executor = InProcess(config_for(load_policies()[zone]))
    executor.detect(["Ada Lovelace"], ["en"])
    for line in sys.stdin:
        home, inbox, day, *points = json.loads(line)
        ended = []
        for point in points:
            children = [
                _forked(run, home, zone, inbox, day, one, executor) for one in point.split("+")
            ]
            ended += [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        print(json.dumps(ended), file=answers, flush=True)


if __name__ == "__main__":
    _serve(sys.argv[1])
