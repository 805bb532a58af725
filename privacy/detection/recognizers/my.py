"""Malaysia."""

from stdnum.my import nric

from privacy.detection.recognizers.document_words import IDENTITY, PASSPORT, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer

_NAMES = ("nric", "mykad", "kad pengenalan", "ic", "ic no", "no. kp", "no kp", "i/c")


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("MY_NRIC", r"\d{2}[01]\d[0-3]\d-\d{2}-\d{4}", check=nric.is_valid, context=_NAMES, kind=IDENTITY, alone=0.8),
        national("MY_NRIC", r"\d{2}[01]\d[0-3]\d ?\d{2} ?\d{4}", check=nric.is_valid, context=_NAMES, kind=IDENTITY),
        national("MY_PASSPORT", r"[AHK]\d{8}", kind=PASSPORT),
        national("MY_TAX_NUMBER", r"(?:IG|SG|OG|C) ?\d{9,11}", kind=TAX),
    ]  # fmt: skip
