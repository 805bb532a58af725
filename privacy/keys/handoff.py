"""Seal a few bytes to another zone's public key; whoever sealed them cannot read them back.

HPKE (RFC 9180) with the hybrid KEM of ML-KEM-768 and X25519, HKDF-SHA-256 and AES-256-GCM, so that
what is recorded on its way today stays closed to a quantum computer later. One byte of version (1),
then HPKE's encapsulated key (1120 bytes) and ciphertext. The receiving zone's id is bound as info.

The sender is not authenticated by this: whoever has the public key can seal. What is handed over as
a file is signed besides (`privacy.keys.handoff_file`).
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from privacy.errors import ConfigurationError, Tampered
from privacy.ids import ZoneId

ALGORITHM = "hpke-mlkem768x25519-hkdfsha256-aes256gcm"

_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_VERSION = b"\x01"
_MLKEM_PUBLIC_BYTES = 1184
_MLKEM_SEED_BYTES = 64
_X25519_BYTES = 32
PUBLIC_BYTES = _MLKEM_PUBLIC_BYTES + _X25519_BYTES
"""Length of a public key: ML-KEM-768's encapsulation key, then X25519's."""
PRIVATE_BYTES = _MLKEM_SEED_BYTES + _X25519_BYTES
"""Length of a private key: ML-KEM-768's seed, then X25519's scalar."""
ADDED_BYTES = 1 + 1120 + 16
"""By how much sealing makes bytes longer: version, encapsulated key, tag."""


def new_key() -> tuple[bytes, bytes]:
    """Make a private key and its public half."""
    mlkem, x25519 = MLKEM768PrivateKey.generate(), X25519PrivateKey.generate()
    private = mlkem.private_bytes_raw() + x25519.private_bytes_raw()
    return private, public_of(private)


def public_of(private: bytes) -> bytes:
    """Give the public half of a private key."""
    mlkem, x25519 = _halves(private)
    return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()


def seal_to(public: bytes, plaintext: bytes, *, zone: ZoneId, bound: bytes = b"") -> bytes:
    """Seal bytes to a zone.

    Args:
        public: The zone's hand-off key; see `privacy.keys.public`.
        plaintext: What to seal.
        zone: Whose key it is.
        bound: Must be given again to open it; not secret.

    Raises:
        ConfigurationError: That is no public key of ours.
    """
    if len(public) != PUBLIC_BYTES:
        raise ConfigurationError(f"the hand-off key of zone {zone} is not {PUBLIC_BYTES} bytes")
    try:
        key = MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC_BYTES]),
            X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC_BYTES:]),
        )
        return _VERSION + _SUITE.encrypt(plaintext, key, info=_info(zone, bound))
    except ValueError:
        raise ConfigurationError(f"the hand-off key of zone {zone} is malformed") from None


def open_with(private: bytes, sealed: bytes, *, zone: ZoneId, bound: bytes = b"") -> bytes:
    """Open what was sealed to a zone.

    Raises:
        Tampered: It was sealed to another zone or key, with something else bound to it, changed, or
            cut short.
    """
    key = MLKEM768X25519PrivateKey(*_halves(private))
    if sealed[:1] != _VERSION:
        raise Tampered("not a hand-off of a version we know")
    try:
        return _SUITE.decrypt(sealed[1:], key, info=_info(zone, bound))
    except (InvalidTag, ValueError):
        raise Tampered("the hand-off was sealed to another key, or changed") from None


def _halves(private: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    return (
        MLKEM768PrivateKey.from_seed_bytes(private[:_MLKEM_SEED_BYTES]),
        X25519PrivateKey.from_private_bytes(private[_MLKEM_SEED_BYTES:]),
    )


def _info(zone: ZoneId, bound: bytes) -> bytes:
    return b"c360 hand-off v1|" + zone.encode("utf-8") + (b"|" + bound if bound else b"")
