"""A file key for tests that are about the file and not about keys."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FixedKey:
    """A file key that never changes, for a file that is nobody's zone."""

    key: bytes

    def candidates(self) -> Sequence[bytes]:
        """Give the one key."""
        return (self.key,)

    def renew(self) -> bytes:
        """Give the same key again."""
        return self.key

    def settle(self) -> None:
        """Keep it."""
