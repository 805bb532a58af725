"""Write a warehouse anew, so that deleted rows are gone from its bytes.

DuckDB leaves deleted values in the file, whatever is checkpointed or vacuumed; only a copy into a
new file leaves them behind. The new file takes the old one's place in one step, and the old one is
overwritten before it is given back to the file system.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from privacy.errors import ErasureIncomplete
from privacy.warehouse.file_keys import FileKeys
from privacy.warehouse.open import (
    ALIAS,
    LITTLE_MEMORY,
    attach,
    connect,
    wait_until_free,
    warehouse_lock,
)
from privacy.whole_files import sync
from privacy.zones.layout import ZoneLayout

_COPY: Final = "fresh"
_BLOCK = bytes(1 << 20)


@dataclass(frozen=True, slots=True)
class RewriteReport:
    """What a rewrite did.

    Attributes:
        count_tables: Tables copied.
        count_rows: Rows copied.
        before_bytes: Size of the old file.
        after_bytes: Size of the new one.
    """

    count_tables: int
    count_rows: int
    before_bytes: int
    after_bytes: int


def rewrite_warehouse(
    layout: ZoneLayout,
    file_keys: FileKeys,
    *,
    wait_seconds: float = 600,
) -> RewriteReport:
    """Copy every live row into a new file and put it in the old one's place.

    Killed at any point, it leaves either the old file or the new one, complete; the next rewrite
    clears away what is left of the other. It needs as much free space as the file is large.
    Overwriting reaches the file's own blocks; a file system or a disk that writes elsewhere than it
    is told keeps them until it reuses them, encrypted under a key that is gone.

    Args:
        layout: Whose. No connection of this process may have the file open.
        file_keys: The zone's. The new file gets a new key, and the old file's is destroyed.
        wait_seconds: How long to wait for another process to be done with the warehouse.

    Raises:
        WarehouseBusy: It was still in use after `wait_seconds`. Safe to retry.
        WrongKey: No key of the zone opens the file.
        ErasureIncomplete: The copy does not have the rows of the original; the old file stays.
    """
    with warehouse_lock(layout, wait_seconds=wait_seconds):
        clear_leftovers(layout)
        if not layout.warehouse.exists():
            return RewriteReport(0, 0, 0, 0)
        file_key = wait_until_free(layout, file_keys, wait_seconds=wait_seconds)
        before_bytes = layout.warehouse.stat().st_size
        fresh, _retired = _beside(layout)
        connection = connect(layout.temporary, memory=LITTLE_MEMORY)
        try:
            attach(connection, layout.warehouse, file_key)
            attach(connection, fresh, file_keys.renew(), alias=_COPY)
            connection.execute(f"copy from database {ALIAS} to {_COPY}")
            counts = _check_copy(connection)
            connection.execute(f"checkpoint {_COPY}")
            connection.execute(f"checkpoint {ALIAS}")
        finally:
            connection.close()
        for path in (layout.warehouse, fresh):
            if path.with_name(path.name + ".wal").exists():
                raise ErasureIncomplete(f"the write-ahead log of {path.name} did not close")
        after_bytes = fresh.stat().st_size
        _swap(layout)
        file_keys.settle()
        clear_leftovers(layout)
        return RewriteReport(len(counts), sum(counts.values()), before_bytes, after_bytes)


def clear_leftovers(layout: ZoneLayout) -> None:
    """Overwrite and remove what an interrupted rewrite left behind. Hold the lock."""
    for path in _beside(layout):
        for left in (path, path.with_name(path.name + ".wal")):
            if left.exists():
                _overwrite(left)
                left.unlink()
    sync(layout.root)


def _beside(layout: ZoneLayout) -> tuple[Path, Path]:
    name = layout.warehouse.name
    return layout.root / f"{name}.new", layout.root / f"{name}.old"


def _check_copy(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    counts: dict[str, dict[str, int]] = {}
    for database in (ALIAS, _COPY):
        names = connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = ?",
            [database],
        ).fetchall()
        counts[database] = {
            f"{schema}.{table}": _count(connection, f'{database}."{schema}"."{table}"')
            for schema, table in names
        }
    if counts[ALIAS] != counts[_COPY]:
        differing = {
            table
            for table in counts[ALIAS] | counts[_COPY]
            if counts[ALIAS].get(table) != counts[_COPY].get(table)
        }
        raise ErasureIncomplete(
            f"the copy of the warehouse differs in {', '.join(sorted(differing))}"
        )
    return counts[_COPY]


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"select count(*) from {table}").fetchone()
    return int(row[0]) if row else 0


def _swap(layout: ZoneLayout) -> None:
    fresh, retired = _beside(layout)
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    fresh.chmod(layout.warehouse.stat().st_mode & 0o777)
    # A second name keeps the old file in reach after the new one has taken its place.
    os.link(layout.warehouse, retired)
    fresh.replace(layout.warehouse)
    sync(layout.root)


def _overwrite(path: Path) -> None:
    # A name that is not the file's last one is the warehouse itself: killed before the swap.
    if path.stat().st_nlink > 1:
        return
    left = path.stat().st_size
    with path.open("rb+") as file:
        while left > 0:
            left -= file.write(_BLOCK[:left] if left < len(_BLOCK) else _BLOCK)
        file.flush()
        os.fsync(file.fileno())
