"""The keystore of the ``local:`` provider: what is in the file, and how a passphrase locks it.

JSON, version 2:

* ``generations``: oldest first, each with ``number``, ``fingerprint`` (8 bytes, hexadecimal) and
  ``key``: 32 bytes in base64, wrapped (`privacy.keys.wrapping`) where there is a passphrase, and
  null once the generation has ended.
* ``passphrase``: null, or ``algorithm`` (scrypt), ``log2_cost`` and ``salt``.
* or nothing but ``destroyed``.

Version 1 had one key and no generations; it is read as generation 1. Reading and writing the file
does not belong here.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from secrets import token_bytes
from typing import Any, Self

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from privacy.errors import ConfigurationError, Tampered, WrongKey
from privacy.keys.wrapping import WrappingKey

KEY_BYTES = 32
SCRYPT_LOG2_COST = 17
"""128 MiB and some 0.4 s a try (OWASP's first choice for scrypt)."""

_SALT_BYTES = 16
_FINGERPRINT_BYTES = 8
_MOST_LOG2_COST = 20
_SCRYPT_BLOCK = 8
_CONTEXT = b"c360 keystore v1"


@dataclass(frozen=True, slots=True)
class Lock:
    """How the passphrase is stretched (RFC 7914); the passphrase itself is nowhere."""

    log2_cost: int
    salt: bytes

    def key(self, passphrase: str) -> WrappingKey:
        """Stretch a passphrase to the key that wraps the generations' keys."""
        scrypt = Scrypt(
            salt=self.salt, length=KEY_BYTES, n=1 << self.log2_cost, r=_SCRYPT_BLOCK, p=1
        )
        return WrappingKey(scrypt.derive(passphrase.encode("utf-8", "surrogatepass")))


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation of the key-encryption key.

    Attributes:
        number: From 1, rising.
        fingerprint: Tells what it wrapped from what others did; empty in version 1's files.
        key: 32 bytes, or those wrapped under the passphrase; None once it has ended.
    """

    number: int
    fingerprint: bytes
    key: bytes | None

    @property
    def name(self) -> str:
        """Give its name."""
        return str(self.number)


@dataclass(frozen=True, slots=True)
class Keystore:
    """The content of a keystore file; `change` and write it anew to change the file.

    Attributes:
        lock: Of the passphrase, where there is one.
        generations: Oldest first, ended ones too. None at all in a destroyed keystore.
    """

    lock: Lock | None
    generations: tuple[Generation, ...] = ()

    @classmethod
    def new(cls, passphrase: str | None, log2_cost: int | None = None) -> Self:
        """Make a keystore with one generation."""
        lock = None
        if passphrase is not None:
            lock = Lock(log2_cost or SCRYPT_LOG2_COST, token_bytes(_SALT_BYTES))
        return cls(lock).with_generation(passphrase)

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        """Read a file's content; opens no key.

        Raises:
            Tampered: It is not of its form.
        """
        try:
            content = json.loads(raw)
            version = content["version"]
            if content.get("destroyed") is True:
                return cls(None)
            if version == 1:
                return cls(*_version_1(content))
            if version == 2 and content["generations"]:
                lock = _lock(content["passphrase"])
                return cls(lock, tuple(_generation(one, lock) for one in content["generations"]))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            pass
        raise Tampered("not of its form")

    def to_bytes(self) -> bytes:
        """Write the file's content."""
        if not self.generations:
            return json.dumps({"version": 2, "destroyed": True}).encode("ascii")
        lock = self.lock and {
            "algorithm": "scrypt",
            "log2_cost": self.lock.log2_cost,
            "salt": b64encode(self.lock.salt).decode("ascii"),
        }
        generations = [
            {
                "number": one.number,
                "fingerprint": one.fingerprint.hex(),
                "key": one.key and b64encode(one.key).decode("ascii"),
            }
            for one in self.generations
        ]
        content = {"version": 2, "passphrase": lock, "generations": generations}
        return json.dumps(content).encode("ascii")

    @property
    def newest(self) -> Generation:
        """Give the generation that wraps."""
        return self.generations[-1]

    def open(self, passphrase: str | None) -> dict[int, WrappingKey]:
        """Give the keys of the living generations by number.

        Raises:
            WrongKey: The passphrase is another, or there is one and none is given.
            ConfigurationError: A passphrase is given and the keystore has none: whoever set it
                believes in a protection that is not there.
            Tampered: A key is not of its form.
        """
        lock = self._unlock(passphrase)
        opened = {}
        for one in self.generations:
            if one.key is None:
                continue
            try:
                key = one.key if lock is None else lock.unwrap(one.key, _CONTEXT)
            except WrongKey:
                raise WrongKey("that is not its passphrase") from None
            if len(key) != KEY_BYTES:
                raise Tampered("not of its form")
            opened[one.number] = WrappingKey(key)
        return opened

    def with_generation(self, passphrase: str | None) -> Self:
        """Give the keystore with one generation more."""
        lock = self._unlock(passphrase)
        key = token_bytes(KEY_BYTES)
        number = self.newest.number + 1 if self.generations else 1
        kept = key if lock is None else lock.wrap(key, _CONTEXT)
        made = Generation(number, WrappingKey(key).fingerprint, kept)
        older = self.generations
        if not all(one.fingerprint for one in older):
            keys = self.open(passphrase)
            older = tuple(replace(one, fingerprint=keys[one.number].fingerprint) for one in older)
        return replace(self, generations=(*older, made))

    def without_generation(self, name: str) -> Self:
        """Give the keystore with one generation ended.

        Raises:
            ConfigurationError: It is the newest, or there is none of that name.
        """
        if name == self.newest.name:
            raise ConfigurationError("the newest generation of a key cannot be ended")
        if name not in {one.name for one in self.generations}:
            raise ConfigurationError(f"the keystore has no generation {name}")
        ended = tuple(
            replace(one, key=None) if one.name == name else one for one in self.generations
        )
        return replace(self, generations=ended)

    def _unlock(self, passphrase: str | None) -> WrappingKey | None:
        if self.lock is None:
            if passphrase is not None:
                raise ConfigurationError("a passphrase is set, and the keystore has none")
            return None
        if passphrase is None:
            raise WrongKey("it needs a passphrase")
        return self.lock.key(passphrase)


def _version_1(content: dict[str, Any]) -> tuple[Lock | None, tuple[Generation, ...]]:
    if "key" in content:
        key = b64decode(content["key"], validate=True)
        return None, (Generation(1, WrappingKey(key).fingerprint, key),)
    lock = _lock(content["passphrase"])
    return lock, (Generation(1, b"", b64decode(content["wrapped"], validate=True)),)


def _lock(content: dict[str, Any] | None) -> Lock | None:
    if content is None:
        return None
    cost = content["log2_cost"]
    # A forged cost must not take all the machine's memory.
    if (
        content["algorithm"] != "scrypt"
        or type(cost) is not int
        or not 1 <= cost <= _MOST_LOG2_COST
    ):
        raise ValueError
    return Lock(cost, b64decode(content["salt"], validate=True))


def _generation(content: dict[str, Any], lock: Lock | None) -> Generation:
    number, fingerprint = content["number"], bytes.fromhex(content["fingerprint"])
    key = None if content["key"] is None else b64decode(content["key"], validate=True)
    is_plain = key is not None and lock is None
    if type(number) is not int or len(fingerprint) != _FINGERPRINT_BYTES:
        raise ValueError
    if is_plain and len(key or b"") != KEY_BYTES:
        raise ValueError
    return Generation(number, fingerprint, key)
