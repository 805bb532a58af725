"""Türkiye."""

from stdnum.tr import tckimlik, vkn

from privacy.detection.recognizers.document_words import DRIVER, IDENTITY, PASSPORT, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("TR_NATIONAL_ID", r"[1-9]\d{10}", check=tckimlik.is_valid, context=("tc kimlik", "t.c. kimlik", "tckn", "kimlik no", "kimlik numar", "tc no", "tc", "t.c"), kind=IDENTITY, at_home=0.6),
        national("TR_TAX_NUMBER", r"\d{10}", check=vkn.is_valid, context=("vkn", "vergi kimlik", "vergi no", "vergi numar"), kind=TAX),
        national("TR_PASSPORT", r"[A-Z] ?\d{8}", kind=PASSPORT),
        national("TR_DRIVER_LICENSE", r"\d{6}", kind=DRIVER),
        national("TR_LICENSE_PLATE", r"(?:0[1-9]|[1-7]\d|8[01]) ?[A-Z]{1,3} ?\d{2,5}", context=("plaka", "plakalı", "araç", "license plate")),
    ]  # fmt: skip
