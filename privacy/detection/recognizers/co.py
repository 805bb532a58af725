"""Colombia."""

from stdnum.co import nit

from privacy.detection.recognizers.document_words import COMPANY, IDENTITY, PASSPORT, RESIDENCE, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("CO_CEDULA", r"\d{1,2}\.?\d{3}\.?\d{3}|1\.?\d{3}\.?\d{3}\.?\d{3}", context=("cédula de ciudadanía", "cedula de ciudadania", "cédula", "cedula", "c.c", "cc", "tarjeta de identidad"), kind=IDENTITY),
        national("CO_NIT", r"\d{3}\.?\d{3}\.?\d{3}-?\d", check=nit.is_valid, context=("nit", "n.i.t"), kind=(TAX, COMPANY), at_home=0.0),
        national("CO_FOREIGNER_ID", r"\d{6,7}", context=("cédula de extranjería", "cedula de extranjeria", "c.e"), kind=RESIDENCE),
        national("CO_PASSPORT", r"[A-Z]{2}\d{6,7}", kind=PASSPORT),
    ]  # fmt: skip
