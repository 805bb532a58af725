"""Every country's numbers: right ones, wrong ones, in a sentence, and beside nothing that tells.

The numbers in `country_numbers.csv` belong to nobody: they are drawn at random from each shape until
its check passes, and until it does not.
"""

import csv
import pkgutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.detection import recognizers as room
from privacy.detection.recognizers import br, de, hk, hu, lu, nz, pt, ru, sg, tw, us, uy, vn
from privacy.detection.recognizers.countries import COUNTRIES
from privacy.detection.recognizers.number import LANGUAGES, NationalNumber
from privacy.detection.recognizers.number_scan import NumberScan
from privacy.detection.spans import Span

THRESHOLD = 0.4
with (Path(__file__).parent / "country_numbers.csv").open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))


def numbers_of(country: str) -> Iterator[tuple[NationalNumber, str, str]]:
    made = [one for one in COUNTRIES[country]() if isinstance(one, NationalNumber)]
    rows = [row for row in ROWS if row["entity"] in {one.entity for one in made}]
    assert [one.entity for one in made] == [row["entity"] for row in rows]
    for one, row in zip(made, rows, strict=True):
        yield one, row["number"], row["wrong"]


def called(number: NationalNumber) -> str:
    """Give what people call the number, in its country's language."""
    if number.names:
        return number.names[0]
    language = next((one for one in number.languages if one in number.kinds[0]), "en")
    return number.kinds[0][language][0]


@pytest.fixture(scope="module")
def scan() -> NumberScan:
    made = [one for make in COUNTRIES.values() for one in make()]
    return NumberScan([one for one in made if isinstance(one, NationalNumber)], THRESHOLD)


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_number_called_by_its_name_is_found(country: str, scan: NumberScan) -> None:
    for number, right, _ in numbers_of(country):
        text = f"{called(number)}: {right}"
        found = scan.find(text, number.languages[0])
        entities = [one.entity for one in found if text[one.start : one.end] == right]
        assert number.entity in entities, text


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_number_is_found_where_it_touches_other_scripts(country: str, scan: NumberScan) -> None:
    for number, right, _ in numbers_of(country):
        text = f"我的{called(number)}是{right}谢谢"
        found = scan.find(text, "zh")
        assert any(text[one.start : one.end] == right for one in found), text


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_wrong_number_is_never_put_down_to_its_checksum(country: str, scan: NumberScan) -> None:
    for number, _, wrong in numbers_of(country):
        text = f"{called(number)}: {wrong}"
        found = scan.find(text, number.languages[0])
        claimed = [one for one in found if one.reason == "checksum" and one.entity == number.entity]
        # A part of it, or another of the country's forms, may be right.
        assert not [one for one in claimed if is_right(country, text, one) is False], text


def is_right(country: str, text: str, span: Span) -> bool:
    value = text[span.start : span.end]
    return any(
        one.passes(value)
        for one in COUNTRIES[country]()
        if isinstance(one, NationalNumber) and one.entity == span.entity
    )


@pytest.mark.parametrize("country", COUNTRIES)
def test_without_a_word_only_a_number_that_proves_itself_is_found(
    country: str, scan: NumberScan
) -> None:
    for number, right, _ in numbers_of(country):
        proven = {
            one.entity
            for one in scan.find(f"the thing {right} was there", "und")
            if one.entity == number.entity
        }
        made = [one for one, _, _ in numbers_of(country) if one.entity == number.entity]
        if any(word in right.lower() for word in number.context):
            continue  # it says itself what it is
        assert not proven or max(one.alone for one in made) >= THRESHOLD, number.entity


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_checksum_that_is_no_proof_alone_is_declared_so(country: str) -> None:
    for number, _, _ in numbers_of(country):
        assert 0 < number.alone <= number.at_home <= 0.95
        if number.alone < THRESHOLD:
            assert number.names or number.kinds, number.entity


def test_every_country_file_is_on_the_list() -> None:
    files = {
        name.rstrip("_").upper()
        for _, name, _ in pkgutil.iter_modules(room.__path__)
        if len(name.rstrip("_")) == 2
    }
    assert files == set(COUNTRIES)
    assert set(COUNTRIES) == set(LANGUAGES)


def test_every_country_has_a_number_a_person_is_told_by() -> None:
    found = defaultdict(set)
    for row in ROWS:
        found[row["entity"].partition("_")[0].replace("UK", "GB")].add(row["entity"])
    assert [country for country in COUNTRIES if len(found[country]) < 2] == []


@pytest.mark.parametrize(
    ("check", "right"),
    [
        (tw.is_identity_card, "A123456789"),
        (hk.is_identity_card, "A123456(3)"),
        (hk.is_identity_card, "AB987654(3)"),
        (sg.is_nric, "S1234567D"),
        (sg.is_nric, "G1234567X"),
        (nz.is_health_index, "ZZZ0016"),
        (ru.is_insurance_number, "112-233-445 95"),
        (ru.is_insurance_number, "087-654-303 00"),
        (lu.is_national_number, "1893120105732"),
        (de.is_insured_number, "A123456780"),
        (de.is_insurance_number, "15 070649 C 103"),
        (de.is_document_number, "T220001293"),
        (uy.is_identity_card, "1.234.567-2"),
        (br.is_driver, "62472927637"),
        (br.is_worker, "120.56874.10-7"),
        (hu.is_social_security, "037 687 210"),
        (hu.is_tax_number, "8071592153"),
        (vn.is_citizen_number, "001090012345"),
    ],
)
def test_a_check_written_here_accepts_a_published_example(check, right: str) -> None:
    assert check(right)
    at = max(place for place, one in enumerate(right) if one.isdigit())
    others = [right[:at] + str(digit) + right[at + 1 :] for digit in range(10)]
    if check is not vn.is_citizen_number:  # it has no check digit
        assert sum(map(check, others)) <= 2


@given(st.text(alphabet="0123456789ABXZ .-/", max_size=40))
def test_no_text_of_digits_and_marks_stops_the_scan(text: str) -> None:
    made = (*br.recognizers(), *pt.recognizers(), *us.recognizers())
    numbers = [one for one in made if isinstance(one, NationalNumber)]
    for span in NumberScan(numbers, THRESHOLD).find("cpf ssn nif " + text, "pt"):
        assert 0 <= span.start < span.end <= len(text) + 12


def test_an_order_number_is_no_national_number(scan: NumberScan) -> None:
    assert scan.find("meu pedido 39053344705 não chegou", "pt") == []
    assert [one.entity for one in scan.find("é 39053344705", "pt")] == ["BR_CPF"]


def test_of_two_countries_the_one_whose_language_it_is_wins(scan: NumberScan) -> None:
    def best(language: str) -> str:
        found = scan.find("rodné číslo 710319/2745", language)
        return max(found, key=lambda one: one.score).entity

    assert (best("cs"), best("sk")) == ("CZ_BIRTH_NUMBER", "SK_BIRTH_NUMBER")


def test_a_number_with_a_typing_error_is_put_down_to_its_name(scan: NumberScan) -> None:
    [found] = scan.find("meu CPF é 390.533.447-06", "pt")
    assert (found.entity, found.reason) == ("BR_CPF", "context")


def test_a_long_row_of_numbers_takes_time_in_its_length(scan: NumberScan) -> None:
    assert scan.find("12345678 " * 2_000, "en") == []
