"""Made-up numbers hold up to the checks of the real ones."""

from random import Random
from types import ModuleType

import phonenumbers
import pytest
from stdnum import iban, luhn
from stdnum.br import cpf
from stdnum.cn import ric
from stdnum.de import idnr
from stdnum.es import nif
from stdnum.fr import nir
from stdnum.id import nik
from stdnum.ie import pps
from stdnum.in_ import aadhaar
from stdnum.it import codicefiscale
from stdnum.jp import in_ as my_number
from stdnum.kr import rrn
from stdnum.nl import bsn
from stdnum.pl import pesel
from stdnum.ru import inn
from stdnum.th import pin
from stdnum.tr import tckimlik
from stdnum.us import ssn

from pipelines.synthetic import identifiers
from pipelines.synthetic.countries import COUNTRIES, national_number

CHECKS = {
    "DE": idnr,
    "FR": nir,
    "ES": nif,
    "IT": codicefiscale,
    "NL": bsn,
    "PL": pesel,
    "IE": pps,
    "BR": cpf,
    "CN": ric,
    "US": ssn,
    "RU": inn,
    "TR": tckimlik,
    "JP": my_number,
    "KR": rrn,
    "TH": pin,
    "ID": nik,
    "SA": luhn,
    "IN": aadhaar,
}


@pytest.mark.parametrize(("country", "check"), CHECKS.items())
def test_national_ids_pass_their_country_s_check(country: str, check: ModuleType) -> None:
    rng = Random(country)
    made = COUNTRIES[country].national_id
    assert made is not None
    for _ in range(300):
        birth = (rng.randint(1944, 2006), rng.randint(1, 12), rng.randint(1, 28))
        assert check.is_valid(made[2](rng, birth, rng.random() < 0.5))


@pytest.mark.parametrize("country", COUNTRIES)
def test_accounts_pass_the_check_of_ibans(country: str) -> None:
    rng = Random(country)
    made = [identifiers.iban(country, rng) for _ in range(100)]
    assert all(account is None or iban.is_valid(account) for account in made)


def test_cards_pass_the_luhn_check() -> None:
    rng = Random(1)
    cards = [identifiers.card(rng).replace(" ", "").replace("-", "") for _ in range(300)]
    assert all(map(luhn.is_valid, cards))


def test_loyalty_cards_have_the_check_digit_of_their_range() -> None:
    card = identifiers.loyalty_card(42)
    total = sum(int(digit) * (3 if i % 2 else 1) for i, digit in enumerate(card))
    assert (len(card), total % 10) == (13, 0)


@pytest.mark.parametrize("country", COUNTRIES.values(), ids=COUNTRIES)
def test_phone_numbers_are_valid_and_nobody_shares_one(country: object) -> None:
    numbers = [national_number(country, index) for index in range(30_000)]  # type: ignore[arg-type]
    assert len(set(numbers)) == len(numbers)
    for number in numbers[::500]:
        parsed = phonenumbers.parse(f"+{country.calling_code}{number}", None)  # type: ignore[attr-defined]
        assert phonenumbers.is_valid_number(parsed)
        assert phonenumbers.region_code_for_number(parsed) == country.code  # type: ignore[attr-defined]
