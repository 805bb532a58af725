"""Mexico."""

from stdnum import luhn
from stdnum.mx import curp, rfc

from privacy.detection.recognizers.document_words import DRIVER, IDENTITY, PASSPORT, SOCIAL, TAX
from privacy.detection.recognizers.number import digits_of, national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def _is_insured(value: str) -> bool:
    return bool(luhn.is_valid(digits_of(value)))


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("MX_CURP", r"[A-Z]{4}\d{2}[01]\d[0-3]\d[HMX][A-Z]{5}[A-Z0-9]\d", check=curp.is_valid, context=("curp",), kind=IDENTITY, alone=0.9),
        national("MX_RFC", r"[A-ZÑ&]{3,4}\d{2}[01]\d[0-3]\d[A-Z0-9]{2}[0-9A]", check=rfc.is_valid, context=("rfc",), kind=TAX, alone=0.6),
        national("MX_RFC", r"[A-ZÑ&]{3,4}[- ]\d{2}[01]\d[0-3]\d(?:[- ][A-Z0-9]{2}[0-9A])?", check=rfc.is_valid, context=("rfc",), kind=TAX),
        national("MX_NSS", r"\d{11}|\d{2}-\d{2}-\d{2}-\d{4}-\d", check=_is_insured, context=("nss", "imss", "número de seguridad social", "seguro social"), kind=SOCIAL),
        national("MX_VOTER_KEY", r"[A-Z]{6}\d{2}[01]\d[0-3]\d\d{2}[HM]\d{3}", context=("clave de elector", "ine", "ife", "credencial para votar"), kind=IDENTITY, alone=0.8),
        national("MX_PASSPORT", r"[A-Z]\d{8}|[A-Z]{2}\d{7}", kind=PASSPORT),
        national("MX_DRIVER_LICENSE", r"[A-Z]{0,2}\d{7,11}", kind=DRIVER),
    ]  # fmt: skip
