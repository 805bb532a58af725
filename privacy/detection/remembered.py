"""What was found in texts seen before: bounded, and keyed so that it holds no text in the clear."""

import hashlib
import secrets
from collections import OrderedDict

from privacy.detection.spans import Span


class Remembered:
    """Finds by text and language; the least recently used are forgotten first.

    A key is 16 bytes of BLAKE2b under a random key of this process. Finds hold offsets and types, no
    characters of a text.

    Args:
        most: Texts to remember; 0 for none.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._secret = secrets.token_bytes(32)
        self._finds: OrderedDict[bytes, tuple[Span, ...]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._finds)

    def key(self, text: str, language: str) -> bytes:
        """Give the name a text goes by here; the same text has another in another process."""
        return hashlib.blake2b(
            f"{language}\0{text}".encode("utf-8", "surrogatepass"),
            key=self._secret,
            digest_size=16,
        ).digest()

    def get(self, key: bytes) -> tuple[Span, ...] | None:
        """Give what was found in a text; None for one not seen, or forgotten."""
        found = self._finds.get(key)
        if found is not None:
            self._finds.move_to_end(key)
        return found

    def put(self, key: bytes, spans: tuple[Span, ...]) -> None:
        """Remember what was found in a text."""
        if not self._most:
            return
        self._finds[key] = spans
        if len(self._finds) > self._most:
            self._finds.popitem(last=False)
