"""Lithuania."""

from stdnum.lt import asmens

from privacy.detection.recognizers.document_words import DRIVER, IDENTITY, PASSPORT
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("LT_PERSONAL_CODE", r"[1-6]\d{2}[01]\d[0-3]\d{5}", check=asmens.is_valid, context=("asmens kodas", "asmens kodo", "asm. kodas", "a.k"), kind=IDENTITY, at_home=0.8),
        national("LT_ID_CARD", r"\d{8}", kind=IDENTITY),
        national("LT_PASSPORT", r"\d{8}", kind=PASSPORT),
        national("LT_DRIVER_LICENSE", r"\d{8}", kind=DRIVER),
    ]  # fmt: skip
