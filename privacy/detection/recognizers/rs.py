"""Serbia."""

from stdnum.rs import pib
from stdnum.si import emso

from privacy.detection.recognizers.document_words import IDENTITY, PASSPORT, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("RS_JMBG", r"[0-3]\d[01]\d[09]\d{8}", check=emso.is_valid, context=("jmbg", "јмбг", "matični broj", "матични број"), kind=IDENTITY, at_home=0.8),
        national("RS_PASSPORT", r"\d{9}", kind=PASSPORT),
        national("RS_ID_CARD", r"\d{9}", kind=IDENTITY),
        national("RS_PIB", r"\d{9}", check=pib.is_valid, context=("pib", "пиб"), kind=TAX),
    ]  # fmt: skip
