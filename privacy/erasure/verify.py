"""Try to find an erased person: by id, by index, by key, and by every byte.

Counting rows cannot find a copy that is on no list; searching the bytes can. A key that still
opens its probe proves that everything sealed under it is readable.
"""

from base64 import b64decode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import Any, Final

from sqlalchemy import Connection

from privacy.erasure.doors import PROBE
from privacy.erasure.journal import Erasure, State, Step, load, must_be, save
from privacy.erasure.known_values import covered, identifying
from privacy.erasure.needles import Needles, Value
from privacy.erasure.pace import SEARCH, bytes_held, note_pace
from privacy.erasure.person import Person, together
from privacy.erasure.residue import Scanner, ScanReport
from privacy.erasure.sealed import (
    Opened,
    handed_over,
    landed,
    landed_files,
    originals,
    store_cells,
    store_rows,
)
from privacy.erasure.store_rows import count_rows_each as count_store_rows
from privacy.erasure.warehouse_rows import all_tables, looking_for
from privacy.erasure.warehouse_rows import count_rows as count_warehouse_rows
from privacy.errors import KeyDestroyed, PrivacyError
from privacy.opened import OpenZone
from privacy.store.engine import rewrite_pages
from privacy.store.tables import ERASURES
from privacy.warehouse.open import LITTLE_MEMORY, open_warehouse

_REPEATED: Final = (Step.DELETED, Step.LANDING, Step.REWRITTEN, Step.EMPTIED)


@dataclass(frozen=True, slots=True)
class Verification:
    """What a search for an erased person found.

    Attributes:
        counts: Rows left, by place.
        keys_that_open: Owners whose key is not destroyed.
        count_keys: Keys that were tried.
        count_handles: Handles the person had.
        count_handles_searched: Those of them whose plain value was searched for.
        kinds: How many values of each kind were searched for; blind indexes and ids too.
        is_untouched: The erasure found nothing to erase anywhere.
        scan: What the search of the bytes found.
    """

    erasure_id: str
    counts: dict[str, int]
    keys_that_open: tuple[str, ...]
    count_keys: int
    count_handles: int
    count_handles_searched: int
    kinds: dict[str, int]
    is_untouched: bool
    scan: ScanReport

    @property
    def failures(self) -> tuple[str, ...]:
        """Say what stands in the way of a certificate; places and kinds, never values."""
        found = [f"{count} rows in {place}" for place, count in self.counts.items() if count]
        found += [f"the key of {owner} is not destroyed" for owner in self.keys_that_open]
        found += [
            f"{residue.kind} as {residue.encoding} in {_place(residue.place, residue.inside)}"
            for residue in self.scan.residues
        ]
        found += [
            f"not searched: {_place(part.place, part.inside)}, {part.reason}"
            for part in self.scan.not_searched
        ]
        if self.count_handles and not self.count_handles_searched:
            found.append("no plain value of the person was searched for; give one with --known")
        if self.is_untouched:
            found.append("nothing was erased anywhere")
        return tuple(found)

    @property
    def is_complete(self) -> bool:
        """Say whether the person is gone, as far as this can tell."""
        return not self.failures

    def to_json(self) -> dict[str, Any]:
        """Give it as JSON, without the seconds."""
        content = asdict(self)
        content["scan"].pop("elapsed_seconds")
        content["failures"] = list(self.failures)
        content["is_complete"] = self.is_complete
        return content


def verify(
    zone: OpenZone,
    erasure_id: str,
    *,
    values: Iterable[Value] = (),
    also: Sequence[Path] = (),
    wait_seconds: float = 600,
) -> Verification:
    """Search for an erased person; when nothing is found, the erasure may be certified.

    What is found sends the erasure back: executing it again, with the same values, takes out what
    the first time did not know of.

    Args:
        zone: Whose.
        erasure_id: Of an execution.
        values: Of the person in the clear: what `execute` gave, or what the operator knows.
        also: Further folders to search: logs, exports.
        wait_seconds: How long to wait for the warehouse.

    Raises:
        ErasureIncomplete: It was not executed yet.
        WarehouseBusy: Another process had the warehouse all the while. Safe to repeat.
    """
    return verify_many(zone, {erasure_id: tuple(values)}, also=also, wait_seconds=wait_seconds)[0]


def verify_many(
    zone: OpenZone,
    values: Mapping[str, Sequence[Value]],
    *,
    also: Sequence[Path] = (),
    wait_seconds: float = 600,
) -> list[Verification]:
    """Search for erased persons together, reading every byte once; see `verify`.

    Whose values the search finds is searched for alone, to say what and where.

    Args:
        zone: Whose.
        values: Of each person in the clear, by erasure.
        also: Further folders to search.
        wait_seconds: How long to wait for the warehouse.
    """
    searches = [_Search.of(zone, erasure_id, plain) for erasure_id, plain in values.items()]
    if not searches:
        return []
    size, begun = bytes_held(zone), monotonic()
    scan, values_found = _scan(zone, searches, also, wait_seconds)
    note_pace(
        [search.erasure for search in searches],
        SEARCH,
        seconds=monotonic() - begun,
        count_bytes=size,
    )
    with zone.store.connect() as connection:
        counts = count_store_rows(connection, [search.person for search in searches])
    verified = []
    for search, in_store in zip(searches, counts, strict=True):
        if len(searches) == 1:
            own = scan
        elif values_found.isdisjoint(_for_rows(search.person, search.plain)):
            own = replace(scan, residues=())
        else:
            own, _ = _scan(zone, [search], also, wait_seconds)
        verified.append(_found(zone, search, in_store, own))
    with zone.store.begin() as connection:
        for search, found in zip(searches, verified, strict=True):
            _keep(zone, connection, search.erasure, found)
    return verified


@dataclass(slots=True)
class _Search:
    """One person to look for.

    Attributes:
        rows: What is left in the warehouse, by place; counted when it is open.
    """

    erasure: Erasure
    person: Person
    plain: tuple[Value, ...]
    rows: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, zone: OpenZone, erasure_id: str, plain: Iterable[Value]) -> "_Search":
        erasure = load(zone, erasure_id)
        must_be(erasure, State.EXECUTED, State.VERIFIED, State.CERTIFIED)
        return cls(erasure, erasure.person(zone), tuple(dict.fromkeys(plain)))


def _found(
    zone: OpenZone, search: _Search, in_store: Mapping[str, int], scan: ScanReport
) -> Verification:
    erasure, person = search.erasure, search.person
    return Verification(
        erasure_id=erasure.erasure_id,
        counts={**in_store, **search.rows},
        keys_that_open=_count_keys_that_open(zone, erasure, person),
        count_keys=len(person.owner_ids),
        count_handles=erasure.progress["count_handles"],
        count_handles_searched=covered(zone, person, search.plain),
        kinds=dict(Counter(value.kind for value in _for_rows(person, search.plain))),
        is_untouched=not any(erasure.progress["before"].values()),
        scan=scan,
    )


def _count_keys_that_open(zone: OpenZone, erasure: Erasure, person: Person) -> tuple[str, ...]:
    """Try every key on what was sealed under it before; say which still opens."""
    probes = erasure.progress.get("probes", {})
    opened = []
    for owner_id in person.owner_ids:
        if not zone.keyring.is_destroyed(owner_id):
            opened.append(owner_id)
        elif owner_id in probes:
            try:
                content = zone.keyring.open(
                    owner_id,
                    table=ERASURES.name,
                    column="probe",
                    sealed=b64decode(probes[owner_id]),
                )
            except KeyDestroyed:
                continue
            if content == PROBE:
                opened.append(owner_id)
    return tuple(opened)


def _for_store(person: Person, plain: Sequence[Value]) -> list[Value]:
    """What may be nowhere at all: values, and blind indexes of handles."""
    return [*plain, *(Value("handle_index", index) for index in person.handle_indexes)]


def _for_rows(person: Person, plain: Sequence[Value]) -> list[Value]:
    """What may be nowhere but in the store's record of the erasure: ids as well."""
    return [
        *_for_store(person, plain),
        *(Value("subject_id", subject) for subject in person.subject_ids),
        *(Value("customer_id", customer) for customer in person.customer_ids),
    ]


def _scan(
    zone: OpenZone, searches: Sequence[_Search], also: Sequence[Path], wait_seconds: float
) -> tuple[ScanReport, frozenset[Value]]:
    """Search every place for everybody given, and tell which values were found.

    Their rows are counted on the way.
    """
    layout = zone.layout
    everyone = together([search.person for search in searches])
    plain = tuple(value for search in searches for value in search.plain)
    needles = Needles(_for_rows(everyone, plain))
    everywhere = Scanner(needles)
    # What others wrote may hold the name of a namesake.
    unsealed = Scanner(needles.only(_for_rows(everyone, identifying(plain))))
    file_keys = zone.keyring.warehouse_keys
    with open_warehouse(
        layout, file_keys, wait_seconds=wait_seconds, memory=LITTLE_MEMORY
    ) as warehouse:
        with looking_for(warehouse, *(search.person for search in searches)):
            counts = count_warehouse_rows(warehouse, len(searches))
        for search, rows in zip(searches, counts, strict=True):
            search.rows = rows
        for table in all_tables(warehouse):
            everywhere.scan_table(table, warehouse.batches(f"select * from {table}"))
        for opened in _each(unsealed, "core.originals", originals(zone, warehouse)):
            unsealed.scan_pieces(opened.place, filter(None, opened.values))
    for path in landed_files(zone):
        place = path.relative_to(layout.root).as_posix()
        for opened in _each(unsealed, place, landed(zone, path)):
            unsealed.scan_pieces(opened.place, filter(None, opened.values))
    for opened in _each(unsealed, "handoff", handed_over(zone)):
        unsealed.scan_pieces(opened.place, filter(None, opened.values))
    store_files = sorted(layout.root.glob(f"{layout.store.name}*"))
    everywhere.scan_tree(
        layout.root,
        relative_to=layout.home,
        opened_elsewhere=[layout.warehouse],
        leave_out=store_files,
    )
    for folder in (layout.dagster, layout.handoff):
        everywhere.scan_tree(folder, relative_to=layout.home)
    for folder in also:
        everywhere.scan_tree(folder)
    scanners = [everywhere, unsealed]
    # Ids stay in the store: where neither handles nor values are known, its rows were counted.
    if _for_store(everyone, plain):
        sought = needles.only(_for_store(everyone, plain))
        in_store = _of_files(store_files, sought, layout.home)
        if in_store.values_found:
            # What is left of a deleted row in a page that was rearranged is in no row: it goes when
            # the pages are written anew, and what is in a row is found again.
            rewrite_pages(zone.store)
            in_store = _of_files(store_files, sought, layout.home)
        if zone.store.dialect.name != "sqlite":
            for place, pieces in store_cells(zone):
                in_store.scan_pieces(place, pieces, inside="cell")
        scanners.append(in_store)
    if _for_store(everyone, identifying(plain)):
        of_others = Scanner(needles.only(_for_store(everyone, identifying(plain))))
        for opened in _each(of_others, "store", store_rows(zone)):
            of_others.scan_pieces(opened.place, filter(None, opened.values))
        scanners.append(of_others)
    report, found = scanners[0].report(), scanners[0].values_found
    for scanner in scanners[1:]:
        report, found = report.plus(scanner.report()), found | scanner.values_found
    return report, found


def _of_files(files: Sequence[Path], needles: Needles, home: Path) -> Scanner:
    scanner = Scanner(needles)
    for path in files:
        scanner.scan_tree(path, relative_to=home)
    return scanner


def _each(scanner: Scanner, place: str, batches: Iterable[Opened]) -> Iterable[Opened]:
    """Pass batches on; a place that cannot be opened to its end is put on record."""
    try:
        yield from batches
    except (PrivacyError, OSError) as error:
        scanner.could_not_search(place, f"not opened ({type(error).__name__})")


def _keep(zone: OpenZone, connection: Connection, erasure: Erasure, found: Verification) -> None:
    erasure.progress["verification"] = found.to_json()
    erasure.progress["verified_at"] = zone.clock().isoformat()
    if erasure.state is not State.CERTIFIED:
        erasure.state = State.VERIFIED if found.is_complete else State.EXECUTING
    if not found.is_complete:
        for step in _REPEATED:
            erasure.progress["steps"].pop(step, None)
    save(connection, erasure)


def _place(place: str, inside: str) -> str:
    return f"{place} ({inside})" if inside else place
