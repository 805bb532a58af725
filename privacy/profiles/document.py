"""A published document as canonical JSON: the same content is always the same bytes.

Rendering is done by DuckDB, a batch at a time, because turning a million rows into Python objects
first costs ten times as much as everything else a publication does.
"""

from collections.abc import Collection, Iterator

import duckdb
import pyarrow as pa

ROWS_AT_ONCE = 20_000
"""Rows rendered in one go: some 20 MB of JSON."""


class Renderer:
    """Turns Arrow rows into JSON objects with keys in the columns' order.

    Instants become RFC 3339 text in UTC with six digits, decimals become text (JSON numbers are
    binary fractions in most readers), everything else is itself. Not safe to share between threads.
    """

    def __init__(self) -> None:
        # An empty temporary folder forbids spilling: nothing rendered here may touch a disk.
        self._connection = duckdb.connect(":memory:", config={"temp_directory": "", "threads": 1})

    def __enter__(self) -> "Renderer":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def rows(self, batch: pa.RecordBatch, *, leave_out: Collection[str] = ()) -> Iterator[str]:
        """Yield one JSON object a row, in the batch's order.

        Args:
            batch: Any number of rows; rendered in slices of `ROWS_AT_ONCE`.
            leave_out: Columns that do not go into the document.
        """
        kept = [field for field in batch.schema if field.name not in leave_out]
        members = ", ".join(
            f"{_quoted(field.name)}: {_expression(_quoted(field.name), field.type)}"
            for field in kept
        )
        plain = pa.schema([pa.field(field.name, _without_zone(field.type)) for field in kept])
        chosen = batch.select([field.name for field in kept])
        for start in range(0, batch.num_rows, ROWS_AT_ONCE):
            part = pa.Table.from_batches([chosen.slice(start, ROWS_AT_ONCE)]).cast(plain)
            relation = self._connection.from_arrow(part)
            rendered = relation.project(f"to_json({{{members}}})::varchar as document")
            yield from rendered.to_arrow_table().column(0).to_pylist()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _without_zone(kind: pa.DataType) -> pa.DataType:
    """Give the type with instants as UTC wall time, which DuckDB formats whatever its own zone is."""
    if pa.types.is_timestamp(kind):
        return pa.timestamp("us")
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return pa.list_(_without_zone(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([pa.field(f.name, _without_zone(f.type)) for f in kind])
    return kind


def _expression(value: str, kind: pa.DataType, depth: int = 0) -> str:
    """Give the SQL that turns `value` into something `to_json` writes the way we want it."""
    if pa.types.is_timestamp(kind):
        return f"strftime({value}, '%Y-%m-%dT%H:%M:%S.%fZ')"
    if pa.types.is_decimal(kind):
        return f"{value}::varchar"
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        item = f"item_{depth}"
        inner = _expression(item, kind.value_type, depth + 1)
        return value if inner == item else f"list_transform({value}, lambda {item}: {inner})"
    if pa.types.is_struct(kind):
        members = []
        for field in kind:
            path = f"{value}.{_quoted(field.name)}"
            members.append((field.name, path, _expression(path, field.type, depth + 1)))
        if all(path == expression for _, path, expression in members):
            return value
        written = ", ".join(f"{_quoted(name)}: {expression}" for name, _, expression in members)
        return f"case when {value} is null then null else {{{written}}} end"
    return value
