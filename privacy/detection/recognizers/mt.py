"""Malta."""

from stdnum.mt import vat

from privacy.detection.recognizers.document_words import COMPANY, IDENTITY, PASSPORT, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("MT_ID_CARD", r"\d{3,7} ?[MGAPLHBZ]", context=("karta tal-identità", "id card no", "identity card"), kind=(IDENTITY, TAX), is_case_sensitive=True),
        national("MT_PASSPORT", r"\d{7}", kind=PASSPORT),
        national("MT_TAX_NUMBER", r"\d{9}|\d{4}-\d{5}", context=("ir number",), kind=TAX),
        national("MT_VAT_ID", r"MT ?\d{4}-?\d{4}", check=vat.is_valid, context=("vat number", "vat no"), kind=COMPANY),
    ]  # fmt: skip
