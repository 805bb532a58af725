"""The form of a sealed value.

======  ======  ==================================================================================
offset  length  content
======  ======  ==================================================================================
0       1       version: the suite (1 = AES-256-GCM, 2 = SM4-GCM)
1       12      nonce, random
13      32      key commitment
45      n       ciphertext, as long as the plaintext
45 + n  16      tag
======  ======  ==================================================================================

From a 32-byte data key, HKDF-Expand (label ``c360 sealed value v1`` and the version byte) derives
the cipher's key, then the 32-byte commitment. GCM alone does not commit to its key: a ciphertext
can be built that opens under two keys to two texts. The commitment is a hash of the key, compared
before anything is decrypted, so a value opens under one key only. A version byte changed by
someone else leads to other derived keys, hence to a commitment that does not match.

The context (``zone|owner|table|column``) is bound as associated data: a value moved to another
row, column, table or zone does not open there. It is not stored.
"""

from hmac import compare_digest
from os import urandom

from cryptography.exceptions import InvalidTag

from privacy.errors import Tampered, WrongKey
from privacy.keys.suites import NONCE_BYTES, TAG_BYTES, Suite

COMMITMENT_BYTES = 32
OVERHEAD_BYTES = 1 + NONCE_BYTES + COMMITMENT_BYTES + TAG_BYTES
"""How much longer a sealed value is than the plain one: 61 bytes."""

_NONCE = slice(1, 1 + NONCE_BYTES)
_COMMITMENT = slice(_NONCE.stop, _NONCE.stop + COMMITMENT_BYTES)
_LABEL = b"c360 sealed value v1"


class SealingKey:
    """What is derived from one data key; make it once and use it for many values.

    Safe to share between threads. The data key itself is not kept.
    """

    __slots__ = ("_cipherer", "_commitment", "_version")

    def __init__(self, data_key: bytes, suite: Suite) -> None:
        version = bytes([suite.version])
        derived = suite.expand(data_key, _LABEL + version, suite.key_bytes + COMMITMENT_BYTES)
        self._version = version
        self._commitment = derived[suite.key_bytes :]
        self._cipherer = suite.cipherer(derived[: suite.key_bytes])

    @property
    def commitment(self) -> bytes:
        """Give the 32 bytes that stand in every value sealed under this key; not secret."""
        return self._commitment

    def seal(self, plain: bytes, context: bytes, nonce: bytes | None = None) -> bytes:
        """Seal a value.

        Args:
            plain: The value.
            context: Bound to the result, not stored in it; `privacy.keys.suites.joined` makes it.
            nonce: 12 random bytes, never used before; drawn here if not given.
        """
        nonce = nonce or urandom(NONCE_BYTES)
        ciphertext = self._cipherer.encrypt(nonce, plain, context)
        return b"".join((self._version, nonce, self._commitment, ciphertext))

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Open a value.

        Raises:
            WrongKey: It was sealed under another key.
            Tampered: It was changed, cut short, moved from another context, or is of a suite that
                is not this key's.
        """
        if len(sealed) < OVERHEAD_BYTES or sealed[:1] != self._version:
            raise Tampered("not a sealed value of this zone's suite")
        if not compare_digest(sealed[_COMMITMENT], self._commitment):
            raise WrongKey("the value was sealed under another key")
        try:
            return self._cipherer.decrypt(sealed[_NONCE], sealed[_COMMITMENT.stop :], context)
        except InvalidTag:
            raise Tampered("the value was changed, or belongs to another row or column") from None


def commitment_of(sealed: bytes) -> bytes:
    """Give the commitment to the one key that opens a value.

    Raises:
        Tampered: It is too short to be a sealed value.
    """
    if len(sealed) < OVERHEAD_BYTES:
        raise Tampered("not a sealed value")
    return sealed[_COMMITMENT]
