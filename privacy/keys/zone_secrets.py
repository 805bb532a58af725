"""The zone's own keys, each wrapped by the key provider in the store's table ``zone_secrets``.

Keys of subjects and customers do not belong here (`privacy.keys.data_keys`).
"""

import re
from collections.abc import Callable, Sequence
from secrets import token_bytes
from threading import Lock
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine, delete, select, update

from privacy.clock import Clock
from privacy.errors import ConfigurationError
from privacy.ids import ZoneId
from privacy.keys import handoff
from privacy.keys.provider import KeyProvider
from privacy.keys.suites import joined
from privacy.store.batches import insert_if_absent
from privacy.store.tables import ZONE_SECRETS

SECRET_BYTES = 32

_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")


def _new_signing_key() -> tuple[bytes, bytes]:
    private = Ed25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


PAIRS: dict[str, Callable[[], tuple[bytes, bytes]]] = {
    "signing": _new_signing_key,
    "handoff": handoff.new_key,
}
"""Secrets with a public half; never given out, only used."""


def has_secrets(store: Engine) -> bool:
    """Tell whether a zone's keys were ever made in this store."""
    with store.connect() as connection:
        return connection.execute(select(ZONE_SECRETS.c.name).limit(1)).first() is not None


class ZoneSecrets:
    """Reads each secret once a process, and mints one the first time its name is asked for.

    Safe between threads, and between processes: of two that mint at the same time, both use the
    one that reached the store first.
    """

    def __init__(self, zone: ZoneId, store: Engine, provider: KeyProvider, clock: Clock) -> None:
        self._zone = zone
        self._store = store
        self._provider = provider
        self._clock = clock
        self._opened: dict[str, bytes] = {}
        self._lock = Lock()

    def get(self, name: str, initial: bytes | None = None) -> bytes:
        """Give a secret.

        Args:
            name: Up to 40 of ``a-z 0-9 -``.
            initial: What it becomes where there is none yet; 32 random bytes by default.

        Raises:
            KeyUnavailable: The key service did not answer. Safe to retry.
            WrongKey: It was wrapped under another key-encryption key.
        """
        with self._lock:
            if name not in self._opened:
                wrapped = self._read(name) or self._mint(name, initial)
                context = joined(self._zone, name)
                self._opened[name] = self._provider.unwrap(wrapped, context=context)
            return self._opened[name]

    def names(self) -> list[str]:
        """Name the secrets there are."""
        with self._store.connect() as connection:
            return list(connection.scalars(select(ZONE_SECRETS.c.name)))

    def destroy(self, name: str) -> None:
        """Destroy a secret for good; one that is not there is no error."""
        with self._store.begin() as connection:
            connection.execute(delete(ZONE_SECRETS).where(ZONE_SECRETS.c.name == name))
        with self._lock:
            self._opened.pop(name, None)

    def rewrap(self) -> int:
        """Wrap again, under the newest generation, what older ones wrapped; gives how many."""
        newest = self._provider.generation()
        query = select(ZONE_SECRETS.c.name, ZONE_SECRETS.c.wrapped)
        with self._store.connect() as connection:
            rows: Sequence[Any] = connection.execute(query).all()
        count = 0
        for name, wrapped in rows:
            if self._provider.generation_of(wrapped) == newest:
                continue
            context = joined(self._zone, name)
            raw = self._provider.unwrap(wrapped, context=context)
            again = self._provider.wrap(raw, context=context)
            mine = (ZONE_SECRETS.c.name == name) & (ZONE_SECRETS.c.wrapped == wrapped)
            with self._store.begin() as connection:
                count += connection.execute(
                    update(ZONE_SECRETS).where(mine).values(wrapped=again)
                ).rowcount
        return count

    def generations(self) -> set[str]:
        """Name the generations that wrapped what is kept here."""
        with self._store.connect() as connection:
            rows = connection.execute(select(ZONE_SECRETS.c.wrapped)).all()
        return {self._provider.generation_of(row.wrapped) for row in rows}

    def _read(self, name: str) -> bytes | None:
        query = select(ZONE_SECRETS.c.wrapped).where(ZONE_SECRETS.c.name == name)
        with self._store.connect() as connection:
            wrapped: bytes | None = connection.scalar(query)
            return wrapped

    def _mint(self, name: str, initial: bytes | None) -> bytes:
        if not _NAME.fullmatch(name):
            raise ConfigurationError(f"{name!r} cannot be the name of a zone secret")
        public = None
        if name in PAIRS:
            private, public = PAIRS[name]()
        else:
            private = token_bytes(SECRET_BYTES) if initial is None else initial
        row = {
            "name": name,
            "wrapped": self._provider.wrap(private, context=joined(self._zone, name)),
            "public": public,
            "created_at": self._clock(),
        }
        with self._store.begin() as connection:
            insert_if_absent(connection, ZONE_SECRETS, [row])
        kept = self._read(name)
        if kept is None:
            raise ConfigurationError(f"the zone secret {name!r} was removed while it was made")
        return kept
