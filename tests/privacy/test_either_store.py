"""The same on SQLite and on a real PostgreSQL: what depends on the store's own SQL."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from privacy.access.model import Caller, Role
from privacy.access.tokens import issue, resolve, revoke
from privacy.consent.decision import decide_all, permitted
from privacy.consent.ledger import ConsentLedger, LedgerEvent
from privacy.errors import AccessDenied, Tampered
from privacy.handovers import (
    Delivery,
    Sent,
    mark_delivered,
    receipt_for,
    received,
    record_received,
    sent,
    take_receipt,
    write_sent,
)
from privacy.identity.journal import history, split, undo
from privacy.identity.membership import DecisionKind
from privacy.identity.resolve import reconcile
from privacy.ids import ZoneId
from privacy.opened import create_zone
from privacy.retention.due import due_in_store
from privacy.retention.removal import remove_landed
from privacy.store.tables import TRANSFER_LINES
from privacy.transfers import Transfer, TransferRegister
from privacy.volumes import Volume
from privacy.zones.model import Purpose

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def zone(either_url, tmp_path):
    with create_zone(tmp_path, "eu", store_url=either_url, clock=lambda: NOW) as opened:
        yield opened


def links_of(*pairs: tuple[str, str]) -> pa.Table:
    return pa.table(
        {
            "subject_id": pa.array([one for one, _ in pairs], pa.string()),
            "other_subject_id": pa.array([other for _, other in pairs], pa.string()),
        }
    )


def test_customers_merge_part_and_are_restored(zone):
    first = reconcile(zone, links_of(("s_a", "s_b")), ["s_a", "s_b", "s_c"])
    assert first.count_by_kind == {DecisionKind.CREATED: 2}
    crowd = [f"s_{number}" for number in range(30)]
    pairs = [("s_a", "s_b"), ("s_b", "s_c"), *(("s_hub", one) for one in crowd)]
    subjects = ["s_a", "s_b", "s_c", "s_hub", *crowd]
    second = reconcile(zone, links_of(*pairs), subjects)
    assert second.count_by_kind[DecisionKind.MERGED] == 1
    assert second.set_aside == ("s_hub",)
    [merge] = [
        line
        for customer in second.changed
        for line in history(zone, customer)
        if line.kind is DecisionKind.MERGED and line.customer_id == customer
    ]
    undo(zone, merge.decision_id, by="officer")
    assert reconcile(zone, links_of(*pairs), subjects).changed == frozenset()
    assert split(zone, "s_a", by="officer").kind is DecisionKind.SPLIT
    assert reconcile(zone, links_of(*pairs), subjects).changed == frozenset()


def test_consent_is_recorded_and_decided(zone):
    given = LedgerEvent(
        "e_1", "s_a", "marketing", "given", "m", "v", "en", "0" * 64,
        NOW - timedelta(days=1), None, NOW,
    )  # fmt: skip
    assert ConsentLedger(zone).record_many([given]) == 1
    assert ConsentLedger(zone).record_many([given]) == 0
    assert ConsentLedger(zone).history(["s_a"]) == [given]
    assert permitted(zone, "s_a", "marketing", at=NOW, known_at=NOW).is_permitted
    rows = decide_all(zone, at=NOW, known_at=NOW).to_pylist()
    [marketing] = [row for row in rows if row["purpose"] == "marketing"]
    assert (marketing["is_permitted"], marketing["consent_event_id"]) == (True, "e_1")


def test_a_token_is_issued_and_revoked(zone):
    caller = Caller("desk", Role.AGENT)
    token = issue(zone, caller)
    assert resolve(zone, token) == caller
    assert revoke(zone, "desk") == 1
    with pytest.raises(AccessDenied):
        resolve(zone, token)


def test_an_empty_store_has_nothing_due(zone):
    assert [due.ids for due in due_in_store(zone, today=NOW.date())] == [(), (), ()]
    assert remove_landed(zone, today=NOW.date()) == 0


def test_transfers_are_sealed_line_by_line_and_count_each_person_once(either_url, tmp_path):
    with create_zone(tmp_path, "cn", store_url=either_url, clock=lambda: NOW) as cn:
        register = TransferRegister(cn)
        for ids in (["s_1", "s_2"], ["s_2", "s_3"]):
            register.authorise(
                Transfer("X", "US", Purpose.SERVICE, ("contact",), 2, persons=ids), by="officer"
            )
        assert register.volume() == Volume(2026, 3, 0)
        assert [line["number"] for line in register.lines()] == [1, 2]
        with cn.store.begin() as connection:
            connection.execute(TRANSFER_LINES.update().values(count_new_persons=0))
        with pytest.raises(Tampered, match="line 1"):
            register.volume()


def test_a_hand_off_is_accounted_for_and_receipted(zone, tmp_path):
    with zone.store.begin() as connection:
        write_sent(connection, [Sent("h_1", "us", "g_1", "d" * 64, 2, 1, NOW)])
    mark_delivered(zone, ["h_1"])
    with create_zone(tmp_path, "us", clock=lambda: NOW) as us:
        for _ in range(2):
            with us.store.begin() as connection:
                delivery = Delivery(ZoneId("eu"), "h_1", "d" * 64, 2)
                record_received(connection, delivery, {"count_taken": 1}, NOW)
        assert received(us)[0].settled_at == NOW
        take_receipt(zone, receipt_for(us, zone.zone))
    assert (sent(zone)[0].count_taken, sent(zone)[0].receipted_at) == (2, NOW)
