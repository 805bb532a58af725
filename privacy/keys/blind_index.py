"""Keyed hashes of identifiers: equality without plaintext, and ids that nobody outside can guess.

HMAC-SHA-256, or HMAC-SM3 in zones of that suite. Every part is preceded by its length, and every
use by its own letter, so no two uses and no two splits of the same text share a result.
"""

from base64 import b32encode

from privacy.keys.suites import Suite

_MINTED_BYTES = 16


class BlindIndex:
    """Keyed hashing under one 32-byte key; safe to share between threads."""

    def __init__(self, key: bytes, suite: Suite) -> None:
        self._mac = suite.mac(key)

    def of(self, kind: str, normalised: str, namespace: str = "") -> str:
        """Give the index of an identifier.

        Args:
            kind: A `privacy.records.canonical.HandleKind`, or an entity of the detection.
            normalised: Its one spelling; see `privacy.records.handles`.
            namespace: What the value is unique within; empty where it is unique in the world.

        Returns:
            64 hexadecimal characters.
        """
        return self._mac.of(_framed(b"i", kind, namespace, normalised)).hex()

    def mint(self, prefix: str, *parts: str) -> str:
        """Give an id: the prefix, an underscore, and 26 characters of base32 in lower case.

        128 bits: among ten billion ids, a collision has a chance of one in 10¹⁸.

        Args:
            prefix: The letter of the id's kind, with or without its underscore.
            parts: What the id stands for, in a fixed order.
        """
        prefix = prefix.rstrip("_")
        code = self._mac.of(_framed(b"m", prefix, *parts))[:_MINTED_BYTES]
        return f"{prefix}_{b32encode(code)[:26].decode('ascii').lower()}"

    def digest(self, label: str, data: bytes) -> str:
        """Give a keyed digest of some bytes, in 64 hexadecimal characters.

        Args:
            label: What they are, so that equal bytes of two sorts have different digests.
            data: The bytes.
        """
        return self._mac.of(_framed(b"d", label) + data).hex()


def _framed(use: bytes, *parts: str) -> bytes:
    # Lone surrogates are no valid UTF-8 but do come in; they must neither fail nor be lost.
    framed = [use]
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        framed += (len(encoded).to_bytes(4, "big"), encoded)
    return b"".join(framed)
