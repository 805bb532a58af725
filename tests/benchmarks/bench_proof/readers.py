"""Agents' tools asking for profiles in a process of their own, while something else goes on."""

import multiprocessing
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from privacy.access.model import Caller, Role
from privacy.errors import PrivacyError
from privacy.ids import ZoneId
from privacy.opened import open_zone
from privacy.zones.model import Purpose
from serving.query import CustomerQueries
from tests.benchmarks.bench_proof.homes import Known

_START_SECONDS = 60


@dataclass(slots=True)
class Waits:
    """How long each question took, in milliseconds.

    Attributes:
        count_refused: Questions that consent or policy did not allow; they are no look-ups.
    """

    milliseconds: list[float] = field(default_factory=list)
    count_refused: int = 0

    def percentile(self, share: float) -> float:
        """Give the wait that a share of the questions, in per cent, did not exceed."""
        return float(np.percentile(self.milliseconds, share))


@contextmanager
def reading(home: Path, zone: ZoneId, people: Sequence[Known]) -> Iterator[Waits]:
    """Have a process look people up until the block ends; what it measured is there afterwards."""
    processes = multiprocessing.get_context("spawn")
    ready, stop = processes.Event(), processes.Event()
    results: Any = processes.Queue()
    asked = [(one.customer_id, one.email) for one in people]
    reader = processes.Process(target=_read, args=(home, zone, asked, ready, stop, results))
    reader.start()
    waits = Waits()
    try:
        if not ready.wait(_START_SECONDS):
            raise SystemExit("the reader did not start")
        yield waits
    finally:
        stop.set()
        if ready.is_set():
            waits.milliseconds, waits.count_refused = results.get(timeout=_START_SECONDS)
        reader.join()


def _read(
    home: Path,
    zone: ZoneId,
    people: Sequence[tuple[str, str | None]],
    ready: Any,
    stop: Any,
    results: Any,
) -> None:
    took: list[float] = []
    refused = 0
    choose = random.Random(2)
    with open_zone(home, zone) as opened:
        ask = CustomerQueries(opened, Caller("bench", Role.AGENT), Purpose.SERVICE)
        while not stop.is_set():
            customer_id, email = people[choose.randrange(len(people))]
            for question, of in ((ask.context, customer_id), (ask.find, email)):
                if of is None:
                    continue
                started = time.perf_counter()
                try:
                    question(of)
                except PrivacyError:
                    refused += 1
                    continue
                took.append((time.perf_counter() - started) * 1000)
            # The first questions open the keys and compile the statements.
            if not ready.is_set() and len(took) + refused > 20:
                took, refused = [], 0
                ready.set()
    results.put((took, refused))
