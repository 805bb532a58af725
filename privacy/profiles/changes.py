"""Compare profiles with what is published, seal what changed, write it.

A keyed digest of the plain document is kept beside the sealed one, so that sealing and writing are
spent only on what is new; keyed, so that it says nothing about the document without the zone's key.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, delete, select, tuple_

from privacy.errors import KeyDestroyed
from privacy.opened import OpenZone
from privacy.store.batches import among, insert_or_update
from privacy.store.tables import DATA_KEYS, PROFILES, TIMELINE_PAGES

ROWS_A_TRANSACTION = 500
DIGEST_LABEL = "profile.1"
"""Names the form of a document; a new form makes every digest differ, and so is published."""

Row = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Profile:
    """What is to be published of one customer, in the clear and in memory only.

    Attributes:
        customer_id: Whose key seals it.
        document: The context, canonical JSON.
        pages: The timeline's pages, canonical JSON, oldest first.
        counts: Entries in each page.
    """

    customer_id: str
    document: bytes
    pages: tuple[bytes, ...]
    counts: tuple[int, ...]


@dataclass(slots=True)
class Written:
    """Running totals of one publication."""

    count_profiles: int = 0
    count_pages: int = 0
    count_pages_removed: int = 0


@dataclass(frozen=True, slots=True)
class _Change:
    """One row to write: what it is, whose, and its plain bytes."""

    customer_id: str
    page: int | None
    digest: str
    plain: bytes
    count_entries: int


class ProfileWriter:
    """Writes profiles into a zone's store, only where they differ from what is there."""

    def __init__(self, zone: OpenZone) -> None:
        self._zone = zone
        self.written = Written()

    def write(self, profiles: Sequence[Profile]) -> set[str]:
        """Bring these customers' rows in line.

        Returns:
            Customers whose key is shredded. They are left out: whatever a batch still says of them,
            an erasure has been faster.
        """
        destroyed = self._destroyed([profile.customer_id for profile in profiles])
        living = [profile for profile in profiles if profile.customer_id not in destroyed]
        changes, surplus = self._compare(living)
        try:
            rows = self._sealed(changes)
        except KeyDestroyed:
            # Shredded between the look and the seal: look again.
            return destroyed | self.write(living)
        moment = self._zone.clock()
        for part in _parts(rows, ROWS_A_TRANSACTION):
            destroyed |= self._store_rows(part, moment)
        for keys in _parts(surplus, ROWS_A_TRANSACTION):
            with self._zone.store.begin() as store:
                self.written.count_pages_removed += _delete_pages(store, keys)
        return destroyed

    def _destroyed(self, customer_ids: Sequence[str]) -> set[str]:
        with self._zone.store.connect() as store:
            return _destroyed_among(store, customer_ids)

    def _compare(self, profiles: Sequence[Profile]) -> tuple[list[_Change], list[tuple[str, int]]]:
        """Give what differs from the store, and the keys of pages that are too many."""
        documents, pages = self._published([profile.customer_id for profile in profiles])
        changes = []
        for profile in profiles:
            for wanted in self._rows_of(profile):
                known = (
                    documents.get(wanted.customer_id)
                    if wanted.page is None
                    else pages.pop((wanted.customer_id, wanted.page), None)
                )
                if known != wanted.digest:
                    changes.append(wanted)
        return changes, list(pages)

    def _published(
        self, customer_ids: Sequence[str]
    ) -> tuple[dict[str, str], dict[tuple[str, int], str]]:
        """Give the digests of these customers' documents and pages."""
        page = TIMELINE_PAGES.c
        with self._zone.store.connect() as store:
            documents = store.execute(
                select(PROFILES.c.customer_id, PROFILES.c.digest).where(
                    among(store, PROFILES.c.customer_id, customer_ids)
                )
            ).all()
            pages = store.execute(
                select(page.customer_id, page.page, page.digest).where(
                    among(store, page.customer_id, customer_ids)
                )
            ).all()
        return (
            {str(row.customer_id): str(row.digest) for row in documents},
            {(str(row.customer_id), int(row.page)): str(row.digest) for row in pages},
        )

    def _rows_of(self, profile: Profile) -> Iterator[_Change]:
        # Pages first: a reader who sees the new context finds the history it speaks of.
        for page, (plain, count) in enumerate(zip(profile.pages, profile.counts, strict=True)):
            digest = self._digest(profile.customer_id, str(page), plain)
            yield _Change(profile.customer_id, page, digest, plain, count)
        count = sum(profile.counts)
        digest = self._digest(profile.customer_id, f"context {count}", profile.document)
        yield _Change(profile.customer_id, None, digest, profile.document, count)

    def _digest(self, customer_id: str, place: str, plain: bytes) -> str:
        bound = f"{customer_id}\n{place}\n".encode() + plain
        return self._zone.keyring.index.digest(DIGEST_LABEL, bound)

    def _sealed(self, changes: Sequence[_Change]) -> list[tuple[_Change, bytes]]:
        keyring = self._zone.keyring
        sealed: dict[int, bytes] = {}
        for table, chosen in (
            (PROFILES, [i for i, change in enumerate(changes) if change.page is None]),
            (TIMELINE_PAGES, [i for i, change in enumerate(changes) if change.page is not None]),
        ):
            values = keyring.seal_many(
                [changes[i].customer_id for i in chosen],
                table=table.name,
                column="sealed",
                values=[zlib.compress(changes[i].plain, 1) for i in chosen],
            )
            sealed.update(zip(chosen, values, strict=True))
        return [(change, sealed[i]) for i, change in enumerate(changes)]

    def _store_rows(self, rows: Sequence[tuple[_Change, bytes]], moment: datetime) -> set[str]:
        ids = {change.customer_id for change, _ in rows}
        with self._zone.store.begin() as store:
            # An erasure that came between seal and write must not find its work undone.
            gone = _destroyed_among(store, sorted(ids), lock=True)
            pages: list[Row] = []
            documents: list[Row] = []
            for change, sealed in rows:
                if change.customer_id in gone:
                    continue
                row: Row = {
                    "customer_id": change.customer_id,
                    "digest": change.digest,
                    "sealed": sealed,
                    "count_entries": change.count_entries,
                    "published_at": moment,
                }
                if change.page is None:
                    documents.append(row)
                else:
                    pages.append(row | {"page": change.page})
            insert_or_update(store, TIMELINE_PAGES, pages)
            insert_or_update(store, PROFILES, documents)
        self.written.count_profiles += len(documents)
        self.written.count_pages += len(pages)
        return gone


def _destroyed_among(
    store: Connection, customer_ids: Sequence[str], *, lock: bool = False
) -> set[str]:
    query = select(DATA_KEYS.c.owner_id, DATA_KEYS.c.wrapped.is_(None)).where(
        among(store, DATA_KEYS.c.owner_id, customer_ids)
    )
    if lock:
        # PostgreSQL: a shredding waits for us, then deletes what we wrote. SQLite has one writer.
        query = query.with_for_update(read=True)
    return {str(owner_id) for owner_id, is_gone in store.execute(query) if is_gone}


def _delete_pages(store: Connection, keys: Sequence[tuple[str, int]]) -> int:
    result = store.execute(
        delete(TIMELINE_PAGES).where(
            tuple_(TIMELINE_PAGES.c.customer_id, TIMELINE_PAGES.c.page).in_(keys)
        )
    )
    return int(result.rowcount)


def _parts(items: Sequence[T], size: int) -> Iterator[list[T]]:
    stream = iter(items)
    while part := list(islice(stream, size)):
        yield part
