"""Uruguay."""

from privacy.detection.recognizers.document_words import IDENTITY, PASSPORT
from privacy.detection.recognizers.number import digits_of, national, weighted
from privacy.detection.recognizers.recognizer import GatedRecognizer

_NAMES = ("cédula de identidad", "cédula", "cedula", "c.i", "ci")


def is_identity_card(value: str) -> bool:
    """Check a cédula: weights 2 9 8 7 6 3 4, and what is missing to the next ten."""
    digits = digits_of(value).zfill(8)
    return -weighted(digits, (2, 9, 8, 7, 6, 3, 4)) % 10 == int(digits[7])


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("UY_CEDULA", r"\d\.\d{3}\.\d{3}-\d", check=is_identity_card, context=_NAMES, kind=IDENTITY, alone=0.5, at_home=0.7),
        national("UY_CEDULA", r"\d{6,7}-?\d", check=is_identity_card, context=_NAMES, kind=IDENTITY),
        national("UY_PASSPORT", r"[A-Z]\d{6}", kind=PASSPORT),
    ]  # fmt: skip
