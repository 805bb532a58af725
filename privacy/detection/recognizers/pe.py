"""Peru."""

from stdnum.pe import cui, ruc

from privacy.detection.recognizers.document_words import IDENTITY, PASSPORT, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def _is_identity(value: str) -> bool:
    return bool(cui.is_valid(value))


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("PE_DNI", r"\d{8}(?:-[\dA-K])?", check=_is_identity, context=("dni", "d.n.i", "documento nacional de identidad", "cui"), kind=IDENTITY),
        national("PE_RUC", r"(?:10|15|17|20)\d{9}", check=ruc.is_valid, context=("ruc", "r.u.c"), kind=TAX),
        national("PE_PASSPORT", r"\d{7}|\d{9}|[A-Z]{2}\d{7}", kind=PASSPORT),
    ]  # fmt: skip
