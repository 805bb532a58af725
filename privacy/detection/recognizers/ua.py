"""Ukraine."""

from stdnum.ua import edrpou, rntrc

from privacy.detection.recognizers.document_words import COMPANY, DRIVER, IDENTITY, PASSPORT, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("UA_TAX_NUMBER", r"\d{10}", check=rntrc.is_valid, context=("рнокпп", "іпн", "ідентифікаційний код", "ідентифікаційний номер", "инн"), kind=TAX),
        national("UA_PASSPORT", r"[А-ЯІЇЄA-Z]{2} ?(?:№ ?)?\d{6}|\d{9}", kind=(PASSPORT, IDENTITY)),
        national("UA_PERSONAL_NUMBER", r"(?:19|20)\d{2}[01]\d[0-3]\d-?\d{5}", context=("унзр", "запис №"), kind=IDENTITY),
        national("UA_DRIVER_LICENSE", r"[А-ЯІЇЄA-Z]{3} ?\d{6}", kind=DRIVER),
        national("UA_EDRPOU", r"\d{8}", check=edrpou.is_valid, context=("єдрпоу", "едрпоу"), kind=COMPANY),
    ]  # fmt: skip
