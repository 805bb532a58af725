"""Austria."""

from stdnum.at import tin, uid, vnr

from privacy.detection.recognizers.document_words import (
    COMPANY,
    DRIVER,
    IDENTITY,
    PASSPORT,
    RESIDENCE,
    SOCIAL,
    TAX,
)
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("AT_SOCIAL_SECURITY", r"\d{4}[ /-]?[0-3]\d[01]\d\d{2}", check=vnr.is_valid, context=("svnr", "sv-nr", "sv-nummer", "sozialversicherungsnummer"), kind=SOCIAL, at_home=0.5),
        national("AT_TAX_NUMBER", r"\d{2}[ -]?\d{3}[/ ]?\d{4}", check=tin.is_valid, context=("abgabenkontonummer", "finanzamt"), kind=TAX),
        national("AT_VAT_ID", r"(?:AT ?)?U ?\d{8}", check=uid.is_valid, context=("uid", "ust-idnr", "uid-nummer"), kind=COMPANY, alone=0.5),
        national("AT_PASSPORT", r"[A-Z] ?\d{7}", kind=PASSPORT),
        national("AT_ID_CARD", r"\d{7,8}|[A-Z]{2}\d{7}", kind=IDENTITY),
        national("AT_DRIVER_LICENSE", r"\d{8}", kind=DRIVER),
        national("AT_RESIDENCE_PERMIT", r"[A-Z]\d{7,8}", kind=RESIDENCE),
    ]  # fmt: skip
