"""Every cell that could hold a value is searched, whatever its type."""

from typing import Any

import pyarrow as pa
import pytest

from privacy.erasure.cells import pieces_of

TEXT = "canary"
LIST = pa.list_(pa.string())


@pytest.mark.parametrize(
    "column",
    [
        pa.array([TEXT]),
        pa.array([None, TEXT]),
        pa.array([TEXT], pa.large_string()),
        pa.array([TEXT], pa.string_view()),
        pa.array([TEXT.encode()], pa.binary()),
        pa.array([TEXT.encode()], pa.large_binary()),
        pa.array([TEXT.encode()], pa.binary_view()),
        pa.array([TEXT.encode()], pa.binary(6)),
        pa.array([TEXT]).dictionary_encode(),
        pa.array([[], None, [TEXT]], LIST),
        pa.array([[TEXT]], pa.large_list(pa.string())),
        pa.array([[TEXT]], pa.list_(pa.string(), 1)),
        pa.array([{"x": {"y": TEXT}}]),
        pa.array([[(TEXT, 1)]], pa.map_(pa.string(), pa.int8())),
        pa.array([[(1, TEXT)]], pa.map_(pa.int8(), pa.string())),
        pa.array([[[{"x": [TEXT]}]]]),
    ],
)
def test_text_is_found_in_any_type(column: Any) -> None:
    batch = pa.record_batch([column], names=["c"])
    assert TEXT.encode() in b"|".join(cells.content for _, cells in pieces_of(batch))


@pytest.mark.parametrize(
    "column",
    [
        pa.array([4930123456], pa.int64()),
        pa.array([4930123456], pa.uint64()),
        pa.array([4930123456], pa.decimal128(18, 2)),
    ],
)
def test_whole_numbers_are_searched_as_digits(column: Any) -> None:
    batch = pa.record_batch([column], names=["c"])
    assert b"4930123456" in b"|".join(cells.content for _, cells in pieces_of(batch))


def test_an_extension_type_is_searched_as_what_it_is_stored_as() -> None:
    column = pa.array([b"canary-canary-16"], pa.binary(16)).cast(pa.uuid())
    batch = pa.record_batch([column], names=["c"])
    assert [cells.content for _, cells in pieces_of(batch)] == [b"canary-canary-16"]


def test_nothing_comes_of_columns_without_values() -> None:
    batch = pa.record_batch(
        [pa.array([None], pa.string()), pa.array([1.5]), pa.array([True])], names=["a", "b", "c"]
    )
    assert list(pieces_of(batch)) == []


def test_a_large_column_is_given_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("privacy.erasure.cells._PIECE_BYTES", 100)
    batch = pa.record_batch([pa.array(["x" * 30] * 20)], names=["c"])
    pieces = [cells.content for _, cells in pieces_of(batch)]
    assert len(pieces) > 4
    assert sum(piece.count(b"x") for piece in pieces) == 600
