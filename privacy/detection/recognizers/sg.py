"""Singapore."""

from stdnum.sg import uen

from privacy.detection.recognizers.document_words import COMPANY, IDENTITY, PASSPORT, RESIDENCE
from privacy.detection.recognizers.number import national, weighted
from privacy.detection.recognizers.recognizer import GatedRecognizer

_CHECKS = {"S": "JZIHGFEDCBA", "F": "XWUTRQPNMLK", "M": "XWUTRQPNJLK"}


def is_nric(value: str) -> bool:
    """Check the last letter of an NRIC or FIN: weights 2 7 6 5 4 3 2, modulo 11."""
    first = value[0].upper()
    offset = {"T": 4, "G": 4, "M": 3}.get(first, 0)
    letters = _CHECKS[{"T": "S", "G": "F"}.get(first, first)]
    total = offset + weighted(value[1:8], (2, 7, 6, 5, 4, 3, 2))
    return letters[total % 11] == value[8].upper()


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("SG_NRIC_FIN", r"[STFGM]\d{7}[A-Z]", check=is_nric, context=("nric", "fin", "nric/fin", "ic", "ic no", "singpass"), kind=(IDENTITY, RESIDENCE), alone=0.8),
        national("SG_NRIC_FIN", r"[STFGM]?[*X]{4}\d{3}[A-Z]", context=("nric", "fin", "ic"), kind=IDENTITY),
        national("SG_PASSPORT", r"[EK]\d{7}[A-Z]", kind=PASSPORT),
        national("SG_UEN", r"\d{8,9}[A-Z]|[TSR]\d{2}[A-Z]{2}\d{4}[A-Z]", check=uen.is_valid, context=("uen",), kind=COMPANY),
    ]  # fmt: skip
