"""The ``vault:`` provider: a key in the Transit engine of HashiCorp Vault or OpenBao.

``vault:MOUNT/NAME``; address, token and namespace come from where hvac finds them (``VAULT_ADDR``,
``VAULT_TOKEN``, ``VAULT_NAMESPACE``). The key is *derived*: each context is wrapped under a key
derived from it, so a ciphertext opens in its own context only. A generation is a version of the
key; ended ones are trimmed, which Vault cannot undo. The token needs encrypt, decrypt, read,
rotate, config and trim on the key.

Wrapped keys are Vault's own ``vault:vN:…`` in ASCII.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from privacy.errors import ConfigurationError, KeyDestroyed, KeyUnavailable, Tampered
from privacy.keys.provider import KeyProvider
from privacy.zones.layout import ZoneLayout

_PLACE = re.compile(r"([A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*)/([A-Za-z0-9_.-]+)")
_CIPHERTEXT = re.compile(rb"vault:v([1-9]\d{0,8}):[A-Za-z0-9+/]+={0,2}")
_SECONDS = 10


class VaultProvider:
    """Wraps with a Transit key; see the module for its place and rights."""

    def __init__(self, mount: str, name: str, client: Any) -> None:
        self._transit = client.secrets.transit
        self._at = {"name": name, "mount_point": mount}

    def create(self) -> None:
        """Make the key, unless there is one."""
        with _converted():
            self._transit.create_key(**self._at, derived=True, key_type="aes256-gcm96")

    def wrap(self, key: bytes, *, context: bytes) -> bytes:
        """Encrypt a key in Vault; see `KeyProvider.wrap`."""
        # Vault makes a missing key at the first encryption: a destroyed one must not come back so.
        self._versions()
        with _converted():
            answer = self._transit.encrypt_data(
                **self._at, plaintext=_text(key), context=_text(context)
            )
        ciphertext: str = answer["data"]["ciphertext"]
        return ciphertext.encode("ascii")

    def unwrap(self, wrapped: bytes, *, context: bytes) -> bytes:
        """Decrypt a key in Vault; see `KeyProvider.unwrap`."""
        version = int(self.generation_of(wrapped))
        if version < self._versions()[0]:
            raise KeyDestroyed(f"generation {version} of the key-encryption key has ended")
        with _converted():
            answer = self._transit.decrypt_data(
                **self._at, ciphertext=wrapped.decode("ascii"), context=_text(context)
            )
        return b64decode(answer["data"]["plaintext"])

    def generation(self) -> str:
        """Name the newest version; see `KeyProvider.generation`."""
        return str(self._versions()[1])

    def generation_of(self, wrapped: bytes) -> str:
        """Name the version that wrapped a key; see `KeyProvider.generation_of`.

        Vault does not tell a ciphertext of another key from a changed one: both are `Tampered`.
        """
        match = _CIPHERTEXT.fullmatch(wrapped)
        if match is None:
            raise Tampered("not a wrapped key")
        return match[1].decode("ascii")

    def generations(self) -> tuple[str, ...]:
        """Name the versions that still decrypt; see `KeyProvider.generations`."""
        oldest, newest = self._versions()
        return tuple(str(version) for version in range(oldest, newest + 1))

    def begin_generation(self) -> str:
        """Rotate the key; see `KeyProvider.begin_generation`."""
        self._versions()
        with _converted():
            self._transit.rotate_key(**self._at)
        return self.generation()

    def end_generation(self, generation: str) -> None:
        """Trim the oldest version away; see `KeyProvider.end_generation`."""
        oldest, newest = self._versions()
        if not generation.isdecimal() or int(generation) >= newest:
            raise ConfigurationError("the newest generation of a key cannot be ended")
        if int(generation) > oldest:
            raise ConfigurationError("Vault ends the versions of a key oldest first")
        if int(generation) < oldest:
            return
        with _converted():
            # Both must be set before Vault trims; hvac refuses equal ones in one call.
            self._transit.update_key_configuration(**self._at, min_decryption_version=oldest + 1)
            self._transit.update_key_configuration(**self._at, min_encryption_version=oldest + 1)
            self._transit.trim_key(**self._at, min_version=oldest + 1)

    def destroy(self) -> None:
        """Delete the key with all its versions; see `KeyProvider.destroy`."""
        try:
            self._versions()
        except KeyDestroyed:
            return
        with _converted():
            self._transit.update_key_configuration(**self._at, deletion_allowed=True)
            self._transit.delete_key(**self._at)

    def _versions(self) -> tuple[int, int]:
        """Give the oldest version that decrypts, and the newest."""
        with _converted():
            known = self._transit.read_key(**self._at)["data"]
        if not known.get("derived"):
            raise ConfigurationError("vault: the Transit key must be made with derived=true")
        return int(known["min_decryption_version"]), int(known["latest_version"])


def opener(rest: str, layout: ZoneLayout, passphrase: str | None, create: bool) -> KeyProvider:
    """Open a ``vault:`` URI; see `privacy.keys.providers`."""
    place = _PLACE.fullmatch(rest)
    if place is None:
        raise ConfigurationError("write the key_uri as vault:MOUNT/NAME")
    if passphrase is not None:
        raise ConfigurationError("vault: takes no passphrase; its token is hvac's")
    try:
        import hvac  # type: ignore[import-untyped, unused-ignore]
    except ImportError:
        raise ConfigurationError("vault: needs hvac: install c360[vault]") from None
    provider = VaultProvider(place[1], place[2], hvac.Client(timeout=_SECONDS))
    if create:
        provider.create()
    return provider


def _text(value: bytes) -> str:
    return b64encode(value).decode("ascii")


@contextmanager
def _converted() -> Iterator[None]:
    """Convert what hvac raises to ours; no message of Vault is repeated."""
    from hvac import exceptions
    from requests.exceptions import RequestException

    try:
        yield
    except exceptions.InvalidPath:
        raise KeyDestroyed("the key-encryption key does not exist, or was destroyed") from None
    except exceptions.InvalidRequest:
        raise Tampered("a wrapped key was changed, or belongs to another owner") from None
    except (exceptions.Forbidden, exceptions.Unauthorized):
        raise ConfigurationError("vault: the token may not use the key") from None
    except (exceptions.VaultError, RequestException) as error:
        raise KeyUnavailable(f"vault: {type(error).__name__}") from None
