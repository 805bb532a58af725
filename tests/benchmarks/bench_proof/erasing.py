"""Erasures, timed: one from plan to certificate, many with one rewrite; and their certificates."""

import re
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from pipelines.landing.participants import participants_in
from privacy.erasure.certificate import issue_many, verify_certificate
from privacy.erasure.execute import execute_many
from privacy.erasure.journal import Step, load
from privacy.erasure.plan import plan_many
from privacy.erasure.residue import ScanReport
from privacy.erasure.verify import verify_many
from privacy.opened import OpenZone
from tests.benchmarks.bench_proof.homes import Known

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Erased:
    """What some erasures together took.

    Attributes:
        seconds: By phase, in order.
        steps: When each step of the execution was done, in seconds after its start.
        certificates: One a person.
        search: What the verification looked through.
        peak_bytes: Of memory, of this process until now.
    """

    seconds: dict[str, float]
    steps: dict[str, float]
    certificates: list[dict[str, Any]]
    erasure_ids: list[str]
    search: ScanReport
    peak_bytes: int

    @property
    def closed_seconds(self) -> float:
        """Give the time until nobody could read any of them: keys destroyed, doors closed."""
        return self.steps[Step.CLOSED]


def erase(zone: OpenZone, people: Sequence[Known]) -> Erased:
    """Plan, execute, verify and certify; nothing is known of the people but who they are."""
    seconds: dict[str, float] = {}

    def timed(phase: str, work: Callable[[], T]) -> T:
        started = time.perf_counter()
        result = work()
        seconds[phase] = time.perf_counter() - started
        return result

    customers = [one.customer_id for one in people]
    ids = timed("plan", lambda: [one.erasure_id for one in plan_many(zone, customers, "bench")])
    began = zone.clock()
    done = timed("execute", lambda: execute_many(zone, ids, reader=participants_in))
    steps = _steps(zone, ids, began)
    values = {one.erasure_id: one.values for one in done}
    found = timed("verify", lambda: verify_many(zone, values))
    failures = [failure for one in found for failure in one.failures]
    if failures:
        raise SystemExit(f"{len(failures)} failures, such as: {failures[0]}")
    certificates = timed("certify", lambda: issue_many(zone, ids))
    return Erased(seconds, steps, certificates, ids, found[0].scan, _peak_bytes())


def checked_seconds(zone: OpenZone, certificates: Sequence[dict[str, Any]]) -> float:
    """Check certificates as a stranger does, with the public key alone; give the seconds of one."""
    key = zone.keyring.verify_key
    started = time.perf_counter()
    for certificate in certificates:
        verify_certificate(certificate, key)
    return (time.perf_counter() - started) / len(certificates)


def _steps(zone: OpenZone, ids: Sequence[str], began: datetime) -> dict[str, float]:
    """Give when the last of the erasures had done each step."""
    latest: dict[str, float] = {}
    for erasure_id in ids:
        for step, at in load(zone, erasure_id).progress["steps"].items():
            after = (datetime.fromisoformat(at) - began).total_seconds()
            latest[step] = max(latest.get(step, 0.0), after)
    return latest


def _peak_bytes() -> int:
    status = Path("/proc/self/status")
    if status.exists():
        # The kernel's other figure (ru_maxrss) counts what the parent had before this began.
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
        if found:
            return int(found[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
