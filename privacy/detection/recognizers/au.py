"""Australia."""

from stdnum.au import abn, acn, tfn

from privacy.detection.recognizers.document_words import COMPANY, DRIVER, HEALTH, PASSPORT, TAX
from privacy.detection.recognizers.number import digits_of, national, weighted
from privacy.detection.recognizers.recognizer import GatedRecognizer


def is_medicare(value: str) -> bool:
    """Check a Medicare card: weights 1 3 7 9 twice, modulo 10, give the ninth digit."""
    digits = digits_of(value)
    return weighted(digits, (1, 3, 7, 9) * 2) % 10 == int(digits[8])


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("AU_TFN", r"\d{3} ?\d{3} ?\d{2,3}", check=tfn.is_valid, context=("tfn", "tax file number", "tax file"), kind=TAX),
        national("AU_MEDICARE", r"[2-6]\d{3} ?\d{5} ?\d(?:[ /-]?\d)?", check=is_medicare, context=("medicare", "medicare card"), kind=HEALTH),
        national("AU_PASSPORT", r"[A-Z]{1,2}\d{7}", kind=PASSPORT),
        national("AU_DRIVER_LICENSE", r"\d{6,10}|\d{4}[A-Z]{2}|[A-Z]\d{5}", kind=DRIVER),
        national("AU_ABN", r"\d{2} ?\d{3} ?\d{3} ?\d{3}", check=abn.is_valid, context=("abn", "australian business number"), kind=COMPANY),
        national("AU_ACN", r"\d{3} ?\d{3} ?\d{3}", check=acn.is_valid, context=("acn", "australian company number"), kind=COMPANY),
    ]  # fmt: skip
