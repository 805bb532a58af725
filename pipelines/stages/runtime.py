"""What a run holds open: the zone, its warehouse, the detection workers. Opened late, closed once."""

import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.connectors.connector import Connector
from pipelines.connectors.registry import OWN_DOMAINS, connectors
from pipelines.landing.land import Progress
from privacy.detection.config import config_for
from privacy.detection.executor import Executor, InProcess, Workers
from privacy.ids import ZoneId
from privacy.opened import OpenZone, open_zone
from privacy.warehouse.open import (
    Warehouse,
    extensions,
    open_warehouse,
    wait_until_free,
    warehouse_lock,
)
from privacy.zones.layout import ZoneLayout

Notice = Callable[[str], None]
"""Called with one line for whoever watches the run."""

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ZoneAccess:
    """How to reach one zone: where it lies, and with which credentials.

    Attributes:
        home: The project's data folder.
        zone_id: Whose.
        store_url: SQLAlchemy URL; None for the SQLite file in the zone's folder.
        key_uri: Key provider; None for the one the zone's policy names.
        passphrase: Of the local keystore, where it has one.
        workers: Detection processes; 0 detects in this process.
        policies_directory: Policies to use instead of the shipped ones.
        wait_seconds: How long to wait for a warehouse that another process has.
        own_domains: Domains the retailer writes mails from; a mail from elsewhere is a customer's.
    """

    home: Path
    zone_id: ZoneId
    store_url: str | None = None
    key_uri: str | None = None
    passphrase: str | None = None
    workers: int = 2
    policies_directory: Path | None = None
    wait_seconds: float = 600
    own_domains: tuple[str, ...] = OWN_DOMAINS

    def __post_init__(self) -> None:
        """Make the home absolute: dbt runs in a folder of its own."""
        object.__setattr__(self, "home", self.home.absolute())

    @property
    def connectors(self) -> dict[str, Connector]:
        """Give what deliveries are read with."""
        return connectors(own_domains=self.own_domains)

    @property
    def layout(self) -> ZoneLayout:
        """Give where the zone's files are."""
        return ZoneLayout(self.home, self.zone_id)


@dataclass(slots=True)
class Runtime:
    """A zone's run, in one process.

    Building one opens nothing, so that Dagster can load definitions without a key.

    Attributes:
        access: The zone, and how to open it.
        progress: Told how far each stage has come.
        shared_executor: Detection workers of somebody else's.
        notice: Told what a person should know meanwhile, such as who is waited for.
    """

    access: ZoneAccess
    progress: Progress | None = None
    shared_executor: Executor | None = None
    notice: Notice = LOG.warning
    _zone: OpenZone | None = field(default=None, init=False)
    _executor: Executor | None = field(default=None, init=False)

    @property
    def zone(self) -> OpenZone:
        """Open the zone, once."""
        if self._zone is None:
            access = self.access
            self._zone = open_zone(
                access.home,
                access.zone_id,
                store_url=access.store_url,
                key_uri=access.key_uri,
                passphrase=access.passphrase,
                policies_directory=access.policies_directory,
            )
        return self._zone

    @property
    def executor(self) -> Executor:
        """Start what looks for personal data, once."""
        if self.shared_executor is not None:
            return self.shared_executor
        if self._executor is None:
            self._executor = executor_for(self.zone, self.access.workers)
        return self._executor

    def warehouse(self) -> AbstractContextManager[Warehouse]:
        """Open the zone's warehouse, waiting for whoever has it."""
        return open_warehouse(
            self.access.layout,
            self.zone.keyring.warehouse_keys,
            wait_seconds=self.access.wait_seconds,
            waiting=self.notice,
        )

    @contextmanager
    def dbt_environment(self) -> Iterator[Mapping[str, str]]:
        """Hold the warehouse for dbt and give the environment dbt finds it by."""
        file_keys = self.zone.keyring.warehouse_keys
        wait_seconds = self.access.wait_seconds
        with warehouse_lock(self.access.layout, wait_seconds=wait_seconds, waiting=self.notice):
            file_key = wait_until_free(
                self.access.layout, file_keys, wait_seconds=wait_seconds, waiting=self.notice
            )
            yield {
                "C360_WAREHOUSE_PATH": str(self.access.layout.warehouse),
                "C360_EXTENSIONS": str(extensions()),
                "C360_TEMPORARY": str(self.access.layout.temporary),
                "DBT_ENV_SECRET_WAREHOUSE_KEY": file_key.hex(),
                "DO_NOT_TRACK": "1",
            }

    def report(self, stage: str, count: int) -> None:
        """Tell whoever watches how far a stage has come."""
        if self.progress:
            self.progress(stage, count)

    def close(self) -> None:
        """Stop the workers and close the store."""
        if isinstance(self._executor, Workers):
            self._executor.close()
        self._executor = None
        if self._zone is not None:
            self._zone.store.dispose()
            self._zone = None


def executor_for(zone: OpenZone, workers: int) -> Executor:
    """Give a zone's detection executor: worker processes, or this one."""
    config = config_for(zone.policy)
    return Workers(workers, config) if workers else InProcess(config)


DBT = Path(sys.executable).parent / "dbt"
"""dbt of the running interpreter's environment; PATH may know another one, or none."""
