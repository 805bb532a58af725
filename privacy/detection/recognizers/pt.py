"""Portugal."""

from stdnum.pt import cc, nif

from privacy.detection.recognizers.document_words import (
    DRIVER,
    HEALTH,
    IDENTITY,
    PASSPORT,
    SOCIAL,
    TAX,
)
from privacy.detection.recognizers.number import compact, national, weighted
from privacy.detection.recognizers.recognizer import GatedRecognizer


def _is_card(value: str) -> bool:
    return bool(cc.is_valid(compact(value)))


def is_social_security(value: str) -> bool:
    """Check a NISS: primes from 29 down as weights, 9 minus the sum modulo 10."""
    weights = (29, 23, 19, 17, 13, 11, 7, 5, 3, 2)
    return 9 - weighted(value, weights) % 10 == int(value[10])


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("PT_NIF", r"(?:PT ?)?\d{3}[ .]?\d{3}[ .]?\d{3}", check=lambda value: bool(nif.is_valid(compact(value))), context=("nif", "contribuinte", "número de contribuinte", "nipc"), kind=TAX),
        national("PT_CITIZEN_CARD", r"\d{8}[ -]?\d[ -]?[A-Z][A-Z0-9]\d", check=_is_card, context=("cartão de cidadão", "cartao de cidadao", "cc", "cartão do cidadão"), kind=IDENTITY, alone=0.7),
        national("PT_CITIZEN_CARD", r"\d{7,8}(?:[ -]\d)?", context=("cartão de cidadão", "cartao de cidadao", "bilhete de identidade", "cartão do cidadão", "bi"), kind=IDENTITY),
        national("PT_NISS", r"[12]\d{10}", check=is_social_security, context=("niss", "segurança social"), kind=SOCIAL),
        national("PT_HEALTH_NUMBER", r"\d{3} ?\d{3} ?\d{3}", context=("utente", "sns", "número de utente"), kind=HEALTH),
        national("PT_PASSPORT", r"[A-Z]{1,2}\d{6}", kind=PASSPORT),
        national("PT_DRIVER_LICENSE", r"[A-Z]{1,2}-?\d{5,6} ?\d", kind=DRIVER),
    ]  # fmt: skip
