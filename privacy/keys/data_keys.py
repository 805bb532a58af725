"""Data keys, one per subject and one per customer, in batches: made, opened, destroyed.

Every use asks the store in one statement which keys still stand, so a key that any process
destroyed is closed to all at once; what is kept in memory only saves deriving it again.
"""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from os import urandom
from threading import Lock
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Engine, bindparam, func, select, update

from privacy.clock import Clock
from privacy.errors import KeyDestroyed, Tampered, WrongKey
from privacy.ids import ZoneId
from privacy.keys.envelope import SealingKey
from privacy.keys.epochs import Epochs
from privacy.keys.suites import NONCE_BYTES, Suite
from privacy.store.batches import among, insert_if_absent
from privacy.store.tables import DATA_KEYS

KEY_BYTES = 32

_OWNER = DATA_KEYS.c.owner_id
_BATCH = 20_000
"""Keys a transaction: a quarter of a second, so that no other writer waits long."""
_MOVED_AT_ONCE = 1_000
"""Keys a transaction of a rotation: every look-up writes to the audit log, and waits for it."""


# Only a row that is still as it was read: a key shredded meanwhile must not come back.
_MOVE = (
    update(DATA_KEYS)
    .where(bindparam("of_owner") == _OWNER, DATA_KEYS.c.wrapped == bindparam("of_wrapped"))
    .values(epoch=bindparam("epoch"), wrapped=bindparam("wrapped"))
)


class Standing(NamedTuple):
    """What the store says of some owners' keys.

    Attributes:
        keys: Of those who have one.
        destroyed: Those whose key is gone for ever. The rest never had one.
    """

    keys: dict[str, SealingKey]
    destroyed: set[str]


class DataKeys:
    """The zone's data keys; safe between threads and between processes."""

    def __init__(
        self, zone: ZoneId, suite: Suite, store: Engine, epochs: Epochs, clock: Clock, kept: int
    ) -> None:
        self._zone = zone
        self._suite = suite
        self._store = store
        self._epochs = epochs
        self._clock = clock
        self._kept = kept
        self._opened: OrderedDict[str, tuple[bytes, SealingKey]] = OrderedDict()
        self._lock = Lock()

    def standing(self, owner_ids: Collection[str]) -> Standing:
        """Give the keys that owners have now, and who of them had one that was destroyed."""
        query = select(_OWNER, DATA_KEYS.c.epoch, DATA_KEYS.c.wrapped)
        keys: dict[str, SealingKey] = {}
        destroyed: set[str] = set()
        for batch in _batches(owner_ids):
            with self._store.connect() as connection:
                owned = among(connection, _OWNER, batch)
                rows: Sequence[Any] = connection.execute(query.where(owned)).all()
            closed: list[tuple[str, int, bytes]] = []
            with self._lock:
                for owner_id, epoch, wrapped in rows:
                    if wrapped is None:
                        destroyed.add(owner_id)
                        self._opened.pop(owner_id, None)
                        continue
                    kept = self._opened.get(owner_id)
                    if kept is None or kept[0] != wrapped:
                        closed.append((owner_id, epoch, wrapped))
                    else:
                        self._opened.move_to_end(owner_id)
                        keys[owner_id] = kept[1]
            opened = {row[0]: (row[2], self._unwrap(*row)) for row in closed}
            self._keep(opened)
            keys.update((owner_id, key) for owner_id, (_, key) in opened.items())
        return Standing(keys, destroyed)

    def ensure(self, owner_ids: Collection[str]) -> dict[str, SealingKey]:
        """Give the owners' keys, making those that are missing.

        Raises:
            KeyDestroyed: One of them was destroyed; no key at all was made.
        """
        standing = self.standing(owner_ids)
        _refuse(standing.destroyed)
        keys = standing.keys
        for batch in _batches([one for one in owner_ids if one not in keys]):
            made, is_first = self._make(batch)
            if is_first:
                opened = {
                    owner_id: (wrapped, SealingKey(key, self._suite))
                    for owner_id, wrapped, key in made
                }
                self._keep(opened)
                keys.update((owner_id, key) for owner_id, (_, key) in opened.items())
            else:
                # Another process made some of them first: its keys are the ones that stand.
                standing = self.standing(batch)
                _refuse(standing.destroyed)
                keys.update(standing.keys)
        return keys

    def make_missing(self, owner_ids: Collection[str]) -> None:
        """Make the keys that are missing, and open none.

        Raises:
            KeyDestroyed: One of them was destroyed; no key at all was made.
        """
        query = select(DATA_KEYS.c.owner_id, DATA_KEYS.c.wrapped.is_(None))
        missing = set(owner_ids)
        destroyed: set[str] = set()
        for batch in _batches(owner_ids):
            with self._store.connect() as connection:
                rows = connection.execute(query.where(among(connection, _OWNER, batch))).all()
            missing.difference_update(row[0] for row in rows)
            destroyed.update(row[0] for row in rows if row[1])
        _refuse(destroyed)
        for batch in _batches(missing):
            if not self._make(batch)[1]:
                _refuse(self.standing(batch).destroyed)

    def destroy(self, owner_ids: Collection[str]) -> int:
        """Destroy the owners' keys, and bar those who had none from ever getting one.

        Returns:
            How many keys were destroyed now; those destroyed before do not count.
        """
        count = 0
        for batch in _batches(owner_ids):
            now = self._clock()
            gone = {"wrapped": None, "destroyed_at": now}
            barred = [
                {"owner_id": owner_id, "epoch": 0, "created_at": now, **gone} for owner_id in batch
            ]
            with self._store.begin() as connection:
                # In this order: a key that another process is just making is waited for by the
                # insert and destroyed by the update, instead of slipping between the two.
                insert_if_absent(connection, DATA_KEYS, barred)
                owned = among(connection, _OWNER, batch)
                standing = owned & DATA_KEYS.c.wrapped.is_not(None)
                count += connection.execute(update(DATA_KEYS).where(standing).values(gone)).rowcount
            with self._lock:
                for owner_id in batch:
                    self._opened.pop(owner_id, None)
        return count

    def _make(self, owner_ids: list[str]) -> tuple[list[tuple[str, bytes, bytes]], bool]:
        """Give owner, wrapped and plain key of each, and whether all of them are the store's now."""
        if any("|" in owner_id or owner_id in {"", ZONE_OWNER} for owner_id in owner_ids):
            raise Tampered("an owner id is empty or holds a separator")
        while True:
            epoch = self._epochs.current()
            wrapping = self._epochs.key(epoch)
            now = self._clock()
            raw = urandom((KEY_BYTES + NONCE_BYTES) * len(owner_ids))
            made = []
            rows = []
            for place, owner_id in enumerate(owner_ids):
                start = place * (KEY_BYTES + NONCE_BYTES)
                key = raw[start : start + KEY_BYTES]
                nonce = raw[start + KEY_BYTES : start + KEY_BYTES + NONCE_BYTES]
                wrapped = wrapping.wrap(key, self._context(owner_id, epoch), nonce)
                made.append((owner_id, wrapped, key))
                rows.append(
                    {"owner_id": owner_id, "epoch": epoch, "wrapped": wrapped, "created_at": now}
                )
            with self._store.begin() as connection:
                if self._epochs.hold(connection, epoch):
                    return made, insert_if_absent(connection, DATA_KEYS, rows) == len(rows)
            # A new epoch began meanwhile: wrap under that one.

    def rewrap(self, limit: int = _MOVED_AT_ONCE) -> int:
        """Wrap some data keys of older epochs again under the newest; gives how many it took up.

        Call it until it gives 0. A key that is destroyed meanwhile stays destroyed; readers go on,
        and other writers wait for one batch at most.
        """
        newest = self._epochs.current()
        query = select(_OWNER, DATA_KEYS.c.epoch, DATA_KEYS.c.wrapped).where(_older_than(newest))
        with self._store.connect() as connection:
            rows: Sequence[Any] = connection.execute(
                query.order_by(DATA_KEYS.c.epoch).limit(limit)
            ).all()
        wrapping = self._epochs.key(newest)
        moved = []
        for owner_id, epoch, wrapped in rows:
            key = self._epochs.key(epoch).unwrap(wrapped, self._context(owner_id, epoch))
            again = wrapping.wrap(key, self._context(owner_id, newest))
            moved.append(
                {"of_owner": owner_id, "of_wrapped": wrapped, "wrapped": again, "epoch": newest}
            )
        if moved:
            with self._store.begin() as connection:
                connection.execute(_MOVE, moved)
        return len(moved)

    def commitments(self) -> Iterator[tuple[str, bytes | None]]:
        """Yield every standing key's owner and commitment, by owner; keeps none of them opened.

        None stands for the commitment of a key that this zone's epochs do not unwrap.
        """
        query = (
            select(_OWNER, DATA_KEYS.c.epoch, DATA_KEYS.c.wrapped).order_by(_OWNER).limit(_BATCH)
        )
        last = ""
        while True:
            standing = (last < _OWNER) & DATA_KEYS.c.wrapped.is_not(None)
            with self._store.connect() as connection:
                rows: Sequence[Any] = connection.execute(query.where(standing)).all()
            for row in rows:
                try:
                    yield row.owner_id, self._unwrap(*row).commitment
                except (WrongKey, Tampered, KeyDestroyed):
                    yield row.owner_id, None
            if len(rows) < _BATCH:
                return
            last = rows[-1].owner_id

    def has_older(self) -> bool:
        """Tell whether an older epoch than the newest still wraps a data key."""
        query = select(_OWNER).where(_older_than(self._epochs.current())).limit(1)
        with self._store.connect() as connection:
            return connection.execute(query).first() is not None

    def count_by_epoch(self) -> dict[int, int]:
        """Count the data keys that each epoch wraps; destroyed ones do not count."""
        query = select(DATA_KEYS.c.epoch, func.count()).where(DATA_KEYS.c.wrapped.is_not(None))
        with self._store.connect() as connection:
            rows = connection.execute(query.group_by(DATA_KEYS.c.epoch)).all()
        return {row[0]: row[1] for row in rows}

    def _unwrap(self, owner_id: str, epoch: int, wrapped: bytes) -> SealingKey:
        raw = self._epochs.key(epoch).unwrap(wrapped, self._context(owner_id, epoch))
        return SealingKey(raw, self._suite)

    def _context(self, owner_id: str, epoch: int) -> bytes:
        return f"{self._zone}|{owner_id}|{epoch}".encode()

    def _keep(self, opened: dict[str, tuple[bytes, SealingKey]]) -> None:
        with self._lock:
            self._opened.update(opened)
            while len(self._opened) > self._kept:
                self._opened.popitem(last=False)


def _older_than(epoch: int) -> ColumnElement[bool]:
    return (DATA_KEYS.c.epoch < epoch) & DATA_KEYS.c.wrapped.is_not(None)


def _refuse(destroyed: set[str]) -> None:
    if destroyed:
        raise KeyDestroyed(f"the data key of {min(destroyed)} was destroyed")


def _batches(owner_ids: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(dict.fromkeys(owner_ids))
    while batch := list(islice(rest, _BATCH)):
        yield batch


ZONE_OWNER = "-"
"""Stands for the zone itself in a sealed value's context."""
