"""A small encrypted warehouse filled from Arrow, and dbt run on it as the pipeline runs it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from privacy.records.tables import INSTANT, TABLES
from privacy.warehouse.open import attach, connect, extensions

PROJECT = Path(__file__).parents[2] / "dbt"
FILE_KEY = bytes(range(32))
NOTHING_SAID: dict[pa.DataType, Any] = {
    pa.string(): "",
    pa.int32(): 0,
    pa.float64(): 0.0,
    pa.bool_(): False,
    pa.binary(): b"",
    pa.decimal128(18, 2): Decimal(0),
    pa.date32(): date(2026, 3, 1),
    INSTANT: datetime(2026, 3, 1, tzinfo=UTC),
}

Rows = Iterable[Mapping[str, Any]]


def arrow(table: str, rows: Rows) -> pa.Table:
    """Give rows of one of our tables; what is not said is null where it may be, else empty."""
    schema = TABLES[table].arrow
    empty = {f.name: None if f.nullable else NOTHING_SAID[f.type] for f in schema}
    return pa.Table.from_pylist([{**empty, **row} for row in rows], schema=schema)


@dataclass(frozen=True)
class Run:
    """How a dbt command ended."""

    code: int
    output: str
    results: list[dict[str, Any]]


@dataclass(frozen=True)
class World:
    """One zone's folder: its warehouse and dbt's own."""

    root: Path
    key: bytes = FILE_KEY

    @property
    def file(self) -> Path:
        return self.root / "warehouse.duckdb"

    def fill(self, tables: Mapping[str, Rows]) -> None:
        """Replace the content of the tables named."""
        (self.root / "temporary").mkdir(exist_ok=True)
        connection = connect(self.root / "temporary")
        try:
            attach(connection, self.file, self.key)
            connection.execute("use warehouse; create schema if not exists core")
            for table in TABLES.values():
                connection.execute(table.ddl)
            for name, rows in tables.items():
                connection.register("given", arrow(name, rows))
                connection.execute(f"delete from core.{name}")
                connection.execute(f"insert into core.{name} select * from given")
                connection.unregister("given")
        finally:
            connection.close()

    def rows(self, query: str) -> list[dict[str, Any]]:
        connection = connect(self.root / "temporary")
        try:
            attach(connection, self.file, self.key)
            connection.execute("use warehouse")
            found: list[dict[str, Any]] = connection.execute(query).to_arrow_table().to_pylist()
            return found
        finally:
            connection.close()

    def dbt(self, *arguments: str, project: Path = PROJECT, key: str | None = None) -> Run:
        target = self.root / "target"
        done = subprocess.run(
            [
                str(Path(sys.executable).parent / "dbt"),
                *("--no-use-colors", "--log-path", str(self.root / "logs")),
                *arguments,
                *("--project-dir", str(project), "--profiles-dir", str(project)),
                *("--target-path", str(target)),
            ],
            env={
                **os.environ,
                "C360_WAREHOUSE_PATH": str(self.file),
                "C360_EXTENSIONS": str(extensions()),
                "C360_TEMPORARY": str(self.root / "temporary"),
                "DBT_ENV_SECRET_WAREHOUSE_KEY": self.key.hex() if key is None else key,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        written = target / "run_results.json"
        results = (
            json.loads(written.read_text(encoding="utf-8"))["results"] if written.is_file() else []
        )
        return Run(done.returncode, done.stdout + done.stderr, results)


@pytest.fixture(scope="session")
def world_of() -> Callable[[Path], World]:
    """Give the world whose zone lies in a folder."""
    return World


@pytest.fixture(scope="session")
def project() -> Path:
    """The dbt project."""
    return PROJECT
