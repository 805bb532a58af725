"""Measure encryption: messages a second sealed and opened, and what it costs the whole path.

``python -m tests.benchmarks.bench_keys`` seals and opens messages of 400 bytes on one core, with
either suite, beside the bare primitive and beside what ``openssl speed`` says; then runs a zone's
job on one world as it is and with nothing encrypted (`tests.benchmarks.unencrypted`, which is no
part of the product). Prints Markdown; the ratios of a table are of one run.
"""

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pipelines.defs.dbt_project import manifest
from pipelines.run import run_zone
from pipelines.stages.runtime import ZoneAccess, executor_for
from pipelines.synthetic.world import generate
from privacy.ids import ZoneId
from privacy.opened import OpenZone, create_zone, open_zone
from tests.benchmarks.bench_pipeline import Timed
from tests.benchmarks.unencrypted import nothing_encrypted

MESSAGE_BYTES = 400
_SUITES = {ZoneId("eu"): "AES-256-GCM", ZoneId("cn"): "SM4-GCM"}
_BOUND_TO = {"table": "bench", "column": "text"}
_BATCH = 5_000
"""Messages a call, about as many as a landed chunk has."""


def bare(suite: str, key: bytes, nonce: bytes, message: bytes) -> bytes:
    """Encrypt with nothing around: a fresh key's cipher, the message, the tag."""
    if suite == "AES-256-GCM":
        return AESGCM(key).encrypt(nonce, message, None)
    encryptor = Cipher(algorithms.SM4(key[:16]), modes.GCM(nonce)).encryptor()
    return encryptor.update(message) + encryptor.finalize() + encryptor.tag


def sealing(zone: OpenZone, suite: str, count: int) -> None:
    """Print a table of one suite."""
    messages = [os.urandom(MESSAGE_BYTES) for _ in range(count)]
    keys, nonces = os.urandom(32 * count), os.urandom(12 * count)
    rates = {
        "the bare primitive, a fresh key each": _rate(
            count,
            lambda: [
                bare(suite, keys[32 * n : 32 * n + 32], nonces[12 * n : 12 * n + 12], message)
                for n, message in enumerate(messages)
            ],
        )
    }
    everybody = [f"s_{n:026d}" for n in range(count)]
    zone.keyring.ensure_keys(everybody)
    for label, owners in (
        ("one subject", everybody[:1] * count),
        ("ten messages a subject", [everybody[n // 10] for n in range(count)]),
        ("one message a subject", everybody),
    ):
        sealed = zone.keyring.seal_many(owners, values=messages, **_BOUND_TO)
        for verb, values in (("sealed", messages), ("opened", sealed)):
            # Another process's keys are not open yet.
            with open_zone(zone.layout.home, zone.zone) as fresh:
                for cached in ("", ", keys open already"):
                    work = partial(_in_batches, fresh, owners, values, verb)
                    rates[f"{verb}: {label}{cached}"] = _rate(count, work)
    print(f"\n### {suite}, {MESSAGE_BYTES} bytes, one core\n")
    print("| | messages/s | MB/s | of the bare primitive |\n|---|--:|--:|--:|")
    first = next(iter(rates.values()))
    for name, rate in rates.items():
        speed = rate * MESSAGE_BYTES / 1e6
        print(f"| {name} | {rate:,.0f} | {speed:,.0f} | {rate / first:.0%} |", flush=True)
    large = os.urandom(1 << 20)
    whole = [partial(bare, suite, keys[:32], nonces[:12], large)] * 50
    speed = _rate(len(whole), lambda: [encrypt() for encrypt in whole]) * len(large)
    print(f"| the bare primitive, one piece of 1 MiB | | {speed / 1e6:,.0f} | |")
    for name, speed in openssl(suite).items():
        print(f"| {name} | {speed / MESSAGE_BYTES:,.0f} | {speed / 1e6:,.0f} | |", flush=True)


def openssl(suite: str) -> dict[str, float]:
    """Give bytes a second by ``openssl speed``, where the installed one knows the cipher."""
    names = {"AES-256-GCM": ("aes-256-gcm",), "SM4-GCM": ("sm4-gcm", "sm4-ctr")}[suite]
    found = {}
    for name in names:
        command = ["openssl", "speed", "-seconds", "2", "-bytes", str(MESSAGE_BYTES), "-evp", name]
        try:
            said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        except FileNotFoundError:
            return {}
        if speed := re.search(r"(?m)^\S+\s+([\d.]+)k\s*$", said):
            found[f"`openssl speed -evp {name}`, one key"] = float(speed[1]) * 1000
            break
    return found


def whole_path(messages: int, zone: ZoneId, workers: int) -> None:
    """Print what a run takes with everything encrypted, and with nothing."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        generate(folder / "world", seed=7, messages=messages, zones=[zone], until=date(2026, 11, 1))
        command = [sys.executable, "-m", "tests.benchmarks.bench_keys", "--zone", zone]
        command += ["--workers", str(workers), "--world", str(folder / "world")]
        taken: dict[str, list[dict[str, float]]] = {"encrypted": [], "plain": []}
        for _ in range(2):
            for mode, runs in taken.items():
                # A process each: what the first would load, the second would not have to.
                done = subprocess.run(
                    [*command, "--run", mode], check=True, stdout=subprocess.PIPE, text=True
                )
                runs.append(json.loads(done.stdout.splitlines()[-1]))
    best = {
        mode: {name: min(run[name] for run in runs) for name in runs[0]}
        for mode, runs in taken.items()
    }
    print(f"\n### The whole path, {messages:,} messages, zone `{zone}`, the better of two runs\n")
    print("| | encrypted | nothing encrypted | encryption's share |\n|---|--:|--:|--:|")
    for name in best["plain"]:
        encrypted, plain = best["encrypted"][name], best["plain"][name]
        share = 1 - plain / encrypted
        print(f"| {name} | {encrypted:,.1f} | {plain:,.1f} | {share:.1%} |", flush=True)


def one_run(world: Path, zone: ZoneId, workers: int, mode: str) -> dict[str, float]:
    """Run the zone's job in a home of its own; give seconds."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if mode == "plain":
            stack.enter_context(nothing_encrypted(folder))
        manifest()
        opened = create_zone(folder / "home", zone)
        access = ZoneAccess(home=folder / "home", zone_id=zone, workers=workers)
        timed = Timed(executor_for(opened, workers))
        timed.detect(["warm-up: my name is Ada"], ["en"])
        timed.seconds = 0.0
        before = _cpu_seconds()
        started = time.perf_counter()
        run_zone(access, world / "inbox" / zone, executor=timed)
        seconds = time.perf_counter() - started
        return {
            "seconds": seconds,
            "seconds, waiting for detection left out": seconds - timed.seconds,
            "processor seconds of the run and dbt, detection's processes left out": _cpu_seconds()
            - before,
            "MB of the zone's files": sum(
                path.stat().st_size for path in access.layout.root.rglob("*") if path.is_file()
            )
            / 1e6,
        }


def _in_batches(zone: OpenZone, owners: Sequence[str], values: Sequence[bytes], verb: str) -> None:
    for start in range(0, len(values), _BATCH):
        some, theirs = values[start : start + _BATCH], owners[start : start + _BATCH]
        if verb == "sealed":
            zone.keyring.seal_many(theirs, values=some, **_BOUND_TO)
        else:
            zone.keyring.open_many(theirs, sealed=some, **_BOUND_TO)


def _rate(count: int, work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return count / (time.perf_counter() - started)


def _cpu_seconds() -> float:
    # Of children, only those that ended count: dbt, not the detection processes, which go on.
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=50_000, help="messages to seal and open")
    parser.add_argument("--messages", type=int, default=20_000, help="of the whole path; 0: none")
    parser.add_argument("--zone", default="us", help="of the whole path")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--run", choices=["encrypted", "plain"], help=argparse.SUPPRESS)
    parser.add_argument("--world", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    zone = ZoneId(given.zone)
    if given.run:
        print(json.dumps(one_run(given.world, zone, given.workers, given.run)))
        return
    for sealing_zone, suite in _SUITES.items():
        with (
            tempfile.TemporaryDirectory() as folder,
            create_zone(Path(folder), sealing_zone) as opened,
        ):
            sealing(opened, suite, given.count)
    if given.messages:
        whole_path(given.messages, zone, given.workers)


if __name__ == "__main__":
    main()
