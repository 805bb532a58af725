"""The audit tree in the store: leaf hashes in the entries, subtree hashes in ``audit_nodes``.

Subtrees of fewer than 2⁸ leaves are not stored but computed from their leaves, so the node table has
one row for some 128 entries, and neither sealing nor proving reads more than a few hundred rows.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from privacy.audit.merkle import subtrees_of
from privacy.errors import Tampered
from privacy.store.tables import AUDIT_ENTRIES, AUDIT_NODES

LOWEST_STORED_LEVEL = 8

_BLOCK = 1 << LOWEST_STORED_LEVEL


class StoredTree:
    """Reads subtree hashes through one connection; call it with level and index."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._blocks: dict[int, list[bytes]] = {}

    def __call__(self, level: int, index: int) -> bytes:
        """Give the hash of a complete subtree.

        Raises:
            Tampered: The store lacks a row that must be there.
        """
        if level >= LOWEST_STORED_LEVEL:
            found = (AUDIT_NODES.c.level == level) & (AUDIT_NODES.c.index == index)
            stored: bytes | None = self._connection.scalar(
                select(AUDIT_NODES.c.node_hash).where(found)
            )
            if stored is None:
                raise Tampered(f"audit log: the subtree {level}/{index} is missing")
            return stored
        start = index << level
        leaves = self._leaves(start // _BLOCK)
        first = start % _BLOCK
        if first + (1 << level) > len(leaves):
            raise Tampered(f"audit log: an entry is missing after position {start}")
        return subtrees_of(leaves)(level, first >> level)

    def _leaves(self, block: int) -> list[bytes]:
        if block not in self._blocks:
            position = AUDIT_ENTRIES.c.position
            inside = position.between(block * _BLOCK, (block + 1) * _BLOCK - 1)
            rows: Sequence[Any] = self._connection.execute(
                select(position, AUDIT_ENTRIES.c.leaf_hash).where(inside).order_by(position)
            ).all()
            for place, (at, leaf) in enumerate(rows, start=block * _BLOCK):
                if at != place or leaf is None:
                    raise Tampered(f"audit log: the entry at position {place} is missing")
            self._blocks[block] = [row[1] for row in rows]
        return self._blocks[block]
