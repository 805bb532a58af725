"""What every connector promises, tried on its recorded message and on ruins of it."""

import copy
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.connectors.connector import (
    Malformed,
    dated,
    is_undated,
    occurred_at,
)
from pipelines.connectors.registry import CONNECTORS, connectors
from privacy.clock import now
from privacy.errors import WireFormatError
from privacy.records.canonical import ConsentEvent, Contact, Interaction, Item, Order, Parsed
from privacy.records.handles import normalise
from privacy.zones.model import Purpose

NAMES = sorted(CONNECTORS)
JSON_NAMES = [name for name in NAMES if name not in ("email", "poslog")]
CANARY = "Zq9canaryXv7"

Read = Callable[..., list[Item | Malformed]]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif hasattr(value, "__slots__"):
        for slot in value.__slots__:
            yield from _texts(getattr(value, slot))
    elif isinstance(value, tuple):
        for element in value:
            yield from _texts(element)


def _check(parsed: Parsed) -> None:
    for record in parsed.records:
        at = occurred_at(record)
        assert at.tzinfo is not None
        assert at.utcoffset() == timedelta(0)
        assert record.vendor_id
        person = record.person if isinstance(record, Contact) else record.customer
        assert person is None or person.handles
        if isinstance(record, Interaction):
            assert record.sentiment is None or -1 <= record.sentiment <= 1
            assert record.duration_seconds is None or record.duration_seconds >= 0
        if isinstance(record, Order):
            assert record.total_amount.is_finite()
        if isinstance(record, ConsentEvent):
            assert Purpose(record.purpose)
    for text in _texts(parsed):
        assert "\x00" not in text
        text.encode()


def test_every_connector_has_one_recorded_message(samples: dict[str, Path]) -> None:
    assert sorted(samples) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_recorded_message_is_recognised_by_its_connector_alone(
    name: str, samples: dict[str, Path]
) -> None:
    head = samples[name].read_bytes()[:4096]
    assert [n for n in NAMES if CONNECTORS[n].recognises("a/file", head)] == [name]


@pytest.mark.parametrize("name", NAMES)
def test_a_recorded_message_gives_items_that_parse(
    name: str, samples: dict[str, Path], items_of: Read
) -> None:
    connector = CONNECTORS[name]
    items = items_of(connector, samples[name].read_bytes(), samples[name].name)
    assert items
    count_records = 0
    for item in items:
        assert isinstance(item, Item)
        assert samples[name].name in item.place
        parsed = connector.parse(item.payload)
        _check(parsed)
        count_records += len(parsed.records)
        for record in parsed.records:
            person = record.person if isinstance(record, Contact) else record.customer
            for handle in person.handles if person else ():
                assert normalise(handle, region=person.country if person else None)
    assert count_records
    ids = [item.vendor_id for item in items if item.vendor_id]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", NAMES)
def test_records_of_a_recorded_message_have_ids_of_their_own(
    name: str, parsed: Callable[[str], list[Parsed]]
) -> None:
    records = [record for one in parsed(name) for record in one.records]
    keys = [(type(record), record.vendor_id) for record in records]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", NAMES)
def test_reading_twice_gives_the_same_items(
    name: str, samples: dict[str, Path], items_of: Read
) -> None:
    content = samples[name].read_bytes()
    assert items_of(CONNECTORS[name], content) == items_of(CONNECTORS[name], content)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_dated_is_dated_by_its_landing_in_order(
    name: str, parsed: Callable[[str], list[Parsed]]
) -> None:
    landed_at = now()
    for one in parsed(name):
        records = dated(one.records, landed_at)
        before = [occurred_at(record) for record in one.records]
        after = [occurred_at(record) for record in records]
        assert not any(map(is_undated, after))
        for old, new in zip(before, after, strict=True):
            assert new >= landed_at if is_undated(old) else new == old


@pytest.mark.parametrize("name", NAMES)
def test_a_file_cut_short_anywhere_gives_items_or_says_what_is_wrong(
    name: str, samples: dict[str, Path], items_of: Read
) -> None:
    connector = CONNECTORS[name]
    content = samples[name].read_bytes()
    for end in range(0, len(content), max(1, len(content) // 150)):
        connector.recognises("file", content[:end])
        try:
            items = items_of(connector, content[:end])
            for item in items:
                if isinstance(item, Item):
                    _check(connector.parse(item.payload))
        except WireFormatError:
            continue


@pytest.mark.parametrize("name", NAMES)
@given(content=st.binary(max_size=400))
def test_arbitrary_bytes_are_refused_or_read_and_nothing_else(
    name: str, content: bytes, items_of: Read
) -> None:
    connector = CONNECTORS[name]
    connector.recognises("file", content)
    for read in (lambda: items_of(connector, content), lambda: _check(connector.parse(content))):
        try:
            read()
        except WireFormatError:
            continue


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_flipped_bytes_are_refused_or_read_and_nothing_else(
    name: str, data: st.DataObject, samples: dict[str, Path], items_of: Read
) -> None:
    connector = CONNECTORS[name]
    content = bytearray(samples[name].read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(WireFormatError):
        for item in items_of(connector, bytes(content)):
            if isinstance(item, Item):
                _check(connector.parse(item.payload))


def _junk() -> st.SearchStrategy[Any]:
    texts = st.text(st.characters(categories=None), max_size=8)
    leaves = st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**30), 10**30),
        st.floats(allow_nan=False, allow_infinity=False),
        texts,
        st.sampled_from(
            ["", "2026-01-01T00:00:00", "9999-12-31T23:59:59-14:00", "1e9", "-", "x" * 600]
        ),
    )
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
        max_leaves=5,
    )


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict):
        for key in value:
            yield from _paths(value[key], (*path, key))
    elif isinstance(value, list):
        for position, element in enumerate(value):
            yield from _paths(element, (*path, position))


def _replaced(value: Any, path: tuple[Any, ...], junk: Any) -> Any:
    if not path:
        return junk
    value = copy.deepcopy(value)
    inner = value
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = junk
    return value


@pytest.mark.parametrize("name", JSON_NAMES)
@given(data=st.data())
def test_a_field_of_the_wrong_type_is_refused_by_its_place(
    name: str, data: st.DataObject, samples: dict[str, Path], items_of: Read
) -> None:
    connector = CONNECTORS[name]
    items = items_of(connector, samples[name].read_bytes())
    item = data.draw(st.sampled_from(items))
    value = json.loads(item.payload)
    paths = list(_paths(value))
    broken = _replaced(value, data.draw(st.sampled_from(paths)), data.draw(_junk()))
    payload = json.dumps(broken).encode()
    with suppress(WireFormatError):
        _check(connector.parse(payload))
    with suppress(WireFormatError):
        for found in items_of(connector, payload):
            if isinstance(found, Item):
                _check(connector.parse(found.payload))


@pytest.mark.parametrize("name", JSON_NAMES)
def test_no_message_carries_a_value(name: str, samples: dict[str, Path], items_of: Read) -> None:
    connector = CONNECTORS[name]
    for item in items_of(connector, samples[name].read_bytes()):
        value = json.loads(item.payload)
        for path in _paths(value):
            for junk in (CANARY, [CANARY], {CANARY: CANARY}, {"id": CANARY, "type": CANARY}):
                payload = json.dumps(_replaced(value, path, junk)).encode()
                message = ""
                try:
                    connector.parse(payload)
                except WireFormatError as error:
                    message = str(error)
                assert CANARY not in message, path


@pytest.mark.parametrize("name", JSON_NAMES)
def test_nesting_without_end_is_refused(name: str, items_of: Read) -> None:
    connector = CONNECTORS[name]
    for content in (b"[" * 200_000, b'{"a":' * 200_000, b'{"entry":' + b"[" * 100_000):
        with pytest.raises(WireFormatError):
            connector.parse(content)
        with suppress(WireFormatError):
            assert all(isinstance(item, Malformed) for item in items_of(connector, content))


@pytest.mark.parametrize("name", JSON_NAMES)
def test_lone_surrogates_and_nul_become_replacement_characters(
    name: str, samples: dict[str, Path], items_of: Read
) -> None:
    connector = CONNECTORS[name]
    for item in items_of(connector, samples[name].read_bytes()):
        value = json.loads(item.payload)
        for path in _paths(value):
            for bad in ("a\ud83d b", "a\x00b"):
                payload = json.dumps(_replaced(value, path, bad)).encode()
                try:
                    _check(connector.parse(payload))
                except WireFormatError:
                    continue


def test_the_registry_is_keyed_by_name_and_says_what_each_is() -> None:
    for name, connector in connectors(own_domains=["shop.example"]).items():
        assert connector.name == name
        assert connector.title
        assert connector.channel
