"""Switzerland and Liechtenstein."""

from stdnum.ch import ssn, uid

from privacy.detection.recognizers.document_words import (
    COMPANY,
    DRIVER,
    HEALTH,
    IDENTITY,
    PASSPORT,
    RESIDENCE,
    SOCIAL,
)
from privacy.detection.recognizers.number import digits_of, national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("CH_AHV", r"756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}", check=ssn.is_valid, context=("ahv", "avs", "ahv-nummer", "numéro avs", "sozialversicherungsnummer", "navs13"), kind=(SOCIAL, HEALTH), alone=0.85),
        national("CH_PASSPORT", r"[A-Z]\d{7}|[A-Z]\d[A-Z]\d{5}", kind=PASSPORT),
        national("CH_ID_CARD", r"[A-Z]\d{7}", kind=IDENTITY),
        national("CH_DRIVER_LICENSE", r"\d{12}", kind=DRIVER),
        national("CH_RESIDENCE_PERMIT", r"\d{8,9}|[A-Z]\d{8}", context=("zemis",), kind=RESIDENCE),
        national("CH_INSURANCE_CARD", r"80756\d{15}", kind=HEALTH, alone=0.7),
        national("CH_UID", r"(?:CHE[- ]?)?\d{3}\.?\d{3}\.?\d{3}(?: (?:MWST|TVA|IVA))?", check=lambda value: bool(uid.is_valid("CHE" + digits_of(value))), context=("uid", "ide", "mwst", "mehrwertsteuer"), kind=COMPANY),
    ]  # fmt: skip
