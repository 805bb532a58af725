"""Every valid card and IBAN is found, however it is grouped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban, luhn
from stdnum.iso7064 import mod_97_10

from privacy.detection.recognizers import devices, payment

ISSUERS = ("4", "51", "2221", "34", "37", "6011", "65", "3528", "36", "300")
LENGTHS = {"34": 15, "37": 15, "36": 14, "300": 14}


@given(
    st.sampled_from(ISSUERS),
    st.text(alphabet="0123456789", min_size=16, max_size=16),
    st.sampled_from(["", " ", "-", "."]),
)
def test_every_card_of_a_known_issuer_is_found(find, issuer: str, digits: str, gap: str) -> None:
    body = (issuer + digits)[: LENGTHS.get(issuer, 16) - 1]
    card = body + luhn.calc_check_digit(body)
    cuts = (4, 10) if len(card) < 16 else (4, 8, 12)
    parts = [card[a:b] for a, b in zip((0, *cuts), (*cuts, len(card)), strict=True)]
    written = gap.join(parts)
    if len(set(card)) > 1:
        assert (written, "CREDIT_CARD") in find(f"to {written} please")
        assert (written, "CREDIT_CARD") in find(f"卡{written}号")


@given(
    st.sampled_from(
        [("DE", 18), ("GB", 18), ("FR", 23), ("NL", 14), ("ES", 20), ("PL", 24), ("IT", 23)]
    ),
    st.text(alphabet="0123456789", min_size=24, max_size=24),
    st.booleans(),
    st.booleans(),
)
def test_every_iban_is_found(find, of, digits: str, is_spaced: bool, is_small: bool) -> None:
    country, length = of
    letters = {"GB": "WEST", "NL": "ABNA", "IT": "X"}.get(country, "")
    body = (letters + digits)[:length]
    number = country + mod_97_10.calc_check_digits(body + country) + body
    if not iban.is_valid(number, check_country=False):
        return
    written = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    written = written if is_spaced else number
    written = written.lower() if is_small else written
    if iban.is_valid(number):
        assert (written, "IBAN_CODE") in find(f"to {written}, thanks")


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        (payment.is_clabe, "032180000118359719", "032180000118359718"),
        (payment.is_norwegian_account, "8601.11.17947", "8601.11.17948"),
        (payment.is_polish_account, "61109010140000071219812874", "61109010140000071219812875"),
        (devices.is_vehicle, "1M8GDM9AXKP042788", "1M8GDM9A1KP042788"),
    ],
)
def test_a_check_written_here_tells_a_published_example_from_a_wrong_one(
    check, right: str, wrong: str
) -> None:
    assert check(right)
    assert not check(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "order 4111111111111112 came",
        "ending in 1999",
        "the year 2020 ****",
        "swift delivery to Hannover",
        "version 10.0.19041.1237",
        "0x00007fff5fbff8c0",
    ],
)
def test_an_ordinary_text_holds_no_means_of_payment(find, text: str) -> None:
    kinds = {"CREDIT_CARD", "IBAN_CODE", "BIC_CODE", "CRYPTO_WALLET", "BANK_ACCOUNT", "CARD_EXPIRY"}
    assert kinds.isdisjoint(entity for _, entity in find(text))
