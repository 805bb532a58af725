"""Open the zone's store: SQLite by default, PostgreSQL in production; the same code above it.

`Engine.begin` is for writing: on SQLite it takes the write lock at once (``BEGIN IMMEDIATE``), so a
transaction that reads before it writes can wait for another writer and never fails half way.
`Engine.connect` is for reading: a snapshot, beside any writer.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from privacy.errors import ConfigurationError, ErasureIncomplete
from privacy.zones.layout import ZoneLayout

BUSY_TIMEOUT_SECONDS = 30
"""How long a writer waits for another one before it gives up."""

_WRITES = "c360_writes"
_KEPT_CONNECTIONS = 8
_MORE_CONNECTIONS = 32
"""A door answers from some forty threads, each of which may hold one."""


class StoreEngine(Engine):
    """An engine whose `begin` announces a write, which SQLite wants to know beforehand."""

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open a connection in a write transaction; commit at the end, roll back on an error."""
        with self.connect() as connection:
            connection = connection.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection


def default_url(layout: ZoneLayout) -> str:
    """Give the URL of the zone's own SQLite file."""
    return f"sqlite:///{layout.store}"


def open_store(url: str) -> Engine:
    """Open a store by its URL, without touching its tables.

    Args:
        url: ``sqlite:////absolute/path`` or ``postgresql+psycopg://…``; a bare ``postgresql://``
            is read as the latter.

    Returns:
        An engine safe to share between threads, not between forked processes. SQLite connections
        use the write-ahead log, wait `BUSY_TIMEOUT_SECONDS` for a lock, reach the disk before a
        commit returns, enforce foreign keys, and overwrite deleted content with zeros.

    Raises:
        ConfigurationError: The URL is of no store we can open.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ConfigurationError("the store's URL cannot be read") from None
    backend = parsed.get_backend_name()
    if backend not in {"sqlite", "postgresql"}:
        raise ConfigurationError(f"no store of kind {backend}: use sqlite or postgresql")
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    options: dict[str, Any] = {"hide_parameters": True, "pool_pre_ping": backend == "postgresql"}
    if backend == "postgresql" or parsed.database:
        options |= {"pool_size": _KEPT_CONNECTIONS, "max_overflow": _MORE_CONNECTIONS}
    try:
        made = create_engine(parsed, **options)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise ConfigurationError(f"the store's driver is missing: {type(error).__name__}") from None
    engine = StoreEngine(made.pool, made.dialect, made.url, hide_parameters=True)
    if backend == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            _make_private(Path(parsed.database))
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Open a connection whose reads all see one state of the store.

    SQLite reads that way anyway; PostgreSQL must be asked (``REPEATABLE READ``).
    """
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


def scrub(engine: Engine) -> None:
    """Drop what deletes and updates left behind: the write-ahead log, or PostgreSQL's dead rows.

    After this, a search of the store's files for bytes that were overwritten finds nothing; the
    server's own archive and backups are outside its reach.

    Raises:
        ErasureIncomplete: A reader still holds on to the log. Safe to retry.
    """
    if engine.dialect.name == "sqlite":
        # Below SQLAlchemy: a checkpoint cannot run inside the transaction that it would begin.
        connection = engine.raw_connection()
        try:
            row = connection.cursor().execute("pragma wal_checkpoint(truncate)").fetchone()
        finally:
            connection.close()
        if row[0]:
            raise ErasureIncomplete("the store's write-ahead log is in use; try again")
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as server:
        server.execute(text("vacuum"))


def rewrite_pages(engine: Engine) -> None:
    """Write a SQLite store's pages anew, from the rows that are there.

    ``secure_delete`` overwrites a row that is deleted, and not what is left of it where its page
    was rearranged before. Readers go on meanwhile; writers wait. On PostgreSQL nothing is done: the
    server's files are its own.

    Raises:
        ErasureIncomplete: A reader still holds on to the log. Safe to retry.
    """
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("vacuum")
    finally:
        connection.close()
    scrub(engine)


def _make_private(path: Path) -> None:
    if path.parent.is_dir():
        path.touch(mode=0o600, exist_ok=True)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver would open transactions by itself, and too late: `_begin_sqlite` does it instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        cursor.execute(f"pragma busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000}")
        _use_wal(cursor)
        cursor.execute("pragma synchronous = full")
        cursor.execute("pragma secure_delete = on")
        cursor.execute("pragma foreign_keys = on")
    finally:
        cursor.close()


def _use_wal(cursor: Any) -> None:
    # Changing the mode does not wait for others as everything else does: it fails at once. A store
    # in memory keeps a mode of its own, and says so without an error.
    ends = time.monotonic() + BUSY_TIMEOUT_SECONDS
    while cursor.execute("pragma journal_mode").fetchone()[0] != "wal":
        try:
            cursor.execute("pragma journal_mode = wal")
        except sqlite3.OperationalError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("begin immediate" if writes else "begin")
