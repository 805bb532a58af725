"""Canada."""

from stdnum import luhn
from stdnum.ca import bc_phn, bn, sin

from privacy.detection.recognizers.document_words import COMPANY, DRIVER, HEALTH, PASSPORT, SOCIAL
from privacy.detection.recognizers.number import digits_of, national
from privacy.detection.recognizers.recognizer import GatedRecognizer

_NAMES = (
    "social insurance number",
    "sin",
    "numéro d'assurance sociale",
    "nas",
    "assurance sociale",
)


def _is_health_card(value: str) -> bool:
    digits = digits_of(value)
    return bool(luhn.is_valid(digits)) or bool(bc_phn.is_valid(digits))


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("CA_SIN", r"\d{3}([ -])\d{3}\1\d{3}", check=sin.is_valid, context=_NAMES, kind=SOCIAL),
        national("CA_SIN", r"\d{9}", check=sin.is_valid, context=_NAMES, kind=SOCIAL),
        national("CA_HEALTH_CARD", r"\d{4}[ -]?\d{3}[ -]?\d{3}(?:[ -]?[A-Z]{2})?", check=_is_health_card, context=("ohip", "health card", "phn", "personal health number", "carte santé"), kind=HEALTH),
        national("CA_HEALTH_CARD", r"[A-Z]{4} ?\d{2}[0156]\d ?[0-3]\d\d{2}", context=("ramq", "assurance maladie", "carte soleil", "nam"), kind=HEALTH, is_case_sensitive=True),
        national("CA_PASSPORT", r"[A-Z]{2}\d{6}|[A-Z]\d{6}[A-Z]{2}", kind=PASSPORT),
        national("CA_DRIVER_LICENSE", r"[A-Z]\d{4}-?\d{5}-?\d{5}|[A-Z]\d{4}-?\d{6}-?\d{2}|\d{7}|\d{6}-\d{3}", kind=DRIVER),
        national("CA_BUSINESS_NUMBER", r"\d{5} ?\d{4}(?: ?R[CPTRM] ?\d{4})?", check=bn.is_valid, context=("business number", "bn", "gst", "hst", "numéro d'entreprise"), kind=COMPANY),
    ]  # fmt: skip
