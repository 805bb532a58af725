"""What money moves with: cards, IBANs, bank accounts, wallets."""

from stdnum import iban, luhn

from privacy.detection.recognizers.recognizer import WEAK, GatedRecognizer

CARD_CONTEXT = (
    "card", "credit", "debit", "visa", "mastercard", "amex", "maestro", "discover", "jcb", "diners",
    "karte", "carte", "tarjeta", "carta", "kaart", "karta", "karty", "cartão", "cartao",
    "卡号", "银行卡", "信用卡", "储蓄卡", "カード", "카드",
)  # fmt: skip

BANK_CONTEXT = (
    "bank", "account", "acct", "iban", "konto", "compte", "cuenta", "conto", "rekening", "conta",
    "rachunek", "sort code", "routing", "agência", "账户", "账号", "開戶",
)  # fmt: skip


def _digits(value: str) -> str:
    return "".join(one for one in value if one.isdigit())


def _is_card(value: str) -> bool:
    digits = _digits(value)
    return 12 <= len(digits) <= 19 and len(set(digits)) > 1 and bool(luhn.is_valid(digits))


def _is_iban(value: str) -> bool:
    return bool(iban.is_valid(value.replace("-", "").replace(" ", "").upper()))


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        # ISO/IEC 7812: issuers' leading digits; grouped as printed, or run together. One number in
        # ten passes Luhn, so a bare run without an issuer's length needs context.
        GatedRecognizer(
            "CREDIT_CARD",
            [
                (
                    r"(?<![\d.-])(?:[2-6]\d{3}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|3[47]\d{2}([ -])\d{6}\2\d{5}"
                    r"|3[068]\d{2}([ -])\d{6}\3\d{4}|(?:4\d{15}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|6(?:011|5\d\d|2\d\d|4[4-9]\d)\d{12}|35\d{14}))(?![\d-]|\.\d)",
                    0.5,
                ),
            ],
            check=_is_card,
            checked_score=0.95,
            context=CARD_CONTEXT,
            min_digits=14,
        ),
        GatedRecognizer(
            "CREDIT_CARD",
            [(r"(?<![\d.-])[1-6](?:[ -]?\d){11,18}(?![\d-]|\.\d)", WEAK)],
            name="AnyCard",
            check=_is_card,
            checked_score=WEAK,
            context=CARD_CONTEXT,
            min_digits=12,
        ),
        # A card number with a typing error fails its checksum and is personal all the same.
        GatedRecognizer(
            "CREDIT_CARD",
            [(r"(?<![\d.-])[2-6]\d{3}([ -]?)\d{4}\1\d{4}\1\d{4}(?![\d-]|\.\d)", 0.2)],
            name="MistypedCard",
            context=("credit card", "debit card", "card number", "visa", "mastercard", "kreditkarte",
                     "kartennummer", "carte bancaire", "tarjeta", "cartão", "银行卡", "信用卡"),
            min_digits=16,
            window=40,
        ),
        GatedRecognizer(
            "CARD_SECURITY_CODE",
            [(r"\b(?:cvv2?|cvc2?|csc|security code|prüfziffer|cryptogramme|código de seguridad|código de segurança|安全码)(?![a-z])\D{0,12}(?P<value>\d{3,4})(?!\d)", 0.8)],
            min_digits=3,
        ),
        GatedRecognizer(
            "IBAN_CODE",
            [(r"(?<![a-z0-9])[a-z]{2}\d{2}(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,3})?(?![a-z0-9])", 0.5),
             (r"(?<![a-z0-9])[a-z]{2}\d{2}(?:[ -]?[a-z0-9]{4}){2,7}(?![a-z0-9])", 0.5)],
            check=_is_iban,
            min_digits=8,
        ),
        GatedRecognizer(
            "IBAN_CODE",
            [(r"(?<![a-z0-9])[a-z]{2}\d{2}[ -]?(?:[a-z0-9]{4}[ -]?){2,7}[a-z0-9]{0,3}(?![a-z0-9])", 0.2)],
            name="MistypedIban",
            context=("iban",),
            min_digits=8,
            window=30,
        ),
        GatedRecognizer(
            "BANK_ACCOUNT",
            [(r"(?<![\w.-])\d{6,17}(?![\w-]|\.\d)", 0.3)],
            context=("bank account", "account number", "account no", "acct", "kontonummer", "konto-nr",
                     "numéro de compte", "número de cuenta", "numero di conto", "rekeningnummer",
                     "numer konta", "número da conta", "conta corrente", "银行账号", "银行账户", "账号"),
            min_digits=6,
            window=35,
        ),
        GatedRecognizer(
            "CRYPTO_WALLET",
            [(r"(?<![a-zA-Z0-9])(?:bc1[ac-hj-np-z02-9]{25,62}|[13][a-km-zA-HJ-NP-Z1-9]{25,34}|0x[a-fA-F0-9]{40})(?![a-zA-Z0-9])", 0.7)],
            min_digits=2,
            is_case_sensitive=True,
        ),
    ]  # fmt: skip
