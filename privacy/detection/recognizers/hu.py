"""Hungary."""

from stdnum.hu import anum

from privacy.detection.recognizers.document_words import (
    COMPANY,
    DRIVER,
    HEALTH,
    IDENTITY,
    PASSPORT,
    SOCIAL,
    TAX,
)
from privacy.detection.recognizers.number import digits_of, is_date, national, weighted
from privacy.detection.recognizers.recognizer import GatedRecognizer


def is_personal_number(value: str) -> bool:
    """Check a személyi szám: weights 1 to 10, for those born after 1996 10 to 1, modulo 11."""
    digits = digits_of(value)
    if not is_date(1900, int(digits[3:5]), int(digits[5:7])):
        return False
    is_late = digits[0] in "34" or (digits[0] in "12" and digits[1:3] > "96")
    weights = range(10, 0, -1) if is_late else range(1, 11)
    return weighted(digits, weights) % 11 == int(digits[10])


def is_tax_number(value: str) -> bool:
    """Check an adóazonosító jel: weights 1 to 9, modulo 11."""
    return weighted(value, range(1, 10)) % 11 == int(value[9])


def is_social_security(value: str) -> bool:
    """Check a TAJ number: weights 3 and 7 in turn, modulo 10."""
    digits = digits_of(value)
    return len(set(digits)) > 1 and weighted(digits, (3, 7) * 4) % 10 == int(digits[8])


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("HU_PERSONAL_ID", r"[1-8][ -]?\d{2}[01]\d[0-3]\d[ -]?\d{4}", check=is_personal_number, context=("személyi szám", "személyi azonosító", "személyi azonosító jel"), kind=IDENTITY, at_home=0.6),
        national("HU_TAX_ID", r"8\d{9}", check=is_tax_number, context=("adóazonosító jel", "adóazonosító"), kind=TAX),
        national("HU_TAJ", r"\d{3}[ -]?\d{3}[ -]?\d{3}", check=is_social_security, context=("taj", "taj szám", "taj-szám", "tajszám"), kind=(SOCIAL, HEALTH)),
        national("HU_ID_CARD", r"\d{6} ?[A-Z]{2}|[A-Z]{2} ?\d{6}", kind=IDENTITY),
        national("HU_PASSPORT", r"[A-Z]{2} ?\d{6,7}", kind=PASSPORT),
        national("HU_DRIVER_LICENSE", r"[A-Z]{2} ?\d{6}", kind=DRIVER),
        national("HU_VAT_ID", r"(?:HU-?)?\d{8}(?:-\d-\d{2})?", check=lambda value: bool(anum.is_valid(value.removeprefix("HU").lstrip("-")[:8])), context=("adószám",), kind=COMPANY),
    ]  # fmt: skip
