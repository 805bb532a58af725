"""Merkle trees as in RFC 9162 (and RFC 6962, whose hashing is the same): roots and proofs.

Where the hashes are kept does not belong here (`privacy.audit.tree`): every function asks for the
hash of a complete subtree by level and index. The subtree ``(level, index)`` covers the leaves
``[index * 2 ** level, (index + 1) * 2 ** level)``.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

from privacy.errors import Tampered

Subtree = Callable[[int, int], bytes]
"""Gives the hash of the complete subtree at a level and index."""

EMPTY_ROOT = sha256(b"").digest()
"""The root of a tree without leaves (RFC 9162 §2.1.1)."""


def leaf_hash(content: bytes) -> bytes:
    """Hash a leaf: SHA-256 of a zero byte and the content."""
    return sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash an inner node: SHA-256 of a one byte and both children."""
    return sha256(b"\x01" + left + right).digest()


def subtrees_of(leaves: Sequence[bytes]) -> Subtree:
    """Give the subtrees over leaf hashes held in memory."""

    def subtree(level: int, index: int) -> bytes:
        if level == 0:
            return leaves[index]
        return node_hash(subtree(level - 1, 2 * index), subtree(level - 1, 2 * index + 1))

    return subtree


def root_of(size: int, subtree: Subtree) -> bytes:
    """Give the root over the first `size` leaves (RFC 9162 §2.1.1)."""
    return EMPTY_ROOT if size == 0 else _range_hash(0, size, subtree)


def inclusion_path(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """Prove that the leaf `index` is in the tree of `size` leaves (RFC 9162 §2.1.3.1).

    Raises:
        ValueError: There is no such leaf in a tree of that size.
    """
    if not 0 <= index < size:
        raise ValueError("the leaf is not in a tree of this size")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range_hash(middle, end, subtree))
            end = middle
        else:
            path.append(_range_hash(start, middle, subtree))
            start = middle
    return path[::-1]


def consistency_path(old_size: int, new_size: int, subtree: Subtree) -> list[bytes]:
    """Prove that the first `old_size` leaves of a tree have not changed (RFC 9162 §2.1.4.1).

    Raises:
        ValueError: The old tree is empty or larger than the new one.
    """
    if not 0 < old_size <= new_size:
        raise ValueError("the old tree is empty or larger than the new one")
    path: list[bytes] = []
    start, end, is_whole = 0, new_size, True
    while old_size < end:
        middle = start + _split(end - start)
        if old_size <= middle:
            path.append(_range_hash(middle, end, subtree))
            end = middle
        else:
            path.append(_range_hash(start, middle, subtree))
            start, is_whole = middle, False
    if not is_whole:
        path.append(_range_hash(start, end, subtree))
    return path[::-1]


def verify_inclusion_path(
    leaf: bytes, index: int, size: int, root: bytes, path: Sequence[bytes]
) -> None:
    """Check a proof of inclusion (RFC 9162 §2.1.3.2).

    Args:
        leaf: The leaf's hash.
        index: Its position.
        size: Of the tree.
        root: Of the tree.
        path: What `inclusion_path` gave.

    Raises:
        Tampered: The proof does not lead from the leaf to the root.
    """
    if not 0 <= index < size:
        raise Tampered(f"inclusion proof: no leaf {index} in a tree of {size}")
    place, last, reached = index, size - 1, leaf
    for step, sibling in enumerate(path):
        if last == 0:
            raise Tampered(f"inclusion proof: too long, from step {step} on")
        if place & 1 or place == last:
            reached = node_hash(sibling, reached)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            reached = node_hash(reached, sibling)
        place, last = place >> 1, last >> 1
    if last != 0 or reached != root:
        raise Tampered(f"inclusion proof: leaf {index} is not under the root of {size}")


def verify_consistency_path(
    old_size: int, old_root: bytes, new_size: int, new_root: bytes, path: Sequence[bytes]
) -> None:
    """Check a proof of consistency (RFC 9162 §2.1.4.2).

    Raises:
        Tampered: The new tree does not begin with the old one.
    """
    failure = f"consistency proof: the tree of {new_size} does not begin with that of {old_size}"
    if not 0 < old_size <= new_size:
        raise Tampered(failure)
    if old_size == new_size:
        if path or old_root != new_root:
            raise Tampered(failure)
        return
    hashes = list(path)
    if old_size & (old_size - 1) == 0:
        hashes.insert(0, old_root)
    if not hashes:
        raise Tampered(failure)
    place, last = old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    reached_old = reached_new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            raise Tampered(failure)
        if place & 1 or place == last:
            reached_old = node_hash(sibling, reached_old)
            reached_new = node_hash(sibling, reached_new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            reached_new = node_hash(reached_new, sibling)
        place, last = place >> 1, last >> 1
    if last != 0 or reached_old != old_root or reached_new != new_root:
        raise Tampered(failure)


class Frontier:
    """The right edge of a growing tree: enough to append leaves and to give the root.

    Holds one hash per set bit of the size, so a tree of a billion leaves needs 30 at most.
    """

    def __init__(self, size: int = 0, subtree: Subtree | None = None) -> None:
        """Start from a tree of `size` leaves whose complete subtrees are known."""
        self.size = size
        self._edge: list[tuple[int, bytes]] = []
        start = 0
        for level in reversed(range(size.bit_length())):
            if size >> level & 1 and subtree is not None:
                self._edge.append((level, subtree(level, start >> level)))
                start += 1 << level

    def append(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add a leaf's hash.

        Returns:
            Level, index and hash of each inner subtree that it completes, lowest first.
        """
        completed = []
        level, reached = 0, leaf
        while self._edge and self._edge[-1][0] == level:
            _, left = self._edge.pop()
            level, reached = level + 1, node_hash(left, reached)
            completed.append((level, self.size >> level, reached))
        self._edge.append((level, reached))
        self.size += 1
        return completed

    def root(self) -> bytes:
        """Give the root over all leaves so far."""
        if not self._edge:
            return EMPTY_ROOT
        _, reached = self._edge[-1]
        for _, left in reversed(self._edge[:-1]):
            reached = node_hash(left, reached)
        return reached


def _split(size: int) -> int:
    """Give the largest power of two below a size of two or more."""
    return 1 << ((size - 1).bit_length() - 1)


def _range_hash(start: int, end: int, subtree: Subtree) -> bytes:
    size = end - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return subtree(level, start >> level)
    middle = start + _split(size)
    return node_hash(_range_hash(start, middle, subtree), _range_hash(middle, end, subtree))
