"""Measure publication and look-ups: rows a second, and how long an agent's tool waits.

``python -m tests.benchmarks.bench_lookup --customers 100000 --entries 10`` makes a zone of nobody,
publishes it, publishes it again unchanged and changed, then asks as an agent's tool does: every
question with its policy and consent decision, and its audit entry on disk, first with nothing else
going on, then while another process publishes changed profiles all the time. Prints Markdown.
"""

import argparse
import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from privacy.access.model import Caller, Role
from privacy.opened import OpenZone, create_zone, open_zone
from privacy.profiles.publish import publish
from privacy.records.canonical import HandleKind
from privacy.store.batches import insert_if_absent
from privacy.store.tables import CUSTOMER_MEMBERS, SUBJECT_HANDLES
from privacy.zones.model import Purpose
from serving.query import CustomerQueries

INSTANT = pa.timestamp("us", tz="UTC")
START = datetime(2026, 1, 1, tzinfo=UTC)
SECOND = 1_000_000
WORDS = "where is my parcel it should have come on monday [PERSON-x7f2] please look [ORDER-a2b3]"
THREAD = pa.struct(
    [(name, pa.string()) for name in ("thread_id", "channel", "reason", "status")]
    + [(name, INSTANT) for name in ("opened_at", "last_message_at")]
)


def letters(number: int) -> str:
    """Spell a number in letters that sort as it does, 26 of them."""
    return "".join("abcdefghij"[int(digit)] for digit in f"{number:08d}").ljust(26, "a")


def contexts(count: int, *, changed_every: int, version: int) -> Iterator[pa.RecordBatch]:
    """Yield rows of ``marts.agent_context``; each `changed_every`-th differs by `version`."""
    thread = {"thread_id": "t_" + "a" * 26, "channel": "email", "status": "open"}
    opened = thread | {"opened_at": START, "last_message_at": START}
    for start in range(0, count, 20_000):
        numbers = range(start, min(count, start + 20_000))
        size = len(numbers)
        yield pa.RecordBatch.from_pydict(
            {
                "customer_id": [f"c_{letters(n)}" for n in numbers],
                "country": ["DE"] * size,
                "preferred_channel": ["email"] * size,
                "preferred_language": ["de"] * size,
                "last_reason": ["delivery"] * size,
                "channels": [["email", "whatsapp", "phone"]] * size,
                "languages": [["de"]] * size,
                "open_threads": pa.array([[opened]] * size, pa.list_(THREAD)),
                "count_contacts": [10 + (0 if n % changed_every else version) for n in numbers],
                "average_sentiment": [0.125] * size,
                "last_contact_at": pa.array([START] * size, INSTANT),
            }
        )


def entries(count: int, each: int) -> Iterator[pa.RecordBatch]:
    """Yield rows of ``marts.contact_history``."""
    choose = random.Random(1)
    texts = [" ".join(choose.choices(WORDS.split(), k=choose.randint(5, 40))) for _ in range(2000)]
    begin = int(START.timestamp()) * SECOND
    for start in range(0, count, 2_000):
        numbers = range(start, min(count, start + 2_000))
        pairs = [(n, place) for n in numbers for place in range(each)]
        size = len(pairs)
        times = pa.array([begin + place * 3600 * SECOND for _, place in pairs], pa.int64())
        yield pa.RecordBatch.from_pydict(
            {
                "entry_id": [f"i_{letters(n)[:20]}{place:06d}" for n, place in pairs],
                "customer_id": [f"c_{letters(n)}" for n, _ in pairs],
                "subject_id": [f"s_{letters(n)}" for n, _ in pairs],
                "thread_id": [f"t_{letters(n)}" for n, _ in pairs],
                "entry_kind": ["message"] * size,
                "channel": ["whatsapp"] * size,
                "direction": ["inbound"] * size,
                "speaker": ["customer"] * size,
                "language": ["de"] * size,
                "text_redacted": [texts[(7 * n + place) % 2000] for n, place in pairs],
                "amount": pa.nulls(size, pa.decimal128(18, 2)),
                "occurred_at": times.cast(pa.timestamp("us")).cast(INSTANT),
            }
        )


def know(zone: OpenZone, count: int) -> None:
    """Give every customer an e-mail address."""
    index = zone.keyring.index
    for start in range(0, count, 10_000):
        numbers = range(start, min(count, start + 10_000))
        handles = [
            {
                "handle_index": index.of(HandleKind.EMAIL, f"{letters(n)}@example.org"),
                "subject_id": f"s_{letters(n)}",
                "kind": "email",
                "first_seen_at": START,
            }
            for n in numbers
        ]
        members = [
            {
                "subject_id": f"s_{letters(n)}",
                "customer_id": f"c_{letters(n)}",
                "joined_at": START,
            }
            for n in numbers
        ]
        with zone.store.begin() as store:
            insert_if_absent(store, SUBJECT_HANDLES, handles)
            insert_if_absent(store, CUSTOMER_MEMBERS, members)


def timed_publication(zone: OpenZone, count: int, each: int, every: int, version: int) -> str:
    """Publish once; give a line of the table. The making of the batches is not counted."""
    started = time.perf_counter()
    for _ in contexts(count, changed_every=every, version=version):
        pass
    for _ in entries(count, each):
        pass
    making = time.perf_counter() - started
    started = time.perf_counter()
    report = publish(
        zone, contexts(count, changed_every=every, version=version), entries(count, each)
    )
    seconds = time.perf_counter() - started - making
    rows = report.count_customers + report.count_entries
    written = report.count_profiles_written + report.count_pages_written
    return f"| {rows:,} | {written:,} | {seconds:.1f} | {rows / seconds:,.0f} |"


def publish_until_told(home: Path, count: int, stop: Any) -> None:
    """Publish a tenth of the profiles anew, again and again, in a process of its own."""
    with open_zone(home, "eu") as zone:
        version = 2
        while not stop.is_set():
            version += 1
            publish(zone, contexts(count, changed_every=10, version=version), entries(count, 1))


def questions(zone: OpenZone) -> dict[str, Callable[[int], object]]:
    """Give what an agent's tool asks, by its name."""
    ask = CustomerQueries(zone, Caller("bench", Role.AGENT), Purpose.SERVICE)
    return {
        "find by e-mail": lambda n: ask.find(f"{letters(n)}@example.org", "email"),
        "context": lambda n: ask.context(f"c_{letters(n)}"),
        "timeline, 20 entries": lambda n: ask.timeline(f"c_{letters(n)}"),
        "what is open": lambda n: ask.open_threads(f"c_{letters(n)}"),
    }


def timed_questions(zone: OpenZone, count: int, times: int, label: str) -> Iterator[str]:
    """Ask, in turn, of customers at random; yield a line of the table for each question."""
    asked = questions(zone)
    took: dict[str, list[float]] = {name: [] for name in asked}
    choose = random.Random(2)
    for _ in range(times):
        number = choose.randrange(count)
        for name, question in asked.items():
            started = time.perf_counter()
            question(number)
            took[name].append((time.perf_counter() - started) * 1000)
    for name, milliseconds in took.items():
        half, most, worst = np.percentile(milliseconds, [50, 99, 100])
        yield f"| {name} | {label} | {half:.1f} | {most:.1f} | {worst:.0f} |"


def say(line: str) -> None:
    """Print a line now."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--entries", type=int, default=10, help="of each customer")
    parser.add_argument("--times", type=int, default=1_000, help="each question is asked")
    given = parser.parse_args()
    count, each = given.customers, given.entries
    with tempfile.TemporaryDirectory() as folder, create_zone(Path(folder), "eu") as zone:
        say(f"### {count:,} customers, {count * each:,} timeline entries\n")
        say("| publication | rows | written | seconds | rows a second |")
        say("| :-- | --: | --: | --: | --: |")
        say("| first " + timed_publication(zone, count, each, 1, 0))
        say("| unchanged " + timed_publication(zone, count, each, 1, 0))
        say("| 1 % changed " + timed_publication(zone, count, each, 100, 1))
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        size = zone.layout.store.stat().st_size / 1e6
        say(f"\nPeak memory {used:,.0f} MB, store {size:,.0f} MB.\n")
        know(zone, count)
        say("| question | meanwhile | p50 ms | p99 ms | worst |\n| :-- | :-- | --: | --: | --: |")
        for line in timed_questions(zone, count, given.times, "nothing"):
            say(line)
        processes = multiprocessing.get_context("spawn")
        stop = processes.Event()
        other = processes.Process(target=publish_until_told, args=(Path(folder), count, stop))
        other.start()
        time.sleep(5)
        for line in timed_questions(zone, count, given.times, "a publication"):
            say(line)
        stop.set()
        other.join()


if __name__ == "__main__":
    main()
