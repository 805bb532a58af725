"""Plaintext identifiers that redaction should have taken out, told from numbers that are nobody's.

A pattern finds candidates, all rows at once; a checksum or a numbering plan decides. An order
number, an amount, or an instant is not a card or a phone. This is a second opinion: it shares no
code with `privacy.detection`.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

import phonenumbers
import pyarrow as pa
import pyarrow.compute as pc
from stdnum import iban
from stdnum.br import cpf
from stdnum.cn import ric

_CARD_ISSUERS: Final = re.compile(
    r"4\d{12}(?:\d{3}(?:\d{3})?)?"  # Visa
    r"|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"  # Mastercard
    r"|3[47]\d{13}"  # American Express
    r"|6(?:011|5\d\d|4[4-9]\d)\d{12}"  # Discover
    r"|35(?:2[89]|[3-8]\d)\d{12}"  # JCB
    r"|62\d{14,17}"  # UnionPay
    r"|3(?:0[0-5]|[68]\d)\d{11}"  # Diners Club
)
_DOUBLED: Final = {str(digit): sum(divmod(2 * digit, 10)) for digit in range(10)}
_NOT_DIGITS: Final = re.compile(r"\D+")
_FILE_ENDINGS: Final = frozenset(
    {
        "bmp",
        "css",
        "gif",
        "heic",
        "htm",
        "html",
        "jpeg",
        "jpg",
        "js",
        "mp",
        "pdf",
        "png",
        "svg",
        "webp",
    }
)


def _is_email(candidate: str) -> bool:
    return candidate.rpartition(".")[2].casefold() not in _FILE_ENDINGS


def _is_phone(candidate: str) -> bool:
    try:
        number = phonenumbers.parse(candidate)
    except phonenumbers.NumberParseException:
        return False
    return bool(phonenumbers.is_valid_number(number))


def _is_card(candidate: str) -> bool:
    digits = _NOT_DIGITS.sub("", candidate)
    return bool(_CARD_ISSUERS.fullmatch(digits)) and _luhn_sum(digits) % 10 == 0


def _luhn_sum(digits: str) -> int:
    """Add up as ISO/IEC 7812-1 Annex B says; five times as fast as the library's."""
    doubled = sum(_DOUBLED[digit] for digit in digits[-2::-2])
    return doubled + sum(map(int, digits[-1::-2]))


def _is_account(candidate: str) -> bool:
    # A following word may look like one more group: try without it too.
    groups = candidate.split(" ")
    return any(
        iban.is_valid("".join(groups[: len(groups) - cut])) for cut in range(min(3, len(groups)))
    )


def _is_national_number(candidate: str) -> bool:
    return bool(cpf.is_valid(candidate) if "." in candidate else ric.is_valid(candidate))


_NOT_ASCII_RE2 = r"\x{80}-\x{10ffff}"
_NOT_ASCII = "\x80-\U0010ffff"


class _Kind:
    """One kind of identifier: RE2 syntax, so that Arrow and Python read the same pattern."""

    def __init__(self, pattern: str, is_one: Callable[[str], bool]) -> None:
        self.pattern = pattern
        self.compiled = re.compile(pattern.replace(_NOT_ASCII_RE2, _NOT_ASCII))
        self.is_one = is_one


_BEFORE = r"(?:^|[^0-9A-Za-z_.+\-])"
_AFTER = r"(?:$|[^0-9A-Za-z_])"

_KINDS: Final[Mapping[str, _Kind]] = MappingProxyType(
    {
        "email_address": _Kind(
            rf"([0-9A-Za-z{_NOT_ASCII_RE2}._%+'-]{{1,64}}"
            rf"@(?:[0-9A-Za-z{_NOT_ASCII_RE2}-]{{1,63}}\.){{1,8}}[A-Za-z{_NOT_ASCII_RE2}]{{2,24}})",
            _is_email,
        ),
        "phone_number": _Kind(r"(?:^|[^0-9A-Za-z_+])(\+[1-9][0-9 ()./-]{6,20}[0-9])", _is_phone),
        "card_number": _Kind(_BEFORE + r"([2-6][0-9](?:[ -]?[0-9]){11,17})" + _AFTER, _is_card),
        "account_number": _Kind(
            r"(?:^|[^0-9A-Za-z])([A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,3})?)"
            + _AFTER,
            _is_account,
        ),
        "national_number": _Kind(
            _BEFORE + r"([0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}|[1-8][0-9]{16}[0-9Xx])" + _AFTER,
            _is_national_number,
        ),
    }
)

KINDS: Final = tuple(_KINDS)
"""Kinds of identifiers, as reports name them."""


def count_identifiers(kind: str, texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Count the identifiers of one kind in each text; a null text holds none."""
    rule = _KINDS[kind]
    candidates = pc.fill_null(pc.match_substring_regex(texts, rule.pattern), False)
    if isinstance(candidates, pa.ChunkedArray):
        candidates = candidates.combine_chunks()
    rows = pc.indices_nonzero(candidates)
    counts = [_count(rule, text) for text in texts.take(rows).to_pylist()]
    full: Any = [0] * len(texts)
    for row, count in zip(rows.to_pylist(), counts, strict=True):
        full[row] = count
    return pa.array(full, pa.int32())


def _count(rule: _Kind, text: str) -> int:
    count = 0
    position = 0
    while found := rule.compiled.search(text, position):
        is_one = rule.is_one(found[1])
        count += is_one
        # From the next character on: a wrong start may have swallowed the right one.
        position = found.end(1) if is_one else found.start(1) + 1
    return count
