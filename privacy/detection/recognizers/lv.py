"""Latvia."""

from stdnum.lv import pvn

from privacy.detection.recognizers.document_words import DRIVER, IDENTITY, PASSPORT, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("LV_PERSONAL_CODE", r"(?:[0-3]\d[01]\d{3}|3[2-9]\d{4})-\d{5}", check=pvn.is_valid, context=("personas kods", "personas koda", "p.k", "pk"), kind=IDENTITY, at_home=0.6),
        national("LV_PERSONAL_CODE", r"(?:LV ?)?\d{4} ?\d{4} ?\d{3}", check=pvn.is_valid, context=("personas kods", "personas koda", "pvn"), kind=(IDENTITY, TAX)),
        national("LV_ID_CARD", r"[A-Z]{2}\d{7}", kind=IDENTITY),
        national("LV_PASSPORT", r"[A-Z]{2}\d{7}", kind=PASSPORT),
        national("LV_DRIVER_LICENSE", r"[A-Z]{2}\d{6}", kind=DRIVER),
    ]  # fmt: skip
