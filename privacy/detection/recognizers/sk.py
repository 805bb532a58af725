"""Slovakia."""

from stdnum.sk import dph, rc

from privacy.detection.recognizers.document_words import COMPANY, DRIVER, IDENTITY, PASSPORT, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("SK_BIRTH_NUMBER", r"\d{2}[0-8]\d[0-3]\d/\d{3,4}", check=rc.is_valid, context=("rodné číslo", "rodného čísla", "rč", "r.č", "r. č"), kind=IDENTITY, alone=0.6),
        national("SK_BIRTH_NUMBER", r"\d{2}[0-8]\d[0-3]\d ?\d{3,4}", check=rc.is_valid, context=("rodné číslo", "rodného čísla", "rč", "r.č", "r. č"), kind=IDENTITY, at_home=0.5),
        national("SK_ID_CARD", r"[A-Z]{2} ?\d{6}", kind=IDENTITY),
        national("SK_PASSPORT", r"[A-Z]{2} ?\d{7}", kind=PASSPORT),
        national("SK_DRIVER_LICENSE", r"[A-Z]\d{7}", kind=DRIVER),
        national("SK_VAT_ID", r"(?:SK ?)?\d{3} ?\d{3} ?\d{2} ?\d{2}", check=dph.is_valid, context=("ič dph", "dič"), kind=(TAX, COMPANY)),
    ]  # fmt: skip
