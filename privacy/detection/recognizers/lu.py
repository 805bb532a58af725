"""Luxembourg."""

from stdnum import luhn, verhoeff
from stdnum.lu import tva

from privacy.detection.recognizers.document_words import COMPANY, DRIVER, IDENTITY, PASSPORT, SOCIAL
from privacy.detection.recognizers.number import digits_of, is_date, national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def is_national_number(value: str) -> bool:
    """Check a matricule: over the first eleven digits one check digit by Luhn, one by Verhoeff."""
    digits = digits_of(value)
    return (
        is_date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
        and bool(luhn.is_valid(digits[:12]))
        and bool(verhoeff.is_valid(digits[:11] + digits[12]))
    )


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("LU_NATIONAL_ID", r"(?:19|20)\d{2} ?[01]\d ?[0-3]\d ?\d{3} ?\d{2}", check=is_national_number, context=("matricule", "numéro national", "numéro d'identification nationale", "cns", "sozialversicherungsnummer"), kind=(IDENTITY, SOCIAL), alone=0.8),
        national("LU_ID_CARD", r"[A-Z0-9]{2}\d{6}[A-Z0-9]?", kind=IDENTITY),
        national("LU_PASSPORT", r"[A-Z][A-Z0-9]{7}", kind=PASSPORT),
        national("LU_DRIVER_LICENSE", r"\d{6}", kind=DRIVER),
        national("LU_VAT_ID", r"(?:LU ?)?\d{3} ?\d{3} ?\d{2}", check=tva.is_valid, context=("tva",), kind=COMPANY),
    ]  # fmt: skip
