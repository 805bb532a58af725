"""Epoch keys: wrapped by the key provider, they wrap the data keys locally.

One provider call a process opens an epoch; after that, a million data keys cost no call. A data key
says which epoch it is wrapped under, so that a new epoch can begin while the old one is in use.
"""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_bytes
from threading import Lock
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, func, select, update

from privacy.clock import Clock
from privacy.errors import ConfigurationError, KeyDestroyed
from privacy.ids import ZoneId
from privacy.keys.provider import KeyProvider
from privacy.keys.suites import joined
from privacy.keys.wrapping import WrappingKey
from privacy.store.batches import insert_if_absent
from privacy.store.tables import DATA_KEYS, EPOCHS

_KEY_BYTES = 32


class EpochRow(NamedTuple):
    """What is known of an epoch: when it was opened, and destroyed if it was; both UTC."""

    epoch: int
    opened_at: datetime
    destroyed_at: datetime | None


class Epochs:
    """The zone's epoch keys; safe between threads and between processes."""

    def __init__(self, zone: ZoneId, store: Engine, provider: KeyProvider, clock: Clock) -> None:
        self._zone = zone
        self._store = store
        self._provider = provider
        self._clock = clock
        self._opened: dict[int, WrappingKey] = {}
        self._lock = Lock()

    def current(self) -> int:
        """Give the number of the epoch that new keys are wrapped under.

        Raises:
            ConfigurationError: The zone has none.
        """
        with self._store.connect() as connection:
            newest: int | None = connection.scalar(_NEWEST)
        if newest is None:
            raise ConfigurationError(f"zone {self._zone} has no epoch key")
        return newest

    def key(self, epoch: int) -> WrappingKey:
        """Give the key of an epoch.

        Raises:
            KeyDestroyed: The epoch is over and its key is gone.
            KeyUnavailable: The key service did not answer. Safe to retry.
        """
        with self._lock:
            if epoch not in self._opened:
                query = select(EPOCHS.c.wrapped).where(EPOCHS.c.epoch == epoch)
                with self._store.connect() as connection:
                    wrapped: bytes | None = connection.scalar(query)
                if wrapped is None:
                    raise KeyDestroyed(f"the key of epoch {epoch} was destroyed")
                raw = self._provider.unwrap(wrapped, context=self._context(epoch))
                self._opened[epoch] = WrappingKey(raw)
            return self._opened[epoch]

    def hold(self, connection: Connection, epoch: int) -> bool:
        """Tell, inside a write transaction, whether an epoch is still the newest, and keep it so.

        A rotation that starts meanwhile waits until the transaction is over.
        """
        locked = select(EPOCHS.c.epoch).where(EPOCHS.c.epoch == epoch).with_for_update(read=True)
        connection.execute(locked)
        return bool(connection.scalar(_NEWEST) == epoch)

    def open_next(self) -> int:
        """Begin a new epoch; give its number. Of two processes at once, both get the same."""
        with self._store.connect() as connection:
            newest = connection.scalar(select(func.max(EPOCHS.c.epoch))) or 0
        epoch: int = newest + 1
        wrapped = self._provider.wrap(token_bytes(_KEY_BYTES), context=self._context(epoch))
        row = {"epoch": epoch, "wrapped": wrapped, "opened_at": self._clock()}
        with self._store.begin() as connection:
            connection.execute(select(EPOCHS.c.epoch).with_for_update())
            insert_if_absent(connection, EPOCHS, [row])
        return epoch

    def history(self) -> list[EpochRow]:
        """Give every epoch there ever was, oldest first."""
        query = select(EPOCHS.c.epoch, EPOCHS.c.opened_at, EPOCHS.c.destroyed_at)
        with self._store.connect() as connection:
            rows: Sequence[Any] = connection.execute(query.order_by(EPOCHS.c.epoch)).all()
        return [EpochRow(*row) for row in rows]

    def end(self, epoch: int) -> bool:
        """Destroy the key of an epoch that is not the newest and wraps no data key any more.

        Returns:
            Whether it was destroyed now: not, when it was before, or is still in use.
        """
        in_use = select(DATA_KEYS.c.owner_id).where(
            DATA_KEYS.c.epoch == epoch, DATA_KEYS.c.wrapped.is_not(None)
        )
        with self._store.begin() as connection:
            newest = connection.scalar(_NEWEST)
            if newest is None or epoch >= newest or connection.scalar(in_use.limit(1)) is not None:
                return False
            standing = (EPOCHS.c.epoch == epoch) & EPOCHS.c.wrapped.is_not(None)
            gone = {"wrapped": None, "destroyed_at": self._clock()}
            count = connection.execute(update(EPOCHS).where(standing).values(gone)).rowcount
        with self._lock:
            self._opened.pop(epoch, None)
        return bool(count)

    def generations(self) -> dict[int, str]:
        """Name the generation that wrapped each epoch that has not ended."""
        query = select(EPOCHS.c.epoch, EPOCHS.c.wrapped).where(EPOCHS.c.wrapped.is_not(None))
        with self._store.connect() as connection:
            rows = connection.execute(query).all()
        return {row.epoch: self._provider.generation_of(row.wrapped) for row in rows}

    def _context(self, epoch: int) -> bytes:
        return joined(self._zone, f"epoch-{epoch}")


_NEWEST = select(func.max(EPOCHS.c.epoch)).where(EPOCHS.c.wrapped.is_not(None))
