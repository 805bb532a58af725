"""Egypt."""

from stdnum.eg import tn

from privacy.detection.recognizers.document_words import IDENTITY, PASSPORT, TAX
from privacy.detection.recognizers.number import is_date, national
from privacy.detection.recognizers.recognizer import GatedRecognizer

_PLACES = frozenset((*range(1, 5), *range(11, 20), *range(21, 30), *range(31, 36), 88))


def is_national_number(value: str) -> bool:
    """Check day of birth and governorate; how the check digit is made is not published."""
    return is_date(1900, int(value[3:5]), int(value[5:7])) and int(value[7:9]) in _PLACES


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("EG_NATIONAL_ID", r"[23]\d{2}[01]\d[0-3]\d\d{7}", check=is_national_number, context=("الرقم القومي", "رقم قومي", "الرقم القومى", "national id"), kind=IDENTITY, alone=0.5, at_home=0.8),
        national("EG_PASSPORT", r"[A-Z]\d{8}", kind=PASSPORT),
        national("EG_TAX_NUMBER", r"\d{3}-?\d{3}-?\d{3}", check=tn.is_valid, context=("الرقم الضريبي", "رقم التسجيل الضريبي"), kind=TAX),
    ]  # fmt: skip
