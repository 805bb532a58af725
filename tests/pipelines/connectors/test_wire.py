"""Reading JSON: values of their type, files of any form, in bounded memory."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.connectors import wire
from pipelines.connectors.connector import Malformed, SourceFile
from pipelines.connectors.documents import documents
from privacy.errors import WireFormatError

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


class _Drip(io.RawIOBase):
    """A stream that gives a few bytes at a time, so that every cut is tried."""

    def __init__(self, content: bytes, step: int) -> None:
        self._content, self._step = content, step

    def read(self, size: int = -1) -> bytes:
        block, self._content = self._content[: self._step], self._content[self._step :]
        return block


@given(
    values=st.lists(VALUES, max_size=8), step=st.integers(1, 7), indent=st.sampled_from([None, 1])
)
def test_an_array_is_read_element_by_element_wherever_it_is_cut(
    values: list[Any], step: int, indent: int | None
) -> None:
    content = json.dumps(values, indent=indent, ensure_ascii=False).encode("utf-8", "surrogatepass")
    try:
        content.decode()
    except UnicodeDecodeError:
        return
    assert list(wire.array_elements(_Drip(content, step), 10_000)) == values  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[",
        b"[1",
        b"[1,",
        b"[1 2]",
        b"[NaN]",
        b"[\xff]",
        b"[" * 90_000,
        b'["' + b"x" * 9000,
    ],
)
def test_an_array_that_breaks_off_or_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(WireFormatError):
        list(wire.array_elements(io.BytesIO(content), 1000))


def _documents(content: bytes) -> list[Any]:
    file = SourceFile("f", lambda: io.BytesIO(content))
    return [d.place if isinstance(d, Malformed) else d.value for d in documents(file)]


@pytest.mark.parametrize(
    ("content", "values"),
    [
        (b'{"a": 1}', [{"a": 1}]),
        (b'{\n "a": 1\n}\n', [{"a": 1}]),
        (b'{"a": 1}\n\n{"a": 2}\n', [{"a": 1}, {"a": 2}]),
        (b'\xef\xbb\xbf{"a": 1}\r\n{"a": 2}\r\n', [{"a": 1}, {"a": 2}]),
        (b'[{"a": 1}, {"a": 2}]', [{"a": 1}, {"a": 2}]),
        (b'[{"a": 1}]\n[{"a": 2}]\n', [[{"a": 1}], [{"a": 2}]]),
        (b'{"a": \n{"a": 2}\n', ["f:1", {"a": 2}]),
        (b'{"a": 1}\n{"a": ', [{"a": 1}, "f:2"]),
    ],
)
def test_a_file_gives_its_documents_whichever_way_it_holds_them(
    content: bytes, values: list[Any]
) -> None:
    assert _documents(content) == values


@pytest.mark.parametrize("content", [b"", b"\n", b"not json", b"{", b'{\n"a": ', b"\xff\xfe{"])
def test_a_file_that_is_no_json_is_refused_or_its_lines_are(content: bytes) -> None:
    with pytest.raises(WireFormatError):
        assert all(isinstance(d, str) for d in _documents(content))
        raise WireFormatError("only lines")


@pytest.mark.parametrize(
    "value", [True, None, -1, 10**12, "12a", "", 1.5, [], "99999999999999", "²", "0"]
)
def test_what_is_no_count_of_seconds_is_refused(value: Any) -> None:
    with pytest.raises(WireFormatError, match=r"^t "):
        wire.epoch_seconds(value, "t")


@pytest.mark.parametrize(
    "value", ["", "x", 5, None, "2026-13-01", "0001-01-01T00:00:00", "9999-12-31T23:59:59-23:00"]
)
def test_what_is_no_instant_is_refused(value: Any) -> None:
    with pytest.raises(WireFormatError, match=r"^t "):
        wire.instant(value, "t")


def test_an_instant_keeps_its_offset_apart() -> None:
    assert wire.instant("2026-03-01T11:00:00+0100", "t") == wire.instant("2026-03-01 10:00:00", "t")
    assert wire.offset_of("2026-03-01T11:00:00+0100") == "+01:00"
    assert wire.offset_of("2026-03-01T11:00:00Z") is None
    assert wire.offset_of("2026-03-01T11:00:00+00:00") is None


@given(value=VALUES)
def test_what_is_written_is_read_back(value: Any) -> None:
    assert wire.load_json(wire.dump_json(value)) == value


def test_a_number_of_more_than_64_bits_and_a_lone_surrogate_survive() -> None:
    for value in ({"a": 10**30}, {"a": "\ud83d"}):
        assert wire.load_json(json.dumps(value).encode()) is not None
        assert wire.dump_json(value)


def test_codes_are_never_free_text() -> None:
    assert wire.code("delivery_status", "p") == "delivery_status"
    assert wire.code(7, "p") == "7"
    for value in ("two words", "", "x" * 65, None, True, "a@b.example"):
        with pytest.raises(WireFormatError):
            wire.code(value, "p")
