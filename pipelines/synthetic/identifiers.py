"""Numbers that hold up to their checks and belong to nobody: cards, bank accounts, national ids.

Cards use the ranges payment processors reserve for tests.
"""

from collections.abc import Callable
from itertools import pairwise
from random import Random

_CARD_TESTS = (
    "411111",
    "424242",
    "400005",
    "555555",
    "510510",
    "222300",
    "601111",
    "378282",
    "371449",
)
_NIF = "TRWAGMYFPDXBNJZSQVHLCKE"
_PPS = "WABCDEFGHIJKLMNOPQRSTUV"
_CONSONANTS, _VOWELS = frozenset("BCDFGHJKLMNPQRSTVWXYZ"), frozenset("AEIOU")
_MONTHS_IT = "ABCDEHLMPRST"
_TOWNS_IT = ("F205", "H501", "L219", "F839", "D612", "A944", "G273", "C351", "L736", "A662")
_REGIONS_CN = ("110101", "110105", "110108", "310101", "310104", "310107")
_ODD_IT = dict(
    zip(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (
            *(1, 0, 5, 7, 9, 13, 15, 17, 19, 21),
            *(1, 0, 5, 7, 9, 13, 15, 17, 19, 21),
            *(2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23),
        ),
        strict=True,
    )
)

Birth = tuple[int, int, int]
"""Year, month, day."""


def digits(rng: Random, count: int) -> str:
    """Give random digits."""
    return str(rng.randrange(10**count)).zfill(count)


def luhn_digit(number: str) -> str:
    """Give the check digit of ISO/IEC 7812-1 for the digits before it."""
    total = 0
    for position, digit in enumerate(reversed(number)):
        value = int(digit)
        if position % 2 == 0:
            value = value * 2 - 9 * (value > 4)
        total += value
    return str(-total % 10)


def card(rng: Random) -> str:
    """Give a card number of a test range, spaced as people write it."""
    prefix = rng.choice(_CARD_TESTS)
    length = 15 if prefix.startswith("37") else 16
    body = prefix + digits(rng, length - 1 - len(prefix))
    number = body + luhn_digit(body)
    style = rng.randrange(4)
    if style == 0:
        return number
    separator = "-" if style == 1 else " "
    cuts = (0, 4, 10, 15) if length == 15 else (0, 4, 8, 12, 16)
    return separator.join(number[a:b] for a, b in pairwise(cuts))


def loyalty_card(number: int) -> str:
    """Give a 13-digit card number of the retailer's own range (GS1 prefix 29), with check digit."""
    body = f"29{number:010d}"
    total = sum(int(digit) * (3 if i % 2 else 1) for i, digit in enumerate(body))
    return body + str(-total % 10)


# --- bank accounts (ISO 13616) -------------------------------------------------------------------


def iban(country: str, rng: Random) -> str | None:
    """Give a valid IBAN, in groups of four or none; None where the country has no IBANs."""
    make = _ACCOUNTS.get(country)
    if make is None:
        return None
    account = make(rng)
    number = f"{country}{_check_97(country, account)}{account}"
    if rng.random() < 0.7:
        return " ".join(number[i : i + 4] for i in range(0, len(number), 4))
    return number


def _check_97(country: str, account: str) -> str:
    value = int("".join(str(int(c, 36)) for c in f"{account}{country}00"))
    return f"{98 - value % 97:02d}"


def _account_es(rng: Random) -> str:
    bank, account = digits(rng, 8), digits(rng, 10)
    weights = (1, 2, 4, 8, 5, 10, 9, 7, 3, 6)

    def check(number: str) -> str:
        total = 11 - sum(int(d) * w for d, w in zip(number, weights, strict=True)) % 11
        return str({10: 1, 11: 0}.get(total, total))

    return f"{bank}{check('00' + bank)}{check(account)}{account}"


def _account_fr(rng: Random) -> str:
    bank, branch, account = digits(rng, 5), digits(rng, 5), digits(rng, 11)
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    return f"{bank}{branch}{account}{key:02d}"


def _account_it(rng: Random) -> str:
    body = digits(rng, 5) + digits(rng, 5) + digits(rng, 12)
    return _cin_it(body) + body


def _cin_it(body: str) -> str:
    total = sum(
        _ODD_IT[c] if i % 2 == 0 else int(c, 36) - 10 * c.isalpha() for i, c in enumerate(body)
    )
    return chr(65 + total % 26)


def _account_nl(rng: Random) -> str:
    while True:
        number = digits(rng, 10)
        if number[0] != "0" and sum(int(d) * (10 - i) for i, d in enumerate(number)) % 11 == 0:
            return "TEST" + number


def _account_pl(rng: Random) -> str:
    bank = digits(rng, 7)
    check = -sum(int(d) * w for d, w in zip(bank, (3, 9, 7, 1, 3, 9, 7), strict=True)) % 10
    return f"{bank}{check}{digits(rng, 16)}"


_ACCOUNTS: dict[str, Callable[[Random], str]] = {
    "DE": lambda rng: digits(rng, 18),
    "AT": lambda rng: digits(rng, 16),
    "FR": _account_fr,
    "ES": _account_es,
    "IT": _account_it,
    "NL": _account_nl,
    "PL": _account_pl,
    "GB": lambda rng: "TEST" + digits(rng, 14),
    "IE": lambda rng: "TEST" + digits(rng, 14),
}


# --- national ids --------------------------------------------------------------------------------


def de_tax_id(rng: Random, birth: Birth, is_female: bool) -> str:
    """Give a Steuer-Identifikationsnummer: of ten digits one stands twice; ISO 7064 Mod 11,10."""
    del birth, is_female
    chosen = rng.sample("0123456789", 9)
    twice = rng.choice(chosen)
    while True:
        rng.shuffle(chosen)
        body = list(chosen)
        body.insert(rng.randrange(10), twice)
        if body[0] != "0":
            break
    product = 10
    for digit in body:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return "".join(body) + str((11 - product) % 10)


def fr_nir(rng: Random, birth: Birth, is_female: bool) -> str:
    """Give a numéro de sécurité sociale with its key."""
    year, month, _ = birth
    body = f"{2 if is_female else 1}{year % 100:02d}{month:02d}{rng.randint(1, 19):02d}"
    body += f"{rng.randint(1, 400):03d}{rng.randint(1, 900):03d}"
    key = f"{97 - int(body) % 97:02d}"
    if rng.random() < 0.5:
        return body + key
    return f"{body[0]} {body[1:3]} {body[3:5]} {body[5:7]} {body[7:10]} {body[10:13]} {key}"


def es_nif(rng: Random, birth: Birth, is_female: bool) -> str:
    """Give a DNI number with its letter."""
    del birth, is_female
    number = rng.randrange(10_000_000, 99_999_999)
    return f"{number:08d}{_NIF[number % 23]}"


def it_fiscal_code(rng: Random, birth: Birth, is_female: bool) -> str:
    """Give a codice fiscale of made-up name letters, the birth date, a town and its check letter."""
    year, month, day = birth
    names = "".join(rng.choice("BCDFGLMNPRSTVZ") for _ in range(6))
    body = f"{names}{year % 100:02d}{_MONTHS_IT[month - 1]}{day + 40 * is_female:02d}"
    body += rng.choice(_TOWNS_IT)
    return body + _cin_it(body)


def nl_bsn(rng: Random, birth: Birth, is_female: bool) -> str:
    """Give a burgerservicenummer that passes the eleven test."""
    del birth, is_female
    while True:
        body = str(rng.randrange(10_000_000, 99_999_999))
        check = sum(int(d) * (9 - i) for i, d in enumerate(body)) % 11
        if check < 10:
            return f"{body}{check}"


def pl_pesel(rng: Random, birth: Birth, is_female: bool) -> str:
    """Give a PESEL."""
    year, month, day = birth
    body = f"{year % 100:02d}{month + 20 * (year >= 2000):02d}{day:02d}{digits(rng, 3)}"
    body += str(rng.randrange(5) * 2 + (not is_female))
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
    return body + str(-sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 10)


def ie_pps(rng: Random, birth: Birth, is_female: bool) -> str:
    """Give a PPS number with its check letter."""
    del birth, is_female
    body = digits(rng, 7)
    return body + _PPS[sum(int(d) * (8 - i) for i, d in enumerate(body)) % 23]


def uk_nino(rng: Random, birth: Birth, is_female: bool) -> str:
    """Give a National Insurance number; it has no check digit."""
    del birth, is_female
    prefix = rng.choice("ABCEGHJKLMPRSTWXY") + rng.choice("ABCEGHJKLMPRSTWX")
    if prefix in ("GB", "KN", "TN", "ZZ", "NK", "BG"):
        prefix = "JG"
    body = digits(rng, 6)
    suffix = rng.choice("ABCD")
    if rng.random() < 0.5:
        return f"{prefix} {body[:2]} {body[2:4]} {body[4:]} {suffix}"
    return f"{prefix}{body}{suffix}"


def us_ssn(rng: Random, birth: Birth, is_female: bool) -> str:
    """Give a Social Security number of a range that could be issued."""
    del birth, is_female
    area = rng.choice((rng.randint(1, 665), rng.randint(667, 899)))
    return f"{area:03d}-{rng.randint(1, 99):02d}-{rng.randint(1, 9999):04d}"


def br_cpf(rng: Random, birth: Birth, is_female: bool) -> str:
    """Give a CPF with its two check digits."""
    del birth, is_female
    body = digits(rng, 9)
    for _ in range(2):
        total = sum(int(d) * (len(body) + 1 - i) for i, d in enumerate(body)) * 10 % 11
        body += str(total % 10)
    if rng.random() < 0.6:
        return f"{body[:3]}.{body[3:6]}.{body[6:9]}-{body[9:]}"
    return body


def cn_resident_id(rng: Random, birth: Birth, is_female: bool) -> str:
    """Give a resident identity number (GB 11643): region, birth date, order, check."""
    year, month, day = birth
    body = f"{rng.choice(_REGIONS_CN)}{year:04d}{month:02d}{day:02d}{digits(rng, 2)}"
    body += str(rng.randrange(5) * 2 + (not is_female))
    total = sum(int(d) * (2 ** (17 - i) % 11) for i, d in enumerate(body))
    return body + "10X98765432"[total % 11]
