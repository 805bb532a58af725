"""Slovenia."""

from stdnum.si import ddv, emso

from privacy.detection.recognizers.document_words import DRIVER, HEALTH, IDENTITY, PASSPORT, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("SI_EMSO", r"[0-3]\d[01]\d[09]\d{8}", check=emso.is_valid, context=("emšo", "emso", "enotna matična številka"), kind=IDENTITY, alone=0.6, at_home=0.8),
        national("SI_TAX_NUMBER", r"(?:SI ?)?\d{4} ?\d{4}", check=ddv.is_valid, context=("davčna številka", "davčne številke", "davčna"), kind=TAX),
        national("SI_ID_CARD", r"[A-Z0-9]{2}\d{7}", kind=IDENTITY),
        national("SI_PASSPORT", r"P[A-Z]\d{7}", kind=PASSPORT),
        national("SI_DRIVER_LICENSE", r"\d{9}", kind=DRIVER),
        national("SI_HEALTH_INSURANCE", r"\d{9}", context=("zzzs",), kind=HEALTH),
    ]  # fmt: skip
