"""Phone numbers in the forms people write them, and numbers that are none."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.detection.recognizers.numbering_plans import REGIONS, is_any_national, is_national
from privacy.detection.recognizers.phone import PhoneNumbers

EVERYWHERE = sorted({region for regions in REGIONS.values() for region in regions})
FORMATS = phonenumbers.PhoneNumberFormat


@pytest.fixture(scope="module")
def phones() -> PhoneNumbers:
    return PhoneNumbers(("US", "GB", "DE", "FR"))


def found(phones: PhoneNumbers, text: str, language: str = "und") -> list[tuple[str, float]]:
    return [
        (text[one.start : one.end], one.score)
        for one in phones.analyze_in(text, language)
        if one.score >= 0.4
    ]


def example(region: str, form: int) -> str:
    number = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    assert number is not None
    return phonenumbers.format_number(number, form)


@pytest.mark.parametrize("region", EVERYWHERE)
def test_a_number_with_its_country_code_is_found_in_any_text(region: str, phones) -> None:
    for form in (FORMATS.INTERNATIONAL, FORMATS.E164):
        number = example(region, form)
        assert found(phones, f"thanks, {number} is mine") == [(number, 0.95)]


@pytest.mark.parametrize("language", REGIONS)
def test_a_national_number_is_found_in_a_text_of_its_language(language: str, phones) -> None:
    number = example(REGIONS[language][0], FORMATS.NATIONAL)
    hits = [value for value, _ in found(phones, f"{number}", language)]
    # Where mobile numbers are written in one piece, or as amounts are, a word must stand near.
    assert hits == [number] or number.isdigit() or number.count(" ") == 2 or number.count("-") == 1


@pytest.mark.parametrize("region", EVERYWHERE)
def test_a_numbering_plan_agrees_with_the_library(region: str) -> None:
    number = example(region, FORMATS.NATIONAL)
    if region != "BY":  # it dials 8 0 and writes 8 only
        assert is_national("".join(one for one in number if one.isdigit()), region)


@given(st.text(alphabet="0123456789", min_size=5, max_size=16), st.sampled_from(EVERYWHERE))
def test_a_plan_believes_no_number_the_library_does_not(digits: str, region: str) -> None:
    if is_any_national(digits, (region,)):
        assert phonenumbers.is_possible_number(phonenumbers.parse(digits, region))


@pytest.mark.parametrize(
    "text",
    [
        "order 020 7946 0018",
        "Rechnung 0171 2345678",
        "passport 0171 2345678",
        "2023-12-31 10:15",
        "31.12.2023",
        "from 2019-2020",
        "1.234.567 and 12 345 678",
        "4111 1111 1111 1111",
        "52.5200 13.4050",
        "192.168.7.20",
        "1 234 567 EUR",
        "$ 020 7946 0018",
        "n. 12345/2019",
        "8 12 20.45 20",
        "+0000 2008",
        "77 79 5177 1 0",
    ],
)
def test_another_number_is_no_phone(text: str, phones) -> None:
    assert found(phones, text) == []


def test_what_follows_a_number_is_not_taken_with_it(phones) -> None:
    assert found(phones, "+44 20 7946 0018 12 items")[0][0] == "+44 20 7946 0018"


def test_a_text_full_of_numbers_takes_time_in_its_length(phones) -> None:
    phones.analyze_in("020 7946 0018 " * 3_000, "en")
