"""A zone opened for work: its policy, its files, its store and its keys in one frozen object.

Made once a process, at a door, and passed as an argument from there. The warehouse is not part of
it (`privacy.warehouse`): only one process may hold that.
"""

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from privacy.clock import Clock, now
from privacy.errors import ConfigurationError, PrivacyError
from privacy.ids import ZoneId
from privacy.keys.keyring import Keyring
from privacy.keys.providers import provider_for
from privacy.keys.public import write_public_keys
from privacy.keys.rotation import Rotation
from privacy.keys.suites import suite_named
from privacy.keys.zone_secrets import has_secrets
from privacy.store.engine import default_url, open_store
from privacy.store.migrate import HEAD, revision_of, upgrade
from privacy.zones.layout import ZoneLayout
from privacy.zones.loader import load_policy
from privacy.zones.model import ZonePolicy

_LOCK_NAME = "create.lock"
_LOCK_SECONDS = 60


@dataclass(frozen=True, slots=True)
class OpenZone:
    """A zone with its keys at hand; safe to share between threads, not between forked processes.

    Attributes:
        policy: The zone's law.
        layout: Where its files lie.
        store: Its transactional store: `begin` to write, `connect` to read.
        keyring: Its keys.
        clock: Gives the present instant.
    """

    policy: ZonePolicy
    layout: ZoneLayout
    store: Engine
    keyring: Keyring
    clock: Clock

    @property
    def zone(self) -> ZoneId:
        """Give the zone's id."""
        return self.layout.zone

    @property
    def rotation(self) -> Rotation:
        """Give what rotates the zone's keys, as often as its policy says."""
        rules = self.policy.keys
        return self.keyring.rotation(period=rules.rotation_period, kept=rules.backup_period)

    def close(self) -> None:
        """Close the store's connections; the zone may still be used, and opens new ones."""
        self.store.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def create_zone(
    home: Path,
    zone_id: str,
    *,
    store_url: str | None = None,
    key_uri: str | None = None,
    passphrase: str | None = None,
    clock: Clock = now,
    policies_directory: Path | None = None,
) -> OpenZone:
    """Make a zone, or what is missing of it, and open it.

    Folders, key-encryption key, tables, the zone's own keys, and its file of public keys. Running
    it again changes nothing and brings the store's tables up to date; two at once wait for each
    other.

    Args:
        home: The project's data folder.
        zone_id: Name of a policy.
        store_url: Of the store; a SQLite file in the zone's folder by default.
        key_uri: Of the key provider; the policy's by default.
        passphrase: For providers that take one.
        clock: Gives the present instant.
        policies_directory: Where policies lie; those that are shipped by default.

    Raises:
        UnknownZone: No policy has this id.
        ConfigurationError: A setting is wrong, or the zone was made for another suite.
        WrongKey: The zone was made under another key-encryption key.
        KeyUnavailable: The key service did not answer. Safe to retry.
    """
    policy, layout, store = _parts(home, zone_id, store_url, policies_directory)
    layout.make()
    with FileLock(layout.keys / _LOCK_NAME, timeout=_LOCK_SECONDS, mode=0o600):
        upgrade(store)
        # A lost keystore must not be replaced by a new one that opens nothing.
        provider = provider_for(
            key_uri or policy.key_uri, layout, passphrase, create=not has_secrets(store)
        )
        keyring = Keyring(layout.zone, suite_named(policy.suite), store, provider, clock)
        keyring.create()
        write_public_keys(layout.public_keys, keyring.public_keys)
    return OpenZone(policy, layout, store, keyring, clock)


def open_zone(
    home: Path,
    zone_id: str,
    *,
    store_url: str | None = None,
    key_uri: str | None = None,
    passphrase: str | None = None,
    clock: Clock = now,
    policies_directory: Path | None = None,
) -> OpenZone:
    """Open a zone that was made before; see `create_zone` for the arguments.

    Raises:
        UnknownZone: No policy has this id.
        ConfigurationError: The zone was not made yet, or its store is of an older version; the
            message names the command.
        WrongKey: The key-encryption key, or its passphrase, is not the zone's.
        KeyDestroyed: The key-encryption key was destroyed. Final.
        KeyUnavailable: The key service did not answer. Safe to retry.
    """
    policy, layout, store = _parts(home, zone_id, store_url, policies_directory)
    remedy = f"run `c360 zone create --zone {zone_id}`"
    if not layout.root.is_dir() or (store_url is None and not layout.store.exists()):
        raise ConfigurationError(f"there is no zone {zone_id} in {home}: {remedy}")
    try:
        _check_version(store, zone_id, remedy)
        provider = provider_for(key_uri or policy.key_uri, layout, passphrase)
        keyring = Keyring(layout.zone, suite_named(policy.suite), store, provider, clock)
        keyring.check()
    except DatabaseError as error:
        store.dispose()
        raise ConfigurationError(
            f"the store of zone {zone_id} cannot be read: {type(error.orig).__name__}"
        ) from None
    except PrivacyError:
        store.dispose()
        raise
    return OpenZone(policy, layout, store, keyring, clock)


def _check_version(store: Engine, zone_id: str, remedy: str) -> None:
    revision = revision_of(store)
    if revision != HEAD:
        raise ConfigurationError(
            f"the store of zone {zone_id} stands at version {revision or 'none'}, "
            f"this program needs {HEAD}: {remedy}"
        )


def _parts(
    home: Path, zone_id: str, store_url: str | None, policies_directory: Path | None
) -> tuple[ZonePolicy, ZoneLayout, Engine]:
    policy = load_policy(zone_id, directory=policies_directory)
    layout = ZoneLayout(home, policy.id)
    return policy, layout, open_store(store_url or default_url(layout))
