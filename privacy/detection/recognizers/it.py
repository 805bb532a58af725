"""Italy."""

from stdnum.it import codicefiscale, iva

from privacy.detection.recognizers.document_words import (
    COMPANY,
    DRIVER,
    HEALTH,
    IDENTITY,
    PASSPORT,
    RESIDENCE,
    TAX,
)
from privacy.detection.recognizers.number import compact, national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def _is_fiscal_code(value: str) -> bool:
    return bool(codicefiscale.is_valid(compact(value)))


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("IT_FISCAL_CODE", r"[A-Z]{6}[0-9LMNP-V]{2}[ABCDEHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]|[A-Z]{3} [A-Z]{3} [0-9]{2}[ABCDEHLMPRST][0-9]{2} [A-Z][0-9]{3}[A-Z]", check=_is_fiscal_code, context=("codice fiscale", "cod. fiscale", "cod. fisc", "c.f", "cf"), kind=TAX, alone=0.9),
        national("IT_VAT_CODE", r"(?:IT ?)?\d{11}", check=iva.is_valid, context=("partita iva", "p. iva", "p.iva", "iva"), kind=COMPANY),
        national("IT_ID_CARD", r"C[A-Z]\d{5}[A-Z]{2}|[A-Z]{2} ?\d{7}", kind=IDENTITY),
        national("IT_PASSPORT", r"[A-Z]{2}\d{7}", kind=PASSPORT),
        national("IT_DRIVER_LICENSE", r"[A-Z]{2}\d{7}[A-Z]|U1[A-Z0-9]{7}[A-Z]", kind=DRIVER),
        national("IT_HEALTH_CARD", r"80380\d{15}", kind=HEALTH, alone=0.7),
        national("IT_RESIDENCE_PERMIT", r"I\d{8}|[A-Z]{2}\d{7}", kind=RESIDENCE),
        GatedRecognizer(
            "ZIP_CODE",
            [(r"\bcap(?: è)?[ :]{1,3}(?P<value>\d{5})(?!\d)", 0.8), (r"(?<![\w-])(?:I|IT)-\d{5}(?!\w)", 0.6)],
            name="ItalianPostcodes",
            min_digits=5,
        ),
    ]  # fmt: skip
