"""The same on SQLite and on a real PostgreSQL: what depends on the store's own SQL."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from privacy.access.model import Caller, Role
from privacy.access.tokens import issue, resolve, revoke
from privacy.consent.decision import decide_all, permitted
from privacy.consent.ledger import ConsentLedger, LedgerEvent
from privacy.errors import AccessDenied
from privacy.identity.journal import history, split, undo
from privacy.identity.membership import DecisionKind
from privacy.identity.resolve import reconcile
from privacy.opened import create_zone
from privacy.retention import due_in_store, remove_landed

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
    assert [due.ids for due in due_in_store(zone, today=NOW.date())] == [(), ()]
    assert remove_landed(zone, today=NOW.date()) == 0
