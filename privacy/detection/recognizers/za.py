"""South Africa."""

from stdnum.za import idnr, tin

from privacy.detection.recognizers.document_words import DRIVER, IDENTITY, PASSPORT, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("ZA_ID_NUMBER", r"\d{2}[01]\d[0-3]\d ?\d{4} ?[012][89]\d", check=idnr.is_valid, context=("id number", "identity number", "sa id", "south african id", "rsa id"), kind=IDENTITY, alone=0.6),
        national("ZA_ID_NUMBER", r"\d{13}", check=idnr.is_valid, context=("id number", "identity number", "sa id", "south african id", "rsa id"), kind=IDENTITY),
        national("ZA_INCOME_TAX_NUMBER", r"[01239]\d{3}/?\d{3}/?\d{2}/?\d", check=tin.is_valid, context=("sars", "income tax", "tax number"), kind=TAX),
        national("ZA_PASSPORT", r"[ADMT]\d{8}", kind=PASSPORT),
        national("ZA_DRIVER_LICENSE", r"\d{8,10}[A-Z]{2}", kind=DRIVER),
        national("ZA_TRAFFIC_REGISTER_NUMBER", r"\d{13}", context=("traffic register", "trn")),
    ]  # fmt: skip
