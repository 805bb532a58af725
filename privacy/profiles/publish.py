"""Publish profiles: write what changed, take away who is gone, never block a reader.

The store is written in short transactions, so an agent's tool that asks meanwhile waits for none of
them, and its audit entry waits for one at most. A publication that stops half-way leaves every
profile either as it was or as it is to be; the next one does the rest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import pyarrow as pa

from privacy.errors import GateFailed
from privacy.opened import OpenZone
from privacy.profiles.changes import Profile, ProfileWriter
from privacy.profiles.document import Renderer
from privacy.profiles.pages import History, histories
from privacy.profiles.removal import Seen, remove_unseen

CUSTOMERS_AT_ONCE = 500
"""Customers compared, sealed and written together."""


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What one publication did.

    Attributes:
        count_customers: Customers in the batches.
        count_entries: Timeline entries of those customers.
        count_profiles_written: Context documents that were new or had changed.
        count_pages_written: Timeline pages that were new or had changed.
        count_pages_removed: Pages that a shorter history no longer has.
        count_profiles_removed: Customers whose profile was taken away because they are in no batch
            (merged into another, or no longer permitted), or because their key is shredded.
        count_destroyed: Customers in the batches whose key is shredded; nothing is kept of them.
        count_entries_without_context: Entries of customers who have no context row; not published.
    """

    count_customers: int
    count_entries: int
    count_profiles_written: int
    count_pages_written: int
    count_pages_removed: int
    count_profiles_removed: int
    count_destroyed: int
    count_entries_without_context: int


def publish(
    zone: OpenZone, contexts: Iterable[pa.RecordBatch], entries: Iterable[pa.RecordBatch]
) -> PublishReport:
    """Bring the zone's published profiles in line with the marts.

    Memory: one batch of each, `CUSTOMERS_AT_ONCE` customers, and 40 bytes for every customer.

    Args:
        zone: Where.
        contexts: Rows of ``marts.agent_context``, ordered by ``customer_id``.
        entries: Rows of ``marts.contact_history``, ordered by ``customer_id`` and ``occurred_at``.
            Both are read side by side: two streams of one DuckDB connection need a cursor each.

    Raises:
        GateFailed: A stream is not in order. Nothing is taken away then; what was written before
            the place is right and stays.
    """
    seen = Seen()
    writer = ProfileWriter(zone)
    count_destroyed = 0
    with Renderer() as renderer:
        joined = _Joined(contexts, histories(entries, renderer), renderer)
        profiles = iter(joined)
        while chunk := list(islice(profiles, CUSTOMERS_AT_ONCE)):
            destroyed = writer.write(chunk)
            count_destroyed += len(destroyed)
            seen.add(p.customer_id for p in chunk if p.customer_id not in destroyed)
    written = writer.written
    return PublishReport(
        count_customers=seen.count + count_destroyed,
        count_entries=joined.count_entries,
        count_profiles_written=written.count_profiles,
        count_pages_written=written.count_pages,
        count_pages_removed=written.count_pages_removed,
        count_profiles_removed=remove_unseen(zone, seen),
        count_destroyed=count_destroyed,
        count_entries_without_context=joined.count_without_context,
    )


class _Joined:
    """Contexts and histories side by side, by customer. Iterate once."""

    def __init__(
        self,
        contexts: Iterable[pa.RecordBatch],
        histories: Iterator[History],
        renderer: Renderer,
    ) -> None:
        self._contexts = contexts
        self._histories = _ordered(histories)
        self._renderer = renderer
        self.count_entries = 0
        self.count_without_context = 0

    def __iter__(self) -> Iterator[Profile]:
        history = next(self._histories, None)
        previous = ""
        for customer_id, document in self._documents():
            if customer_id <= previous:
                raise GateFailed("the context batches are not ordered by customer_id")
            previous = customer_id
            while history is not None and history.customer_id < customer_id:
                self.count_without_context += history.count_entries
                history = next(self._histories, None)
            if history is not None and history.customer_id == customer_id:
                self.count_entries += history.count_entries
                yield Profile(customer_id, document, history.pages, history.counts)
                history = next(self._histories, None)
            else:
                yield Profile(customer_id, document, (), ())
        while history is not None:
            self.count_without_context += history.count_entries
            history = next(self._histories, None)

    def _documents(self) -> Iterator[tuple[str, bytes]]:
        for batch in self._contexts:
            documents = self._renderer.rows(batch)
            for customer_id, document in zip(
                batch.column("customer_id").to_pylist(), documents, strict=True
            ):
                yield customer_id, document.encode()


def _ordered(stream: Iterator[History]) -> Iterator[History]:
    previous = ""
    for history in stream:
        if history.customer_id <= previous:
            raise GateFailed("the history batches are not ordered by customer_id")
        previous = history.customer_id
        yield history
