"""Proofs from the stored tree, as JSON that `privacy.audit.verify` checks offline."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from privacy.audit.checkpoint import Checkpoint
from privacy.audit.entries import PUBLIC_COLUMNS
from privacy.audit.leaves import leaf_of
from privacy.audit.merkle import Frontier, consistency_path, inclusion_path
from privacy.audit.sealing import checkpoint_of, last_checkpoint
from privacy.audit.tree import StoredTree
from privacy.audit.verify import CONSISTENCY_KIND, INCLUSION_KIND
from privacy.errors import NotFound, Tampered
from privacy.store.tables import AUDIT_CHECKPOINTS, AUDIT_ENTRIES

_E = AUDIT_ENTRIES.c
_BATCH = 20_000


def prove_inclusion(connection: Connection, origin: str, entry_id: str) -> dict[str, Any]:
    """Prove that an entry is under the newest signed head.

    Raises:
        NotFound: There is no such entry, or it is not sealed into the tree yet.
        Tampered: The log lacks a row that must be there.
    """
    query = select(*PUBLIC_COLUMNS, _E.position).where(_E.entry_id == entry_id)
    row: Any = connection.execute(query).first()
    if row is None:
        raise NotFound("no audit entry has that id")
    last = last_checkpoint(connection, origin)
    if row.position is None or last is None:
        raise NotFound(f"audit entry {entry_id} is not sealed yet")
    if row.position >= last.size:
        raise Tampered(f"audit log: entry {entry_id} is past the last head")
    path = inclusion_path(row.position, last.size, StoredTree(connection))
    return {
        "kind": INCLUSION_KIND,
        "entry": leaf_of(*row[:-1])._asdict(),
        "position": row.position,
        "path": [one.hex() for one in path],
        "checkpoint": last.to_json(),
    }


def prove_consistency(
    connection: Connection, origin: str, old_size: int, new_size: int
) -> dict[str, Any]:
    """Prove that the log under one signed head begins with that under an earlier one.

    Raises:
        NotFound: No head has one of these sizes, the first is empty, or larger than the second.
        Tampered: The log lacks a row that must be there.
    """
    if not 0 < old_size <= new_size:
        raise NotFound(f"no proof from size {old_size} to {new_size}")
    old, new = (_head(connection, origin, size) for size in (old_size, new_size))
    path = consistency_path(old_size, new_size, StoredTree(connection))
    return {
        "kind": CONSISTENCY_KIND,
        "old": old.to_json(),
        "new": new.to_json(),
        "path": [one.hex() for one in path],
    }


def verify_log(connection: Connection, origin: str, verify_key: bytes) -> int:
    """Check every sealed entry against its leaf, and every head against the tree.

    Args:
        connection: A snapshot, so that a batch sealed meanwhile is seen whole or not at all.
        origin: The log's name.
        verify_key: The zone's.

    Returns:
        How many entries are in the tree.

    Raises:
        Tampered: Naming the first position or head that does not match.
    """
    query = select(AUDIT_CHECKPOINTS).order_by(AUDIT_CHECKPOINTS.c.tree_size)
    heads = {row.tree_size: checkpoint_of(row, origin) for row in connection.execute(query)}
    for head in heads.values():
        head.verify(verify_key)
    frontier = Frontier()
    _match(heads.get(0), frontier)
    for row in _sealed_entries(connection):
        leaf = leaf_of(*row[:-2]).hash()
        if row.position != frontier.size or leaf != row.leaf_hash:
            raise Tampered(f"audit log broken at entry {frontier.size}")
        frontier.append(leaf)
        _match(heads.get(frontier.size), frontier)
    if frontier.size != max(heads, default=0):
        raise Tampered(f"audit log: it ends at {frontier.size}, not where its last head says")
    return frontier.size


def _sealed_entries(connection: Connection) -> Any:
    position = -1
    while True:
        batch: Sequence[Any] = connection.execute(
            select(*PUBLIC_COLUMNS, _E.position, _E.leaf_hash)
            .where(_E.position > position)
            .order_by(_E.position)
            .limit(_BATCH)
        ).all()
        if not batch:
            return
        yield from batch
        position = batch[-1].position


def _match(head: Checkpoint | None, frontier: Frontier) -> None:
    if head is not None and head.root != frontier.root():
        raise Tampered(f"audit log: the head of size {head.size} is not of these entries")


def _head(connection: Connection, origin: str, size: int) -> Checkpoint:
    query = select(AUDIT_CHECKPOINTS).where(AUDIT_CHECKPOINTS.c.tree_size == size)
    row = connection.execute(query).first()
    if row is None:
        raise NotFound(f"no checkpoint of size {size}")
    return checkpoint_of(row, origin)
