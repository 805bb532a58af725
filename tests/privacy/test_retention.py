from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from sqlalchemy import select

from privacy.holds import place_hold, release_hold
from privacy.opened import OpenZone, create_zone
from privacy.records.tables import TABLES
from privacy.retention.due import due_in_store, due_in_warehouse, limit_of
from privacy.retention.removal import remove_landed, remove_quarantined
from privacy.store.tables import (
    AUDIT_ENTRIES,
    LANDING_ITEMS,
    LANDING_SEGMENTS,
    PROFILES,
    QUARANTINE,
)
from privacy.warehouse.open import Warehouse
from privacy.zones.model import Category

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def zone(tmp_path: Path) -> Iterator[OpenZone]:
    with create_zone(tmp_path, "eu", clock=lambda: NOW) as opened:
        yield opened


@pytest.fixture
def warehouse() -> Iterator[Warehouse]:
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute("create schema core")
        for table in TABLES.values():
            connection.execute(table.ddl.replace(" not null", ""))
        yield Warehouse(connection)


def by_category(found) -> dict:
    return {due.category: due for due in found}


def segment(zone: OpenZone, name: str, day: date, *, is_sealed: bool = True) -> Path:
    path = zone.layout.landing / f"{name}.arrow"
    if is_sealed:
        path.write_bytes(b"sealed")
    with zone.store.begin() as connection:
        connection.execute(
            LANDING_SEGMENTS.insert().values(
                segment_id=name,
                source="email",
                file_digest=name,
                chunk=0,
                is_last_chunk=True,
                day=day,
                path=str(path.relative_to(zone.layout.root)) if is_sealed else None,
                count_landed=1,
                count_sealed=1,
                count_duplicate=0,
                count_quarantined=0,
                count_suppressed=0,
                count_handed_over=0,
                count_bytes=6,
                landed_at=NOW,
            )
        )
    return path


def test_a_day_ends_in_the_zones_own_time(zone):
    cutoff, limit = limit_of(zone.policy, Category.LANDING, TODAY)
    assert cutoff == date(2026, 3, 1)
    assert limit == datetime(2026, 3, 1, 23, tzinfo=UTC), "midnight in Brussels, winter"


def test_landed_files_go_when_their_days_are_over_and_their_lines_stay(zone):
    old = segment(zone, "old", date(2026, 3, 1))
    young = segment(zone, "young", date(2026, 3, 2))
    segment(zone, "empty", date(2026, 1, 1), is_sealed=False)
    due = {each.place: each.ids for each in due_in_store(zone, today=TODAY)}
    assert due["store.landing_segments"] == ("old",)
    assert remove_landed(zone, today=TODAY) == 1
    assert (old.exists(), young.exists()) == (False, True)
    with zone.store.connect() as connection:
        rows = connection.execute(
            select(LANDING_SEGMENTS.c.segment_id).where(LANDING_SEGMENTS.c.removed_at.is_not(None))
        )
        assert list(rows.scalars()) == ["old"]
    assert remove_landed(zone, today=TODAY) == 0


def test_a_removal_that_was_cut_short_is_made_good(zone):
    segment(zone, "old", date(2026, 3, 1)).unlink()
    assert remove_landed(zone, today=TODAY) == 1


def test_audit_entries_are_due_while_they_still_name_a_person(zone):
    def entry(name: str, customer: str | None, happened_at: datetime) -> dict:
        return {
            "entry_id": name,
            "action": "read_context",
            "caller_id": "desk",
            "purpose": "service",
            "outcome": "answered",
            "customer_id": customer,
            "commitment": b"",
            "happened_at": happened_at,
        }

    long_ago = datetime(2023, 3, 31, tzinfo=UTC)
    with zone.store.begin() as connection:
        connection.execute(
            AUDIT_ENTRIES.insert(),
            [
                entry("u_1", "c_1", long_ago),
                entry("u_2", None, long_ago),
                entry("u_3", "c_1", datetime(2023, 4, 1, tzinfo=UTC)),
            ],
        )
    due = by_category(due_in_store(zone, today=TODAY))[Category.AUDIT]
    assert due.ids == ("u_1",)
    assert due.rule.months == 36


def put(warehouse: Warehouse, table: str, **columns) -> None:
    names = ", ".join(columns)
    marks = ", ".join("?" for _ in columns)
    warehouse.connection.execute(
        f"insert into core.{table} ({names}) values ({marks})", list(columns.values())
    )


def said(warehouse: Warehouse, name: str, subject: str | None, at: datetime) -> None:
    put(warehouse, "interactions", interaction_id=name, subject_id=subject, occurred_at=at)


OLD = datetime(2023, 1, 1, tzinfo=UTC)
RECENT = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_history_goes_whole_when_the_customer_has_been_quiet_long_enough(zone, warehouse):
    for subject, customer in (("s_a", "c_1"), ("s_b", "c_1"), ("s_c", "c_2")):
        put(warehouse, "customers", subject_id=subject, customer_id=customer, resolved_at=NOW)
    said(warehouse, "i_1", "s_a", OLD)
    said(warehouse, "i_2", "s_b", RECENT)
    said(warehouse, "i_3", "s_c", OLD)
    said(warehouse, "i_4", "s_c", datetime(2023, 2, 1, tzinfo=UTC))
    said(warehouse, "i_5", None, OLD)
    said(warehouse, "i_6", None, RECENT)
    with zone.store.begin() as connection:
        connection.execute(
            PROFILES.insert(),
            [
                {
                    "customer_id": customer,
                    "digest": "",
                    "sealed": b"",
                    "count_entries": 1,
                    "published_at": NOW,
                }
                for customer in ("c_1", "c_2")
            ],
        )
    found = by_category(due_in_warehouse(zone, warehouse, today=TODAY))
    assert found[Category.INTERACTIONS].ids == ("i_3", "i_4", "i_5")
    assert found[Category.PROFILES].ids == ("c_2",)


def test_orders_go_by_the_day_they_were_paid(zone, warehouse):
    put(warehouse, "orders", order_id="o_1", ordered_at=datetime(2016, 3, 31, 21, tzinfo=UTC))
    put(warehouse, "orders", order_id="o_2", ordered_at=datetime(2016, 3, 31, 22, tzinfo=UTC))
    due = by_category(due_in_warehouse(zone, warehouse, today=TODAY))[Category.ORDERS]
    assert due.ids == ("o_1",), "the 31st ended at 22:00 UTC, summer time in Brussels"


def test_a_consent_that_still_holds_is_never_due(zone, warehouse):
    def word(name: str, subject: str, start: datetime, end: datetime | None = None) -> None:
        put(
            warehouse,
            "consent_events",
            consent_event_id=name,
            subject_id=subject,
            purpose="marketing",
            valid_from=start,
            valid_to=end,
            recorded_at=start,
        )

    word("e_1", "s_a", datetime(2019, 1, 1, tzinfo=UTC))
    word("e_2", "s_a", datetime(2020, 1, 1, tzinfo=UTC))
    word("e_3", "s_b", datetime(2019, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC))
    word("e_4", "s_c", datetime(2019, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))
    word("e_5", "s_c", datetime(2026, 2, 1, tzinfo=UTC))
    due = by_category(due_in_warehouse(zone, warehouse, today=TODAY))[Category.CONSENT]
    assert due.ids == ("e_1", "e_3")


def test_an_empty_zone_has_nothing_due(zone, warehouse):
    assert all(not due.ids for due in due_in_store(zone, today=TODAY))
    assert all(not due.ids for due in due_in_warehouse(zone, warehouse, today=TODAY))
    assert all(not due.ids for due in due_in_warehouse(zone, warehouse, today=date(1, 2, 3)))


# --- legal holds --------------------------------------------------------------------------------


def hold(zone: OpenZone, subject: str, **datum) -> str:
    zone.keyring.ensure_keys([subject])
    return place_hold(zone, subject, reason="matter 12", placed_by="legal-1", **datum)


def test_what_is_held_is_not_due_and_the_rest_is(zone, warehouse):
    for subject in ("s_a", "s_b", "s_c", "s_d"):
        put(warehouse, "customers", subject_id=subject, customer_id=f"c{subject[1:]}",
            resolved_at=NOW)  # fmt: skip
        said(warehouse, f"i{subject[1:]}", subject, OLD)
        put(warehouse, "orders", order_id=f"o{subject[1:]}", subject_id=subject,
            ordered_at=datetime(2015, 1, 1, tzinfo=UTC))  # fmt: skip
    warehouse.connection.execute("update core.interactions set thread_id = 't_' || subject_id")
    hold(zone, "s_a")
    hold(zone, "s_b", category=Category.ORDERS)
    on_thread = hold(zone, "s_c", thread_id="t_s_c")

    found = by_category(due_in_warehouse(zone, warehouse, today=TODAY))
    assert found[Category.INTERACTIONS].ids == ("i_b", "i_d")
    assert found[Category.ORDERS].ids == ("o_c", "o_d")

    release_hold(zone, on_thread, released_by="legal-1")
    found = by_category(due_in_warehouse(zone, warehouse, today=TODAY))
    assert found[Category.INTERACTIONS].ids == ("i_b", "i_c", "i_d")


def test_a_landed_file_keeps_only_the_items_of_whom_is_held(zone):
    path = segment(zone, "old", date(2026, 3, 1))
    table = pa.table({"item_id": ["l_1", "l_2", "l_3"], "owner_id": ["s_a", "s_b", None]})
    with pa.ipc.new_file(path, table.schema) as writer:
        writer.write_table(table)
    with zone.store.begin() as connection:
        connection.execute(
            LANDING_ITEMS.insert().values(
                item_id="l_1", content_digest="", segment_id="old", owner_id="s_a"
            )
        )
    standing = hold(zone, "s_a")
    assert not {each.place: each.ids for each in due_in_store(zone, today=TODAY)}[
        "store.landing_segments"
    ]

    for _ in range(2):
        assert remove_landed(zone, today=TODAY) == 0
        assert pa.ipc.open_file(path).read_all()["item_id"].to_pylist() == ["l_1"]

    release_hold(zone, standing, released_by="legal-1")
    assert remove_landed(zone, today=TODAY) == 1
    assert not path.exists()


# --- quarantine ---------------------------------------------------------------------------------


def test_quarantined_items_lose_their_content_when_their_days_are_over(zone):
    content = b"sealed-under-the-zones-key"
    _, limit = limit_of(zone.policy, Category.LANDING, TODAY)
    with zone.store.begin() as connection:
        connection.execute(
            QUARANTINE.insert(),
            [
                {
                    "quarantine_id": name,
                    "source": "email",
                    "place": "sealed place",
                    "reason": "wire_format",
                    "detail": "field x",
                    "stage": "landed",
                    "sealed": content + name.encode(),
                    "status": status,
                    "created_at": created_at,
                }
                for name, status, created_at in (
                    ("q_old", "held", limit - timedelta(seconds=1)),
                    ("q_young", "held", limit),
                )
            ],
        )
    due = {each.place: each.ids for each in due_in_store(zone, today=TODAY)}
    assert due["store.quarantine"] == ("q_old",)

    assert remove_quarantined(zone, today=TODAY) == 1
    assert remove_quarantined(zone, today=TODAY) == 0

    with zone.store.connect() as connection:
        rows = {row.quarantine_id: row for row in connection.execute(select(QUARANTINE))}
    old, young = rows["q_old"], rows["q_young"]
    assert (old.status, old.sealed, old.place, old.reason) == ("expired", b"", "", "wire_format")
    assert (young.status, young.sealed) == ("held", content + b"q_young")
    zone.close()
    files = b"".join(p.read_bytes() for p in zone.layout.root.glob("store.sqlite*"))
    assert content + b"q_young" in files
    assert content + b"q_old" not in files, "the bytes are overwritten"
