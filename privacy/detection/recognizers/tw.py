"""Taiwan."""

from stdnum.tw import ubn

from privacy.detection.recognizers.document_words import (
    COMPANY,
    HEALTH,
    IDENTITY,
    PASSPORT,
    RESIDENCE,
)
from privacy.detection.recognizers.number import national, weighted
from privacy.detection.recognizers.recognizer import GatedRecognizer

_NAMES = ("身分證字號", "身分證", "身份證", "統一證號", "居留證")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"


def is_identity_card(value: str) -> bool:
    """Check an identity card or a residence permit: letters count from 10 on, modulo 10."""
    number = value.upper()
    first = _LETTERS.index(number[0]) + 10
    second = _LETTERS.index(number[1]) % 10 if number[1].isalpha() else int(number[1])
    digits = f"{first}{second}{number[2:]}"
    return weighted(digits, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)) % 10 == 0


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("TW_NATIONAL_ID", r"[A-Z][1289]\d{8}", check=is_identity_card, context=_NAMES, kind=(IDENTITY, RESIDENCE), at_home=0.85),
        national("TW_NATIONAL_ID", r"[A-Z][A-D]\d{8}", check=is_identity_card, context=_NAMES, kind=(IDENTITY, RESIDENCE)),
        national("TW_PASSPORT", r"\d{9}", kind=PASSPORT),
        national("TW_HEALTH_CARD", r"\d{12}", context=("健保卡",), kind=HEALTH),
        national("TW_UBN", r"\d{8}", check=ubn.is_valid, context=("統一編號", "統編", "统一编号"), kind=COMPANY),
    ]  # fmt: skip
