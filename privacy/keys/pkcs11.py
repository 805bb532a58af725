"""The ``pkcs11:`` provider: a key that never leaves a hardware security module.

``pkcs11:token=TOKEN;object=NAME?module-path=/path/of/the/vendor's/library.so`` (RFC 7512); the user
PIN is the zone's passphrase. Each generation is an AES-256 key object in the token, sensitive and
not extractable, labelled NAME; its CKA_ID is a number of 4 bytes and 4 random ones. What was ended
is noted in a data object beside them, without which an ended key and a foreign one look alike.

======  ======  ==================================================================================
offset  length  content
======  ======  ==================================================================================
0       1       version: 1
1       8       CKA_ID of the key object
9       12      nonce, random
21      n       wrapped key, AES-256-GCM in the module, the context as additional data
21 + n  16      tag
======  ======  ==================================================================================

Where a law asks for certified cryptography (FIPS 140-3, GM/T 0028), the module is what is
certified; SoftHSM2, which the tests use, is a program and certified by nobody.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from os import urandom
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, unquote

from privacy.errors import ConfigurationError, KeyDestroyed, KeyUnavailable, Tampered, WrongKey
from privacy.keys.provider import KeyProvider
from privacy.keys.suites import NONCE_BYTES, TAG_BYTES
from privacy.zones.layout import ZoneLayout

_VERSION = b"\x01"
_ID_BYTES = 8
_HEAD_BYTES = 1 + _ID_BYTES
_LEAST_BYTES = _HEAD_BYTES + NONCE_BYTES + TAG_BYTES
_KEY_BITS = 256
_TURN = Lock()
_NAME = re.compile(r"[A-Za-z0-9 _.-]{1,32}")


class Pkcs11Provider:
    """Wraps in a PKCS#11 token: a session a call, because who is logged in counts for a process."""

    def __init__(self, module: str, token: str, name: str, pin: str) -> None:
        self._module = module
        self._token = token
        self._name = name
        self._pin = pin

    def create(self) -> None:
        """Make the first key, unless there is one or was one."""
        with self._used() as session:
            if not self._keys(session) and not self._ended(session):
                self._generate(session, 1)

    def wrap(self, key: bytes, *, context: bytes) -> bytes:
        """Encrypt a key in the token; see `KeyProvider.wrap`."""
        with self._used() as session:
            held = self._newest(session)
            nonce = urandom(NONCE_BYTES)
            sealed = held.encrypt(key, **_gcm(nonce, context))
            return b"".join((_VERSION, held.id, nonce, sealed))

    def unwrap(self, wrapped: bytes, *, context: bytes) -> bytes:
        """Decrypt a key in the token; see `KeyProvider.unwrap`."""
        from pkcs11.exceptions import PKCS11Error

        nonce = wrapped[_HEAD_BYTES : _HEAD_BYTES + NONCE_BYTES]
        with self._used() as session:
            held = self._held(session, _id_of(wrapped))
            if held is None:
                raise KeyDestroyed("that generation of the key-encryption key has ended")
            try:
                key: bytes = held.decrypt(
                    wrapped[_HEAD_BYTES + NONCE_BYTES :], **_gcm(nonce, context)
                )
            except PKCS11Error as error:
                if _is_outage(error):
                    raise
                raise Tampered("a wrapped key was changed, or is another owner's") from None
            return key

    def generation(self) -> str:
        """Name the newest key object; see `KeyProvider.generation`."""
        with self._used() as session:
            return str(self._newest(session).id.hex())

    def generation_of(self, wrapped: bytes) -> str:
        """Name the key object that wrapped a key; see `KeyProvider.generation_of`."""
        identity = _id_of(wrapped)
        with self._used() as session:
            self._held(session, identity)
        return identity.hex()

    def generations(self) -> tuple[str, ...]:
        """Name the key objects there are; see `KeyProvider.generations`."""
        with self._used() as session:
            return tuple(key.id.hex() for key in self._keys(session))

    def begin_generation(self) -> str:
        """Make a new key object; see `KeyProvider.begin_generation`."""
        with self._used() as session:
            number = int.from_bytes(self._newest(session).id[:4], "big") + 1
            return str(self._generate(session, number).hex())

    def end_generation(self, generation: str) -> None:
        """Destroy one key object; see `KeyProvider.end_generation`."""
        with self._used() as session:
            if self._newest(session).id.hex() == generation:
                raise ConfigurationError("the newest generation of a key cannot be ended")
            for key in self._keys(session):
                if key.id.hex() == generation:
                    self._end(session, key)

    def destroy(self) -> None:
        """Destroy every key object; see `KeyProvider.destroy`."""
        with self._used() as session:
            for key in self._keys(session):
                self._end(session, key)

    # --- the token ------------------------------------------------------------------------------

    @contextmanager
    def _used(self) -> Iterator[Any]:
        """Give a session; convert the library's errors to ours."""
        from pkcs11 import exceptions

        with _TURN:
            try:
                with self._opened() as session:
                    yield session
            except (exceptions.PinIncorrect, exceptions.PinLenRange, exceptions.PinInvalid):
                raise WrongKey(f"that is not the PIN of the token {self._token!r}") from None
            except exceptions.PinLocked:
                raise ConfigurationError(f"the token {self._token!r} is locked") from None
            except exceptions.PKCS11Error as error:
                raise KeyUnavailable(f"pkcs11: {type(error).__name__}") from None

    def _opened(self) -> Any:
        import pkcs11

        try:
            library = pkcs11.lib(self._module)
        except (pkcs11.exceptions.PKCS11Error, RuntimeError, OSError):
            raise ConfigurationError(f"pkcs11: {self._module} cannot be loaded") from None
        return library.get_token(token_label=self._token).open(rw=True, user_pin=self._pin)

    def _keys(self, session: Any) -> list[Any]:
        from pkcs11 import Attribute, ObjectClass

        wanted = {Attribute.CLASS: ObjectClass.SECRET_KEY, Attribute.LABEL: self._name}
        return sorted(session.get_objects(wanted), key=lambda key: key.id)

    def _ended(self, session: Any) -> set[bytes]:
        from pkcs11 import Attribute, ObjectClass

        wanted = {Attribute.CLASS: ObjectClass.DATA, Attribute.LABEL: self._name}
        return {bytes(note[Attribute.VALUE]) for note in session.get_objects(wanted)}

    def _newest(self, session: Any) -> Any:
        keys = self._keys(session)
        if keys:
            return keys[-1]
        if self._ended(session):
            raise KeyDestroyed("the zone's key-encryption key was destroyed")
        raise ConfigurationError(f"the token {self._token!r} holds no key {self._name!r}")

    def _held(self, session: Any, identity: bytes) -> Any:
        """Give the key object of an id; None for one that has ended."""
        for key in self._keys(session):
            if key.id == identity:
                return key
        if identity in self._ended(session):
            return None
        raise WrongKey("the key was wrapped under another key")

    def _generate(self, session: Any, number: int) -> bytes:
        from pkcs11 import Attribute, KeyType, MechanismFlag

        identity = number.to_bytes(4, "big") + urandom(4)
        session.generate_key(
            KeyType.AES,
            _KEY_BITS,
            id=identity,
            label=self._name,
            store=True,
            capabilities=MechanismFlag.ENCRYPT | MechanismFlag.DECRYPT,
            template={Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False},
        )
        return identity

    def _end(self, session: Any, key: Any) -> None:
        from pkcs11 import Attribute, ObjectClass

        # The note first: a key that is gone without it would look like somebody else's.
        session.create_object(
            {
                Attribute.CLASS: ObjectClass.DATA,
                Attribute.LABEL: self._name,
                Attribute.VALUE: key.id,
                Attribute.TOKEN: True,
                Attribute.PRIVATE: True,
            }
        )
        key.destroy()


def opener(rest: str, layout: ZoneLayout, passphrase: str | None, create: bool) -> KeyProvider:
    """Open a ``pkcs11:`` URI; see `privacy.keys.providers`."""
    path, _, query = rest.partition("?")
    parts = dict(one.split("=", 1) for one in path.split(";") if "=" in one)
    token, name = unquote(parts.get("token", "")), unquote(parts.get("object", ""))
    module = dict(parse_qsl(query)).get("module-path", "")
    if not _NAME.fullmatch(token) or not _NAME.fullmatch(name) or not module:
        raise ConfigurationError(
            "write the key_uri as pkcs11:token=TOKEN;object=NAME?module-path=LIBRARY"
        )
    if passphrase is None:
        raise ConfigurationError("pkcs11: needs the token's user PIN as the zone's passphrase")
    try:
        import pkcs11  # noqa: F401 - tells early that it is there
    except ImportError:
        raise ConfigurationError("pkcs11: needs python-pkcs11: install c360[pkcs11]") from None
    provider = Pkcs11Provider(module, token, name, passphrase)
    if create:
        provider.create()
    return provider


def _id_of(wrapped: bytes) -> bytes:
    if len(wrapped) < _LEAST_BYTES or wrapped[:1] != _VERSION:
        raise Tampered("not a wrapped key")
    return wrapped[1:_HEAD_BYTES]


def _gcm(nonce: bytes, context: bytes) -> dict[str, Any]:
    from pkcs11 import GCMParams, Mechanism

    return {
        "mechanism": Mechanism.AES_GCM,
        "mechanism_param": GCMParams(nonce, context, TAG_BYTES * 8),
    }


def _is_outage(error: Exception) -> bool:
    from pkcs11 import exceptions

    return isinstance(
        error,
        (
            exceptions.DeviceRemoved,
            exceptions.DeviceMemory,
            exceptions.SessionClosed,
            exceptions.SessionHandleInvalid,
            exceptions.TokenNotPresent,
            exceptions.UserNotLoggedIn,
        ),
    )
