"""What is an identifier, and what only looks like one."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.identifiers import KINDS, count_identifiers

IDENTIFIERS = [
    ("email_address", "write to jane.doe+x@example.com please"),
    ("email_address", "<jörg@müller.de>"),
    ("email_address", "mailto:a@b.co.uk."),
    ("phone_number", "call +49 30 901820"),
    ("phone_number", "(+44 20 7946 0958)"),
    ("phone_number", "wa +5511987654321"),
    ("phone_number", "+86 138 1234 5678"),
    ("card_number", "4111 1111 1111 1111"),
    ("card_number", "5555-5555-5555-4444 exp 12/29"),
    ("card_number", "card:378282246310005"),
    ("account_number", "DE89 3704 0044 0532 0130 00 Berlin"),
    ("account_number", "iban GB29NWBK60161331926819"),
    ("national_number", "cpf 111.444.777-35"),
    ("national_number", "身份证11010519491231002X"),
]

NOBODYS = [
    "order 4111111111111112",
    "order 9999999999999995 of 2024-05-06 07:08:09",
    "total 1234.56 EUR, +10.00 EUR, +100 000 000 points",
    "tracking 1Z999AA10123456784",
    "2026-11-21T20:46:00+01:00",
    "logo@2x.png",
    "@example and me@localhost",
    "[EMAIL-x7f2] [PHONE-ab2c] [CARD-zzzz]",
    "DE00 0000 0000 0000 0000 00",
    "000.000.000-99",
    "123456789012345678",
    "j***@ example.com",
    "",
]


@pytest.mark.parametrize(("kind", "text"), IDENTIFIERS)
def test_an_identifier_is_told_by_its_kind(kind: str, text: str) -> None:
    found = {k for k in KINDS if count_identifiers(k, pa.array([text]))[0].as_py()}
    assert found == {kind}


@pytest.mark.parametrize("text", NOBODYS)
def test_numbers_and_names_that_are_nobodys_pass(text: str) -> None:
    assert [k for k in KINDS if count_identifiers(k, pa.array([text]))[0].as_py()] == []


def test_every_one_in_a_text_is_counted_and_null_holds_none() -> None:
    texts = pa.chunked_array([["a@b.de, c@d.de"], [None, "x"], ["4111111111111111"]])
    assert count_identifiers("email_address", texts).to_pylist() == [2, 0, 0, 0]
    assert count_identifiers("card_number", texts).to_pylist() == [0, 0, 0, 1]


def test_no_batch_is_no_rows() -> None:
    assert len(count_identifiers("email_address", pa.array([], pa.string()))) == 0


@given(st.text(st.sampled_from("+0123456789 -.@aDE"), max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    for kind in KINDS:
        assert count_identifiers(kind, pa.array([text]))[0].as_py() >= 0


@pytest.mark.parametrize(
    "text", ["a" * 200_000 + " a@b.de", "1 " * 100_000, "+1" * 100_000, "a." * 100_000 + "@b.de"]
)
def test_what_stands_beside_hostile_text_is_counted(text: str) -> None:
    for kind in KINDS:
        alone, beside = count_identifiers(kind, pa.array([text, f"{text} , me@example.org"]))
        assert beside.as_py() - alone.as_py() == (kind == "email_address")
