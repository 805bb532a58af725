"""Cipher suites: which cipher, hash and key length a zone seals with.

What a sealed value looks like does not belong here (`privacy.keys.envelope`).
"""

import hmac as standard_hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from privacy.errors import ConfigurationError, Tampered

NONCE_BYTES = 12
TAG_BYTES = 16


class Cipherer(Protocol):
    """Authenticated encryption under one key; safe to share between threads."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """Give the ciphertext with its 16-byte tag at the end."""
        ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """Give the plaintext.

        Raises:
            InvalidTag: Anything does not match.
        """
        ...


class Mac(Protocol):
    """A keyed hash under one key; safe to share between threads."""

    def of(self, message: bytes) -> bytes:
        """Give the 32-byte code of a message."""
        ...


class _Sm4Gcm:
    """SM4 (GB/T 32907-2016) in GCM mode; the library has it as a mode only, not as an AEAD."""

    def __init__(self, key: bytes) -> None:
        self._algorithm = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        encryptor = Cipher(self._algorithm, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        if len(data) < TAG_BYTES:
            raise InvalidTag
        tag = data[-TAG_BYTES:]
        decryptor = Cipher(self._algorithm, modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(associated_data)
        return decryptor.update(data[:-TAG_BYTES]) + decryptor.finalize()


class _HmacSha256:
    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, message: bytes) -> bytes:
        return standard_hmac.digest(self._key, message, "sha256")


class _HmacSm3:
    def __init__(self, key: bytes) -> None:
        self._keyed = HMAC(key, hashes.SM3())

    def of(self, message: bytes) -> bytes:
        mac = self._keyed.copy()
        mac.update(message)
        return mac.finalize()


@dataclass(frozen=True, slots=True)
class Suite:
    """A cipher with the hash that goes with it.

    Attributes:
        name: As policies write it.
        version: First byte of every value sealed with it.
        key_bytes: Length of the cipher's key.
    """

    name: str
    version: int
    key_bytes: int
    _cipher: type[AESGCM] | type[_Sm4Gcm]
    _hash: type[hashes.SHA256] | type[hashes.SM3]
    _mac: type[_HmacSha256] | type[_HmacSm3]

    def expand(self, key: bytes, label: bytes, length: int) -> bytes:
        """Derive `length` bytes from a uniformly random key (HKDF-Expand, RFC 5869 §2.3).

        The extract step is left out, as §3.3 allows: our keys are random, not agreed secrets.
        """
        return HKDFExpand(self._hash(), length, label).derive(key)

    def cipherer(self, key: bytes) -> Cipherer:
        """Give the cipher under a key of `key_bytes`."""
        return self._cipher(key)

    def mac(self, key: bytes) -> Mac:
        """Give the keyed hash under a key."""
        return self._mac(key)


AES_256_GCM = Suite("aes-256-gcm", 1, 32, AESGCM, hashes.SHA256, _HmacSha256)
"""FIPS 197, SP 800-38D; HKDF and HMAC with SHA-256."""

SM4_GCM = Suite("sm4-gcm", 2, 16, _Sm4Gcm, hashes.SM3, _HmacSm3)
"""GB/T 32907-2016 in GCM mode (RFC 8998); HKDF and HMAC with SM3 (GB/T 32905-2016)."""

SUITES: Mapping[str, Suite] = {suite.name: suite for suite in (AES_256_GCM, SM4_GCM)}
"""Every suite, by the name a policy gives it."""


def suite_named(name: str) -> Suite:
    """Give a suite by its name.

    Raises:
        ConfigurationError: There is no such suite.
    """
    try:
        return SUITES[name]
    except KeyError:
        raise ConfigurationError(f"no cipher suite {name!r}: use {', '.join(SUITES)}") from None


def joined(*parts: str) -> bytes:
    """Give ``a|b|c`` in UTF-8: the context that is bound to a sealed value or a wrapped key.

    Raises:
        Tampered: A part holds the separator, so that two contexts would read alike.
    """
    if any("|" in part for part in parts):
        raise Tampered("a context part holds the separator '|'")
    return "|".join(parts).encode("utf-8", "surrogatepass")
