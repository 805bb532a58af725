"""Bulgaria."""

from stdnum.bg import egn, pnf, vat

from privacy.detection.recognizers.document_words import (
    COMPANY,
    DRIVER,
    IDENTITY,
    PASSPORT,
    RESIDENCE,
)
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("BG_EGN", r"\d{10}", check=egn.is_valid, context=("егн", "единен граждански номер", "egn"), kind=IDENTITY, at_home=0.5),
        national("BG_FOREIGNER_NUMBER", r"\d{4} ?\d{3} ?\d{3}", check=pnf.is_valid, context=("лнч", "личен номер на чужденец", "lnch"), kind=RESIDENCE),
        national("BG_ID_CARD", r"\d{9}|[A-Z]{2}\d{7}", context=("лк №", "л.к."), kind=IDENTITY),
        national("BG_PASSPORT", r"\d{9}", kind=PASSPORT),
        national("BG_DRIVER_LICENSE", r"\d{9}", kind=DRIVER),
        national("BG_VAT_ID", r"(?:BG ?)?\d{9,10}", check=vat.is_valid, context=("еик", "булстат", "ддс"), kind=COMPANY),
    ]  # fmt: skip
