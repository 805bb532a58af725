from itertools import product

import pytest

from privacy.access.model import Action, Caller, Role
from privacy.access.policy import Grant, decide, load
from privacy.errors import AccessDenied, PolicyError, UnknownPurpose
from privacy.zones.model import Purpose
from serving.answers import CustomerContext, TimelineEntry

HELP = {Action.FIND_CUSTOMER, Action.READ_CONTEXT, Action.READ_TIMELINE, Action.LIST_OPEN}
ACCOUNT = {
    Action.FIND_CUSTOMER,
    Action.READ_AUDIT,
    Action.READ_CONSENT,
    Action.RECORD_CONSENT,
    Action.RULE_IDENTITY,
    Action.HOLD_DATA,
    Action.RULE_TRANSFERS,
    Action.PLAN_ERASURE,
    Action.EXECUTE_ERASURE,
}
PERMITTED = {
    *((Role.AGENT, action, Purpose.SERVICE) for action in HELP | {Action.RECORD_CONSENT}),
    *((Role.AI_AGENT, action, Purpose.SERVICE) for action in HELP | {Action.RECORD_CONSENT}),
    (Role.ANALYST, Action.READ_KPIS, Purpose.ANALYTICS),
    (Role.ANALYST, Action.READ_KPIS, Purpose.QUALITY),
    *((Role.COMPLIANCE, action, Purpose.ACCOUNTABILITY) for action in ACCOUNT),
    (Role.ENGINEER, Action.READ_KPIS, Purpose.QUALITY),
}


def ask(role: Role, action: Action, purpose: Purpose | str) -> Grant:
    return decide(Caller("somebody", role), action, purpose)


def test_exactly_these_are_permitted_and_everything_else_is_denied():
    found = set()
    for role, action, purpose in product(Role, Action, Purpose):
        try:
            ask(role, action, purpose)
        except AccessDenied:
            continue
        found.add((role, action, purpose))
    assert found == PERMITTED


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ENGINEER])
@pytest.mark.parametrize("action", sorted(HELP))
def test_nobody_but_helpers_and_compliance_sees_a_person(role, action):
    with pytest.raises(AccessDenied, match="see_no_person"):
        ask(role, action, Purpose.SERVICE)


def test_a_program_gets_fewer_fields_and_rows_than_a_person():
    person = ask(Role.AGENT, Action.READ_CONTEXT, Purpose.SERVICE)
    program = ask(Role.AI_AGENT, Action.READ_CONTEXT, Purpose.SERVICE)
    assert person.masked_fields == frozenset()
    assert "average_sentiment" in program.masked_fields
    assert program.row_limit < person.row_limit
    assert program.policy_ids == ("ai_agents_help_customers_on_fewer_fields",)


def test_every_masked_field_is_one_a_door_could_give():
    given = {*CustomerContext.model_fields, *TimelineEntry.model_fields}
    assert ask(Role.AI_AGENT, Action.READ_CONTEXT, Purpose.SERVICE).masked_fields <= given


def test_a_denial_names_what_was_asked_and_the_policy_that_decided():
    with pytest.raises(
        AccessDenied, match=r"agent may not read_context .* marketing \(default_deny\)"
    ):
        ask(Role.AGENT, Action.READ_CONTEXT, Purpose.MARKETING)
    with pytest.raises(AccessDenied, match="programs_erase_nobody"):
        ask(Role.AI_AGENT, Action.EXECUTE_ERASURE, Purpose.ACCOUNTABILITY)


def test_an_unknown_purpose_is_told_apart_from_a_denial():
    with pytest.raises(UnknownPurpose):
        ask(Role.AGENT, Action.READ_CONTEXT, "curiosity")


SCHEMA = """
entity Role; entity Zone;
action read_context appliesTo { principal: Role, resource: Zone, context: { purpose: String } };
"""
PERMIT = 'permit (principal, action == Action::"read_context", resource)'


@pytest.mark.parametrize(
    ("policies", "complaint"),
    [
        ("permit (", "do not parse"),
        (f"{PERMIT};", "@id of its own"),
        (f'@id("a") {PERMIT}; @id("a") {PERMIT};', "@id of its own"),
        (f'@id("a") {PERMIT} when {{ context.planet == "mars" }};', "do not fit"),
        (f'@id("a") @row_limit("many") {PERMIT};', "a: @row_limit"),
        ('@id("a") permit (principal == ?principal, action, resource);', "template"),
    ],
)
def test_policies_that_are_not_sound_do_not_load(policies, complaint):
    with pytest.raises(PolicyError, match=complaint):
        load(policies, SCHEMA)


def test_of_two_permits_the_stricter_shape_of_the_answer_counts():
    policies = load(
        f'@id("a") @masks("x, y") @row_limit("7") {PERMIT}; @id("b") @masks("z") {PERMIT};', SCHEMA
    )
    grant = policies.ask(Role.AGENT, Action.READ_CONTEXT, Purpose.SERVICE)
    assert grant == Grant(frozenset({"x", "y", "z"}), 7, ("a", "b"))


def test_a_policy_that_fails_to_evaluate_permits_nothing():
    policies = load(
        f'@id("a") {PERMIT} when {{ 9223372036854775807 + 1 > 0 }}; @id("b") {PERMIT};', SCHEMA
    )
    with pytest.raises(PolicyError):
        policies.ask(Role.AGENT, Action.READ_CONTEXT, Purpose.SERVICE)
