"""Argentina."""

from stdnum.ar import cuit, dni

from privacy.detection.recognizers.document_words import IDENTITY, PASSPORT, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("AR_CUIT", r"(?:20|23|24|25|26|27|30|33|34)-\d{8}-\d", check=cuit.is_valid, context=("cuit", "cuil"), kind=TAX, alone=0.7),
        national("AR_CUIT", r"(?:20|23|24|25|26|27|30|33|34) ?\d{8} ?\d", check=cuit.is_valid, context=("cuit", "cuil"), kind=TAX),
        national("AR_DNI", r"\d{1,2}\.?\d{3}\.?\d{3}", check=dni.is_valid, context=("dni", "d.n.i", "libreta cívica", "documento nacional de identidad"), kind=IDENTITY),
        national("AR_PASSPORT", r"[A-Z]{3}\d{6}|\d{8}[A-Z]", kind=PASSPORT),
    ]  # fmt: skip
