"""Erasure proven on a large world: how long it takes, how much memory, and that nothing is left.

``python -m tests.benchmarks.bench_proof --messages 1000000`` generates a world in one zone, runs the
zone's job on it, and measures on a copy of the result: a rotation of all keys while agents' tools
read, one erasure, a batch of 1,000, and the zero: for 100 erased people neither the product's own
scanner nor ``grep`` over everything decrypted finds a thing, where ``grep`` found them before.

With ``--home DIR`` the world is built there once and used again by later runs. Prints Markdown.
"""

import argparse
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from privacy.ids import ZoneId
from tests.benchmarks.bench_proof import homes, steps


def main() -> None:
    """Measure each step in a process of its own, so that peaks of memory do not mix."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--erasures", type=int, default=1_000, help="in the batch")
    parser.add_argument("--searched", type=int, default=100, help="people that grep looks for")
    parser.add_argument("--zone", default="us")
    parser.add_argument("--workers", type=int, default=2, help="detection processes of the run")
    parser.add_argument("--home", type=Path, help="folder to build the world in, or to find it")
    parser.add_argument("--step", choices=steps.STEPS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        steps.STEPS[given.step](given)
        return
    print("`python -m tests.benchmarks.bench_proof " + shlex.join(sys.argv[1:]) + "`\n", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.home or Path(scratch)
        if not (folder / "home").exists():
            from tests.benchmarks.bench_proof.build import build

            took = build(folder, ZoneId(given.zone), given.messages, given.workers)
            print(
                f"World generated in {took['generated']:,.0f} s; the zone's job took"
                f" {took['run']:,.0f} s for {took['interactions']:,.0f} interactions.\n",
                flush=True,
            )
        homes.copied(folder)
        for step in steps.STEPS:
            command = [sys.executable, "-m", "tests.benchmarks.bench_proof", *sys.argv[1:]]
            subprocess.run([*command, "--home", str(folder), "--step", step], check=True)


if __name__ == "__main__":
    main()
