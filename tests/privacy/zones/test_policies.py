"""The five policies as shipped."""

from datetime import UTC, date, datetime

import pytest

from privacy.errors import UnknownZone
from privacy.zones.loader import load_policies, load_policy
from privacy.zones.model import Category, Confidence, LegalBasis, Purpose, Rule

ZONES = ("br", "cn", "eu", "uk", "us")


def rules_in(value: object, path: str = ""):
    if isinstance(value, Rule):
        yield path, value
    if hasattr(value, "model_fields_set"):
        for field in type(value).model_fields:
            yield from rules_in(getattr(value, field), f"{path}.{field}")
    elif hasattr(value, "items"):
        for key, inner in value.items():
            yield from rules_in(inner, f"{path}.{key}")


def test_the_shipped_zones_are_the_five():
    assert tuple(load_policies()) == ZONES


@pytest.mark.parametrize("zone", ZONES)
def test_every_rule_cites_a_source_and_none_claims_to_be_verified(zone):
    rules = list(rules_in(load_policy(zone)))
    assert len(rules) > 20
    for path, rule in rules:
        assert rule.source, path
        assert rule.confidence is not Confidence.VERIFIED, (
            f"{zone}{path}: nobody read the law's text"
        )


@pytest.mark.parametrize("zone", ZONES)
def test_every_purpose_and_category_has_a_rule(zone):
    policy = load_policy(zone)
    assert set(policy.purposes) == set(Purpose)
    assert set(policy.retention) == set(Category)
    assert "request" in policy.deadlines


def test_the_eu_is_its_27_states_and_the_three_of_the_eea():
    countries = load_policy("eu").countries
    assert len(countries) == 30
    assert {"IS", "LI", "NO"} <= set(countries)
    assert {"GB", "CH"}.isdisjoint(countries)


def test_hong_kong_macao_and_taiwan_are_not_in_the_chinese_zone():
    assert load_policy("cn").countries == ("CN",)


def test_china_knows_no_legitimate_interest():
    policy = load_policy("cn")
    assert LegalBasis.LEGITIMATE_INTERESTS not in policy.bases
    assert all(
        rule.basis is not LegalBasis.LEGITIMATE_INTERESTS for rule in policy.purposes.values()
    )
    assert policy.suite == "sm4-gcm"


def test_sharing_in_the_us_is_open_until_the_person_opts_out():
    rule = load_policy("us").purposes[Purpose.THIRD_PARTY_SHARING]
    assert (rule.basis, rule.is_objectable, rule.needs_consent) == (LegalBasis.NOTICE, True, False)


@pytest.mark.parametrize("zone", ZONES)
def test_service_and_accountability_cannot_be_objected_to(zone):
    purposes = load_policy(zone).purposes
    for purpose in (Purpose.SERVICE, Purpose.ACCOUNTABILITY):
        assert not purposes[purpose].is_objectable
        assert not purposes[purpose].needs_consent


@pytest.mark.parametrize("zone", ["eu", "uk", "br", "cn"])
def test_marketing_and_training_need_consent_outside_the_us(zone):
    purposes = load_policy(zone).purposes
    assert purposes[Purpose.MARKETING].needs_consent
    assert purposes[Purpose.MODEL_TRAINING].needs_consent


def test_no_zone_by_that_name_is_one_clear_error_that_lists_the_known():
    with pytest.raises(UnknownZone, match="br, cn, eu, uk, us"):
        load_policy("mars")


@pytest.mark.parametrize("name", ["../eu", "EU", "", "eu.yaml", "eu\x00", "/etc/passwd"])
def test_a_zone_id_cannot_walk_out_of_the_folder(name):
    with pytest.raises(UnknownZone):
        load_policy(name)


def test_a_rule_not_yet_in_force_is_not_applied():
    policy = load_policy("cn")
    assert policy.rule_for(Purpose.SERVICE, at=datetime(2020, 1, 1, tzinfo=UTC)) is None
    assert policy.rule_for(Purpose.SERVICE, at=datetime(2026, 1, 1, tzinfo=UTC)) is not None


def test_a_month_of_retention_is_a_calendar_month():
    rule = load_policy("eu").retention[Category.INTERACTIONS]
    assert rule.months == 36
    assert rule.cutoff(date(2028, 2, 29)) == date(2025, 2, 28)
    one = rule.model_copy(update={"months": 1})
    assert one.cutoff(date(2026, 3, 31)) == date(2026, 2, 28)
    assert one.cutoff(date(2026, 3, 30)) == date(2026, 2, 28)
    assert one.cutoff(date(2026, 1, 15)) == date(2025, 12, 15)
    assert load_policy("eu").retention[Category.LANDING].cutoff(date(2026, 3, 31)) == date(
        2026, 3, 1
    )


def test_the_deadline_for_a_request_is_a_month_in_the_eu_and_45_days_in_the_us():
    eu, us = load_policy("eu").deadlines["request"], load_policy("us").deadlines["request"]
    assert (eu.months, eu.extension_months, eu.days) == (1, 2, None)
    assert (us.days, us.extension_days) == (45, 45)


def test_a_policy_cannot_be_changed_in_place():
    with pytest.raises(ValueError, match="frozen"):
        load_policy("eu").suite = "sm4-gcm"


def test_a_policy_in_a_message_is_short():
    assert repr(load_policy("uk")).startswith("ZonePolicy(id='uk', regime=")
    assert len(repr(load_policy("uk"))) < 100
