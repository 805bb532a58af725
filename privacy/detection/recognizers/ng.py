"""Nigeria."""

from privacy.detection.recognizers.document_words import IDENTITY, PASSPORT
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("NG_NIN", r"\d{11}", context=("nin", "national identification number"), kind=IDENTITY),
        national("NG_BVN", r"\d{11}", context=("bvn", "bank verification number")),
        national("NG_PASSPORT", r"[ABDF]\d{8}", kind=PASSPORT),
        national("NG_VEHICLE_REGISTRATION", r"[A-Z]{3}[- ]?\d{3}[- ]?[A-Z]{2}", context=("plate", "vehicle", "registration")),
    ]  # fmt: skip
