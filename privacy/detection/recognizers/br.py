"""Brazil."""

from stdnum.br import cnpj, cpf

from privacy.detection.recognizers.number import DRIVER, IDENTITY, PASSPORT, national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("BR_CPF", r"\d{3}\.\d{3}\.\d{3}-\d{2}", check=cpf.is_valid, context=("cpf",), alone=0.95, min_digits=11),
        # Two check digits: one order number in a hundred passes.
        national("BR_CPF", r"\d{11}|\d{3} \d{3} \d{3} \d{2}", check=cpf.is_valid, context=("cpf", "cadastro", "documento"), alone=0.5, min_digits=11),
        national("BR_CPF", r"\d{3}\.?\d{3}\.?\d{3}-?\d{2}", context=("cpf",), alone=0.2, min_digits=11, window=20),
        national("BR_CNPJ", r"\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}", check=cnpj.is_valid, context=("cnpj",), alone=0.9, min_digits=14),
        national("BR_CNPJ", r"\d{14}", check=cnpj.is_valid, context=("cnpj",), min_digits=14),
        national("BR_RG", r"\d{1,2}\.?\d{3}\.?\d{3}-?[\dxX]", context=("rg", "registro geral", "carteira de identidade", *IDENTITY), alone=0.2, min_digits=7, window=30),
        national("BR_CNH", r"\d{11}", context=DRIVER, alone=0.2, min_digits=11),
        national("BR_VOTER_ID", r"\d{12}|\d{4} \d{4} \d{4}", context=("título de eleitor", "titulo eleitoral", "título eleitoral"), alone=0.2, min_digits=12),
        national("BR_PASSPORT", r"[A-Z]{2}\d{6}", context=PASSPORT, alone=0.2, min_digits=6),
        GatedRecognizer(
            "POSTCODE",
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
