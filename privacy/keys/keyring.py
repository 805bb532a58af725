"""One zone's keys, opened once a process: seal, open, index, sign, and shred.

Everything that must be unreadable without the zone's keys goes through here. Which values are
sealed, and where they are kept, does not belong here.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import cached_property
from os import urandom
from typing import Literal, overload

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine

from privacy.clock import Clock, now
from privacy.errors import ConfigurationError, KeyDestroyed, Tampered, WrongKey
from privacy.ids import ZoneId
from privacy.keys import handoff
from privacy.keys.blind_index import BlindIndex
from privacy.keys.data_keys import ZONE_OWNER, DataKeys
from privacy.keys.envelope import SealingKey
from privacy.keys.epochs import Epochs
from privacy.keys.file_keys import WarehouseKeys
from privacy.keys.provider import KeyProvider
from privacy.keys.public import PublicKeys
from privacy.keys.rotation import Rotation
from privacy.keys.suites import NONCE_BYTES, SUITES, Suite, joined
from privacy.keys.zone_secrets import PAIRS, ZoneSecrets, has_secrets

_RESERVED = frozenset({"suite", "index", "suppression", "zone-data", *PAIRS})
"""Secrets that the keyring uses itself and gives to nobody."""


class Keyring:
    """A zone's keys; safe to share between threads. `privacy.opened` makes and checks one.

    Attributes:
        zone: Whose keys they are.
        suite: What values are sealed with.
    """

    def __init__(
        self,
        zone: ZoneId,
        suite: Suite,
        store: Engine,
        provider: KeyProvider,
        clock: Clock = now,
        *,
        kept_keys: int = 131_072,
    ) -> None:
        """Hold the parts together; opens no key yet.

        Args:
            zone: Whose keys they are.
            suite: What values are sealed with.
            store: Where wrapped keys lie.
            provider: Unwraps the zone's own.
            clock: Dates what is made and destroyed.
            kept_keys: How many opened data keys stay in memory, some 500 bytes each.
        """
        self.zone = zone
        self.suite = suite
        self._store = store
        self._provider = provider
        self._clock = clock
        self._secrets = ZoneSecrets(zone, store, provider, clock)
        self._epochs = Epochs(zone, store, provider, clock)
        self._data_keys = DataKeys(zone, suite, store, self._epochs, clock, kept_keys)

    def create(self) -> None:
        """Make what is missing of the zone's own keys; those that are there stay.

        Raises:
            WrongKey: The zone's keys were made under another key-encryption key.
            ConfigurationError: They were made for another suite.
        """
        self._check_suite()
        for name in sorted(_RESERVED):
            self._secrets.get(name)
        try:
            self._epochs.current()
        except ConfigurationError:
            self._epochs.open_next()

    def check(self) -> None:
        """Try the key-encryption key on the zone's keys.

        Raises:
            ConfigurationError: The zone has no keys, or they are of another suite.
            WrongKey: They were made under another key-encryption key.
        """
        if not has_secrets(self._store):
            raise ConfigurationError(f"zone {self.zone} has no keys")
        self._check_suite()

    def _check_suite(self) -> None:
        # Another suite would leave every blind index and every sealed value unreachable.
        made_for = self._secrets.get("suite", self.suite.name.encode("ascii")).decode("ascii")
        if made_for != self.suite.name:
            known = made_for if made_for in SUITES else "one we do not know"
            raise ConfigurationError(
                f"zone {self.zone} was made with suite {known}, its policy says {self.suite.name}"
            )

    # --- the zone's own keys --------------------------------------------------------------------

    @cached_property
    def index(self) -> BlindIndex:
        """Give the index of identifiers, and the mint of ids."""
        return BlindIndex(self._secrets.get("index"), self.suite)

    @cached_property
    def suppression(self) -> BlindIndex:
        """Give the index of erased identifiers; of its own key, so the two do not compare."""
        return BlindIndex(self._secrets.get("suppression"), self.suite)

    def secret(self, name: str) -> bytes:
        """Give 32 secret bytes of the zone for one use: ``landing``, ``quarantine``, ….

        Minted the first time the name is asked for, and the same ever after.

        Raises:
            ConfigurationError: The name is malformed, or is of a key that is never given out.
        """
        if name in _RESERVED:
            raise ConfigurationError(f"the zone secret {name!r} is not given out")
        return self._secrets.get(name)

    @property
    def warehouse_keys(self) -> WarehouseKeys:
        """Give the keys of the warehouse file."""
        return WarehouseKeys(self._secrets)

    @cached_property
    def _zone_key(self) -> SealingKey:
        return SealingKey(self._secrets.get("zone-data"), self.suite)

    @cached_property
    def _signing_key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._secrets.get("signing"))

    def sign(self, message: bytes) -> bytes:
        """Sign with the zone's key: an Ed25519 signature of 64 bytes (RFC 8032)."""
        return self._signing_key.sign(message)

    @property
    def verify_key(self) -> bytes:
        """Give the raw Ed25519 public key, 32 bytes, that checks `sign`."""
        return self._signing_key.public_key().public_bytes_raw()

    @property
    def public_keys(self) -> PublicKeys:
        """Give what other zones and verifiers may know."""
        handoff_key = handoff.public_of(self._secrets.get("handoff"))
        return PublicKeys(self.zone, self.verify_key, handoff_key)

    def open_handoff(self, sealed: bytes, *, bound: bytes = b"") -> bytes:
        """Open what another zone sealed to this one; see `privacy.keys.handoff`.

        Raises:
            Tampered: It was sealed to another zone, changed, or cut short.
        """
        return handoff.open_with(self._secrets.get("handoff"), sealed, zone=self.zone, bound=bound)

    def rotation(self, *, period: timedelta, kept: timedelta) -> Rotation:
        """Give what rotates the keys.

        Args:
            period: How long an epoch is the newest.
            kept: How long it lasts after that.
        """
        return Rotation(
            self._provider,
            self._secrets,
            self._epochs,
            self._data_keys,
            self._clock,
            period=period,
            kept=kept,
        )

    # --- whose keys open what -------------------------------------------------------------------

    def commitments(self) -> Iterator[tuple[str | None, bytes | None]]:
        """Yield the commitment of every key that values are sealed under: owner, then 32 bytes.

        The zone's own key comes first, under None. A sealed value names its key by the same bytes
        (`privacy.keys.envelope.commitment_of`), so this tells for any number of values at once
        which of them this zone's keys can open. None for a key that is not the zone's: it does not
        unwrap.
        """
        yield None, self._zone_key.commitment
        yield from self._data_keys.commitments()

    def try_unwrapping(self, wrapped: bytes, *, context: bytes) -> None:
        """Try the key-encryption key on a wrapped key, and give nothing of it away.

        Raises:
            WrongKey: It was wrapped under another key-encryption key.
            Tampered: It was changed, or the context is another.
            KeyDestroyed: The generation that wrapped it has ended.
            KeyUnavailable: The service did not answer. Safe to retry.
        """
        self._provider.unwrap(wrapped, context=context)

    def on_backup(self, store: Engine) -> "Keyring":
        """Give the zone's keys as a backup of its store has them, under the same provider."""
        return Keyring(self.zone, self.suite, store, self._provider, self._clock)

    # --- values under owners' keys --------------------------------------------------------------

    def ensure_keys(self, owner_ids: Iterable[str]) -> None:
        """Make a data key for each owner who has none yet.

        Raises:
            KeyDestroyed: One of them had one that was destroyed; no key was made.
        """
        self._data_keys.make_missing(set(owner_ids))

    def seal_many(
        self,
        owner_ids: Sequence[str | None],
        *,
        table: str,
        column: str,
        values: Sequence[bytes],
    ) -> list[bytes]:
        """Seal values, each under its owner's key, which is made where there is none.

        Not inside a write transaction of the caller's: making keys is a transaction of its own, and
        would wait for the caller's.

        Args:
            owner_ids: A subject or customer per value; None for the zone itself.
            table: Bound to the result, with the column, the owner and the zone.
            column: The same.
            values: As many as owners.

        Raises:
            KeyDestroyed: An owner's key was destroyed; nothing was sealed.
        """
        owners = {owner_id for owner_id in owner_ids if owner_id is not None}
        keys = self._data_keys.ensure(owners) if owners else {}
        bound = self._bound(keys, None in owner_ids, table, column)
        nonces = urandom(NONCE_BYTES * len(values))
        sealed = []
        for place, (owner_id, value) in enumerate(zip(owner_ids, values, strict=True)):
            key, context = bound[owner_id]
            start = place * NONCE_BYTES
            sealed.append(key.seal(value, context, nonces[start : start + NONCE_BYTES]))
        return sealed

    @overload
    def open_many(
        self,
        owner_ids: Sequence[str | None],
        *,
        table: str,
        column: str,
        sealed: Sequence[bytes],
        missing: Literal["raise"] = "raise",
    ) -> list[bytes]: ...

    @overload
    def open_many(
        self,
        owner_ids: Sequence[str | None],
        *,
        table: str,
        column: str,
        sealed: Sequence[bytes],
        missing: Literal["raise", "none"],
    ) -> list[bytes | None]: ...

    def open_many(
        self,
        owner_ids: Sequence[str | None],
        *,
        table: str,
        column: str,
        sealed: Sequence[bytes],
        missing: Literal["raise", "none"] = "raise",
    ) -> list[bytes] | list[bytes | None]:
        """Open values; a key that any process has destroyed no longer opens here.

        Args:
            owner_ids: The owner of each value; None for the zone itself.
            table: Where the values lie.
            column: The same.
            sealed: As many as owners.
            missing: What becomes of a value whose owner has no key: an error, or None in its place.

        Raises:
            KeyDestroyed: An owner has no key, and `missing` is ``raise``.
            WrongKey: A value was sealed under another key.
            Tampered: A value was changed, or moved from another row, column, table or zone.
        """
        owners = {owner_id for owner_id in owner_ids if owner_id is not None}
        keys = self._data_keys.standing(owners).keys if owners else {}
        if missing == "raise" and len(keys) < len(owners):
            raise KeyDestroyed(f"the data key of {min(owners - keys.keys())} is gone")
        bound = self._bound(keys, None in owner_ids, table, column)
        opened: list[bytes | None] = []
        for owner_id, value in zip(owner_ids, sealed, strict=True):
            found = bound.get(owner_id)
            if found is None:
                opened.append(None)
                continue
            try:
                opened.append(found[0].open(value, found[1]))
            except (WrongKey, Tampered) as error:
                place = f"{table}.{column} of {owner_id or f'zone {self.zone}'}"
                raise type(error)(f"{place}: {error}") from None
        return opened

    def seal(self, owner_id: str | None, *, table: str, column: str, value: bytes) -> bytes:
        """Seal one value; see `seal_many`."""
        return self.seal_many([owner_id], table=table, column=column, values=[value])[0]

    def open(self, owner_id: str | None, *, table: str, column: str, sealed: bytes) -> bytes:
        """Open one value; see `open_many`."""
        return self.open_many([owner_id], table=table, column=column, sealed=[sealed])[0]

    def destroy(self, owner_ids: Iterable[str]) -> int:
        """Shred owners' keys: nothing sealed under them can ever be opened again.

        An owner who had none gets none any more. The wrapped key is overwritten in the store's
        file; `privacy.store.engine.scrub` takes it out of the write-ahead log too. A backup of the
        store made before still holds it, and whoever has that and the key-encryption key can open
        what the backup holds: the life of backups bounds the life of shredded keys.

        Returns:
            How many keys were destroyed now; those destroyed before do not count.
        """
        return self._data_keys.destroy(set(owner_ids))

    def is_destroyed(self, owner_id: str) -> bool:
        """Tell whether an owner's key was destroyed; no key at all is not destroyed."""
        return bool(self.destroyed_among([owner_id]))

    def destroyed_among(self, owner_ids: Iterable[str]) -> set[str]:
        """Give those of the owners whose key was destroyed, in one statement."""
        return self._data_keys.standing(set(owner_ids)).destroyed

    def _bound(
        self, keys: dict[str, SealingKey], has_zone: bool, table: str, column: str
    ) -> dict[str | None, tuple[SealingKey, bytes]]:
        head, tail = joined(self.zone) + b"|", b"|" + joined(table, column)
        bound: dict[str | None, tuple[SealingKey, bytes]] = {
            owner_id: (key, b"".join((head, owner_id.encode("utf-8"), tail)))
            for owner_id, key in keys.items()
        }
        if has_zone:
            bound[None] = (self._zone_key, b"".join((head, ZONE_OWNER.encode("ascii"), tail)))
        return bound
