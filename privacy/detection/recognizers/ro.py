"""Romania."""

from stdnum.ro import cnp, cui

from privacy.detection.recognizers.document_words import COMPANY, DRIVER, IDENTITY, PASSPORT
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("RO_CNP", r"[1-9]\d{2}[01]\d[0-3]\d{7}", check=cnp.is_valid, context=("cnp", "cod numeric personal", "codul numeric personal"), kind=IDENTITY, alone=0.6, at_home=0.8),
        national("RO_ID_CARD", r"[A-Z]{2} ?(?:nr\.? ?)?\d{6}", context=("seria", "carte de identitate", "c.i", "ci"), kind=IDENTITY),
        national("RO_PASSPORT", r"\d{8,9}", kind=PASSPORT),
        national("RO_DRIVER_LICENSE", r"[A-Z]\d{8}[A-Z]|[A-Z]\d{8}", kind=DRIVER),
        national("RO_CUI", r"(?:RO ?)?\d{3,4} ?\d{3} ?\d{1,3}", check=cui.is_valid, context=("cui", "c.u.i", "cif", "cod fiscal"), kind=COMPANY),
    ]  # fmt: skip
