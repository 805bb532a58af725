"""Belgium."""

from stdnum.be import eid, ssn, vat

from privacy.detection.recognizers.document_words import COMPANY, DRIVER, IDENTITY, PASSPORT, SOCIAL
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer

_NAMES = (
    "rijksregisternummer", "numéro national", "numéro de registre national", "registre national", "insz", "niss",
    "nationalregisternummer", "rrn",
)  # fmt: skip


def _is_card(value: str) -> bool:
    """Check an identity card; the newest cards, which begin with letters, show no check digits."""
    return value[0].isalpha() or bool(eid.is_valid(value))


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("BE_NATIONAL_NUMBER", r"\d{2}\.[0-7]\d\.\d{2}-\d{3}\.\d{2}", check=ssn.is_valid, context=_NAMES, kind=(IDENTITY, SOCIAL), alone=0.7),
        national("BE_NATIONAL_NUMBER", r"\d{2}[. ]?[0-7]\d[. ]?\d{2}[ .-]?\d{3}[. ]?\d{2}", check=ssn.is_valid, context=_NAMES, kind=(IDENTITY, SOCIAL), at_home=0.6),
        national("BE_ID_CARD", r"\d{3}-\d{7}-\d{2}|\d{12}|[A-Z]{2}\d{6}-?\d{2}", check=_is_card, context=("eid", "identiteitskaart", "carte d'identité"), kind=IDENTITY),
        national("BE_PASSPORT", r"[A-Z]{2}\d{6}", kind=PASSPORT),
        national("BE_DRIVER_LICENSE", r"\d{10}", kind=DRIVER),
        national("BE_VAT_ID", r"(?:BE ?)?[01]?\d{3}\.?\d{3}\.?\d{3}", check=vat.is_valid, context=("btw", "tva", "ondernemingsnummer", "numéro d'entreprise", "kbo", "bce"), kind=COMPANY),
    ]  # fmt: skip
