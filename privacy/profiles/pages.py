"""A customer's history cut into pages, oldest first.

Page ``n`` holds entries ``n * PAGE_SIZE`` up to ``(n + 1) * PAGE_SIZE``, so a new entry at the end
touches the last page only, and an old page keeps its bytes, its digest and its seal.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

import pyarrow as pa

from privacy.profiles.document import Renderer

PAGE_SIZE = 50
"""Entries a page: some 20 KB of JSON, which opens in well under a millisecond."""

LEFT_OUT = frozenset({"customer_id", "subject_id"})
"""Columns that are not in an entry: the reader knows the customer, and needs no other pseudonym."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, as it will be read."""

    customer_id: str
    occurred_at: int  # microseconds since 1970
    entry_id: str
    document: str


@dataclass(frozen=True, slots=True)
class History:
    """All that is known to have happened with one customer."""

    customer_id: str
    pages: tuple[bytes, ...]
    counts: tuple[int, ...]

    @property
    def count_entries(self) -> int:
        """Count the entries over all pages."""
        return sum(self.counts)


def histories(batches: Iterable[pa.RecordBatch], renderer: Renderer) -> Iterator[History]:
    """Yield each customer's history, in the batches' order of customers.

    Entries of one customer are sorted here, by instant and then id, so that two entries of one
    instant do not change places from one publication to the next. Memory: a batch, and the largest
    customer.

    Args:
        batches: Rows of ``marts.contact_history``, all of one customer together.
        renderer: Turns rows into JSON.
    """
    rows = (entry for batch in batches for entry in _entries(batch, renderer))
    for customer_id, group in groupby(rows, key=attrgetter("customer_id")):
        yield _paged(customer_id, sorted(group, key=attrgetter("occurred_at", "entry_id")))


def page_body(page: int, entries: Iterable[str]) -> bytes:
    """Give a page's plain bytes. The page's number is inside, so pages cannot be swapped."""
    return f'{{"page":{page},"entries":[{",".join(entries)}]}}'.encode()


def _entries(batch: pa.RecordBatch, renderer: Renderer) -> Iterator[Entry]:
    return map(
        Entry,
        batch.column("customer_id").to_pylist(),
        batch.column("occurred_at").cast(pa.timestamp("us", "UTC")).cast(pa.int64()).to_pylist(),
        batch.column("entry_id").to_pylist(),
        renderer.rows(batch, leave_out=LEFT_OUT),
    )


def _paged(customer_id: str, entries: list[Entry]) -> History:
    parts = [entries[start : start + PAGE_SIZE] for start in range(0, len(entries), PAGE_SIZE)]
    return History(
        customer_id,
        tuple(page_body(page, (e.document for e in part)) for page, part in enumerate(parts)),
        tuple(len(part) for part in parts),
    )
