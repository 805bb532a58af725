"""Batch statements do the same on SQLite and PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from privacy.store.batches import among, insert_if_absent, insert_or_update, update_each
from privacy.store.engine import open_store
from privacy.store.migrate import upgrade
from privacy.store.tables import DATA_KEYS, IDENTITY_DECISIONS, TIMELINE_PAGES

AT = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)


@pytest.fixture
def store(either_url: str) -> Iterator[Engine]:
    engine = open_store(either_url)
    upgrade(engine)
    yield engine
    engine.dispose()


def _key(owner_id: str, wrapped: bytes | None = b"w") -> dict[str, object]:
    return {"owner_id": owner_id, "epoch": 1, "wrapped": wrapped, "created_at": AT}


def test_rows_that_are_there_already_stay_as_they_are(store: Engine) -> None:
    with store.begin() as connection:
        assert insert_if_absent(connection, DATA_KEYS, [_key("a", b"1"), _key("b", b"1")]) == 2
    with store.begin() as connection:
        assert insert_if_absent(connection, DATA_KEYS, [_key("b", b"2"), _key("c", b"2")]) == 1
    with store.connect() as connection:
        rows = connection.execute(select(DATA_KEYS.c.owner_id, DATA_KEYS.c.wrapped)).all()
    assert sorted(tuple(row) for row in rows) == [("a", b"1"), ("b", b"1"), ("c", b"2")]


def test_an_upsert_overwrites_all_but_the_key(store: Engine) -> None:
    def page(number: int, digest: str) -> dict[str, object]:
        return {
            "customer_id": "c",
            "page": number,
            "digest": digest,
            "sealed": digest.encode(),
            "count_entries": 1,
            "published_at": AT,
        }

    with store.begin() as connection:
        insert_or_update(connection, TIMELINE_PAGES, [page(0, "x"), page(1, "x")])
        insert_or_update(connection, TIMELINE_PAGES, [page(1, "y"), page(2, "y")])
        rows = connection.execute(select(TIMELINE_PAGES.c.page, TIMELINE_PAGES.c.sealed)).all()
    assert sorted(tuple(row) for row in rows) == [(0, b"x"), (1, b"y"), (2, b"y")]


def test_instants_and_documents_come_back_as_they_went_in(store: Engine) -> None:
    elsewhere = AT.astimezone(timezone(timedelta(hours=-5)))
    decision = {
        "decision_id": "d",
        "kind": "merged",
        "customer_id": "c",
        "subject_ids": ["s_1", "s_2"],
        "evidence": {"links": 2},
        "decided_by": "x",
    }
    rows = [{**decision, "decided_at": elsewhere}, {**decision, "decision_id": "e"}]
    rows[1]["decided_at"] = AT
    with store.begin() as connection:
        insert_if_absent(connection, IDENTITY_DECISIONS, rows)
        found = connection.execute(select(IDENTITY_DECISIONS)).mappings().all()
    assert [row["decided_at"] for row in found] == [AT, AT]
    assert found[0]["from_customer_id"] is None
    assert found[0]["subject_ids"] == ["s_1", "s_2"]
    assert found[0]["evidence"] == {"links": 2}


def test_an_instant_that_is_not_set_is_none(store: Engine) -> None:
    with store.begin() as connection:
        insert_if_absent(connection, DATA_KEYS, [_key("a")])
        row = connection.execute(select(DATA_KEYS)).one()
    assert (row.created_at, row.destroyed_at) == (AT, None)


def test_each_row_is_updated_with_its_own_values(store: Engine) -> None:
    with store.begin() as connection:
        insert_if_absent(connection, DATA_KEYS, [_key("a"), _key("b"), _key("c")])
        changes = [{"owner_id": "a", "epoch": 7}, {"owner_id": "b", "epoch": 8}]
        assert update_each(connection, DATA_KEYS, "owner_id", changes) == 2
        rows = connection.execute(select(DATA_KEYS.c.owner_id, DATA_KEYS.c.epoch)).all()
    assert dict(tuple(row) for row in rows) == {"a": 7, "b": 8, "c": 1}


def test_no_rows_are_no_statement(store: Engine) -> None:
    with store.begin() as connection:
        assert insert_if_absent(connection, DATA_KEYS, []) == 0
        assert update_each(connection, DATA_KEYS, "owner_id", []) == 0
        insert_or_update(connection, DATA_KEYS, [])
        nobody = among(connection, DATA_KEYS.c.owner_id, [])
        assert connection.execute(select(DATA_KEYS).where(nobody)).all() == []


def test_ten_thousand_values_are_one_parameter(store: Engine) -> None:
    with store.begin() as connection:
        insert_if_absent(connection, DATA_KEYS, [_key("s_9999"), _key("other")])
        many = [f"s_{number}" for number in range(10_000)]
        owned = among(connection, DATA_KEYS.c.owner_id, many)
        assert connection.scalars(select(DATA_KEYS.c.owner_id).where(owned)).all() == ["s_9999"]


@pytest.fixture(scope="module")
def memory() -> Iterator[Engine]:
    engine = open_store("sqlite://")
    upgrade(engine)
    yield engine
    engine.dispose()


@given(values=st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))))
def test_any_text_is_found_among_itself(memory: Engine, values: list[str]) -> None:
    with memory.connect() as connection:
        rows = [_key(value) for value in dict.fromkeys(values)]
        insert_if_absent(connection, DATA_KEYS, rows)
        owned = among(connection, DATA_KEYS.c.owner_id, values)
        found = connection.scalars(select(DATA_KEYS.c.owner_id).where(owned)).all()
        connection.rollback()
    assert set(found) == set(values)
