"""Estonia."""

from stdnum.ee import ik

from privacy.detection.recognizers.document_words import DRIVER, IDENTITY, PASSPORT
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("EE_PERSONAL_CODE", r"[1-6]\d{2}[01]\d[0-3]\d{5}", check=ik.is_valid, context=("isikukood", "isikukoodi"), kind=IDENTITY, at_home=0.8),
        national("EE_ID_CARD", r"[A-Z]{2}\d{7}|[A-Z]\d{7}", kind=IDENTITY),
        national("EE_PASSPORT", r"[A-Z]{1,2}\d{7}", kind=PASSPORT),
        national("EE_DRIVER_LICENSE", r"[A-Z]{2}\d{6}", kind=DRIVER),
    ]  # fmt: skip
