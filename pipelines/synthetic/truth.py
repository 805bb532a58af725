"""The truth beside a world, as Parquet: who is who, what is personal where, how problems went.

The tables and their columns are described in ``docs/synthetic-world.md``.
"""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

_ROWS = 8_000
_AT = pa.timestamp("s", tz="UTC")
_TEXT, _INT, _FLAG, _REAL = pa.string(), pa.int32(), pa.bool_(), pa.float64()

_TABLES: dict[str, dict[str, pa.DataType]] = {
    "people": {
        "zone": _TEXT,
        "person_id": _TEXT,
        "country": _TEXT,
        "language": _TEXT,
        "full_name": _TEXT,
        "count_channels": _INT,
    },
    "handles": {
        "zone": _TEXT,
        "person_id": _TEXT,
        "kind": _TEXT,
        "value": _TEXT,
        "namespace": _TEXT,
        "cluster": _TEXT,
    },
    "problems": {
        "zone": _TEXT,
        "problem_id": _TEXT,
        "person_id": _TEXT,
        "reason": _TEXT,
        "language": _TEXT,
        "country": _TEXT,
        "channels": pa.list_(_TEXT),
        "count_contacts": _INT,
        "count_escalations": _INT,
        "count_handoffs": _INT,
        "count_reopenings": _INT,
        "rating": _INT,
        "first_answer_seconds": _INT,
        "first_agent_answer_seconds": _INT,
        "handling_seconds": _REAL,
        "is_solved": _FLAG,
        "is_solved_at_first_contact": _FLAG,
        "is_self_service": _FLAG,
        "is_repeated_explanation": _FLAG,
        "opened_at": _AT,
    },
    "contacts": {
        "zone": _TEXT,
        "contact_id": _TEXT,
        "problem_id": _TEXT,
        "person_id": _TEXT,
        "source": _TEXT,
        "thread_vendor_id": _TEXT,
        "channel": _TEXT,
        "reason": _TEXT,
        "language": _TEXT,
        "cluster": _TEXT,
        "count_messages": _INT,
        "count_handoffs": _INT,
        "rating": _INT,
        "first_answer_seconds": _INT,
        "first_agent_answer_seconds": _INT,
        "handling_seconds": _REAL,
        "is_solved": _FLAG,
        "is_self_service": _FLAG,
        "is_escalated": _FLAG,
        "is_reopened": _FLAG,
        "opened_at": _AT,
    },
    "told_problems": {
        "zone": _TEXT,
        "person_id": _TEXT,
        "cluster": _TEXT,
        "channel": _TEXT,
        "language": _TEXT,
        "country": _TEXT,
        "reason": _TEXT,
        "channels": pa.list_(_TEXT),
        "count_contacts": _INT,
        "count_messages": _INT,
        "count_escalations": _INT,
        "count_handoffs": _INT,
        "count_reopenings": _INT,
        "rating": _INT,
        "first_answer_seconds": _INT,
        "first_agent_answer_seconds": _INT,
        "handling_seconds": _REAL,
        "is_asked": _FLAG,
        "is_answered_fast": _FLAG,
        "is_finished": _FLAG,
        "is_solved": _FLAG,
        "is_solved_at_first_contact": _FLAG,
        "is_self_service": _FLAG,
        "is_repeated_explanation": _FLAG,
        "opened_at": _AT,
    },
    "messages": {
        "zone": _TEXT,
        "delivered_zone": _TEXT,
        "source": _TEXT,
        "vendor_id": _TEXT,
        "thread_vendor_id": _TEXT,
        "contact_id": _TEXT,
        "person_id": _TEXT,
        "channel": _TEXT,
        "speaker": _TEXT,
        "language": _TEXT,
        "text": _TEXT,
        "spans": pa.list_(
            pa.struct([("start", pa.int32()), ("end", pa.int32()), ("entity", pa.string())])
        ),
        "is_canned": _FLAG,
        "has_quote": _FLAG,
        "occurred_at": _AT,
    },
    "mentions": {
        "zone": _TEXT,
        "source": _TEXT,
        "vendor_id": _TEXT,
        "person_id": _TEXT,
        "mentioned_person_id": _TEXT,
        "start": _INT,
        "end": _INT,
        "entity": _TEXT,
    },
    "events": {
        "zone": _TEXT,
        "source": _TEXT,
        "thread_vendor_id": _TEXT,
        "kind": _TEXT,
        "value": _TEXT,
        "actor": _TEXT,
        "occurred_at": _AT,
    },
    "orders": {
        "zone": _TEXT,
        "vendor_id": _TEXT,
        "person_id": _TEXT,
        "store_vendor_id": _TEXT,
        "total_amount": _TEXT,
        "currency": _TEXT,
        "count_lines": _INT,
        "is_return": _FLAG,
        "has_customer": _FLAG,
        "cluster": _TEXT,
        "ordered_at": _AT,
    },
    "consents": {
        "zone": _TEXT,
        "person_id": _TEXT,
        "purpose": _TEXT,
        "action": _TEXT,
        "source": _TEXT,
        "cluster": _TEXT,
        "occurred_at": _AT,
    },
    "faults": {
        "zone": _TEXT,
        "source": _TEXT,
        "day": _TEXT,
        "kind": _TEXT,
        "thread_vendor_id": _TEXT,
    },
}

TABLES = tuple(_TABLES)


class _Table:
    def __init__(self, path: Path, columns: dict[str, pa.DataType]) -> None:
        self._schema = pa.schema(list(columns.items()))
        self._writer: Any = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[tuple[Any, ...]] = []

    def add(self, row: tuple[Any, ...]) -> None:
        self._rows.append(row)
        if len(self._rows) >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            columns = zip(*self._rows, strict=True)
            arrays = [
                pa.array(column, type=field.type)
                for column, field in zip(columns, self._schema, strict=True)
            ]
            self._writer.write_table(pa.table(arrays, schema=self._schema))
            self._rows = []

    def close(self) -> None:
        self._flush()
        self._writer.close()


class Truth:
    """Writes the truth's tables; use as a context manager."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._tables = {
            name: _Table(folder / f"{name}.parquet", columns) for name, columns in _TABLES.items()
        }

    def __enter__(self) -> "Truth":
        """Start."""
        return self

    def __exit__(self, *_: object) -> None:
        """Finish the files."""
        for table in self._tables.values():
            table.close()

    def add(self, table: str, *row: Any) -> None:
        """Add a row, its values in the order of the table's columns."""
        self._tables[table].add(row)
