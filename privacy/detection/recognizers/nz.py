"""New Zealand."""

from stdnum.nz import ird

from privacy.detection.recognizers.document_words import DRIVER, HEALTH, PASSPORT, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def is_health_index(value: str) -> bool:
    """Check an NHI number: letters count from 1, weights 7 to 2, modulo 11 (HISO 10046)."""
    number = value.upper()
    body = [_LETTERS.index(one) + 1 for one in number[:3]] + [int(one) for one in number[3:6]]
    total = sum(one * weight for one, weight in zip(body, range(7, 1, -1), strict=True)) % 11
    return total != 0 and (11 - total) % 10 == int(number[6])


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("NZ_IRD", r"(?:NZ ?)?\d{2,3}[- ]?\d{3}[- ]?\d{3}|\d{7}-\d", check=ird.is_valid, context=("ird", "ird number", "inland revenue"), kind=TAX),
        national("NZ_NHI", r"[A-HJ-NP-Z]{3}\d{4}", check=is_health_index, context=("nhi", "national health index"), kind=HEALTH),
        national("NZ_PASSPORT", r"[A-Z]{1,2}\d{6}", kind=PASSPORT),
        national("NZ_DRIVER_LICENSE", r"[A-Z]{2}\d{6}", kind=DRIVER),
    ]  # fmt: skip
