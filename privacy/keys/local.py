"""The ``local:`` provider: the key-encryption key in a file that only its owner can read.

The file is JSON: ``version`` 1, and either ``key`` (32 bytes, base64), or ``passphrase`` with the
scrypt parameters and ``wrapped``, or ``destroyed`` once the key is gone. Good for one machine and
for trying the product; in production the key belongs in a key service.
"""

import json
import os
import stat
from base64 import b64decode, b64encode
from contextlib import suppress
from pathlib import Path
from secrets import token_bytes, token_hex
from typing import Any

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from privacy.errors import ConfigurationError, KeyDestroyed, Tampered, WrongKey
from privacy.keys.wrapping import WrappingKey

KEYSTORE_NAME = "keystore.json"

_KEY_BYTES = 32
_SALT_BYTES = 16
_LARGEST_FILE_BYTES = 4096
SCRYPT_LOG2_COST = 17
"""128 MiB and some 0.4 s a try (OWASP's first choice for scrypt)."""
_SCRYPT_MOST_LOG2_COST = 20
_SCRYPT_BLOCK = 8
_PASSPHRASE_CONTEXT = b"c360 keystore v1"


class LocalProvider:
    """Wraps with a key-encryption key read from a keystore file.

    The file is read again at every call: a keystore that was destroyed works for nobody, not even
    for a process that had it open.
    """

    def __init__(self, folder: Path, *, passphrase: str | None = None) -> None:
        self._path = folder / KEYSTORE_NAME
        self._passphrase = passphrase
        self._opened: tuple[bytes, WrappingKey] | None = None

    @property
    def exists(self) -> bool:
        """Tell whether there is a keystore, a destroyed one included."""
        return self._path.exists()

    def create(self, *, log2_cost: int | None = None) -> None:
        """Make the keystore with a new key, unless there is one.

        Args:
            log2_cost: Of scrypt, where a passphrase was given; `SCRYPT_LOG2_COST` by default.
        """
        log2_cost = log2_cost or SCRYPT_LOG2_COST
        key = token_bytes(_KEY_BYTES)
        content: dict[str, Any] = {"version": 1}
        if self._passphrase is None:
            content["key"] = b64encode(key).decode("ascii")
        else:
            salt = token_bytes(_SALT_BYTES)
            stretched = _stretch(self._passphrase, salt, log2_cost)
            content["passphrase"] = {
                "algorithm": "scrypt",
                "log2_cost": log2_cost,
                "salt": b64encode(salt).decode("ascii"),
            }
            wrapped = WrappingKey(stretched).wrap(key, _PASSPHRASE_CONTEXT)
            content["wrapped"] = b64encode(wrapped).decode("ascii")
        # Written aside and linked into place: nobody ever reads half a keystore, and of two
        # processes that make one at the same time, the second keeps the first one's.
        aside = self._path.with_name(f".{KEYSTORE_NAME}.{token_hex(8)}")
        _write_private(aside, json.dumps(content).encode("ascii"))
        try:
            with suppress(FileExistsError):
                os.link(aside, self._path)
        finally:
            aside.unlink()
        _sync_folder(self._path.parent)

    def wrap(self, key: bytes, *, context: bytes) -> bytes:
        """Encrypt a key under the keystore's; see `KeyProvider.wrap`."""
        return self._key().wrap(key, context)

    def unwrap(self, wrapped: bytes, *, context: bytes) -> bytes:
        """Give the key that was wrapped; see `KeyProvider.unwrap`."""
        return self._key().unwrap(wrapped, context)

    def destroy(self) -> None:
        """Overwrite the keystore with a note that it is gone.

        The old bytes are overwritten in place first. A copying file system, a solid-state disk and
        a backup may still hold them: that is why production keys belong in a key service.
        """
        with suppress(FileNotFoundError), self._path.open("r+b") as file:
            length = os.fstat(file.fileno()).st_size
            file.write(b"\0" * length)
            file.flush()
            os.fsync(file.fileno())
        aside = self._path.with_name(f".{KEYSTORE_NAME}.{token_hex(8)}")
        _write_private(aside, json.dumps({"version": 1, "destroyed": True}).encode("ascii"))
        aside.replace(self._path)
        _sync_folder(self._path.parent)
        self._opened = None

    def _key(self) -> WrappingKey:
        content = self._read()
        if self._opened is None or self._opened[0] != content:
            self._opened = (content, WrappingKey(self._parse(content)))
        return self._opened[1]

    def _read(self) -> bytes:
        try:
            descriptor = os.open(self._path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            raise ConfigurationError(f"no keystore at {self._path}") from None
        except OSError as error:
            raise ConfigurationError(
                f"the keystore {self._path} cannot be read: {error.strerror}"
            ) from None
        try:
            mode = os.fstat(descriptor).st_mode
            if not stat.S_ISREG(mode) or mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise ConfigurationError(
                    f"the keystore {self._path} is open to others: chmod 600 it"
                )
            return os.read(descriptor, _LARGEST_FILE_BYTES)
        finally:
            os.close(descriptor)

    def _parse(self, raw: bytes) -> bytes:
        try:
            content = json.loads(raw)
            is_known = content["version"] == 1
            is_destroyed = bool(content.get("destroyed"))
            key = None if is_destroyed or not is_known else self._unlock(content)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise Tampered(f"the keystore {self._path} is not of its form") from None
        if is_destroyed:
            raise KeyDestroyed("the zone's key-encryption key was destroyed")
        if key is None or len(key) != _KEY_BYTES:
            raise Tampered(f"the keystore {self._path} is not of its form")
        return key

    def _unlock(self, content: dict[str, Any]) -> bytes | None:
        if "key" in content:
            return b64decode(content["key"], validate=True)
        stretching = content["passphrase"]
        log2_cost = int(stretching["log2_cost"])
        salt = b64decode(stretching["salt"], validate=True)
        wrapped = b64decode(content["wrapped"], validate=True)
        # A forged cost must not take all the machine's memory.
        if stretching["algorithm"] != "scrypt" or not 1 <= log2_cost <= _SCRYPT_MOST_LOG2_COST:
            return None
        if self._passphrase is None:
            raise WrongKey(f"the keystore {self._path} needs a passphrase")
        stretched = _stretch(self._passphrase, salt, log2_cost)
        try:
            return WrappingKey(stretched).unwrap(wrapped, _PASSPHRASE_CONTEXT)
        except WrongKey:
            raise WrongKey(f"that is not the passphrase of the keystore {self._path}") from None


def _stretch(passphrase: str, salt: bytes, log2_cost: int) -> bytes:
    scrypt = Scrypt(salt=salt, length=_KEY_BYTES, n=1 << log2_cost, r=_SCRYPT_BLOCK, p=1)
    return scrypt.derive(passphrase.encode("utf-8", "surrogatepass"))


def _write_private(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
