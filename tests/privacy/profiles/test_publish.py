"""Publication: only what changed, nothing of who is gone, nothing in the clear."""

import threading
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from sqlalchemy import func, select

from privacy.errors import GateFailed, NotFound, Tampered
from privacy.opened import OpenZone, create_zone
from privacy.profiles import changes
from privacy.profiles.pages import PAGE_SIZE
from privacy.profiles.publish import publish
from privacy.profiles.read import count_pages, read_context, read_page
from privacy.store.tables import PROFILES, TIMELINE_PAGES
from privacy.warehouse.open import open_warehouse

Batches = Any


def customer(number: int) -> str:
    letters = "".join("abcdefghij"[int(digit)] for digit in f"{number:08d}")
    return f"c_{letters:a<26}"


def test_what_was_published_is_read_back(
    zone: OpenZone, contexts: Batches, entries: Batches
) -> None:
    report = publish(zone, contexts([1, 2, 3]), entries({1: 3, 2: PAGE_SIZE + 1}))

    assert (report.count_customers, report.count_entries) == (3, PAGE_SIZE + 4)
    assert (report.count_profiles_written, report.count_pages_written) == (3, 3)
    context = read_context(zone, customer(1))
    assert context == {
        "customer_id": customer(1),
        "country": "DE",
        "channels": ["email", "whatsapp"],
        "open_threads": [
            {
                "thread_id": "t_1",
                "channel": "email",
                "status": None,
                "opened_at": "2026-03-01T09:00:00.000005Z",
            }
        ],
        "count_contacts": 1,
        "average_sentiment": 0.25,
        "has_repeated_explanation": False,
        "last_contact_at": "2026-03-01T09:00:00.000005Z",
    }
    assert [count_pages(zone, customer(number)) for number in (1, 2, 3)] == [1, 2, 0]
    assert [entry["entry_id"] for entry in read_page(zone, customer(2), 1)] == [f"i_2_{PAGE_SIZE}"]


def test_an_entry_has_no_pseudonym_but_its_own_and_its_amount_is_exact(
    zone: OpenZone, contexts: Batches, entries: Batches
) -> None:
    publish(zone, contexts([1]), entries({1: 2}))

    assert read_page(zone, customer(1), 0)[1] == {
        "entry_id": "i_1_1",
        "entry_kind": "message",
        "text_redacted": "message 1 from [PERSON-x7f2]",
        "amount": "12.50",
        "occurred_at": "2026-03-01T09:01:00.000005Z",
    }


def test_nothing_is_written_when_nothing_changed(
    zone: OpenZone, contexts: Batches, entries: Batches
) -> None:
    publish(zone, contexts([1, 2]), entries({1: 60, 2: 1}))
    again = publish(zone, contexts([1, 2], size=1), entries({1: 60, 2: 1}, size=1000))

    assert (again.count_profiles_written, again.count_pages_written) == (0, 0)
    assert again.count_profiles_removed == 0


def test_two_entries_of_one_instant_keep_their_order_however_they_come(
    zone: OpenZone, contexts: Batches, entries: Batches
) -> None:
    [batch] = entries({1: 2}, size=10)
    same = batch.set_column(
        batch.schema.get_field_index("occurred_at"),
        batch.schema.field("occurred_at"),
        pa.array(
            [batch.column("occurred_at")[0].as_py()] * 2, batch.schema.field("occurred_at").type
        ),
    )
    publish(zone, contexts([1]), [same])
    again = publish(zone, contexts([1]), [same.take(pa.array([1, 0]))])

    assert again.count_pages_written == 0


def test_a_new_entry_touches_the_last_page_only(
    zone: OpenZone, contexts: Batches, entries: Batches
) -> None:
    publish(zone, contexts([1]), entries({1: 2 * PAGE_SIZE + 1}))
    again = publish(zone, contexts([1]), entries({1: 2 * PAGE_SIZE + 2}))

    assert (again.count_pages_written, again.count_profiles_written) == (1, 1)


def test_a_changed_context_leaves_the_timeline_alone(
    zone: OpenZone, contexts: Batches, entries: Batches
) -> None:
    publish(zone, contexts([1, 2]), entries({1: 1, 2: 1}))
    again = publish(zone, contexts([1, 2], changed={2: {"country": "FR"}}), entries({1: 1, 2: 1}))

    assert (again.count_pages_written, again.count_profiles_written) == (0, 1)
    assert read_context(zone, customer(2))["country"] == "FR"


def test_a_shorter_history_loses_its_surplus_pages(
    zone: OpenZone, contexts: Batches, entries: Batches
) -> None:
    publish(zone, contexts([1]), entries({1: 3 * PAGE_SIZE}))
    again = publish(zone, contexts([1]), entries({1: PAGE_SIZE}))

    assert again.count_pages_removed == 2
    assert count_pages(zone, customer(1)) == 1


def test_who_is_in_no_batch_is_taken_away_and_can_come_back(
    zone: OpenZone, contexts: Batches, entries: Batches
) -> None:
    publish(zone, contexts([1, 2, 3]), entries({1: 1, 2: 1, 3: 1}))
    report = publish(zone, contexts([1, 3]), entries({1: 1, 2: 1, 3: 1}))

    assert report.count_profiles_removed == 1
    assert report.count_entries_without_context == 1
    with pytest.raises(NotFound):
        read_context(zone, customer(2))
    with pytest.raises(NotFound):
        read_page(zone, customer(2), 0)
    assert not zone.keyring.is_destroyed(customer(2))

    publish(zone, contexts([1, 2, 3]), entries({2: 1}))
    assert read_context(zone, customer(2))["count_contacts"] == 2


def test_no_batches_at_all_take_everybody_away(
    zone: OpenZone, contexts: Batches, entries: Batches
) -> None:
    publish(zone, contexts([1, 2]), entries({1: 1}))
    assert publish(zone, [], []).count_profiles_removed == 2


def test_pages_of_a_profile_that_was_never_finished_are_taken_away(
    zone: OpenZone, contexts: Batches, entries: Batches
) -> None:
    publish(zone, contexts([1, 2]), entries({1: 1, 2: 1}))
    with zone.store.begin() as store:
        store.execute(PROFILES.delete().where(PROFILES.c.customer_id == customer(2)))

    publish(zone, contexts([1]), entries({1: 1}))
    with zone.store.connect() as store:
        assert store.scalar(select(func.count()).select_from(TIMELINE_PAGES)) == 1


def test_a_shredded_customer_is_skipped_and_counted(
    zone: OpenZone, contexts: Batches, entries: Batches
) -> None:
    publish(zone, contexts([1, 2]), entries({1: 1, 2: 1}))
    zone.keyring.destroy([customer(2)])

    report = publish(zone, contexts([1, 2], changed={2: {"country": "FR"}}), entries({1: 1, 2: 1}))

    assert (report.count_destroyed, report.count_profiles_written) == (1, 0)
    with pytest.raises(NotFound, match="nobody by that handle or id"):
        read_context(zone, customer(2))


def test_what_is_left_of_a_shredded_customer_is_taken_away(
    zone: OpenZone, contexts: Batches, entries: Batches
) -> None:
    publish(zone, contexts([1, 2]), entries({1: 1, 2: 1}))
    zone.keyring.destroy([customer(2)])
    publish(zone, contexts([1, 2]), entries({1: 1, 2: 1}))

    with zone.store.connect() as store:
        assert store.scalars(select(PROFILES.c.customer_id)).all() == [customer(1)]
        assert store.scalars(select(TIMELINE_PAGES.c.customer_id)).all() == [customer(1)]


def test_a_shredding_between_seal_and_write_wins(
    zone: OpenZone, contexts: Batches, entries: Batches, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = changes.ProfileWriter._sealed

    def sealed_then_shredded(self: Any, found: Any) -> Any:
        rows = sealed(self, found)
        zone.keyring.destroy([customer(2)])
        return rows

    monkeypatch.setattr(changes.ProfileWriter, "_sealed", sealed_then_shredded)
    report = publish(zone, contexts([1, 2]), entries({1: 1, 2: 1}))

    assert report.count_destroyed == 1
    with zone.store.connect() as store:
        assert store.scalars(select(PROFILES.c.customer_id)).all() == [customer(1)]


def test_a_shredding_between_look_and_seal_wins(
    zone: OpenZone, contexts: Batches, entries: Batches, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare = changes.ProfileWriter._compare

    def shredded_then_compared(self: Any, profiles: Any) -> Any:
        zone.keyring.destroy([customer(2)])
        return compare(self, profiles)

    monkeypatch.setattr(changes.ProfileWriter, "_compare", shredded_then_compared)
    report = publish(zone, contexts([1, 2]), entries({1: 1, 2: 1}))

    assert (report.count_destroyed, report.count_profiles_written) == (1, 1)


@pytest.mark.parametrize("numbers", [[2, 1], [1, 1]])
def test_contexts_out_of_order_stop_the_publication_before_anybody_is_taken_away(
    zone: OpenZone, contexts: Batches, entries: Batches, numbers: list[int]
) -> None:
    publish(zone, contexts([1, 2, 3]), entries({}))
    with pytest.raises(GateFailed, match="not ordered"):
        publish(zone, contexts(numbers), entries({}))
    assert read_context(zone, customer(3))


def test_a_history_in_two_pieces_stops_the_publication(
    zone: OpenZone, contexts: Batches, entries: Batches
) -> None:
    pieces = entries({1: 1}) + entries({2: 1}) + entries({1: 1})
    with pytest.raises(GateFailed, match="not ordered"):
        publish(zone, contexts([1, 2]), pieces)


def test_a_page_put_in_anothers_place_is_noticed(
    zone: OpenZone, contexts: Batches, entries: Batches
) -> None:
    publish(zone, contexts([1]), entries({1: 2 * PAGE_SIZE}))
    with zone.store.begin() as store:
        first = store.scalar(select(TIMELINE_PAGES.c.sealed).where(TIMELINE_PAGES.c.page == 0))
        store.execute(
            TIMELINE_PAGES.update().where(TIMELINE_PAGES.c.page == 1).values(sealed=first)
        )
    with pytest.raises(Tampered, match="another page"):
        read_page(zone, customer(1), 1)


def test_nothing_published_is_in_the_clear(
    zone: OpenZone, contexts: Batches, entries: Batches
) -> None:
    publish(zone, contexts([1]), entries({1: 1}))
    zone.close()

    for path in zone.layout.root.rglob("*"):
        if path.is_file():
            assert b"PERSON-x7f2" not in path.read_bytes(), path


def test_readers_are_not_blocked_by_a_publication_that_is_writing(
    zone: OpenZone, contexts: Batches, entries: Batches
) -> None:
    publish(zone, contexts([1]), entries({1: 1}))
    with zone.store.begin() as store:
        store.execute(PROFILES.update().values(count_entries=7))
        found: list[Any] = []
        reader = threading.Thread(target=lambda: found.append(read_context(zone, customer(1))))
        reader.start()
        reader.join(timeout=5)
        assert found


def test_profiles_work_on_postgresql(
    tmp_path: Path, postgresql_url: str, contexts: Batches, entries: Batches
) -> None:
    with create_zone(tmp_path, "eu", store_url=postgresql_url) as zone:
        publish(zone, contexts([1, 2, 3]), entries({1: 2 * PAGE_SIZE, 2: 1, 3: 1}))
        again = publish(zone, contexts([1, 2, 3]), entries({1: 2 * PAGE_SIZE, 2: 1, 3: 1}))
        assert (again.count_profiles_written, again.count_pages_written) == (0, 0)

        zone.keyring.destroy([customer(2)])
        report = publish(zone, contexts([1, 2]), entries({1: PAGE_SIZE, 2: 1}))
        assert (report.count_destroyed, report.count_profiles_removed) == (1, 2)
        assert report.count_pages_removed == 1
        assert len(read_page(zone, customer(1), 0)) == PAGE_SIZE
        assert count_pages(zone, customer(3)) == 0


def test_a_shredding_and_a_publication_at_once_leave_nothing_on_postgresql(
    tmp_path: Path, postgresql_url: str, contexts: Batches, entries: Batches
) -> None:
    numbers = list(range(1, 60))
    with create_zone(tmp_path, "eu", store_url=postgresql_url) as zone:

        def shred() -> None:
            for number in numbers:
                zone.keyring.destroy([customer(number)])
                with zone.store.begin() as store:
                    for table in (PROFILES, TIMELINE_PAGES):
                        store.execute(table.delete().where(table.c.customer_id == customer(number)))

        shredder = threading.Thread(target=shred)
        shredder.start()
        for version in range(6):
            changed = {number: {"count_contacts": version} for number in numbers}
            publish(zone, contexts(numbers, changed=changed), entries(dict.fromkeys(numbers, 1)))
        shredder.join()
        publish(zone, contexts(numbers), entries(dict.fromkeys(numbers, 1)))
        with zone.store.connect() as store:
            assert store.scalars(select(PROFILES.c.customer_id)).all() == []
            assert store.scalars(select(TIMELINE_PAGES.c.customer_id)).all() == []


def test_entries_after_the_last_context_are_counted_and_not_published(
    zone: OpenZone, contexts: Batches, entries: Batches
) -> None:
    report = publish(zone, contexts([1]), entries({0: 1, 1: 1, 2: 2, 3: 3}))
    assert (report.count_entries, report.count_entries_without_context) == (1, 6)
    assert count_pages(zone, customer(3)) == 0


def test_a_shredded_customers_row_reads_as_nobody_before_it_is_taken_away(
    zone: OpenZone, contexts: Batches, entries: Batches
) -> None:
    publish(zone, contexts([1]), entries({1: 1}))
    zone.keyring.destroy([customer(1)])
    for read in (lambda: read_context(zone, customer(1)), lambda: read_page(zone, customer(1), 0)):
        with pytest.raises(NotFound, match="nobody by that handle or id"):
            read()


def test_both_streams_may_come_from_one_warehouse(
    zone: OpenZone, contexts: Batches, entries: Batches
) -> None:
    numbers = list(range(50))
    file_keys = zone.keyring.warehouse_keys
    with open_warehouse(zone.layout, file_keys) as warehouse:
        for name, batches in (
            ("contexts", contexts(numbers)),
            ("entries", entries(dict.fromkeys(numbers, 20))),
        ):
            warehouse.connection.register("given", pa.Table.from_batches(batches))
            warehouse.connection.execute(f"create table core.{name} as select * from given")
        report = publish(
            zone,
            warehouse.batches("select * from core.contexts order by customer_id", rows=2048),
            warehouse.batches("select * from core.entries order by customer_id, occurred_at"),
        )
    assert (report.count_customers, report.count_entries) == (50, 1000)
    assert read_context(zone, customer(7))["last_contact_at"] == "2026-03-01T09:00:00.000005Z"


def test_when_everybody_is_shredded_everybody_is_taken_away(
    zone: OpenZone, contexts: Batches, entries: Batches
) -> None:
    publish(zone, contexts([1, 2]), entries({1: 1}))
    zone.keyring.destroy([customer(1), customer(2)])
    report = publish(zone, contexts([1, 2]), entries({1: 1}))
    assert (report.count_customers, report.count_destroyed) == (2, 2)
    assert report.count_profiles_removed == 2
