"""Everything a zone keeps, written out in the clear, for `grep`; and `grep`.

None of `privacy.erasure` is used here: a search that rests on the product's own list of places
would miss what that list misses.
"""

import csv
import os
import sqlite3
import subprocess
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.ipc

from pipelines.landing.held import opened_places
from privacy.errors import Tampered
from privacy.keys.handoff_file import frames_of
from privacy.opened import OpenZone
from privacy.warehouse.open import ALIAS, open_warehouse

_ROWS = 5_000
_BLOCK = bytes(1 << 20)


class Found(NamedTuple):
    """What `grep` found.

    Attributes:
        count_hits: Occurrences.
        patterns: Which of the patterns, in lower case.
    """

    count_hits: int
    patterns: frozenset[str]


def decrypt(zone: OpenZone, into: Path) -> int:
    """Write out every table, every landed payload, every sealed cell; give the number of bytes.

    What is of the store goes below ``store``, the rest below ``rest``: the store's record of an
    erasure holds ids, which may be nowhere else.
    """
    rest, store = into / "rest", into / "store"
    for folder in (rest, store):
        folder.mkdir(parents=True, mode=0o700)
    _warehouse(zone, rest)
    _landing(zone, rest)
    _handed_over(zone, rest)
    _store(zone, store)
    return sum(path.stat().st_size for path in into.rglob("*") if path.is_file())


def grep(
    patterns: Collection[str], into: Path, folders: Sequence[Path], *, leave_out: str = ""
) -> Found:
    """Run the system's ``grep`` over every file of some folders, as it lies there.

    Args:
        patterns: Plain text; compared without regard to case.
        into: Folder to put the list of patterns into for a moment; not one of `folders`.
        folders: What to search; one that does not exist holds nothing.
        leave_out: Pattern of names of files to leave out.
    """
    listed = into / "patterns"
    listed.write_text("".join(f"{pattern}\n" for pattern in sorted(patterns)), "utf-8")
    command = ["grep", "-r", "-a", "-o", "-h", "-F", "-i", "-f", str(listed)]
    command += [f"--exclude={leave_out}"] if leave_out else []
    command += ["--", *(str(folder) for folder in folders if folder.exists())]
    count = 0
    seen: set[str] = set()
    # In the C locale a byte is a character: nothing is skipped for not being UTF-8.
    environment = {"LC_ALL": "C", "PATH": "/usr/local/bin:/usr/bin:/bin"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        for line in process.stdout:
            count += 1
            seen.add(line.rstrip(b"\n").decode("utf-8", "replace").lower())
    wipe(listed)
    if process.returncode not in (0, 1):
        raise SystemExit(f"grep failed with {process.returncode}")
    return Found(count, frozenset(seen))


def wipe(path: Path) -> None:
    """Overwrite and remove a file, or a folder with all that is in it."""
    if path.is_dir():
        for inner in path.iterdir():
            wipe(inner)
        path.rmdir()
        return
    left = path.stat().st_size
    with path.open("rb+") as file:
        while left > 0:
            left -= file.write(_BLOCK[:left])
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def _warehouse(zone: OpenZone, into: Path) -> None:
    with open_warehouse(zone.layout, zone.keyring.warehouse_keys) as warehouse:
        names = warehouse.connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where database_name = ?",
            [ALIAS],
        ).fetchall()
        for (name,) in names:
            path = str(into / f"warehouse.{name}.csv").replace("'", "''")
            warehouse.connection.execute(f"copy (from {name}) to '{path}' (format csv)")
        query = "select subject_id, sealed from core.originals"
        batches = warehouse.batches(query, rows=_ROWS)
        columns = ([column.to_pylist() for column in batch.columns] for batch in batches)
        _write(into / "originals", _opened(zone, columns, "originals", "sealed"))


def _landing(zone: OpenZone, into: Path) -> None:
    def columns() -> Iterator[list[Any]]:
        for path in sorted(zone.layout.landing.rglob("*")):
            if path.is_file():
                with pyarrow.ipc.open_file(path.read_bytes()) as reader:
                    for batch in reader.read_all().to_batches(max_chunksize=_ROWS):
                        yield [batch[name].to_pylist() for name in ("owner_id", "sealed")]

    _write(into / "landing", _opened(zone, columns(), "landing", "payload"))


def _handed_over(zone: OpenZone, into: Path) -> None:
    def opened() -> Iterator[bytes]:
        for path in zone.layout.handoff.rglob("*.handoff"):
            with suppress(Tampered), path.open("rb") as stream:
                yield from frames_of(stream, zone.keyring.open_handoff)

    _write(into / "handoff", opened())


def _store(zone: OpenZone, into: Path) -> None:
    """Dump every table row by row, then open what is sealed in it."""
    uri = f"{zone.layout.store.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        tables = connection.execute("select name from sqlite_schema where type = 'table'")
        for (table,) in tables.fetchall():
            rows = connection.execute(f'select * from "{table}"')
            names = [column[0] for column in rows.description]
            with (into / f"{table}.csv").open("w", encoding="utf-8", errors="replace") as file:
                csv.writer(file).writerows(rows)
            if "sealed" in names:
                owner = "null" if table == "quarantine" else "customer_id"
                columns = _columns(connection.execute(f'select {owner}, sealed from "{table}"'))
                _write(into / f"{table}.sealed", _opened(zone, columns, table, "sealed"))
        places = [row[0] for row in connection.execute("select place from quarantine")]
        opened = opened_places(zone.keyring, places)
        _write(into / "places", (place.encode() for place in opened))


def _columns(rows: sqlite3.Cursor) -> Iterator[list[Any]]:
    while batch := rows.fetchmany(_ROWS):
        kept = [row for row in batch if row[1]]
        yield [[row[0] for row in kept], [row[1] for row in kept]]


def _opened(
    zone: OpenZone, columns: Iterable[list[Any]], table: str, column: str
) -> Iterator[bytes]:
    """Open (owner, sealed) columns; what a destroyed key seals is nobody's to read."""
    for owners, sealed in columns:
        for value in zone.keyring.open_many(
            owners, table=table, column=column, sealed=sealed, missing="none"
        ):
            if value is not None:
                yield value
                with suppress(zlib.error):
                    yield zlib.decompress(value)


def _write(path: Path, values: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        for value in values:
            file.write(value)
            file.write(b"\n")
