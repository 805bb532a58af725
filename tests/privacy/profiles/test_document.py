"""A document's bytes depend on its content only."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import from_json

from privacy.profiles.document import Renderer

INSTANT = pa.timestamp("us", tz="UTC")
AT = datetime(2026, 3, 1, 9, 0, 0, 5, tzinfo=UTC)


def rendered(values: list[Any], kind: pa.DataType) -> list[str]:
    batch = pa.RecordBatch.from_arrays([pa.array(values, kind)], ["a"])
    with Renderer() as renderer:
        return list(renderer.rows(batch))


@pytest.mark.parametrize(
    ("value", "kind", "written"),
    [
        (AT, INSTANT, '"2026-03-01T09:00:00.000005Z"'),
        (AT, pa.timestamp("us", tz="Europe/Berlin"), '"2026-03-01T09:00:00.000005Z"'),
        (AT, pa.timestamp("ns", tz="UTC"), '"2026-03-01T09:00:00.000005Z"'),
        (None, INSTANT, "null"),
        (Decimal("12.50"), pa.decimal128(18, 2), '"12.50"'),
        (True, pa.bool_(), "true"),
        (0.25, pa.float64(), "0.25"),
        (["de", None], pa.list_(pa.string()), '["de",null]'),
        ([AT], pa.list_(INSTANT), '["2026-03-01T09:00:00.000005Z"]'),
        ({"b": "x"}, pa.struct([("b", pa.string())]), '{"b":"x"}'),
        ({"b": AT}, pa.struct([("b", INSTANT)]), '{"b":"2026-03-01T09:00:00.000005Z"}'),
        (None, pa.struct([("b", INSTANT)]), "null"),
        (
            [[{"b": [AT]}], None],
            pa.list_(pa.list_(pa.struct([("b", pa.list_(INSTANT))]))),
            '[[{"b":["2026-03-01T09:00:00.000005Z"]}],null]',
        ),
    ],
)
def test_a_value_is_written_one_way(value: Any, kind: pa.DataType, written: str) -> None:
    assert rendered([value], kind) == [f'{{"a":{written}}}']


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=5))
def test_any_text_is_read_back_as_it_was(texts: list[str]) -> None:
    assert [from_json(row)["a"] for row in rendered(texts, pa.string())] == texts


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20))
def test_any_column_name_is_a_key(name: str) -> None:
    batch = pa.RecordBatch.from_arrays([pa.array([AT], INSTANT)], [name])
    with Renderer() as renderer:
        [row] = renderer.rows(batch)
    assert from_json(row) == {name: "2026-03-01T09:00:00.000005Z"}
