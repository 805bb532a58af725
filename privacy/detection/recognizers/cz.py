"""Czechia."""

from stdnum.cz import dic, rc

from privacy.detection.recognizers.document_words import COMPANY, DRIVER, IDENTITY, PASSPORT, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("CZ_BIRTH_NUMBER", r"\d{2}[0-8]\d[0-3]\d/\d{3,4}", check=rc.is_valid, context=("rodné číslo", "rodného čísla", "rč", "r.č", "r. č"), kind=IDENTITY, alone=0.6),
        national("CZ_BIRTH_NUMBER", r"\d{2}[0-8]\d[0-3]\d ?\d{3,4}", check=rc.is_valid, context=("rodné číslo", "rodného čísla", "rč", "r.č", "r. č"), kind=IDENTITY, at_home=0.5),
        national("CZ_ID_CARD", r"\d{9}|\d{6} ?[A-Z]{2} ?\d{2}", kind=IDENTITY),
        national("CZ_PASSPORT", r"\d{8}", kind=PASSPORT),
        national("CZ_DRIVER_LICENSE", r"[A-Z]{2} ?\d{6}", kind=DRIVER),
        national("CZ_VAT_ID", r"(?:CZ ?)?\d{8,10}", check=dic.is_valid, context=("dič", "ičo"), kind=(TAX, COMPANY)),
    ]  # fmt: skip
