from dataclasses import replace
from datetime import UTC, datetime

import pytest

from privacy.consent.ledger import ConsentLedger, LedgerEvent
from privacy.errors import UnknownPurpose, WireFormatError
from privacy.records.tables import CONSENT_EVENTS

EVENT = LedgerEvent(
    consent_event_id="e_1",
    subject_id="s_ada",
    purpose="marketing",
    action="given",
    method="web_form",
    notice_version="2026-01",
    notice_language="de",
    evidence_hash="a" * 64,
    valid_from=datetime(2026, 1, 1, tzinfo=UTC),
    valid_to=None,
    recorded_at=datetime(2026, 1, 2, tzinfo=UTC),
)


def test_an_event_is_recorded_once_and_never_changed(zone):
    ledger = ConsentLedger(zone)
    assert ledger.record_many([EVENT]) == 1
    changed = replace(EVENT, action="withdrawn", recorded_at=datetime(2026, 2, 1, tzinfo=UTC))
    assert ledger.record_many([changed]) == 0
    assert ledger.history(["s_ada"]) == [EVENT]
    assert ledger.history(["s_bob"]) == []


def test_history_comes_in_the_order_it_was_recorded(zone):
    ledger = ConsentLedger(zone)
    later = replace(EVENT, consent_event_id="e_0", recorded_at=datetime(2026, 3, 1, tzinfo=UTC))
    ledger.record_many([later, EVENT])
    assert [event.consent_event_id for event in ledger.history(["s_ada"])] == ["e_1", "e_0"]


def test_the_ledger_goes_to_the_warehouse_in_the_form_of_its_table(zone):
    ledger = ConsentLedger(zone)
    assert ledger.arrow().schema == CONSENT_EVENTS.arrow
    ledger.record_many([EVENT])
    [row] = ledger.arrow().to_pylist()
    assert row["valid_from"] == EVENT.valid_from
    assert row["action"] == "given"


def test_nothing_is_written_when_one_event_names_no_purpose_of_ours(zone):
    ledger = ConsentLedger(zone)
    with pytest.raises(UnknownPurpose):
        ledger.record_many([EVENT, replace(EVENT, consent_event_id="e_2", purpose="stalking")])
    assert ledger.history(["s_ada"]) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("action", "shouted"),
        ("valid_from", datetime(2026, 1, 1)),  # noqa: DTZ001
        ("notice_version", "v" * 41),
        ("notice_language", "x" * 17),
        ("subject_id", "s" * 41),
    ],
)
def test_a_malformed_event_is_refused_by_field_and_its_value_is_not_repeated(zone, field, value):
    with pytest.raises(WireFormatError) as refused:
        ConsentLedger(zone).record_many([replace(EVENT, **{field: value})])
    assert field in str(refused.value)
    assert "e_1" in str(refused.value)
    assert str(value) not in str(refused.value)
