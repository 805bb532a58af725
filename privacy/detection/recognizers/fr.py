"""France."""

from stdnum.fr import nif, nir

from privacy.detection.recognizers.number import DRIVER, IDENTITY, PASSPORT, TAX, national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national(
            "FR_NIR",
            r"[1-478] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}",
            check=nir.is_valid,
            context=("sécurité sociale", "securite sociale", "nir", "numéro de sécu", "insee", "carte vitale"),
            alone=0.8,
            min_digits=14,
        ),
        national("FR_NIF", r"[0-3]\d ?\d{2} ?\d{3} ?\d{3} ?\d{3}", check=nif.is_valid, context=("numéro fiscal", "nif", "spi", *TAX), alone=0.2, min_digits=13),
        national("FR_ID_CARD", r"\d{12}|(?=[A-Z0-9]*\d)[A-Z0-9]{9}", context=(*IDENTITY, *DRIVER), alone=0.1),
        national("FR_PASSPORT", r"\d{2}[A-Z]{2}\d{5}", context=PASSPORT, alone=0.3, min_digits=7),
        GatedRecognizer(
            "POSTCODE",
            [(r"\b(?:code postal|cp)(?: est)?[ :]{1,3}(?P<value>\d{5})(?!\d)", 0.8), (r"(?<![\w-])F-\d{5}(?!\w)", 0.6)],
            name="FrenchPostcodes",
            min_digits=5,
        ),
    ]  # fmt: skip
