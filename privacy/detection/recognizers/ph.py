"""Philippines."""

from privacy.detection.recognizers.document_words import DRIVER, IDENTITY, PASSPORT, SOCIAL, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("PH_TIN", r"\d{3}-\d{3}-\d{3}(?:-\d{3,5})?", context=("tin", "bir"), kind=TAX),
        national("PH_UMID", r"\d{4}-\d{7}-\d", context=("umid", "crn", "sss", "gsis"), kind=(SOCIAL, IDENTITY), alone=0.5),
        national("PH_SSS", r"\d{2}-\d{7}-\d", context=("sss", "social security"), kind=SOCIAL),
        national("PH_NATIONAL_ID", r"\d{4}-\d{4}-\d{4}-\d{4}", context=("philsys", "philid", "psn", "pcn"), kind=IDENTITY),
        national("PH_PASSPORT", r"P\d{7}[A-Z]|[A-Z]{2}\d{6,7}", kind=PASSPORT),
        national("PH_DRIVER_LICENSE", r"[A-Z]\d{2}-\d{2}-\d{6}", kind=DRIVER, alone=0.6),
    ]  # fmt: skip
