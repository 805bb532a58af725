"""Denmark."""

from stdnum.dk import cpr, cvr

from privacy.detection.recognizers.document_words import COMPANY, DRIVER, IDENTITY, PASSPORT
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("DK_CPR", r"[0-3]\d[01]\d\d{2}[- ]?\d{4}", check=cpr.is_valid, context=("cpr", "cpr-nummer", "cpr-nr", "personnummer"), kind=IDENTITY, at_home=0.45),
        national("DK_PASSPORT", r"\d{9}", kind=PASSPORT),
        national("DK_DRIVER_LICENSE", r"\d{8}", kind=DRIVER),
        national("DK_CVR", r"(?:DK ?)?\d{2} ?\d{2} ?\d{2} ?\d{2}", check=cvr.is_valid, context=("cvr", "se-nr"), kind=COMPANY),
    ]  # fmt: skip
