"""Cyprus."""

from stdnum.cy import vat

from privacy.detection.recognizers.document_words import COMPANY, IDENTITY, PASSPORT, SOCIAL, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("CY_TAX_NUMBER", r"(?:CY ?-?)?\d{8}[A-Z]", check=vat.is_valid, context=("tic", "αφτ"), kind=(TAX, COMPANY)),
        national("CY_ID_CARD", r"\d{6,10}", context=("adt",), kind=IDENTITY),
        national("CY_PASSPORT", r"[EK]\d{6,8}", kind=PASSPORT),
        national("CY_SOCIAL_INSURANCE", r"\d{7,8}", context=("αριθμός κοινωνικών ασφαλίσεων", "social insurance"), kind=SOCIAL),
    ]  # fmt: skip
