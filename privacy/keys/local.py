"""The ``local:`` provider: the key-encryption key in a file that only its owner can read.

What it protects against: whoever has the zone's files, its store or a backup of them without the
keystore reads nothing; with a passphrase, whoever has the keystore too must guess that first. What
it does not: the administrator of the machine, and a program that runs as the same user, can read
the key. Good for one machine and for trying the product; in production the key belongs in a key
service or a hardware module, which never let it out. The form of the file is in
`privacy.keys.keystore`.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from filelock import FileLock

from privacy.errors import ConfigurationError, KeyDestroyed, Tampered, WrongKey
from privacy.keys.keystore import Keystore
from privacy.keys.provider import KeyProvider
from privacy.keys.wrapping import WrappingKey, fingerprint_of
from privacy.whole_files import sync
from privacy.zones.layout import ZoneLayout

KEYSTORE_NAME = "keystore.json"

_LOCK_NAME = "keystore.lock"
_LOCK_SECONDS = 60
_LARGEST_FILE_BYTES = 1 << 16


class LocalProvider:
    """Wraps with a key-encryption key read from a keystore file.

    The file is read again at every call: a keystore that was destroyed works for nobody, not even
    for a process that had it open.
    """

    def __init__(self, folder: Path, *, passphrase: str | None = None) -> None:
        self._path = folder / KEYSTORE_NAME
        self._passphrase = passphrase
        self._opened: tuple[bytes, Keystore, dict[int, WrappingKey]] | None = None

    @property
    def exists(self) -> bool:
        """Tell whether there is a keystore, a destroyed one included."""
        return self._path.exists()

    def create(self, *, log2_cost: int | None = None) -> None:
        """Make the keystore with a new key, unless there is one.

        Args:
            log2_cost: Of scrypt, where a passphrase was given; `SCRYPT_LOG2_COST` by default.
        """
        made = Keystore.new(self._passphrase, log2_cost)
        # Written aside and linked into place: nobody ever reads half a keystore, and of two
        # processes that make one at the same time, the second keeps the first one's.
        aside = self._write_aside(made)
        try:
            with suppress(FileExistsError):
                os.link(aside, self._path)
        finally:
            aside.unlink()
        sync(self._path.parent)

    def wrap(self, key: bytes, *, context: bytes) -> bytes:
        """Encrypt a key under the newest generation; see `KeyProvider.wrap`."""
        keystore, keys = self._open()
        return keys[keystore.newest.number].wrap(key, context)

    def unwrap(self, wrapped: bytes, *, context: bytes) -> bytes:
        """Give the key that was wrapped; see `KeyProvider.unwrap`."""
        keystore, keys = self._open()
        number = self._number(keystore, keys, fingerprint_of(wrapped))
        if number not in keys:
            raise KeyDestroyed(f"generation {number} of the key-encryption key has ended")
        return keys[number].unwrap(wrapped, context)

    def generation(self) -> str:
        """Name the newest generation; see `KeyProvider.generation`."""
        return self._open()[0].newest.name

    def generation_of(self, wrapped: bytes) -> str:
        """Name the generation that wrapped a key; see `KeyProvider.generation_of`."""
        return str(self._number(*self._open(), fingerprint_of(wrapped)))

    def generations(self) -> tuple[str, ...]:
        """Name the generations that still unwrap; see `KeyProvider.generations`."""
        return tuple(map(str, sorted(self._open()[1])))

    def begin_generation(self) -> str:
        """Begin a new generation; see `KeyProvider.begin_generation`."""
        with self._locked():
            changed = self._open()[0].with_generation(self._passphrase)
            self._replace(changed)
        return changed.newest.name

    def end_generation(self, generation: str) -> None:
        """Take one generation's key out of the file; see `KeyProvider.end_generation`.

        The old bytes are overwritten in place; what `destroy` says of copies holds here too.
        """
        with self._locked():
            keystore = self._open()[0]
            changed = keystore.without_generation(generation)
            if changed != keystore:
                self._replace(changed)

    def destroy(self) -> None:
        """Overwrite the keystore with a note that it is gone.

        The old bytes are overwritten in place too. A copying file system, a solid-state disk and
        a backup may still hold them: that is why production keys belong in a key service.
        """
        with self._locked():
            self._replace(Keystore(None))

    def _open(self) -> tuple[Keystore, dict[int, WrappingKey]]:
        content = self._read()
        if self._opened is not None and self._opened[0] == content:
            return self._opened[1:]
        try:
            keystore = Keystore.parse(content)
            if not keystore.generations:
                raise KeyDestroyed("the zone's key-encryption key was destroyed")
            self._opened = (content, keystore, keystore.open(self._passphrase))
        except (Tampered, WrongKey) as error:
            raise type(error)(f"the keystore {self._path}: {error}") from None
        return self._opened[1:]

    @staticmethod
    def _number(keystore: Keystore, keys: dict[int, WrappingKey], fingerprint: bytes) -> int:
        for one in keystore.generations:
            key = keys.get(one.number)
            if fingerprint == (one.fingerprint if key is None else key.fingerprint):
                return one.number
        raise WrongKey("the key was wrapped under another key")

    # --- the file -------------------------------------------------------------------------------

    def _locked(self) -> FileLock:
        return FileLock(self._path.with_name(_LOCK_NAME), timeout=_LOCK_SECONDS, mode=0o600)

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

    def _replace(self, keystore: Keystore) -> None:
        """Put a new file in place of the old one, whose bytes are then overwritten."""
        aside = self._write_aside(keystore)
        old = None
        with suppress(FileNotFoundError):
            old = os.open(self._path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        aside.replace(self._path)
        sync(self._path.parent)
        self._opened = None
        if old is not None:
            try:
                os.pwrite(old, b"\0" * os.fstat(old).st_size, 0)
                os.fsync(old)
            finally:
                os.close(old)

    def _write_aside(self, keystore: Keystore) -> Path:
        aside = self._path.with_name(f".{KEYSTORE_NAME}.{token_hex(8)}")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        with os.fdopen(os.open(aside, flags, 0o600), "wb") as file:
            file.write(keystore.to_bytes())
            file.flush()
            os.fsync(file.fileno())
        return aside


def opener(rest: str, layout: ZoneLayout, passphrase: str | None, create: bool) -> KeyProvider:
    """Open a ``local:`` URI; see `privacy.keys.providers`."""
    if rest:
        raise ConfigurationError("key_uri 'local:' takes no path: the keystore lies in the zone")
    provider = LocalProvider(layout.keys, passphrase=passphrase)
    if create and not provider.exists:
        provider.create()
    return provider
