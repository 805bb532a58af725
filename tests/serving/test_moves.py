"""A customer who moved: handed over under a transfer, signed for there, erased here, nowhere twice."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from sqlalchemy import func, insert, select

from pipelines.connectors.registry import CONNECTORS
from pipelines.landing import moving_in
from pipelines.landing.land import land
from pipelines.landing.moving import MoveReceipt, leave_receipt, move_path, receipt_path
from pipelines.landing.moving_out import move_id_of
from pipelines.landing.participants import participants_in
from pipelines.landing.subjects import indexes_of, subjects_by_index
from privacy.access.model import Caller, Role
from privacy.consent.ledger import ConsentLedger, LedgerEvent
from privacy.erasure.certificate import verify_certificate
from privacy.erasure.needles import Value
from privacy.erasure.waiting import Resumed, resume
from privacy.errors import (
    ConfigurationError,
    LegalHold,
    NotFound,
    Refused,
    Tampered,
    TransferForbidden,
)
from privacy.holds import place_hold, release_hold
from privacy.ids import ZoneId
from privacy.opened import OpenZone, create_zone
from privacy.records.canonical import Handle, HandleKind
from privacy.residency.verify import verify_residency
from privacy.store.tables import CONSENT_EVENTS, CUSTOMER_MEMBERS, LANDING_ITEMS, SUBJECT_HANDLES
from privacy.transfers import TransferRegister
from privacy.zones.loader import load_policy
from serving import moves
from serving.moves import Moved, Order, country_of
from tests.privacy.residency.two_zones import add_interaction

DAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
OFFICER = Caller("officer", Role.COMPLIANCE)
UK = ZoneId("uk")
PHONE = "4915155500123"
EMAIL = "mia.canary@example.org"


class Two:
    """The zone a customer leaves, and the one they go to."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.instant = NOW
        self.eu = create_zone(base / "home", "eu", clock=self.clock)
        self.uk = create_zone(base / "home", "uk", clock=self.clock)
        self.count = 0

    def clock(self) -> datetime:
        return self.instant

    def deliver(self, zone: OpenZone, content: bytes) -> Any:
        self.count += 1
        inbox = self.base / f"delivered-{self.count}.jsonl"
        inbox.write_bytes(content)
        return land(zone, inbox, day=DAY)

    def resolve(self) -> str:
        """Believe every subject of `eu` to be one customer."""
        with self.eu.store.begin() as connection:
            subjects = sorted(connection.scalars(select(SUBJECT_HANDLES.c.subject_id).distinct()))
            known = set(connection.scalars(select(CUSTOMER_MEMBERS.c.subject_id)))
            customer = self.eu.keyring.index.mint("c", "one")
            for subject in set(subjects) - known:
                connection.execute(
                    insert(CUSTOMER_MEMBERS).values(
                        subject_id=subject, customer_id=customer, joined_at=NOW
                    )
                )
        return customer

    def move(self, customer: str, **options: Any) -> Moved:
        order = Order(
            customer,
            UK,
            "GB",
            options.pop("instrument", "adequacy"),
            options.pop("is_lossy", False),
        )
        return moves.move(self.eu, order, OFFICER, connectors=CONNECTORS, **options)

    def receive(self) -> MoveReceipt:
        [path] = moving_in.waiting(self.uk)
        return moving_in.receive(self.uk, path, day=DAY, by="officer", connectors=CONNECTORS)

    def subjects(self, zone: OpenZone) -> set[str]:
        handles = [
            (Handle(HandleKind.PHONE, f"+{PHONE}"), None),
            (Handle(HandleKind.EMAIL, EMAIL), None),
        ]
        return set(subjects_by_index(zone, indexes_of(zone, handles).values()).values())

    def count_of(self, zone: OpenZone, table: Any) -> int:
        with zone.store.connect() as connection:
            return int(connection.scalar(select(func.count()).select_from(table)) or 0)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    made = Two(tmp_path)
    yield made
    made.eu.close()
    made.uk.close()


@pytest.fixture
def customer(two: Two) -> str:
    """A German customer with a phone, an address, and a consent that came by telephone."""
    assert two.deliver(two.eu, whatsapp(1)).count("sealed") == 1
    assert two.deliver(two.eu, chat()).count("sealed") == 1
    customer = two.resolve()
    [subject, *_] = sorted(two.subjects(two.eu))
    event = LedgerEvent(
        consent_event_id="e_told",
        subject_id=subject,
        purpose="marketing",
        action="withdrawn",
        method="phone_call",
        notice_version="none",
        notice_language="und",
        evidence_hash="0" * 64,
        valid_from=NOW - timedelta(days=3),
        valid_to=None,
        recorded_at=NOW,
    )
    ConsentLedger(two.eu).record_many([event])
    return customer


def whatsapp(number: int) -> bytes:
    said = {
        "from": PHONE,
        "id": f"wamid.{number}",
        "timestamp": str(1772359200 + number),
        "type": "text",
        "text": {"body": "Hello"},
    }
    value = {"metadata": {"phone_number_id": "7700"}, "messages": [said]}
    change = {"field": "messages", "value": value}
    body = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
    return json.dumps(body).encode() + b"\n"


def chat() -> bytes:
    said = {"message_id": "m1", "at": "2026-03-01T10:00:00Z", "speaker": "customer", "text": "Hi"}
    talk = {
        "conversation_id": "wc-1",
        "visitor": {"email": EMAIL, "phone": f"+{PHONE}", "country": "DE"},
        "messages": [said],
    }
    return json.dumps(talk).encode() + b"\n"


def residency_findings(two: Two) -> list[Any]:
    done = verify_residency([two.eu, two.uk], by="officer", reader=participants_in)
    return done.findings


def test_a_customer_moves_with_everything_and_is_erased_where_they_came_from(
    two: Two, customer: str
) -> None:
    handed = two.move(customer)
    assert (handed.state, handed.move.count_items) == ("handed_over", 3)
    path = move_path(two.base / "home", UK, handed.move.move_id)
    assert PHONE.encode() not in path.read_bytes()
    assert EMAIL.encode() not in path.read_bytes()
    [line] = [line for line in TransferRegister(two.eu).lines() if line["kind"] == "transfer"]
    assert (line["recipient"], line["destination"], line["count_persons"]) == ("zone uk", "GB", 1)
    # Nothing is erased before the other zone has signed, however often it is asked for.
    assert two.move(customer).state == "waiting"
    assert len(two.subjects(two.eu)) == 2
    receipt = two.receive()
    assert (receipt.count_items, receipt.count_taken, receipt.is_whole) == (3, 3, True)
    assert not path.exists()
    done = two.move(customer)
    assert done.state == "erased"
    assert done.proven is not None
    checked = verify_certificate(done.proven.certificate, two.eu.keyring.verify_key)
    assert checked.count_erased > 0
    assert two.subjects(two.eu) == set()
    assert len(two.subjects(two.uk)) == 2
    assert residency_findings(two) == []
    # What is delivered late to the first zone does not come back; the other one is not closed.
    assert two.deliver(two.eu, whatsapp(2)).count("suppressed") == 1
    assert two.deliver(two.uk, whatsapp(3)).count("sealed") == 1
    # Asked for again, it says the same.
    again = two.move(customer)
    assert (again.state, again.certificate) == ("erased", done.proven.certificate)


def test_without_a_valid_instrument_nothing_leaves_and_the_refusal_is_written(
    two: Two, customer: str
) -> None:
    for instrument in (None, "standard_contractual_clauses", "made_up"):
        with pytest.raises(TransferForbidden):
            two.move(customer, instrument=instrument)
    assert moving_in.waiting(two.uk) == []
    kinds = [line["kind"] for line in TransferRegister(two.eu).lines()]
    assert kinds == ["refusal"] * 3


def test_a_legal_hold_keeps_a_customer_from_moving(two: Two, customer: str) -> None:
    place_hold(two.eu, min(two.subjects(two.eu)), reason="a dispute", placed_by="officer")
    with pytest.raises(LegalHold):
        two.move(customer)
    assert moving_in.waiting(two.uk) == []


def test_what_comes_in_between_is_handed_over_too_before_anything_is_erased(
    two: Two, customer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    two.move(customer)
    two.receive()
    hold = place_hold(two.eu, min(two.subjects(two.eu)), reason="a dispute", placed_by="officer")
    with pytest.raises(LegalHold):
        two.move(customer)
    release_hold(two.eu, hold, released_by="officer")
    assert resume(two.eu) == Resumed(), "or it would take what was not handed over"
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("serving.moves.execute_and_prove", Mock(side_effect=KeyboardInterrupt))
        two.move(customer)
    assert two.deliver(two.eu, whatsapp(2)).count("sealed") == 1
    again = two.move(customer)
    assert (again.state, again.move.count_items) == ("handed_over", 4)
    assert two.move(customer).state == "waiting"
    receipt = two.receive()
    assert (receipt.count_items, receipt.count_taken) == (4, 4)
    assert two.count_of(two.uk, LANDING_ITEMS) == 4
    assert two.move(customer).state == "erased"


def test_a_receipt_that_is_not_for_what_was_handed_over_erases_nobody(
    two: Two, customer: str
) -> None:
    handed = two.move(customer)
    path = receipt_path(two.base / "home", ZoneId("eu"), handed.move.move_id)
    whole = MoveReceipt(handed.move.move_id, ZoneId("eu"), UK, handed.move.sha256, 3, 3, 0, 0)
    for signer, receipt in (
        (two.eu, whole),
        (two.uk, replace(whole, sha256="0" * 64)),
        (two.uk, replace(whole, count_taken=2)),
        (two.uk, replace(whole, recipient=ZoneId("us"))),
    ):
        leave_receipt(signer, receipt)
        with pytest.raises(Tampered):
            two.move(customer)
    path.write_text("{}")
    with pytest.raises(Tampered):
        two.move(customer)
    assert len(two.subjects(two.eu)) == 2


def test_a_move_killed_after_the_receipt_goes_on_where_it_was(
    two: Two, customer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    two.move(customer)
    two.receive()

    def killed(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("privacy.erasure.execute.rewrite_warehouse", killed)
        with pytest.raises(KeyboardInterrupt):
            two.move(customer)
    assert two.subjects(two.eu) == set()
    values = [Value("email", EMAIL), Value("phone", f"+{PHONE}")]
    done = two.move(customer, values=values)
    assert done.state == "erased"
    assert done.proven is not None


def test_a_receiver_killed_before_its_receipt_signs_for_the_same_when_it_is_run_again(
    two: Two, customer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    two.move(customer)

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(moving_in, "leave_receipt", killed)
        with pytest.raises(KeyboardInterrupt):
            two.receive()
    receipt = two.receive()
    assert (receipt.count_items, receipt.count_taken) == (3, 3)
    assert two.count_of(two.uk, LANDING_ITEMS) == 3
    lines = [line for line in TransferRegister(two.uk).lines() if line["kind"] == "receipt"]
    assert len(lines) == 1


def test_what_no_other_zone_can_take_in_is_told_before_it_would_be_lost(
    two: Two, customer: str
) -> None:
    for path in two.eu.layout.landing.rglob("*.arrow"):
        path.unlink()
    with pytest.raises(NotFound, match="nothing of customer"):
        two.move(customer)
    assert two.deliver(two.eu, whatsapp(2)).count("sealed") == 1
    subject, *_ = two.subjects(two.eu)
    add_interaction(two.eu, "i_old", subject_id=subject, country="DE")
    with pytest.raises(Refused, match="1 interactions"):
        two.move(customer)
    assert moving_in.waiting(two.uk) == []
    assert two.move(customer, is_lossy=True).state == "handed_over"


def test_a_file_for_another_zone_or_with_changed_bytes_is_not_taken_in(
    two: Two, customer: str
) -> None:
    handed = two.move(customer)
    path = move_path(two.base / "home", UK, handed.move.move_id)
    content = path.read_bytes()
    for changed in (
        content[:-1] + bytes([content[-1] ^ 1]),
        content[:2000] + bytes([content[2000] ^ 1]) + content[2001:],
        content[:-200],
        b"",
    ):
        path.write_bytes(changed)
        with pytest.raises(Tampered):
            two.receive()
    path.write_bytes(content)
    with pytest.raises(Tampered, match="not addressed to zone eu"):
        moving_in.receive(two.eu, path, day=DAY, by="officer", connectors=CONNECTORS)
    assert two.count_of(two.uk, LANDING_ITEMS) == 0
    # Beside it, it is taken in all the same: each file by itself, whichever comes first.
    bad = path.with_name("a_first.move")
    bad.write_bytes(content[:-200])
    taken = moving_in.receive_waiting(two.uk, day=DAY, by="officer", connectors=CONNECTORS)
    assert list(taken.refused) == [bad.name]
    assert [receipt.is_whole for receipt in taken.receipts] == [True]
    assert moving_in.waiting(two.uk) == [bad]


def test_the_consent_that_came_by_telephone_moves_as_a_receipt(two: Two, customer: str) -> None:
    two.move(customer)
    two.receive()
    with two.uk.store.connect() as connection:
        path = two.uk.layout.landing
        assert list(path.rglob("*.arrow"))
        assert connection.execute(select(CONSENT_EVENTS)).all() == []
    # Landed only; loading a segment writes its consents to the ledger.
    from pipelines.landing.segments import read_segment
    from pipelines.stages.drafts import draft_segment
    from privacy.store.tables import LANDING_SEGMENTS

    with two.uk.store.connect() as connection:
        segments = list(
            connection.scalars(
                select(LANDING_SEGMENTS.c.segment_id).where(
                    LANDING_SEGMENTS.c.source == "consent_receipts"
                )
            )
        )
    [segment] = segments
    drafts = draft_segment(two.uk, segment, read_segment(two.uk, segment))
    [(_, event, subject)] = drafts.consents
    assert (event.purpose, event.action.value) == ("marketing", "withdrawn")
    assert event.occurred_at == NOW - timedelta(days=3)
    assert subject in two.subjects(two.uk)
    assert len(drafts.links) == 1


def test_a_customer_moves_to_a_country_of_the_zone() -> None:
    uk, eu = load_policy("uk"), load_policy("eu")
    assert country_of(uk, None) == "GB"
    assert country_of(eu, "de") == "DE"
    for given in (None, "GB"):
        with pytest.raises(ConfigurationError, match="say where in zone eu"):
            country_of(eu, given)


def test_a_move_has_one_name_for_a_customer_and_a_zone(two: Two) -> None:
    assert move_id_of(two.eu, "c_1", UK) == move_id_of(two.eu, "c_1", UK)
    assert move_id_of(two.eu, "c_1", UK) != move_id_of(two.eu, "c_1", ZoneId("us"))
