"""Open what is sealed with a zone's keys, in batches, so that it can be searched.

What a destroyed key seals is given as None: it is searched by nobody, ever again.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.ipc
from sqlalchemy import Column, Table, func, select

from privacy.erasure.needles import Needles
from privacy.erasure.opening import Stream, open_attached, open_piece
from privacy.errors import Tampered
from privacy.keys.handoff_file import frames_of
from privacy.opened import OpenZone
from privacy.store.tables import (
    AUDIT_ENTRIES,
    METADATA,
    PROFILES,
    QUARANTINE,
    TIMELINE_PAGES,
)
from privacy.warehouse.open import Warehouse

LANDING: Final = ("landing", "payload")
"""Table and column that landed payloads are bound to; see `pipelines.landing.segments`."""

_NEEDED = frozenset({"item_id", "source", "owner_id", "sealed"})
_SEALED_TO_US = frozenset({".handoff", ".move"})
_ROWS = 5_000
_PIECE_BYTES = 1 << 20
_SEPARATOR = b"\0\0"


class Opened(NamedTuple):
    """Some values of one place, opened.

    Attributes:
        ids: What each is found by: an interaction, an item, a row of the store.
        owner_ids: Under whose key each is sealed; None for the zone's.
        values: In the clear; None where the key is destroyed.
        sources: Of landed items, the connector that reads each.
    """

    place: str
    ids: list[str]
    owner_ids: list[str | None]
    values: list[bytes | None]
    sources: Sequence[str] = ()


def originals(
    zone: OpenZone, warehouse: Warehouse, *, of: Collection[str] | None = None
) -> Iterator[Opened]:
    """Open the texts as they were written: everybody's, or only those of some subjects."""
    query = "select interaction_id, subject_id, sealed from core.originals"
    if of is not None:
        listed = ", ".join(f"'{subject}'" for subject in of if subject.isidentifier())
        query += f" where subject_id in ({listed or 'null'})"
    for batch in warehouse.batches(query, rows=_ROWS):
        ids, owners, sealed = (column.to_pylist() for column in batch.columns)
        yield _open(zone, "core.originals", ("originals", "sealed"), ids, owners, sealed)


def landed_files(zone: OpenZone) -> list[Path]:
    """Give the files of landed segments, whatever the manifest says."""
    return sorted(path for path in zone.layout.landing.rglob("*.arrow") if path.is_file())


@contextmanager
def segment(path: Path) -> Iterator[Any]:
    """Read a landed file.

    Raises:
        Tampered: It is cut short or no segment; naming it.
    """
    try:
        with pa.memory_map(str(path)) as mapped, pyarrow.ipc.open_file(mapped) as reader:
            if _NEEDED.difference(reader.schema.names):
                raise Tampered(f"{path.name} is no landed segment")
            yield reader
    except pa.ArrowException:
        raise Tampered(f"{path.name} is no landed segment") from None


def landed(zone: OpenZone, path: Path, *, of: Collection[str] | None = None) -> Iterator[Opened]:
    """Open the items of one landed segment: everybody's, or only those of some owners.

    Raises:
        Tampered: It is cut short or no segment; naming it.
    """
    wanted = None if of is None else pa.array(sorted(of), pa.string())
    with segment(path) as reader:
        for number in range(reader.num_record_batches):
            whole = reader.get_batch(number)
            if wanted is not None:
                whole = whole.filter(pc.is_in(whole.column("owner_id"), value_set=wanted))
            for start in range(0, whole.num_rows, _ROWS):
                batch = whole.slice(start, _ROWS)
                ids, owners, sealed = (
                    batch.column(name).to_pylist() for name in ("item_id", "owner_id", "sealed")
                )
                place = path.relative_to(zone.layout.root).as_posix()
                opened = _open(zone, place, LANDING, ids, owners, sealed)
                yield opened._replace(sources=batch.column("source").to_pylist())


def handed_over(zone: OpenZone) -> Iterator[Opened]:
    """Open what other zones have left for this one, customers who move too; laid aside or not."""
    for path in sorted(
        path for path in zone.layout.handoff.glob("*") if path.suffix in _SEALED_TO_US
    ):
        # Taken in meanwhile; or sealed to nobody here.
        with suppress(FileNotFoundError, Tampered), path.open("rb") as stream:
            for frame in frames_of(stream, zone.keyring.open_handoff):
                yield Opened(f"handoff/{path.name}", [path.name], [None], [frame])


def store_rows(zone: OpenZone) -> Iterator[Opened]:
    """Open profiles, timelines, quarantined items, and what audit entries hold."""
    yield from _store(zone, PROFILES, PROFILES.c.customer_id, PROFILES.c.customer_id)
    yield from _store(
        zone, TIMELINE_PAGES, TIMELINE_PAGES.c.customer_id, TIMELINE_PAGES.c.customer_id
    )
    yield from quarantined(zone)
    yield from _store(zone, AUDIT_ENTRIES, AUDIT_ENTRIES.c.entry_id, AUDIT_ENTRIES.c.customer_id)


def store_cells(zone: OpenZone) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Give every cell of the store, by table, as it lies there: for a store that is no file."""
    for table in METADATA.sorted_tables:
        yield table.name, _cells(zone, table)


def _cells(zone: OpenZone, table: Table) -> Iterator[bytes]:
    with zone.store.connect() as connection:
        result = connection.execution_options(stream_results=True).execute(select(table))
        for rows in result.partitions(_ROWS):
            for row in rows:
                yield from (
                    cell if isinstance(cell, bytes) else str(cell).encode("utf-8", "replace")
                    for cell in row
                    if cell is not None
                )


def quarantined(zone: OpenZone) -> Iterator[Opened]:
    """Open quarantined items; they are sealed under the zone's own key."""
    yield from _store(zone, QUARANTINE, QUARANTINE.c.quarantine_id, None)


def hits_among(needles: Needles, values: Sequence[bytes | None]) -> list[int]:
    """Give the positions of the values that any needle is in, packed or not; most often none."""
    found: list[int] = []
    start = 0
    while start < len(values):
        end, size = start, 0
        while end < len(values) and size < _PIECE_BYTES:
            size += len(values[end] or b"")
            end += 1
        chunk = [value or b"" for value in values[start:end]]
        joined = _SEPARATOR.join(chunk)
        is_hit = bool(needles.find(joined, whole=True)) or _is_in(
            needles, open_attached(joined, inside="")
        )
        for n, value in enumerate(chunk):
            if (
                (is_hit and needles.find(value, whole=True))
                or _is_in(needles, open_piece(value, inside=""))
                or (is_hit and _is_in(needles, open_attached(value, inside="")))
            ):
                found.append(start + n)
        start = end
    return found


def _is_in(needles: Needles, streams: Iterable[Stream]) -> bool:
    return any(needles.find(chunk) for stream in streams for chunk in stream.chunks)


def _open(
    zone: OpenZone,
    place: str,
    bound_to: tuple[str, str],
    ids: list[str],
    owners: list[str | None],
    sealed: list[bytes],
) -> Opened:
    values = zone.keyring.open_many(
        owners, table=bound_to[0], column=bound_to[1], sealed=sealed, missing="none"
    )
    return Opened(place, ids, owners, values)


def _store(
    zone: OpenZone, table: Table, key: Column[Any], owner: Column[Any] | None
) -> Iterator[Opened]:
    columns = [key.label("key"), table.c.sealed.label("sealed")]
    if owner is not None:
        columns.append(owner.label("owner"))
    query = select(*columns).where(table.c.sealed.is_not(None), func.length(table.c.sealed) > 0)
    with zone.store.connect() as connection:
        result = connection.execution_options(stream_results=True).execute(query)
        for rows in result.partitions(_ROWS):
            yield _open(
                zone,
                table.name,
                (table.name, "sealed"),
                [row.key for row in rows],
                [row.owner if owner is not None else None for row in rows],
                [row.sealed for row in rows],
            )
