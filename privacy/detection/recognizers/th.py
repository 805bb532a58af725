"""Thailand."""

from stdnum.th import moa, pin

from privacy.detection.recognizers.document_words import DRIVER, IDENTITY, PASSPORT, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer

_NAMES = ("เลขบัตรประชาชน", "บัตรประชาชน", "เลขประจำตัวประชาชน", "thai id", "national id")


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("TH_TNIN", r"[1-9]-\d{4}-\d{5}-\d{2}-\d|[1-9] \d{4} \d{5} \d{2} \d", check=pin.is_valid, context=_NAMES, kind=IDENTITY, alone=0.9),
        national("TH_TNIN", r"[1-5]\d{12}", check=pin.is_valid, context=_NAMES, kind=(IDENTITY, TAX), at_home=0.5),
        national("TH_TNIN", r"[6-9]\d{12}", check=pin.is_valid, context=_NAMES, kind=(IDENTITY, TAX)),
        national("TH_TAX_NUMBER", r"0-?\d{2}-?\d-?\d{3}-?\d{5}-?\d", check=moa.is_valid, context=("เลขประจำตัวผู้เสียภาษี",), kind=TAX),
        national("TH_PASSPORT", r"[A-Z]{1,2}\d{6,7}", kind=PASSPORT),
        national("TH_DRIVER_LICENSE", r"\d{8}", kind=DRIVER),
    ]  # fmt: skip
