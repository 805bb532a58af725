"""Pakistan."""

from stdnum.pk import cnic

from privacy.detection.recognizers.document_words import IDENTITY, PASSPORT
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("PK_CNIC", r"\d{5}-\d{7}-\d", check=cnic.is_valid, context=("cnic", "nicop", "شناختی کارڈ"), kind=IDENTITY, alone=0.8),
        national("PK_CNIC", r"\d{13}", check=cnic.is_valid, context=("cnic", "nicop", "شناختی کارڈ"), kind=IDENTITY),
        national("PK_PASSPORT", r"[A-Z]{2}\d{7}", kind=PASSPORT),
    ]  # fmt: skip
