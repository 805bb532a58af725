"""France."""

from stdnum.fr import nif, nir, siren, siret, tva

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


def _is_company(value: str) -> bool:
    return bool(siren.is_valid(value)) or bool(siret.is_valid(value))


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("FR_NIR", r"[1-478] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}", check=nir.is_valid, context=("sécurité sociale", "securite sociale", "nir", "numéro de sécu", "n° de sécu", "insee", "carte vitale", "n° ss"), kind=SOCIAL, alone=0.8),
        national("FR_NIR", r"[1-478] ?\d{2} ?(?:0[1-9]|1[0-2]) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3}", context=("sécurité sociale", "securite sociale", "nir", "numéro de sécu"), kind=SOCIAL),
        national("FR_NIF", r"[0-3]\d ?\d{2} ?\d{3} ?\d{3} ?\d{3}", check=nif.is_valid, context=("numéro fiscal", "nif", "spi"), kind=TAX),
        national("FR_ID_CARD", r"\d{12}|(?=[A-Z0-9]*\d)[A-Z0-9]{9}", kind=IDENTITY),
        national("FR_PASSPORT", r"\d{2}[A-Z]{2}\d{5}", kind=PASSPORT, alone=0.3),
        national("FR_DRIVER_LICENSE", r"\d{12}|\d{2}[A-Z]{2}\d{5}", kind=DRIVER),
        national("FR_RESIDENCE_PERMIT", r"\d{10}|[A-Z0-9]{2}\d{7}[A-Z0-9]?", context=("agdref", "numéro étranger"), kind=RESIDENCE),
        national("FR_SIREN", r"\d{3} ?\d{3} ?\d{3}(?: ?\d{5})?", check=_is_company, context=("siren", "siret", "rcs"), kind=COMPANY),
        national("FR_VAT_ID", r"FR ?[A-Z0-9]{2} ?\d{3} ?\d{3} ?\d{3}", check=tva.is_valid, context=("tva",), kind=COMPANY, alone=0.7),
        GatedRecognizer(
            "ZIP_CODE",
            [(r"\b(?:code postal|cp)(?: est)?[ :]{1,3}(?P<value>\d{5})(?!\d)", 0.8), (r"(?<![\w-])F-\d{5}(?!\w)", 0.6)],
            name="FrenchPostcodes",
            min_digits=5,
        ),
    ]  # fmt: skip
