"""Italy."""

from stdnum.it import codicefiscale, iva

from privacy.detection.recognizers.number import DRIVER, IDENTITY, PASSPORT, national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national(
            "IT_FISCAL_CODE",
            r"[A-Z]{6}[0-9LMNP-V]{2}[ABCDEHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]",
            check=codicefiscale.is_valid,
            context=("codice fiscale", "cod. fiscale", "cf"),
            alone=0.9,
            min_digits=0,
        ),
        national("IT_VAT_CODE", r"(?:IT)?\d{11}", check=iva.is_valid, context=("partita iva", "p. iva", "p.iva", "iva"), alone=0.2, min_digits=11),
        national("IT_ID_CARD", r"C[A-Z]\d{5}[A-Z]{2}|[A-Z]{2} ?\d{7}", context=IDENTITY, alone=0.2),
        national("IT_PASSPORT", r"[A-Z]{2}\d{7}", context=PASSPORT, alone=0.2, min_digits=7),
        national("IT_DRIVER_LICENSE", r"[A-Z]{2}\d{7}[A-Z]|U1[A-Z0-9]{7}[A-Z]", context=DRIVER, alone=0.2),
        GatedRecognizer(
            "POSTCODE",
            [(r"\bcap(?: è)?[ :]{1,3}(?P<value>\d{5})(?!\d)", 0.8), (r"(?<![\w-])(?:I|IT)-\d{5}(?!\w)", 0.6)],
            name="ItalianPostcodes",
            min_digits=5,
        ),
    ]  # fmt: skip
