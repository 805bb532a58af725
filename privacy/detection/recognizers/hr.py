"""Croatia."""

from stdnum.hr import oib
from stdnum.si import emso

from privacy.detection.recognizers.document_words import DRIVER, HEALTH, IDENTITY, PASSPORT, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("HR_OIB", r"(?:HR ?)?\d{11}", check=oib.is_valid, context=("oib", "osobni identifikacijski broj"), kind=(TAX, IDENTITY)),
        national("HR_JMBG", r"\d{13}", check=emso.is_valid, context=("jmbg", "matični broj", "mbg"), kind=IDENTITY),
        national("HR_ID_CARD", r"\d{9}", kind=IDENTITY),
        national("HR_PASSPORT", r"\d{9}", kind=PASSPORT),
        national("HR_DRIVER_LICENSE", r"\d{8}", kind=DRIVER),
        national("HR_HEALTH_INSURANCE", r"\d{9}", context=("mbo",), kind=HEALTH),
    ]  # fmt: skip
