"""Handles of erased people, as keyed hashes: what happened before an erasure never comes back.

The list holds no handle and no blind index of one, but a hash of the index under a key of its own:
it can be asked about a handle, and says nothing to who cannot name one.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from privacy.keys.keyring import Keyring
from privacy.store.batches import among, insert_or_update
from privacy.store.tables import SUPPRESSED_HANDLES


class Suppression(NamedTuple):
    """What is remembered of an erased handle.

    Attributes:
        count_erased: Whoever uses the handle next is a new subject, minted from this count.
        erased_at: Whatever happened up to then is dropped.
    """

    count_erased: int
    erased_at: datetime


def suppression_hash(keyring: Keyring, handle_index: str) -> str:
    """Give the hash that stands for a handle in the list, from its blind index."""
    return keyring.suppression.of("handle", handle_index)


def suppressed(
    connection: Connection, keyring: Keyring, handle_indexes: Collection[str]
) -> dict[str, Suppression]:
    """Give, by blind index, which of some handles were erased."""
    if not handle_indexes:
        return {}
    by_hash = {suppression_hash(keyring, index): index for index in handle_indexes}
    table = SUPPRESSED_HANDLES.c
    rows = connection.execute(
        select(table.suppression_hash, table.count_erased, table.erased_at).where(
            among(connection, table.suppression_hash, list(by_hash))
        )
    )
    return {
        by_hash[row.suppression_hash]: Suppression(row.count_erased, row.erased_at) for row in rows
    }


def suppress(
    connection: Connection, keyring: Keyring, handle_indexes: Collection[str], *, at: datetime
) -> dict[str, int]:
    """Put handles on the list, or count one more erasure of those that are on it.

    Not idempotent: do it in the transaction that records that it was done.

    Returns:
        How often each was erased now, by its hash.
    """
    before = suppressed(connection, keyring, handle_indexes)
    counts = {
        suppression_hash(keyring, index): 1 + (before[index].count_erased if index in before else 0)
        for index in sorted(set(handle_indexes))
    }
    _write(connection, counts, at)
    return counts


def suppress_again(connection: Connection, counts: Mapping[str, int], *, at: datetime) -> None:
    """Put hashes back on a list that has lost them; what it counts higher stays. Idempotent."""
    table = SUPPRESSED_HANDLES.c
    rows = connection.execute(
        select(table.suppression_hash, table.count_erased).where(
            among(connection, table.suppression_hash, list(counts))
        )
    )
    present = {row.suppression_hash: row.count_erased for row in rows}
    lost = {one: count for one, count in counts.items() if count > present.get(one, 0)}
    _write(connection, lost, at)


def _write(connection: Connection, counts: Mapping[str, int], at: datetime) -> None:
    insert_or_update(
        connection,
        SUPPRESSED_HANDLES,
        [
            {"suppression_hash": one, "count_erased": count, "erased_at": at}
            for one, count in sorted(counts.items())
        ],
    )
