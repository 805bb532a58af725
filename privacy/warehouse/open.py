"""Open a zone's warehouse. One process at a time; the next one waits.

The file is AES-256-GCM encrypted whole (DuckDB storage encryption), its write-ahead log and its
spill files too. DuckDB writes encrypted files only with OpenSSL, which the ``httpfs`` extension
brings; it is loaded from its wheel, with no network.
"""

import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import duckdb_extensions
import pyarrow as pa
from filelock import FileLock, Timeout

from privacy.clock import now
from privacy.errors import ConfigurationError, WarehouseBusy, WrongKey
from privacy.records.tables import TABLES
from privacy.warehouse.file_keys import FileKeys
from privacy.zones.layout import ZoneLayout

ALIAS = "warehouse"
"""Name the file is attached under, here and in dbt's profile."""


LITTLE_MEMORY = "512MB"
"""Enough for one pass over a large warehouse, beside whatever else the machine is for."""

Waiting = Callable[[str], None]
"""Told once, when there is somebody to wait for: who has the warehouse, and for how long at most."""

_PATIENCE_SECONDS = 1.0
_PROCESS = re.compile(r"\(PID (\d+)\)")


@dataclass(frozen=True, slots=True)
class Warehouse:
    """An opened warehouse; its connection has the file attached and in use."""

    connection: duckdb.DuckDBPyConnection

    def append(self, table: str, rows: pa.Table) -> int:
        """Append rows of one of our tables; the columns are matched by name.

        Returns:
            How many rows were written.
        """
        if not rows.num_rows:
            return 0
        columns = ", ".join(TABLES[table].columns)
        with _registered(self.connection, rows) as name:
            self.connection.execute(
                f"insert into core.{table} ({columns}) select {columns} from {name}"
            )
        return int(rows.num_rows)

    def replace(self, table: str, rows: pa.Table) -> int:
        """Replace a whole table of ours, in the caller's transaction or one of its own."""
        self.connection.execute(f"delete from core.{table}")
        return self.append(table, rows)

    def count(self, table: str) -> int:
        """Count the rows of one of our tables."""
        rows = self.connection.execute(f"select count(*) from core.{table}").fetchall()
        return int(rows[0][0])

    def arrow(self, query: str, parameters: list[object] | None = None) -> pa.Table:
        """Run a query and give its rows as one Arrow table."""
        return self.connection.execute(query, parameters or []).to_arrow_table()

    def batches(self, query: str, *, rows: int = 20_000) -> Iterator[pa.RecordBatch]:
        """Run a query and stream its rows, undisturbed by other queries meanwhile.

        A cursor of its own: another query on the same connection would end the stream early, with
        no error. So a transaction of the caller's that is still open is not seen.
        """
        with self.connection.cursor() as cursor:
            cursor.execute(f"use {ALIAS}; set timezone = 'UTC'")
            yield from cursor.execute(query).to_arrow_reader(rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run a block in one transaction: all of it, or nothing."""
        self.connection.execute("begin transaction")
        try:
            yield
        except BaseException:
            self.connection.execute("rollback")
            raise
        self.connection.execute("commit")


@contextmanager
def _registered(connection: duckdb.DuckDBPyConnection, rows: pa.Table) -> Iterator[str]:
    name = "c360_rows"
    connection.register(name, rows)
    try:
        yield name
    finally:
        connection.unregister(name)


@cache
def extensions() -> Path:
    """Give the folder DuckDB's extensions are installed in: the Python environment's own.

    DuckDB's default is the user's home folder, which a service may not have. Extensions are signed,
    and DuckDB checks that when it loads one.
    """
    folder = Path(sys.prefix) / "share" / "c360" / "duckdb"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.gettempdir()) / "c360-duckdb"
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def connect(temporary: Path, *, memory: str | None = None) -> duckdb.DuckDBPyConnection:
    """Give an in-memory connection that can write encrypted files and spills only encrypted.

    Args:
        temporary: Folder for spill files, inside the zone.
        memory: How much DuckDB may keep of tables and of the file; most of the machine's by default.
    """
    connection = duckdb.connect(
        config={
            "extension_directory": str(extensions()),
            "temp_directory": str(temporary),
            # Here and not by a statement: DuckDB refuses that where a killed process left spill
            # files behind.
            "temp_file_encryption": "true",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
    )
    try:
        connection.execute("load httpfs")
    except duckdb.Error:
        duckdb_extensions.import_extension("httpfs", con=connection)
        connection.execute("load httpfs")
    connection.execute("set timezone = 'UTC'")
    return connection


def attach(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    file_key: bytes,
    *,
    alias: str = ALIAS,
    read_only: bool = False,
) -> None:
    """Attach an encrypted file, making it when it is not there.

    Args:
        connection: From `connect`.
        path: The DuckDB file.
        file_key: 32 bytes.
        alias: Name to attach it under.
        read_only: Change nothing, not even what a crash left open; the file must be there.

    Raises:
        WrongKey: The file is another zone's, or the key is not this file's.
        WarehouseBusy: Another process has the file open.
        ConfigurationError: The file cannot be opened at all.
    """
    quoted = str(path).replace("'", "''")
    try:
        connection.execute(
            f"attach '{quoted}' as {alias} "
            f"(encryption_key '{file_key.hex()}', encryption_cipher 'GCM'"
            f"{', read_only' if read_only else ''})"
        )
    except duckdb.Error as error:
        message = str(error).lower()
        if "lock" in message:
            holder = _PROCESS.search(str(error))
            process = f"process {holder[1]}" if holder else "another process"
            raise WarehouseBusy(f"{path.name} is open in {process}") from None
        if "encrypt" in message or "key" in message or "decrypt" in message:
            raise WrongKey(f"this zone's key does not open {path.name}") from None
        raise ConfigurationError(
            f"{path.name} is no warehouse that can be read: damaged, or half-written"
        ) from None


@contextmanager
def open_warehouse(
    layout: ZoneLayout,
    file_keys: FileKeys,
    *,
    wait_seconds: float = 600,
    waiting: Waiting | None = None,
    memory: str | None = None,
) -> Iterator[Warehouse]:
    """Open a zone's warehouse for writing, with our tables in it.

    Args:
        layout: Whose.
        file_keys: The zone's, as `privacy.keys.keyring.Keyring.warehouse_keys`.
        wait_seconds: How long to wait for another process to be done with it.
        waiting: Told when there is somebody to wait for.
        memory: See `connect`.

    Raises:
        WarehouseBusy: It was still in use after `wait_seconds`. Safe to retry.
        WrongKey: No key of the zone opens the file.
        ConfigurationError: The file was made by another version, with other columns.
    """
    with warehouse_lock(layout, wait_seconds=wait_seconds, waiting=waiting):
        connection = connect(layout.temporary, memory=memory)
        try:
            _attach_when_free(connection, layout, file_keys, wait_seconds, waiting)
            connection.execute(f"use {ALIAS}")
            connection.execute("create schema if not exists core")
            for table in TABLES.values():
                connection.execute(table.ddl)
            _check_columns(connection)
            yield Warehouse(connection)
        finally:
            connection.close()


def _check_columns(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute(
        "select table_name, list(column_name order by column_index) from duckdb_columns()"
        " where database_name = ? and schema_name = 'core' group by table_name",
        [ALIAS],
    ).fetchall()
    there = {name: set(columns) for name, columns in rows}
    for table in TABLES.values():
        if missing := sorted(set(table.columns) - there[table.name]):
            raise ConfigurationError(
                f"the warehouse was made by another version: core.{table.name} has no column"
                f" {', '.join(missing)}; set it aside and run the days again"
            )


def wait_until_free(
    layout: ZoneLayout,
    file_keys: FileKeys,
    *,
    wait_seconds: float = 600,
    waiting: Waiting | None = None,
) -> bytes:
    """Wait until no process has the warehouse file open; the caller holds the lock.

    A run that was killed can leave dbt behind, still writing: the lock died with the run, the file
    is busy until dbt is done.

    Returns:
        The key that opens it.

    Raises:
        WarehouseBusy: It was still in use after `wait_seconds`. Safe to retry.
    """
    connection = connect(layout.temporary)
    try:
        return _attach_when_free(connection, layout, file_keys, wait_seconds, waiting)
    finally:
        connection.close()


def _attach_when_free(
    connection: duckdb.DuckDBPyConnection,
    layout: ZoneLayout,
    file_keys: FileKeys,
    wait_seconds: float,
    waiting: Waiting | None,
) -> bytes:
    *newer, oldest = file_keys.candidates()
    if layout.warehouse.is_file() and not layout.warehouse.stat().st_size:
        # Who made it was killed before the first byte: there is nothing in it to lose.
        layout.warehouse.unlink()
    started = time.monotonic()
    while True:
        try:
            for key in newer:
                with suppress(WrongKey):
                    attach(connection, layout.warehouse, key)
                    return key
            attach(connection, layout.warehouse, oldest)
        except WarehouseBusy as busy:
            waited = time.monotonic() - started
            if waited >= wait_seconds:
                raise
            if waiting and waited >= _PATIENCE_SECONDS:
                waiting(f"{busy}; waiting for at most {wait_seconds:.0f} s")
                waiting = None
            time.sleep(0.2)
        else:
            return oldest


@contextmanager
def warehouse_lock(
    layout: ZoneLayout, *, wait_seconds: float = 600, waiting: Waiting | None = None
) -> Iterator[None]:
    """Hold the right to write a zone's warehouse file; dbt runs under it too.

    Raises:
        WarehouseBusy: Another process held it all the while. Safe to retry.
    """
    lock = FileLock(layout.root / "warehouse.lock", mode=0o600)
    holder = layout.root / "warehouse.holder"
    first = min(_PATIENCE_SECONDS, wait_seconds)
    try:
        lock.acquire(timeout=first)
    except Timeout:
        try:
            if wait_seconds > first and waiting:
                waiting(f"{_busy(layout, holder)}; waiting for at most {wait_seconds:.0f} s")
            lock.acquire(timeout=wait_seconds - first)
        except Timeout:
            raise WarehouseBusy(_busy(layout, holder)) from None
    try:
        holder.write_text(f"process {os.getpid()} since {now():%H:%M:%S} UTC")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _busy(layout: ZoneLayout, holder: Path) -> str:
    """Say who has the lock: what they wrote beside it; it is theirs, as they hold the lock."""
    who = ""
    with suppress(OSError):
        who = f" by {holder.read_text()}"
    return f"the warehouse of zone {layout.zone} is in use{who}"
