"""Where a zone keeps its files. Everything a zone owns lies under one folder, and nowhere else."""

from dataclasses import dataclass
from pathlib import Path

from privacy.ids import ZoneId


@dataclass(frozen=True, slots=True)
class ZoneLayout:
    """The folders and files of one zone.

    Attributes:
        home: The project's data folder; zones lie below it, and never read each other's part.
        zone: Whose part this is.
    """

    home: Path
    zone: ZoneId

    @property
    def root(self) -> Path:
        """Give the zone's folder."""
        return self.home / "zones" / self.zone

    @property
    def keys(self) -> Path:
        """Give the folder of the local key provider's keystore."""
        return self.root / "keys"

    @property
    def store(self) -> Path:
        """Give the default store's SQLite file."""
        return self.root / "store.sqlite"

    @property
    def ledger(self) -> Path:
        """Give the erasure ledger: who must not come back with a restored store."""
        return self.root / "erasures.ledger"

    @property
    def warehouse(self) -> Path:
        """Give the warehouse's DuckDB file."""
        return self.root / "warehouse.duckdb"

    @property
    def landing(self) -> Path:
        """Give the folder of sealed landing segments; a folder a day below it."""
        return self.root / "landing"

    @property
    def temporary(self) -> Path:
        """Give the folder for spill files and half-written ones; safe to empty between runs."""
        return self.root / "temporary"

    @property
    def dbt_target(self) -> Path:
        """Give dbt's target folder for this zone."""
        return self.root / "dbt" / "target"

    @property
    def dbt_logs(self) -> Path:
        """Give dbt's log folder for this zone."""
        return self.root / "dbt" / "logs"

    @property
    def inbox(self) -> Path:
        """Give the default inbox: what vendors delivered and nothing has read yet."""
        return self.home / "inbox" / self.zone

    @property
    def handoff(self) -> Path:
        """Give the folder where other zones leave what they met of ours, sealed to our public key."""
        return self.home / "handoff" / self.zone

    @property
    def public_keys(self) -> Path:
        """Give the folder of every zone's public keys; the one thing zones share."""
        return self.home / "public_keys"

    @property
    def dagster(self) -> Path:
        """Give the Dagster instance's folder, shared by the zones of one machine."""
        return self.home / "dagster"

    def make(self) -> None:
        """Create the zone's folders, readable by their owner only."""
        for folder in (self.root, self.keys, self.landing, self.temporary, self.handoff):
            folder.mkdir(parents=True, exist_ok=True)
        self.root.chmod(0o700)
