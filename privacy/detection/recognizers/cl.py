"""Chile."""

from stdnum.cl import rut

from privacy.detection.recognizers.document_words import IDENTITY, PASSPORT, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer

_NAMES = ("rut", "r.u.t", "run", "rol único", "cédula de identidad")


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("CL_RUT", r"\d{1,2}\.\d{3}\.\d{3}-[\dK]", check=rut.is_valid, context=_NAMES, kind=(IDENTITY, TAX), alone=0.7),
        national("CL_RUT", r"(?:CL ?)?\d{7,8}-[\dK]", check=rut.is_valid, context=_NAMES, kind=(IDENTITY, TAX), at_home=0.6),
        national("CL_RUT", r"\d{7,8}[\dK]", check=rut.is_valid, context=_NAMES, kind=TAX),
        national("CL_PASSPORT", r"[A-Z]\d{8}|[A-Z]{2}\d{7}|\d{9}", kind=PASSPORT),
    ]  # fmt: skip
