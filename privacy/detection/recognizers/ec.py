"""Ecuador."""

from stdnum.ec import ci, ruc

from privacy.detection.recognizers.document_words import IDENTITY, PASSPORT, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("EC_CEDULA", r"\d{9}-?\d", check=ci.is_valid, context=("cédula", "cedula", "c.i", "ci"), kind=IDENTITY),
        national("EC_RUC", r"\d{10}-?\d{3}", check=ruc.is_valid, context=("ruc", "r.u.c"), kind=TAX),
        national("EC_PASSPORT", r"[A-Z]\d{7}", kind=PASSPORT),
    ]  # fmt: skip
