"""What is measured, a step a process, on the copy of the home that the steps before have left."""

import argparse
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

import phonenumbers
from sqlalchemy import select

from privacy.erasure.needles import Needles, Value
from privacy.erasure.residue import Scanner, ScanReport
from privacy.erasure.verify import verify_many
from privacy.ids import ZoneId
from privacy.opened import OpenZone, create_zone
from privacy.store.tables import ERASURES
from tests.benchmarks.bench_proof import decrypted, homes
from tests.benchmarks.bench_proof.erasing import Erased, checked_seconds, erase
from tests.benchmarks.bench_proof.homes import Known
from tests.benchmarks.bench_proof.readers import Waits, reading

MEGABYTE = 1_000_000
_LEAST_SECONDS = 5.0
"""A rotation is repeated until readers were watched for so long."""


def choose(given: argparse.Namespace) -> None:
    """Choose whom to erase, and say what the home holds."""
    with _opened(given) as zone:
        people = homes.chosen(zone, given.home / "world" / "truth", given.erasures + 1)
        homes.keep(_people(given), people)
        root = zone.layout.root
        sizes = {
            "warehouse": _size([zone.layout.warehouse]),
            "store": _size(root.glob("store.sqlite*")),
            "landing": _size(zone.layout.landing.rglob("*")),
            "all files of the zone": _size(root.rglob("*")),
        }
    print("| on disk | MB |\n|---|--:|")
    for name, size in sizes.items():
        print(f"| {name} | {size / MEGABYTE:,.0f} |")


def rotate(given: argparse.Namespace) -> None:
    """Rotate every key while another process looks people up."""
    people = homes.kept(_people(given))
    with _opened(given) as zone:
        with reading(zone.layout.home, zone.zone, people) as alone:
            time.sleep(_LEAST_SECONDS)
        with reading(zone.layout.home, zone.zone, people) as beside:
            started = time.perf_counter()
            moved = times = 0
            while not times or time.perf_counter() - started < _LEAST_SECONDS:
                moved += zone.rotation.rotate()
                times += 1
            seconds = time.perf_counter() - started
    print("\n| rotation | data keys moved | seconds | keys/s |\n|---|--:|--:|--:|")
    print(f"| {times} times all keys | {moved:,} | {seconds:.1f} | {moved / seconds:,.0f} |")
    print("\n| look-ups meanwhile | answered | p50 ms | p99 ms |\n|---|--:|--:|--:|")
    _waited("nothing", alone)
    _waited("the rotation", beside)


def before(given: argparse.Namespace) -> None:
    """Let ``grep`` find the people while they are there: the control."""
    people = homes.kept(_people(given))[: given.searched]
    _search(given, people, "before")


def one(given: argparse.Namespace) -> None:
    """Erase one person."""
    *_, person = homes.kept(_people(given))
    with _opened(given) as zone:
        erased = erase(zone, [person])
        _told(zone, erased, "One erasure")


def batch(given: argparse.Namespace) -> None:
    """Erase the many, with one rewrite."""
    *people, _ = homes.kept(_people(given))
    with _opened(given) as zone:
        erased = erase(zone, people)
        _told(zone, erased, f"{len(people):,} erasures with one rewrite")


def scan(given: argparse.Namespace) -> None:
    """Search the zone's files as they lie, and what is packed in them, for few and for many."""
    people = homes.kept(_people(given))
    print(
        "\n| the scanner on the zone's files | patterns made in, s | MB | MB/s |\n|---|--:|--:|--:|"
    )
    with _opened(given) as zone:
        for count in (1, len(people)):
            started = time.perf_counter()
            needles = Needles(value for person in people[:count] for value in _all_of(person))
            made = time.perf_counter() - started
            scanner = Scanner(needles)
            scanner.scan_tree(zone.layout.root, opened_elsewhere=[zone.layout.warehouse])
            found = scanner.report()
            size = found.count_searched_bytes / MEGABYTE
            print(
                f"| {count:,} people | {made:.1f} | {size:,.0f} | {_rate(found):,.0f} |", flush=True
            )


def after(given: argparse.Namespace) -> None:
    """Search for what is left: by the scanner with the truth's own values, and by ``grep``."""
    people = homes.kept(_people(given))[: given.searched]
    with _opened(given) as zone:
        found = verify_many(zone, _values_by_erasure(zone, people))
    residues = sum(residue.count for residue in found[0].scan.residues)
    open_places = len(found[0].scan.not_searched)
    print(f"\n| the scanner, for {len(people)} erased people, by the truth's values | |\n|---|--:|")
    print(f"| found | {residues} |\n| not searched | {open_places} |")
    print(f"| MB/s | {_rate(found[0].scan):,.0f} |")
    _search(given, people, "after")


STEPS: Mapping[str, Callable[[argparse.Namespace], None]] = {
    step.__name__: step for step in (choose, rotate, before, one, batch, scan, after)
}


def patterns(people: Iterable[Known]) -> tuple[set[str], set[str]]:
    """Give what to look for in the store, and everywhere else: there the ids too."""
    plain: set[str] = set()
    ids: set[str] = set()
    for person in people:
        for kind, value, _ in person.handles:
            plain |= _spellings(kind, value)
        plain |= set(person.indexes)
        ids |= set(person.ids)
    return plain, plain | ids


def count_found(people: Collection[Known], seen: Collection[str]) -> int:
    """Count the people of whom anything was found."""
    lowered = set(seen)
    return sum(
        any(
            pattern.lower() in lowered
            for kind, value, _ in person.handles
            for pattern in _spellings(kind, value)
        )
        for person in people
    )


def search(zone: OpenZone, people: Collection[Known], scratch: Path) -> tuple[int, int, int]:
    """Decrypt everything, run ``grep``; give occurrences, people found, bytes written out."""
    size = decrypted.decrypt(zone, scratch / "clear")
    for_store, for_rest = patterns(people)
    layout = zone.layout
    rest = [scratch / "clear" / "rest", layout.root, layout.dagster, layout.handoff]
    name = f"{layout.store.name}*"
    found = [
        decrypted.grep(for_rest, scratch, rest, leave_out=name),
        decrypted.grep(for_store, scratch, [scratch / "clear" / "store"]),
        *(decrypted.grep(for_store, scratch, [path]) for path in sorted(layout.root.glob(name))),
    ]
    decrypted.wipe(scratch)
    seen = set().union(*(one.patterns for one in found))
    return sum(one.count_hits for one in found), count_found(people, seen), size


def _search(given: argparse.Namespace, people: Collection[Known], label: str) -> None:
    scratch = given.home / "scratch"
    scratch.mkdir(mode=0o700)
    started = time.perf_counter()
    with _opened(given) as zone:
        hits, who, size = search(zone, people, scratch)
    print(f"\n| `grep`, {label} the erasure | |\n|---|--:|")
    print(f"| people looked for | {len(people)} |\n| people found | {who} |\n| hits | {hits:,} |")
    print(f"| decrypted, MB | {size / MEGABYTE:,.0f} |")
    print(f"| seconds | {time.perf_counter() - started:.0f} |", flush=True)


def _told(zone: OpenZone, erased: Erased, title: str) -> None:
    print(f"\n| {title} | seconds |\n|---|--:|")
    for phase, seconds in erased.seconds.items():
        print(f"| {phase} | {seconds:.2f} |")
        if phase == "execute":
            for step, at in erased.steps.items():
                print(f"| … {step}, seconds from its start | {at:.2f} |")
    print(f"| **all** | {sum(erased.seconds.values()):.2f} |")
    print(f"| **unreadable everywhere after** | {erased.closed_seconds:.2f} |")
    print("\n| | |\n|---|--:|")
    print(f"| peak memory, MB | {erased.peak_bytes / MEGABYTE:,.0f} |")
    print(f"| searched, MB | {erased.search.count_searched_bytes / MEGABYTE:,.0f} |")
    print(f"| search, MB/s | {_rate(erased.search):,.0f} |")
    seconds = checked_seconds(zone, erased.certificates)
    print(f"| a certificate checked offline, ms | {1000 * seconds:.2f} |", flush=True)


def _waited(label: str, waits: Waits) -> None:
    print(
        f"| {label} | {len(waits.milliseconds):,} | {waits.percentile(50):.1f} |"
        f" {waits.percentile(99):.1f} |",
        flush=True,
    )


def _values_by_erasure(zone: OpenZone, people: Iterable[Known]) -> dict[str, tuple[Value, ...]]:
    with zone.store.connect() as connection:
        rows = connection.execute(select(ERASURES.c.customer_id, ERASURES.c.erasure_id)).all()
    erasures = {row.customer_id: row.erasure_id for row in rows}
    return {erasures[person.customer_id]: person.values for person in people}


def _all_of(person: Known) -> tuple[Value, ...]:
    indexes = (Value("handle_index", index) for index in person.indexes)
    return (*person.values, *indexes, *(Value("subject_id", one) for one in person.ids))


def _spellings(kind: str, value: str) -> set[str]:
    spelled = {value}
    if kind == "phone":
        number = phonenumbers.parse(value)
        forms = phonenumbers.PhoneNumberFormat
        spelled.add(value.removeprefix("+"))
        for form in (forms.INTERNATIONAL, forms.NATIONAL):
            spelled.add(phonenumbers.format_number(number, form))
    return spelled


def _opened(given: argparse.Namespace) -> OpenZone:
    # Not `open_zone`: a home that was built by an older version is brought up to date.
    return create_zone(given.home / "measured", ZoneId(given.zone))


def _people(given: argparse.Namespace) -> Path:
    return Path(given.home) / "people.json"


def _size(paths: Iterable[Path]) -> int:
    return sum(path.stat().st_size for path in paths if path.is_file())


def _rate(scan: ScanReport) -> float:
    return scan.count_searched_bytes / MEGABYTE / max(scan.elapsed_seconds, 1e-9)
