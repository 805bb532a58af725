"""Which key opens the warehouse file, when a rewrite may give it another at any time.

A file key lives as long as its file: a copy of the old file must not open with the key of the new
one. So a rewrite renews the key, and who waits for a rewrite asks for the key again afterwards.
"""

from collections.abc import Sequence
from typing import Protocol


class FileKeys(Protocol):
    """The keys of one zone's warehouse file, asked for only while the warehouse's lock is held."""

    def candidates(self) -> Sequence[bytes]:
        """Give the keys that may open the file, 32 bytes each, the likeliest first.

        One, but for the time between a rewrite that was killed and the next.
        """
        ...

    def renew(self) -> bytes:
        """Make a key for a file that is about to be written, kept before it is given."""
        ...

    def settle(self) -> None:
        """Destroy all keys but the newest: the new file has taken the old one's place."""
        ...
