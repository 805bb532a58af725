"""Brazil."""

from stdnum.br import cnpj, cpf

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
from privacy.detection.recognizers.number import digits_of, national, weighted
from privacy.detection.recognizers.recognizer import GatedRecognizer


def is_driver(value: str) -> bool:
    """Check a CNH: weights 9 to 1, then 1 to 9, modulo 11; a first 10 lowers the second by 2."""
    first, second = weighted(value, range(9, 0, -1)) % 11, weighted(value, range(1, 10)) % 11
    lowered_by = 2 if first == 10 else 0
    return value[9:] == f"{first % 10}{0 if second == 10 else (second - lowered_by) % 11 % 10}"


def is_voter(value: str) -> bool:
    """Check a título eleitoral: of eight digits, and of its state, modulo 11."""
    digits = digits_of(value)
    is_old_state = digits[8:10] in ("01", "02")
    first = weighted(digits, range(2, 10)) % 11
    first = 1 if first == 0 and is_old_state else first % 10
    second = (weighted(digits[8:10], (7, 8)) + first * 9) % 11
    second = 1 if second == 0 and is_old_state else second % 10
    return 1 <= int(digits[8:10]) <= 28 and digits[10:] == f"{first}{second}"


def is_worker(value: str) -> bool:
    """Check a PIS, PASEP or NIS: weights 3 2 9 8 7 6 5 4 3 2, modulo 11."""
    digits = digits_of(value)
    left = -weighted(digits, (3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) % 11
    return left % 10 == int(digits[10]) and len(set(digits)) > 1


def is_patient(value: str) -> bool:
    """Check a Cartão Nacional de Saúde: weights 15 to 1, modulo 11."""
    return weighted(digits_of(value), range(15, 0, -1)) % 11 == 0


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("BR_CPF", r"\d{3}\.\d{3}\.\d{3}-\d{2}|\d{9}-\d{2}", check=cpf.is_valid, context=("cpf", "cadastro de pessoas"), kind=(TAX, IDENTITY), alone=0.95),
        national("BR_CPF", r"\d{11}|\d{3}[ .]\d{3}[ .]\d{3}[ .-]\d{2}", check=cpf.is_valid, context=("cpf", "cadastro"), kind=(TAX, IDENTITY), at_home=0.5),
        national("BR_CNPJ", r"\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}", check=cnpj.is_valid, context=("cnpj",), kind=COMPANY, alone=0.9),
        national("BR_CNPJ", r"\d{14}", check=cnpj.is_valid, context=("cnpj",), kind=COMPANY),
        national("BR_RG", r"\d{1,2}\.?\d{3}\.?\d{3}-?[\dX]", context=("rg", "r.g", "registro geral", "carteira de identidade", "cédula de identidade"), kind=IDENTITY, window=30),
        national("BR_CNH", r"\d{11}", check=is_driver, context=("cnh",), kind=DRIVER),
        national("BR_VOTER_ID", r"\d{4} ?\d{4} ?\d{4}", check=is_voter, context=("título de eleitor", "titulo de eleitor", "título eleitoral", "titulo eleitoral")),
        national("BR_PIS", r"\d{3}\.?\d{5}\.?\d{2}-?\d", check=is_worker, context=("pis", "pasep", "nis", "nit", "pis/pasep"), kind=SOCIAL),
        national("BR_HEALTH_CARD", r"[12789]\d{2} ?\d{4} ?\d{4} ?\d{4}", check=is_patient, context=("cartão do sus", "cns", "sus", "cartão nacional de saúde"), kind=HEALTH),
        national("BR_FOREIGNER_ID", r"[A-Z]\d{6}-?[0-9A-Z]", context=("rnm", "rne", "crnm"), kind=RESIDENCE),
        national("BR_PASSPORT", r"[A-Z]{2}\d{6}", kind=PASSPORT),
        GatedRecognizer(
            "ZIP_CODE",
            [(r"(?<![\w.,-])\d{5}-\d{3}(?![\w-])", 0.6), (r"\bcep(?: é)?[ :]{1,3}(?P<value>\d{5}-?\d{3})(?!\d)", 0.8)],
            name="BrazilianPostcodes",
            min_digits=8,
        ),
        GatedRecognizer(
            "BR_PIX_KEY",
            [(r"(?<![a-f0-9-])[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}(?![a-f0-9-])", 0.2)],
            context=("pix", "chave"),
            needs="-",
        ),
    ]  # fmt: skip
