"""The query API: decided by policy and by the person, minimal, logged, and silent on the erased."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, select

from privacy.access.model import Caller, Role
from privacy.audit.log import AuditLog
from privacy.errors import AccessDenied, ConsentMissing, NotFound, WireFormatError
from privacy.opened import OpenZone
from privacy.store.tables import (
    AUDIT_ENTRIES,
    CUSTOMER_MEMBERS,
    PROFILES,
    SUBJECT_HANDLES,
    TIMELINE_PAGES,
)
from privacy.zones.model import Purpose
from serving.acts import Acts
from serving.query import CustomerQueries

Entry = Callable[..., dict[str, Any]]
Publish = Callable[[list[dict[str, Any]]], None]


@pytest.fixture
def ask(zone: OpenZone, agent: Caller) -> CustomerQueries:
    return CustomerQueries(zone, agent, Purpose.SERVICE)


def logged(zone: OpenZone) -> list[tuple[str, str, str | None]]:
    with zone.store.connect() as store:
        rows = store.execute(
            select(AUDIT_ENTRIES.c.action, AUDIT_ENTRIES.c.outcome, AUDIT_ENTRIES.c.customer_id)
        )
        return [tuple(row) for row in rows]


def erase(zone: OpenZone, customer_id: str) -> None:
    """What an erasure leaves of a customer, as far as the doors can see."""
    zone.keyring.destroy([customer_id])
    with zone.store.begin() as store:
        subjects = select(CUSTOMER_MEMBERS.c.subject_id).where(
            CUSTOMER_MEMBERS.c.customer_id == customer_id
        )
        store.execute(delete(SUBJECT_HANDLES).where(SUBJECT_HANDLES.c.subject_id.in_(subjects)))
        for table in (CUSTOMER_MEMBERS, PROFILES, TIMELINE_PAGES):
            store.execute(delete(table).where(table.c.customer_id == customer_id))


# --- finding ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("handle", "kind", "region", "matched"),
    [
        ("Mia.Lang@EXAMPLE.org", None, None, "email"),
        ("+49 151 2345678", None, None, "phone"),
        ("0151 2345678", None, "DE", "phone"),
        ("0151 2345678", "phone", "DE", "phone"),
        ("491512345678", "whatsapp", None, "whatsapp"),
        ("whatsapp:491512345678", None, None, "whatsapp"),
        ("2912345678901", None, None, "loyalty_card"),
        ("35436", "zendesk", None, "zendesk"),
        ("zendesk:35436", None, None, "zendesk"),
        ("35436", "vendor_user:zendesk", None, "vendor_user:zendesk"),
    ],
)
def test_a_customer_is_found_by_any_handle(
    ask: CustomerQueries,
    mia: str,
    handle: str,
    kind: str | None,
    region: str | None,
    matched: str,
) -> None:
    found = ask.find(handle, kind, region=region)
    assert (found.customer_id, found.matched) == (mia, matched)


@pytest.mark.parametrize("handle", ["nobody@example.org", "+4915199999999", "0000"])
def test_a_stranger_is_not_found_and_that_is_logged_without_the_handle(
    zone: OpenZone, ask: CustomerQueries, handle: str
) -> None:
    with pytest.raises(NotFound, match=r"^nobody by that handle or id$"):
        ask.find(handle)
    assert logged(zone) == [("find_customer", "not_found", None)]


def test_a_handle_that_is_not_of_its_kind_is_refused_without_repeating_it(
    zone: OpenZone, ask: CustomerQueries
) -> None:
    with pytest.raises(WireFormatError) as refusal:
        ask.find("mia lang at home", "email")
    assert "mia" not in str(refusal.value)
    assert logged(zone) == [("find_customer", "failed", None)]


def test_a_handle_of_two_people_under_two_kinds_wants_its_kind_said(
    zone: OpenZone, ask: CustomerQueries, ben: str
) -> None:
    with zone.store.begin() as store:
        index = zone.keyring.index.of("customer_number", "2912345678901", "customer")
        store.execute(
            SUBJECT_HANDLES.insert().values(
                handle_index=index,
                subject_id="s_ben0",
                kind="customer_number",
                first_seen_at=zone.clock(),
            )
        )
    with pytest.raises(WireFormatError, match="say its kind"):
        ask.find("2912345678901")
    assert ask.find("2912345678901", "customer_number").customer_id == ben


# --- reading ------------------------------------------------------------------------------------


def test_an_agent_gets_the_whole_context(ask: CustomerQueries, mia: str) -> None:
    context = ask.context(mia)
    assert (context.customer_id, context.country, context.last_rating) == (mia, "DE", 4)
    assert context.average_sentiment == -0.25
    assert "last_order_at" in context.model_dump()


def test_a_program_gets_fewer_fields_and_they_are_absent_not_empty(
    zone: OpenZone, ai_agent: Caller, mia: str
) -> None:
    ask = CustomerQueries(zone, ai_agent, Purpose.SERVICE)
    context = ask.context(mia).model_dump()
    assert context["last_reason"] == "delivery"
    assert not {"country", "average_sentiment", "last_rating", "last_order_at"} & context.keys()
    order = next(e for e in ask.timeline(mia).entries if e.entry_kind == "order").model_dump()
    assert not {"amount", "currency", "value"} & order.keys()


def test_what_is_open_comes_longest_waiting_first(ask: CustomerQueries, mia: str) -> None:
    assert [thread.thread_id for thread in ask.open_threads(mia).threads] == ["t_sooner", "t_later"]


def test_a_customer_with_no_history_has_an_empty_timeline(ask: CustomerQueries, ben: str) -> None:
    page = ask.timeline(ben)
    assert (page.entries, page.next_cursor) == ([], None)


@pytest.mark.parametrize("limit", [1, 7, 50, 100])
def test_a_timeline_is_read_whole_and_newest_first_whatever_the_page(
    ask: CustomerQueries, mia: str, limit: int
) -> None:
    ids, cursor = [], None
    while True:
        page = ask.timeline(mia, cursor=cursor, limit=limit)
        ids += [e.entry_id for e in page.entries]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert ids == [f"i_{place:05d}" for place in reversed(range(130))]


def test_a_cursor_neither_repeats_nor_skips_when_entries_come_and_go(
    ask: CustomerQueries, mia: str, new_entry: Entry, republish: Publish
) -> None:
    before = [new_entry(place) for place in range(130)]
    first = ask.timeline(mia, limit=40)
    late = [new_entry(900 + place, minute=1.5) for place in range(60)]
    newest = [new_entry(800 + place) for place in range(60)]
    republish([row for row in before if row["entry_id"] != "i_00050"] + late + newest)

    ids, cursor = [e.entry_id for e in first.entries], first.next_cursor
    while cursor is not None:
        page = ask.timeline(mia, cursor=cursor, limit=40)
        ids += [e.entry_id for e in page.entries]
        cursor = page.next_cursor
    expected = [f"i_{place:05d}" for place in range(130) if place != 50]
    expected += [row["entry_id"] for row in late]
    assert sorted(ids) == sorted(expected)
    assert len(ids) == len(set(ids))


def test_a_cursor_says_nothing_and_fits_no_other_customer(
    ask: CustomerQueries, mia: str, ben: str
) -> None:
    cursor = ask.timeline(mia, limit=1).next_cursor
    assert cursor is not None
    assert "2026" not in cursor
    with pytest.raises(WireFormatError, match="cursor"):
        ask.timeline(ben, cursor=cursor)


@pytest.mark.parametrize("cursor", ["x", "AAAA", "é", "A" * 600, "!!!!", "aGFsbG8gd2VsdA"])
def test_a_made_up_cursor_is_refused(ask: CustomerQueries, mia: str, cursor: str) -> None:
    with pytest.raises(WireFormatError, match="cursor"):
        ask.timeline(mia, cursor=cursor)


@pytest.mark.parametrize("limit", [0, 101])
def test_a_limit_out_of_bounds_is_refused(ask: CustomerQueries, mia: str, limit: int) -> None:
    with pytest.raises(WireFormatError, match="limit"):
        ask.timeline(mia, limit=limit)


def test_the_policy_may_allow_fewer_entries_than_were_wanted(
    zone: OpenZone, ai_agent: Caller, mia: str
) -> None:
    page = CustomerQueries(zone, ai_agent, Purpose.SERVICE).timeline(mia, limit=100)
    assert len(page.entries) == 20
    assert page.next_cursor


# --- refusing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ENGINEER, Role.COMPLIANCE])
def test_a_wrong_role_is_refused_and_logged(zone: OpenZone, mia: str, role: Role) -> None:
    ask = CustomerQueries(zone, Caller("x", role), Purpose.SERVICE)
    with pytest.raises(AccessDenied):
        ask.context(mia)
    assert logged(zone) == [("read_context", "refused", mia)]


def test_a_wrong_purpose_is_refused(zone: OpenZone, agent: Caller, mia: str) -> None:
    with pytest.raises(AccessDenied):
        CustomerQueries(zone, agent, Purpose.MARKETING).context(mia)


def test_a_withdrawal_closes_every_door_at_the_next_read(
    zone: OpenZone, ask: CustomerQueries, officer: Caller, mia: str, ben: str
) -> None:
    ask.context(mia)
    cursor = ask.timeline(mia).next_cursor
    outcome = Acts(zone, officer, Purpose.ACCOUNTABILITY).withdraw(
        mia, [Purpose.SERVICE], method="letter"
    )
    assert outcome.closed == (Purpose.SERVICE,)

    for read in (
        lambda: ask.find("mia.lang@example.org"),
        lambda: ask.context(mia),
        lambda: ask.timeline(mia),
        lambda: ask.timeline(mia, cursor=cursor),
        lambda: ask.open_threads(mia),
    ):
        with pytest.raises(ConsentMissing):
            read()
    assert ask.context(ben)


def test_a_withdrawal_of_what_needs_no_consent_says_so(
    zone: OpenZone, officer: Caller, mia: str
) -> None:
    acts = Acts(zone, officer, Purpose.ACCOUNTABILITY)
    assert acts.withdraw(mia, [Purpose.ACCOUNTABILITY], method="letter").closed == ()
    assert acts.consents(mia).decisions[Purpose.ACCOUNTABILITY].is_permitted
    assert len(acts.consents(mia).events) == 4


def test_someone_erased_looks_like_someone_who_never_was(
    zone: OpenZone, ask: CustomerQueries, mia: str
) -> None:
    cursor = ask.timeline(mia, limit=1).next_cursor
    erase(zone, mia)
    stranger = "c_zzzzzzzzzzzzzzzzzzzzzzzzzz"

    def refusals(customer_id: str, handle: str) -> list[str]:
        said = []
        for read in (
            lambda: ask.find(handle),
            lambda: ask.context(customer_id),
            lambda: ask.timeline(customer_id),
            lambda: ask.timeline(customer_id, cursor=cursor),
            lambda: ask.open_threads(customer_id),
        ):
            with pytest.raises(NotFound) as refusal:
                read()
            said.append(repr(refusal.value))
        return said

    assert refusals(mia, "mia.lang@example.org") == refusals(stranger, "no.one@example.org")
    assert {customer for _, outcome, customer in logged(zone) if outcome == "not_found"} == {None}


def test_a_shredded_key_alone_closes_the_doors(
    zone: OpenZone, ask: CustomerQueries, mia: str
) -> None:
    zone.keyring.destroy([mia])
    with pytest.raises(NotFound):
        ask.context(mia)
    with pytest.raises(NotFound):
        ask.timeline(mia)


@pytest.mark.parametrize("typed", ["mia.lang@example.org", "c_", "", "c_MIA" + "a" * 23, "../etc"])
def test_an_id_of_nobody_is_not_found_and_not_logged(
    zone: OpenZone, ask: CustomerQueries, typed: str
) -> None:
    with pytest.raises(NotFound):
        ask.context(typed)
    assert logged(zone) == [("read_context", "not_found", None)]


# --- being seen ---------------------------------------------------------------------------------


def test_every_answer_is_logged_with_the_ground_it_rests_on(
    zone: OpenZone, ask: CustomerQueries, clock: Any, mia: str
) -> None:
    ask.find("mia.lang@example.org")
    clock.advance(seconds=1)
    ask.timeline(mia, limit=3)
    entries = AuditLog(zone).entries_for(mia)

    assert [(e.action, e.caller_id, e.purpose, e.outcome) for e in entries] == [
        ("find_customer", "desk-1", "service", "answered"),
        ("read_timeline", "desk-1", "service", "answered"),
    ]
    assert entries[1].payload == {
        "policies": ["agents_help_customers"],
        "legal_basis": "legitimate_interests",
        "rule_source": "GDPR Art. 6(1)(b)",
        "consent_event_id": None,
        "count_entries": 3,
    }


def test_an_answer_that_cannot_be_logged_is_not_given(
    ask: CustomerQueries, mia: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> str:
        raise OSError("no space left")

    monkeypatch.setattr(AuditLog, "record", full)
    with pytest.raises(OSError, match="no space"):
        ask.context(mia)


def test_compliance_sees_who_looked_newest_first(
    zone: OpenZone, ask: CustomerQueries, officer: Caller, clock: Any, mia: str
) -> None:
    ask.context(mia)
    clock.advance(minutes=1)
    with pytest.raises(AccessDenied):
        CustomerQueries(zone, Caller("nosy", Role.ANALYST), Purpose.ANALYTICS).context(mia)
    looks = CustomerQueries(zone, officer, Purpose.ACCOUNTABILITY).accesses(mia).accesses

    assert [(look.caller_id, look.action, look.outcome) for look in looks] == [
        ("nosy", "read_context", "refused"),
        ("desk-1", "read_context", "answered"),
    ]


def test_an_agent_may_not_see_who_looked(ask: CustomerQueries, mia: str) -> None:
    with pytest.raises(AccessDenied):
        ask.accesses(mia)


def test_nothing_personal_is_logged(
    ask: CustomerQueries, mia: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        ask.find("mia.lang@example.org")
        ask.timeline(mia)
        with pytest.raises(NotFound):
            ask.find("nobody@example.org")
    for canary in ("mia.lang", "example.org", "x7f2", mia):
        assert canary not in caplog.text
