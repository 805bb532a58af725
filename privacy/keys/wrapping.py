"""Keys wrapped under a key: AES-256-GCM with the wrapping key's own fingerprint in front.

======  ======  ==================================================================================
offset  length  content
======  ======  ==================================================================================
0       1       version: 1
1       8       fingerprint of the wrapping key
9       12      nonce, random
21      n       wrapped key
21 + n  16      tag
======  ======  ==================================================================================

The fingerprint tells "another key" from "someone changed it". Used by the local provider for zone
keys and by the epoch key for data keys, in every zone: suites are for values.
"""

from hmac import compare_digest
from hmac import digest as hmac_digest
from os import urandom

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from privacy.errors import Tampered, WrongKey
from privacy.keys.suites import NONCE_BYTES, TAG_BYTES

_VERSION = b"\x01"
_FINGERPRINT_BYTES = 8
_HEAD_BYTES = 1 + _FINGERPRINT_BYTES
_LEAST_BYTES = _HEAD_BYTES + NONCE_BYTES + TAG_BYTES


class WrappingKey:
    """A 32-byte key that wraps other keys; safe to share between threads."""

    __slots__ = ("_cipher", "_head")

    def __init__(self, key: bytes) -> None:
        fingerprint = hmac_digest(key, b"c360 wrapping key v1", "sha256")[:_FINGERPRINT_BYTES]
        self._head = _VERSION + fingerprint
        self._cipher = AESGCM(key)

    @property
    def fingerprint(self) -> bytes:
        """Give the 8 bytes that tell this key from others; not secret."""
        return self._head[1:]

    def wrap(self, key: bytes, context: bytes, nonce: bytes | None = None) -> bytes:
        """Wrap a key; the context is bound to the result and not stored in it."""
        nonce = nonce or urandom(NONCE_BYTES)
        return b"".join((self._head, nonce, self._cipher.encrypt(nonce, key, context)))

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Give the key that was wrapped.

        Raises:
            WrongKey: It was wrapped under another key.
            Tampered: It was changed, cut short, or belongs to another context.
        """
        if len(wrapped) < _LEAST_BYTES or wrapped[:1] != _VERSION:
            raise Tampered("not a wrapped key")
        if not compare_digest(wrapped[:_HEAD_BYTES], self._head):
            raise WrongKey("the key was wrapped under another key")
        nonce = wrapped[_HEAD_BYTES : _HEAD_BYTES + NONCE_BYTES]
        try:
            return self._cipher.decrypt(nonce, wrapped[_HEAD_BYTES + NONCE_BYTES :], context)
        except InvalidTag:
            raise Tampered("a wrapped key was changed, or belongs to another owner") from None


def fingerprint_of(wrapped: bytes) -> bytes:
    """Give the fingerprint of the key that wrapped another.

    Raises:
        Tampered: It is not a wrapped key.
    """
    if len(wrapped) < _LEAST_BYTES or wrapped[:1] != _VERSION:
        raise Tampered("not a wrapped key")
    return wrapped[1:_HEAD_BYTES]
