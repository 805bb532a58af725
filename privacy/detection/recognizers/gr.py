"""Greece."""

from stdnum.gr import amka, vat

from privacy.detection.recognizers.document_words import DRIVER, IDENTITY, PASSPORT, SOCIAL, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("GR_AFM", r"(?:(?:EL|GR) ?)?\d{9}", check=vat.is_valid, context=("αφμ", "α.φ.μ", "afm"), kind=TAX),
        national("GR_AMKA", r"[0-3]\d[01]\d{8}", check=amka.is_valid, context=("αμκα", "α.μ.κ.α", "amka"), kind=SOCIAL, at_home=0.6),
        national("GR_ID_CARD", r"[A-ZΑ-Ω]{1,2}[ -]?\d{6}", context=("αδτ", "α.δ.τ", "αριθμός ταυτότητας"), kind=IDENTITY),
        national("GR_PASSPORT", r"[A-ZΑ-Ω]{2} ?\d{7}", kind=PASSPORT),
        national("GR_DRIVER_LICENSE", r"\d{9}", kind=DRIVER),
    ]  # fmt: skip
