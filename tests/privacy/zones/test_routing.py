import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.errors import Unroutable
from privacy.records.canonical import RoutingHints
from privacy.zones.loader import load_policies
from privacy.zones.routing import Evidence, Route, country_of_phone, route

POLICIES = load_policies()


def routed(*, known_zone=None, default=None, **hints) -> Route:
    return route(RoutingHints(**hints), policies=POLICIES, known_zone=known_zone, default=default)


def reason(**hints) -> str:
    with pytest.raises(Unroutable) as refused:
        routed(**hints)
    return refused.value.reason


@pytest.mark.parametrize(
    ("hints", "zone", "evidence"),
    [
        ({"countries": ("DE",)}, "eu", Evidence.COUNTRY),
        ({"countries": ("no",)}, "eu", Evidence.COUNTRY),
        ({"countries": (" GB ",)}, "uk", Evidence.COUNTRY),
        ({"stores": ("br-017",)}, "br", Evidence.STORE),
        ({"stores": ("CN-9",)}, "cn", Evidence.STORE),
        ({"phones": ("+49 30 123456",)}, "eu", Evidence.PHONE),
        ({"phones": ("0044 20 7946 0018",)}, "uk", Evidence.PHONE),
        ({"phones": ("+1 202 555 0143",)}, "us", Evidence.PHONE),
        ({"phones": ("+15550100123",)}, "us", Evidence.PHONE),
        ({"phones": ("+86 138 0013 8000",)}, "cn", Evidence.PHONE),
        ({"locales": ("pt-BR",)}, "br", Evidence.LOCALE),
        ({"locales": ("pt_BR.UTF-8",)}, "br", Evidence.LOCALE),
        ({"locales": ("zh-Hans-CN",)}, "cn", Evidence.LOCALE),
        ({"default": "us"}, "us", Evidence.DEFAULT),
        ({"locales": ("de",), "default": "us"}, "us", Evidence.DEFAULT),
        ({"stores": ("17",), "default": "us"}, "us", Evidence.DEFAULT),
        ({"locales": ("en-US", "de-DE"), "default": "uk"}, "uk", Evidence.DEFAULT),
        ({"countries": ("DE",), "locales": ("en-US",)}, "eu", Evidence.COUNTRY),
        ({"phones": ("+4930123456",), "locales": ("zh-CN",)}, "eu", Evidence.PHONE),
        ({"countries": ("DE", "FR"), "phones": ("+39 06 698",)}, "eu", Evidence.COUNTRY),
        ({"countries": ("JP",), "known_zone": "eu"}, "eu", Evidence.KNOWN_HANDLE),
        (
            {"countries": ("DE",), "phones": ("+1 202 555 0143",), "known_zone": "uk"},
            "uk",
            Evidence.KNOWN_HANDLE,
        ),
    ],
)
def test_a_record_goes_where_its_strongest_evidence_says(hints, zone, evidence):
    found = routed(**hints)
    assert (found.zone, found.evidence) == (zone, evidence)


def test_the_country_is_kept_with_the_route():
    assert routed(countries=("fr",)).country == "FR"
    assert routed(stores=("eu-none", "us-1"), phones=("+12025550143",)).country == "US"
    assert routed(default="br").country is None


@pytest.mark.parametrize(
    ("hints", "expected"),
    [
        ({"countries": ("DE", "US")}, "conflicting_evidence"),
        ({"countries": ("DE",), "phones": ("+12025550143",)}, "conflicting_evidence"),
        ({"stores": ("gb-1",), "phones": ("+33 1 40 20 50 50",)}, "conflicting_evidence"),
        ({"stores": ("gb-1", "br-1")}, "conflicting_evidence"),
        ({"countries": ("DE",), "phones": ("+81 3 1234 5678",)}, "conflicting_evidence"),
        ({"locales": ("de-DE", "en-US")}, "conflicting_evidence"),
        ({"countries": ("JP",)}, "no_zone_for_country"),
        ({"countries": ("HK",), "default": "cn"}, "no_zone_for_country"),
        ({"phones": ("+852 2123 4567",), "default": "cn"}, "no_zone_for_country"),
        ({"phones": ("+44 1481 712345",)}, "no_zone_for_country"),
        ({"locales": ("ja-JP",), "default": "eu"}, "no_zone_for_country"),
        ({}, "no_evidence"),
        ({"locales": ("de",)}, "no_evidence"),
        ({"locales": ("de-x-us", "zh-Hant", "de-1996")}, "no_evidence"),
        ({"phones": ("030 123456", "15122345678")}, "no_evidence"),
        ({"countries": ("Germany", "", "D1")}, "no_evidence"),
    ],
)
def test_a_record_without_one_clear_zone_goes_nowhere(hints, expected):
    assert reason(**hints) == expected


@pytest.mark.parametrize(
    "phone", ["15122345678", "151 2234 5678", "", "+", "+0", "00", "abc", "٠٠٤٩"]
)
def test_digits_without_a_prefix_are_no_evidence_of_a_country(phone):
    assert country_of_phone(phone) is None


@pytest.mark.parametrize("phone", ["+870 773 111 632", "+800 1234 5678", "+999123456789"])
def test_a_number_of_no_country_is_no_evidence(phone):
    assert country_of_phone(phone) is None


ZONES = st.none() | st.sampled_from(sorted(POLICIES))


@given(
    st.builds(
        RoutingHints,
        countries=st.lists(st.text(max_size=3), max_size=2).map(tuple),
        stores=st.lists(st.text(max_size=6), max_size=2).map(tuple),
        phones=st.lists(st.text(alphabet="+0123456789 -x", max_size=16), max_size=2).map(tuple),
        locales=st.lists(st.text(max_size=8), max_size=2).map(tuple),
    ),
    ZONES,
)
def test_any_text_gives_a_zone_there_is_or_one_of_three_reasons(hints, default):
    try:
        found = route(hints, policies=POLICIES, known_zone=None, default=default)
    except Unroutable as refused:
        outcome = refused.reason
    else:
        outcome = found.zone
    assert outcome in {*POLICIES, "conflicting_evidence", "no_zone_for_country", "no_evidence"}


def test_two_sets_of_policies_do_not_mix():
    only = {"uk": POLICIES["uk"]}
    hints = RoutingHints(countries=("DE",))
    assert route(hints, policies=POLICIES).zone == "eu"
    with pytest.raises(Unroutable):
        route(hints, policies=only)
    assert route(hints, policies=POLICIES).zone == "eu"
