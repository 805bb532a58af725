"""Finland."""

from stdnum.fi import hetu

from privacy.detection.recognizers.document_words import DRIVER, HEALTH, IDENTITY, PASSPORT
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("FI_PERSONAL_IDENTITY_CODE", r"[0-3]\d[01]\d\d{2}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]", check=hetu.is_valid, context=("hetu", "henkilötunnus", "henkilötunnuksen", "personbeteckning", "sotu"), kind=IDENTITY, alone=0.85),
        national("FI_ID_CARD", r"\d{9}|[A-Z]{2}\d{7}", kind=IDENTITY),
        national("FI_PASSPORT", r"[A-Z]{2}\d{7}", kind=PASSPORT),
        national("FI_DRIVER_LICENSE", r"\d{6}-?\d{3}[A-Z0-9]|\d{10}", kind=DRIVER),
        national("FI_HEALTH_INSURANCE", r"80246\d{15}", kind=HEALTH, alone=0.6),
    ]  # fmt: skip
