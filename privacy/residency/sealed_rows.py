"""Every sealed value a zone holds, in batches: the warehouse's, the landing's, the store's.

Reads and opens nothing by itself; `privacy.residency.keys` tries keys on what comes from here.
"""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.ipc
from sqlalchemy import Column, Engine, Table, func, select

from privacy.erasure.ledger import COLUMN, TABLE
from privacy.erasure.sealed import LANDING
from privacy.errors import Tampered
from privacy.store.tables import AUDIT_ENTRIES, PROFILES, QUARANTINE, TIMELINE_PAGES
from privacy.warehouse.open import Warehouse

_ROWS: Final = 5_000


class ItemFacts(NamedTuple):
    """What lies beside a landed item in the clear."""

    source: str
    country: str | None
    routed_by: str


class SealedRows(NamedTuple):
    """Some sealed values of one place.

    Attributes:
        place: Table, or file relative to the zone's folder.
        bound_to: Table and column that the values are bound to.
        ids: What each is found by.
        owner_ids: Under whose key each ought to be; None for the zone's.
        facts: Of landed items, as many as there are values; otherwise none.
    """

    place: str
    bound_to: tuple[str, str]
    ids: list[str]
    owner_ids: list[str | None]
    sealed: list[bytes]
    facts: Sequence[ItemFacts] = ()

    def at(self, position: int) -> "SealedRows":
        """Give one of them alone."""
        one = slice(position, position + 1)
        return self._replace(
            ids=self.ids[one],
            owner_ids=self.owner_ids[one],
            sealed=self.sealed[one],
            facts=self.facts[one],
        )


def of_warehouse(warehouse: Warehouse) -> Iterator[SealedRows]:
    """Give the texts as they were written."""
    query = "select interaction_id, subject_id, sealed from core.originals"
    for batch in warehouse.batches(query, rows=_ROWS):
        ids, owners, sealed = (column.to_pylist() for column in batch.columns)
        yield SealedRows("core.originals", ("originals", "sealed"), ids, owners, sealed)


def of_segment(path: Path, place: str) -> Iterator[SealedRows]:
    """Give the items of one landed segment.

    Raises:
        Tampered: It is no segment.
    """
    names = ("item_id", "owner_id", "sealed", "source", "country", "routed_by")
    try:
        with pa.memory_map(str(path)) as mapped, pyarrow.ipc.open_file(mapped) as reader:
            for number in range(reader.num_record_batches):
                whole = reader.get_batch(number)
                for start in range(0, whole.num_rows, _ROWS):
                    part = whole.slice(start, _ROWS)
                    ids, owners, sealed, *told = (part.column(name).to_pylist() for name in names)
                    facts = [ItemFacts(*each) for each in zip(*told, strict=True)]
                    yield SealedRows(place, LANDING, ids, owners, sealed, facts)
    except (pa.ArrowException, KeyError, OSError):
        raise Tampered(f"{place} is no landed segment") from None


def of_store(store: Engine) -> Iterator[SealedRows]:
    """Give profiles, timelines, quarantined items and their places, and what audit entries hold."""
    profiles, pages, audit = PROFILES.c, TIMELINE_PAGES.c, AUDIT_ENTRIES.c
    yield from _rows(store, PROFILES, profiles.customer_id, profiles.customer_id)
    yield from _rows(store, TIMELINE_PAGES, pages.customer_id, pages.customer_id)
    yield from _rows(store, AUDIT_ENTRIES, audit.entry_id, audit.customer_id)
    yield from _rows(store, QUARANTINE, QUARANTINE.c.quarantine_id, None)
    for rows in _rows(
        store, QUARANTINE, QUARANTINE.c.quarantine_id, None, column=QUARANTINE.c.place
    ):
        yield rows._replace(sealed=[_decoded(value) for value in rows.sealed])


def of_ledger(path: Path) -> Iterator[SealedRows]:
    """Give the lines of an erasure ledger; they are found by their number."""
    lines = path.read_bytes().splitlines() if path.is_file() else []
    if lines:
        numbers = [f"line {number}" for number in range(1, len(lines) + 1)]
        sealed = [_decoded(line) for line in lines]
        yield SealedRows(path.name, (TABLE, COLUMN), numbers, [None] * len(lines), sealed)


def _rows(
    store: Engine,
    table: Table,
    key: Column[Any],
    owner: Column[Any] | None,
    *,
    column: Column[Any] | None = None,
) -> Iterator[SealedRows]:
    value = table.c.sealed if column is None else column
    columns = [key.label("key"), value.label("value")]
    if owner is not None:
        columns.append(owner.label("owner"))
    query = select(*columns).where(value.is_not(None), func.length(value) > 0)
    with store.connect() as connection:
        result = connection.execution_options(stream_results=True).execute(query)
        for rows in result.partitions(_ROWS):
            yield SealedRows(
                table.name,
                (table.name, value.name),
                [row.key for row in rows],
                [row.owner if owner is not None else None for row in rows],
                [row.value for row in rows],
            )


def _decoded(text: Any) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (NotBase64, ValueError):
        return b""
