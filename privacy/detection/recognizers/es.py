"""Spain."""

from stdnum.es import ccc, cif, dni, nie

from privacy.detection.recognizers.document_words import (
    COMPANY,
    DRIVER,
    HEALTH,
    IDENTITY,
    PASSPORT,
    RESIDENCE,
    SOCIAL,
    TAX,
)
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def _is_dni(value: str) -> bool:
    return bool(dni.is_valid(value.replace(".", "")))


def _is_social_security(value: str) -> bool:
    digits = "".join(one for one in value if one.isdigit())
    province, number = int(digits[:2]), int(digits[2:10])
    body = province * 10_000_000 + number if number < 10_000_000 else int(digits[:10])
    return body % 97 == int(digits[10:])


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("ES_NIF", r"(?:\d{8}|\d{1,2}\.\d{3}\.\d{3})[- ]?[A-HJ-NP-TV-Z]", check=_is_dni, context=("dni", "nif", "d.n.i", "n.i.f"), kind=(IDENTITY, TAX, DRIVER), alone=0.7),
        national("ES_NIE", r"[XYZ][- ]?\d{7}[- ]?[A-HJ-NP-TV-Z]", check=nie.is_valid, context=("nie", "n.i.e"), kind=(IDENTITY, RESIDENCE), alone=0.7),
        national("ES_CIF", r"[ABCDEFGHJNPQRSUVW][- ]?\d{7}[- ]?[0-9A-J]", check=cif.is_valid, context=("cif", "c.i.f", "nif"), kind=COMPANY),
        national("ES_SOCIAL_SECURITY", r"\d{2}[ /-]?\d{8}[ /-]?\d{2}", check=_is_social_security, context=("seguridad social", "nuss", "naf", "afiliación"), kind=SOCIAL),
        national("ES_BANK_ACCOUNT", r"\d{4}[ -]?\d{4}[ -]?\d{2}[ -]?\d{10}", check=ccc.is_valid, context=("cuenta", "ccc", "banco"), alone=0.5),
        national("ES_PASSPORT", r"[A-Z]{3}\d{6}[A-Z]?", kind=PASSPORT),
        national("ES_HEALTH_CARD", r"[A-Z]{4} ?\d{10,12}", context=("cip", "tarjeta sanitaria", "sip"), kind=HEALTH, is_case_sensitive=True),
        GatedRecognizer(
            "ZIP_CODE",
            [(r"\b(?:código postal|codigo postal|c\.?p\.?)(?: es)?[ :]{1,3}(?P<value>\d{5})(?!\d)", 0.8)],
            name="SpanishPostcodes",
            min_digits=5,
        ),
    ]  # fmt: skip
