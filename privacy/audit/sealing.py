"""Put pending entries into the tree, a batch a transaction, each with its signed head."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from privacy.audit.checkpoint import Checkpoint
from privacy.audit.entries import PUBLIC_COLUMNS
from privacy.audit.leaves import leaf_of
from privacy.audit.merkle import Frontier
from privacy.audit.tree import LOWEST_STORED_LEVEL, StoredTree
from privacy.errors import Tampered
from privacy.store.batches import insert_if_absent, queue_up, update_each
from privacy.store.tables import AUDIT_CHECKPOINTS, AUDIT_ENTRIES, AUDIT_NODES

BATCH = 20_000
"""Entries sealed in a transaction: half a second, so that no other writer waits long."""

_E = AUDIT_ENTRIES.c
_PENDING = (
    select(*PUBLIC_COLUMNS).where(_E.position.is_(None)).order_by(_E.happened_at, _E.entry_id)
)


def checkpoint_of(row: Any, origin: str) -> Checkpoint:
    """Give a signed head as the store has it."""
    return Checkpoint(origin, row.tree_size, row.root_hash, row.sealed_at, row.signature)


def last_checkpoint(connection: Connection, origin: str) -> Checkpoint | None:
    """Give the newest signed head; None where nothing was ever sealed."""
    newest = select(AUDIT_CHECKPOINTS).order_by(AUDIT_CHECKPOINTS.c.tree_size.desc()).limit(1)
    row = connection.execute(newest).first()
    return None if row is None else checkpoint_of(row, origin)


def seal_batch(
    connection: Connection,
    *,
    origin: str,
    sealed_at: datetime,
    sign: Callable[[bytes], bytes],
    verify_key: bytes,
) -> tuple[Checkpoint, bool]:
    """Seal the oldest pending entries, inside a write transaction.

    Args:
        connection: In the transaction; another process that seals waits for its end.
        origin: The log's name.
        sealed_at: Now.
        sign: Signs with the zone's key.
        verify_key: Checks the head that was signed before.

    Returns:
        The newest head, and whether entries may still be pending.

    Raises:
        Tampered: The log no longer matches the last head that was signed.
    """
    queue_up(connection, "audit-seal")
    last = last_checkpoint(connection, origin)
    frontier = Frontier(last.size if last else 0, StoredTree(connection))
    newest = connection.scalar(select(func.max(_E.position)))
    if frontier.size != (0 if newest is None else newest + 1):
        raise Tampered("audit log: it does not end where its last head says")
    if last is not None:
        last.verify(verify_key)
        if frontier.root() != last.root:
            raise Tampered(f"audit log: the first {last.size} entries are not those signed")
    pending: Sequence[Any] = connection.execute(_PENDING.limit(BATCH)).all()
    if not pending and last is not None:
        return last, False
    _append(connection, frontier, pending)
    unsigned = Checkpoint(origin, frontier.size, frontier.root(), sealed_at)
    head = replace(unsigned, signature=sign(unsigned.body()))
    row = {
        "tree_size": head.size,
        "root_hash": head.root,
        "signature": head.signature,
        "sealed_at": head.sealed_at,
    }
    insert_if_absent(connection, AUDIT_CHECKPOINTS, [row])
    return head, len(pending) == BATCH


def _append(connection: Connection, frontier: Frontier, pending: Sequence[Any]) -> None:
    rows, nodes = [], []
    for entry in pending:
        leaf = leaf_of(*entry).hash()
        rows.append({"entry_id": entry.entry_id, "position": frontier.size, "leaf_hash": leaf})
        nodes += [
            {"level": level, "index": index, "node_hash": node}
            for level, index, node in frontier.append(leaf)
            if level >= LOWEST_STORED_LEVEL
        ]
    update_each(connection, AUDIT_ENTRIES, "entry_id", rows)
    insert_if_absent(connection, AUDIT_NODES, nodes)
