from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from privacy.consent.decision import decide_all, permitted, permitted_customer, require
from privacy.consent.ledger import ConsentLedger, LedgerEvent
from privacy.errors import ConsentMissing, UnknownPurpose
from privacy.records.tables import DECISIONS
from privacy.store.tables import CONSENT_EVENTS, CUSTOMER_MEMBERS, SUBJECT_HANDLES
from privacy.zones.model import LegalBasis, Purpose

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)


def is_open(zone, purpose="marketing", *, subject="s_ada", at=NOW, known_at=NOW) -> bool:
    return permitted(zone, subject, purpose, at=at, known_at=known_at).is_permitted


def test_a_consent_based_purpose_is_closed_until_the_person_says_yes(zone, say):
    decision = permitted(zone, "s_ada", "marketing", at=NOW, known_at=NOW)
    assert (decision.is_permitted, decision.basis, decision.consent_event_id) == (
        False,
        LegalBasis.NONE,
        None,
    )
    event = say("given")
    decision = permitted(zone, "s_ada", "marketing", at=NOW, known_at=NOW)
    assert (decision.is_permitted, decision.basis) == (True, LegalBasis.CONSENT)
    assert decision.consent_event_id == event
    assert decision.rule_source.startswith("GDPR Art. 6(1)(a)")
    assert decision.valid_from == day(0)


@pytest.mark.parametrize("no", ["withdrawn", "refused", "objected"])
@pytest.mark.parametrize("purpose", ["marketing", "analytics"])
def test_any_no_closes_what_consent_or_interest_opened(zone, say, no, purpose):
    say("given", purpose, at=day(0))
    event = say(no, purpose, at=day(1))
    decision = permitted(zone, "s_ada", purpose, at=NOW, known_at=NOW)
    assert (decision.is_permitted, decision.basis) == (False, LegalBasis.NONE)
    assert decision.consent_event_id == event


def test_legitimate_interest_is_open_until_the_person_objects_and_again_after_a_yes(zone, say):
    assert is_open(zone, "analytics")
    say("objected", "analytics", at=day(1))
    assert not is_open(zone, "analytics")
    say("given", "analytics", at=day(2))
    decision = permitted(zone, "s_ada", "analytics", at=NOW, known_at=NOW)
    assert (decision.is_permitted, decision.basis) == (True, LegalBasis.LEGITIMATE_INTERESTS)


@pytest.mark.parametrize("purpose", ["service", "accountability"])
@pytest.mark.parametrize("no", ["withdrawn", "refused", "objected"])
def test_a_contract_and_a_legal_obligation_cannot_be_objected_to(zone, say, purpose, no):
    say(no, purpose)
    decision = permitted(zone, "s_ada", purpose, at=NOW, known_at=NOW)
    assert decision.is_permitted
    assert decision.consent_event_id is None


def test_an_objection_to_one_purpose_leaves_the_others_open(zone, say):
    say("objected", "analytics")
    assert is_open(zone, "quality")


def test_of_two_words_of_one_instant_the_stricter_counts(zone, say):
    say("given", at=day(1), known=day(3))
    say("withdrawn", at=day(1), known=day(2))
    assert not is_open(zone)
    event = say("objected", at=day(1), known=day(2))
    say("refused", at=day(1), known=day(4))
    assert permitted(zone, "s_ada", "marketing", at=NOW, known_at=NOW).consent_event_id == event


def test_a_yes_ends_where_it_says_it_ends(zone, say):
    say("given", at=day(0), until=day(10))
    assert not is_open(zone, at=day(0) - timedelta(microseconds=1))
    assert is_open(zone, at=day(0))
    assert is_open(zone, at=day(10) - timedelta(microseconds=1))
    assert not is_open(zone, at=day(10))
    decision = permitted(zone, "s_ada", "marketing", at=day(11), known_at=NOW)
    assert decision.valid_from == day(10)


def test_a_yes_that_has_ended_does_not_fall_back_to_an_older_one(zone, say):
    say("given", at=day(0))
    say("given", at=day(1), until=day(5))
    assert not is_open(zone, at=day(6))


def test_an_objection_for_a_time_gives_way_to_what_was_said_before_it(zone, say):
    say("objected", "analytics", at=day(0))
    say("given", "analytics", at=day(1))
    say("objected", "analytics", at=day(2), until=day(5))
    assert not is_open(zone, "analytics", at=day(4))
    assert is_open(zone, "analytics", at=day(5))


def test_what_was_not_known_then_does_not_count_then(zone, say):
    say("given", at=day(0), known=day(0))
    say("withdrawn", at=day(1), known=day(7))
    assert is_open(zone, at=day(3), known_at=day(3)), "nobody had told us"
    assert not is_open(zone, at=day(3), known_at=day(7)), "now we know it held then"
    assert is_open(zone, at=day(0), known_at=day(7)), "it did not hold before"


def test_a_superseded_event_counts_only_as_long_as_nobody_knew_better(zone, say):
    mistaken = say("withdrawn", "analytics", at=day(1), known=day(1))
    say("given", "analytics", at=day(0), known=day(4), supersedes=mistaken)
    assert not is_open(zone, "analytics", known_at=day(3))
    assert is_open(zone, "analytics", known_at=day(4))


def test_nobody_can_supersede_the_word_of_another_subject(zone, say, join):
    join("c_1", "s_ada", "s_bob")
    objection = say("objected", "analytics", at=day(1))
    say("given", "analytics", subject="s_bob", at=day(0), supersedes=objection)
    assert not is_open(zone, "analytics")


def test_what_one_handle_said_holds_for_all_handles_of_the_customer(zone, say, join):
    say("given", subject="s_ada", at=day(0))
    assert not is_open(zone, subject="s_bob")
    join("c_1", "s_ada", "s_bob")
    assert is_open(zone, subject="s_bob")
    say("withdrawn", subject="s_bob", at=day(1))
    assert not is_open(zone, subject="s_ada")
    assert not permitted_customer(zone, "c_1", "marketing", at=NOW, known_at=NOW).is_permitted


def test_china_has_no_interest_to_rest_analytics_on(zones):
    assert not is_open(zones["cn"], "analytics")
    assert is_open(zones["cn"], "service")


def test_sharing_in_the_us_is_open_until_the_opt_out(zones, say):
    us = zones["us"]
    decision = permitted(us, "s_ada", "third_party_sharing", at=NOW, known_at=NOW)
    assert (decision.is_permitted, decision.basis) == (True, LegalBasis.NOTICE)
    say("withdrawn", "third_party_sharing", where=us)
    assert not is_open(us, "third_party_sharing")


def test_before_the_law_was_in_force_nothing_is_permitted(zone):
    long_ago = datetime(2010, 1, 1, tzinfo=UTC)
    assert not is_open(zone, "service", at=long_ago)
    row = next(
        r for r in decide_all_rows(zone, at=long_ago, known_at=NOW) if r["purpose"] == "service"
    )
    assert not row["is_permitted"]


def test_require_refuses_and_cites_the_rule(zone, join):
    join("c_1", "s_ada")
    with pytest.raises(ConsentMissing, match=r"marketing.*Art\. 6\(1\)\(a\)"):
        require(zone, "c_1", "marketing", at=NOW, known_at=NOW)
    assert require(zone, "c_1", "service", at=NOW, known_at=NOW).is_permitted


def test_an_unknown_purpose_is_one_clear_error(zone):
    with pytest.raises(UnknownPurpose, match="service, quality"):
        permitted(zone, "s_ada", "stalking", at=NOW, known_at=NOW)


def decide_all_rows(zone, *, at, known_at) -> Sequence[dict]:
    with zone.store.begin() as connection:
        connection.execute(SUBJECT_HANDLES.delete())
        connection.execute(
            SUBJECT_HANDLES.insert(),
            [
                {
                    "handle_index": f"{i:064}",
                    "subject_id": subject,
                    "kind": "email",
                    "first_seen_at": NOW,
                }
                for i, subject in enumerate(SUBJECTS)
            ],
        )
    return decide_all(zone, at=at, known_at=known_at).to_pylist()


SUBJECTS = ["s_a", "s_b", "s_c", "s_d"]
moment = st.integers(0, 6).map(day)
words = st.lists(
    st.tuples(
        st.sampled_from(SUBJECTS),
        st.sampled_from(["marketing", "analytics", "service"]),
        st.sampled_from(["given", "refused", "withdrawn", "objected"]),
        moment,
        st.none() | moment,
        moment,
        st.none() | st.integers(0, 8),
    ),
    max_size=9,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=words,
    members=st.dictionaries(st.sampled_from(SUBJECTS), st.sampled_from(["c_1", "c_2"])),
    at=moment,
    known_at=moment,
    name=st.sampled_from(["eu", "cn", "us"]),
)
@example(
    said=[
        ("s_a", "marketing", "given", day(0), None, day(0), None),
        ("s_a", "analytics", "given", day(0), None, day(0), 0),
    ],
    members={},
    at=day(0),
    known_at=day(0),
    name="eu",
)
def test_the_decision_for_all_is_the_decision_for_each(zones, said, members, at, known_at, name):
    zone = zones[name]
    with zone.store.begin() as connection:
        for table in (CONSENT_EVENTS, CUSTOMER_MEMBERS):
            connection.execute(table.delete())
        if members:
            connection.execute(
                CUSTOMER_MEMBERS.insert(),
                [
                    {"subject_id": subject, "customer_id": customer, "joined_at": NOW}
                    for subject, customer in members.items()
                ],
            )
    ConsentLedger(zone).record_many(
        [
            LedgerEvent(
                f"e_{i}",
                subject,
                purpose,
                action,
                "m",
                "v",
                "en",
                "0" * 64,
                since,
                until,
                known,
                None if corrects is None else f"e_{corrects}",
            )
            for i, (subject, purpose, action, since, until, known, corrects) in enumerate(said)
        ]
    )
    rows = decide_all_rows(zone, at=at, known_at=known_at)
    assert len(rows) == len(SUBJECTS) * len(Purpose)
    for row in rows:
        one = permitted(zone, row["subject_id"], row["purpose"], at=at, known_at=known_at)
        assert row == {
            "subject_id": row["subject_id"],
            "purpose": row["purpose"],
            "legal_basis": str(one.basis),
            "consent_event_id": one.consent_event_id,
            "rule_source": one.rule_source,
            "is_permitted": one.is_permitted,
            "valid_from": one.valid_from,
            "decided_at": known_at,
        }


def test_the_decisions_have_the_schema_of_the_warehouse_table(zone):
    assert decide_all(zone, at=NOW, known_at=NOW).schema == DECISIONS.arrow


@pytest.mark.slow
def test_fifty_thousand_subjects_are_decided_at_once(zone):
    with zone.store.begin() as connection:
        connection.execute(
            CUSTOMER_MEMBERS.insert(),
            [
                {"subject_id": f"s_{i:026}", "customer_id": f"c_{i // 2:026}", "joined_at": NOW}
                for i in range(50_000)
            ],
        )
    ConsentLedger(zone).record_many(
        [
            LedgerEvent(
                f"e_{i:026}",
                f"s_{i % 50_000:026}",
                "marketing",
                ("given", "withdrawn")[i % 3 == 0],
                "m",
                "v",
                "en",
                "0" * 64,
                day(i % 50),
                None,
                day(i % 50),
            )
            for i in range(75_000)
        ]
    )
    rows = decide_all(zone, at=NOW, known_at=NOW)
    assert rows.num_rows == 50_000 * len(Purpose)
