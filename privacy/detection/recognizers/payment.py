"""What money moves with: cards, IBANs, bank accounts, wallets. A country's own accounts are here too."""

from stdnum import bic, bitcoin, iban, luhn
from stdnum.ar import cbu

from privacy.detection.recognizers.number import digits_of, weighted
from privacy.detection.recognizers.recognizer import WEAK, GatedRecognizer
from privacy.detection.spans import Reason

CARD_CONTEXT = (
    "card", "credit", "debit", "visa", "mastercard", "amex", "american express", "maestro", "discover", "jcb", "diners",
    "karte", "carte", "cb", "tarjeta", "carta", "kaart", "karta", "karty", "kartę", "cartão", "cartao",
    "карт", "kart", "kartu", "卡号", "卡號", "银行卡", "信用卡", "储蓄卡", "カード", "クレジット", "카드", "บัตร", "بطاقة", "البطاقة", "कार्ड", "thẻ", "kort",
)  # fmt: skip
_CARD_NAMES = (
    "credit card", "debit card", "card number", "card no", "card #", "my card", "visa", "mastercard", "kreditkarte", "kartennummer", "carte bancaire",
    "carte bleue", "numéro de carte", "tarjeta", "carta di credito", "cartão", "creditcard", "karty kredytowej", "numer karty", "номер карты", "карта",
    "kart numar", "kredi kartı", "kartu kredit", "银行卡", "信用卡", "卡号", "カード番号", "クレジットカード", "카드번호", "카드 번호", "บัตรเครดิต", "หมายเลขบัตร",
    "رقم البطاقة", "بطاقة", "कार्ड नंबर", "क्रेडिट कार्ड",
)  # fmt: skip
_ACCOUNT = (
    "bank account", "account number", "account no", "acct", "a/c", "kontonummer", "konto-nr", "kontonr", "bankverbindung", "numéro de compte",
    "compte bancaire", "número de cuenta", "cuenta bancaria", "cuenta corriente", "numero di conto", "conto corrente", "rekeningnummer", "bankrekening",
    "numer konta", "numer rachunku", "rachunek", "número da conta", "conta corrente", "conta bancária", "расчетный счет", "расчётный счёт", "р/с", "номер счета",
    "номер счёта", "hesap no", "hesap numar", "nomor rekening", "rekening", "银行账号", "银行账户", "账号", "帳號", "口座番号", "口座", "계좌번호", "계좌",
    "เลขที่บัญชี", "เลขบัญชี", "บัญชี", "رقم الحساب", "حساب بنكي", "खाता संख्या", "खाता नंबर", "số tài khoản",
)  # fmt: skip
_ENDING = (
    r"(?:ending(?: in| with)?|ends (?:in|with)|last (?:four|4)(?: digits)?(?: (?:are|is|of))?|endet auf|endend auf|letzten? (?:vier|4)(?: (?:ziffern|stellen))?"
    r"|se terminant par|finissant par|terminada? en|termina en|últimos (?:cuatro|4)(?: dígitos)?|che termina con|ultime (?:quattro|4)(?: cifre)?"
    r"|com final|final|últimos (?:quatro|4)|eindigend op|eindigt op|laatste (?:vier|4)|kończąc\w{1,3} się na|ostatnie (?:cztery|4)"
    r"|заканчивается на|последние (?:четыре|4)(?: цифры)?|sonu|son (?:dört|4)(?: hane(?:si)?)?|berakhiran|(?:empat|4) (?:digit|angka) terakhir"
    r"|尾号|末四位|尾號|下4桁|末尾|끝자리|뒷자리|마지막 ?4자리|ลงท้าย|เลขท้าย|تنتهي ب|آخر (?:أربعة|4) أرقام|अंतिम (?:चार|4) अंक|आखिरी (?:चार|4))"
)


def _is_card(value: str) -> bool:
    digits = digits_of(value)
    return 12 <= len(digits) <= 19 and len(set(digits)) > 1 and bool(luhn.is_valid(digits))


def _is_iban(value: str) -> bool:
    return bool(iban.is_valid(value.replace("-", "").replace(" ", "").replace(".", "").upper()))


def is_clabe(value: str) -> bool:
    """Check a CLABE, Mexico: weights 3 7 1, each product modulo 10, and what is missing to ten."""
    digits = digits_of(value)
    total = sum(int(one) * (3, 7, 1)[at % 3] % 10 for at, one in enumerate(digits[:17]))
    return -total % 10 == int(digits[17])


def is_polish_account(value: str) -> bool:
    """Check a Polish NRB: an IBAN without its country."""
    return _is_iban("PL" + digits_of(value))


def is_norwegian_account(value: str) -> bool:
    """Check a Norwegian account: weights 5 4 3 2 7 6 5 4 3 2, modulo 11."""
    digits = digits_of(value)
    return -weighted(digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11 == int(digits[10])


def _is_bitcoin(value: str) -> bool:
    return value[:2] == "0x" or bool(bitcoin.is_valid(value))


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        # ISO/IEC 7812: issuers' leading digits; grouped as printed, or run together. One number in
        # ten passes Luhn, so a bare run without an issuer's length needs context.
        GatedRecognizer(
            "CREDIT_CARD",
            [
                (
                    r"(?<![\d.-])(?:[2-6]\d{3}([ .-]) ?\d{4}\1 ?\d{4}\1 ?\d{4}(?:\1 ?\d{1,3})?|3[47]\d{2}([ .-])\d{6}\2\d{5}"
                    r"|3[068]\d{2}([ .-])\d{6}\3\d{4}|(?:4\d{15}|4\d{12}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|6(?:011|5\d\d|2\d\d|4[4-9]\d)\d{12}(?:\d{1,3})?|35\d{14}|3(?:0[0-5]|[68]\d)\d{11}))(?![\d-]|\.\d)",
                    0.5,
                ),
            ],
            check=_is_card,
            checked_score=0.95,
            context=CARD_CONTEXT,
            min_digits=13,
        ),
        GatedRecognizer(
            "CREDIT_CARD",
            [(r"(?<![\d.-])[1-6](?:[ .-]?\d){11,18}(?![\d-]|\.\d)", WEAK)],
            name="AnyCard",
            check=_is_card,
            checked_score=WEAK,
            context=CARD_CONTEXT,
            min_digits=12,
        ),
        # A card number with a typing error fails its checksum and is personal all the same.
        GatedRecognizer(
            "CREDIT_CARD",
            [(r"(?<![\d.-])(?:[2-6]\d{3}([ .-]?)\d{4}\1\d{4}\1\d{4}|3[47]\d{2}([ -]?)\d{6}\2\d{5})(?![\d-]|\.\d)", 0.2)],
            name="MistypedCard",
            context=_CARD_NAMES,
            min_digits=15,
            window=40,
        ),
        # What receipts and agents show of a card.
        GatedRecognizer(
            "CREDIT_CARD",
            [
                (r"(?<![\w*•])(?:[2-6]\d{3}[ -]?(?:\d{2}[x*•#.]{2}|[x*•#]{4})[ -]?[x*•#]{4}|(?:[x*•#]{4}[ -]?){2,3}|[x*•#]{8,12})[ -]?\d{4}(?!\d)", 0.6),
                (r"(?<![\w*•])[x*•#]{4}[ -]?\d{4}(?!\d)", 0.3),
                (rf"(?<![^\W_]){_ENDING} ?[:*x•.]{{0,4}} ?(?P<value>\d{{4}})(?![\w-]|\.\d)", 0.3),
            ],
            name="PartOfCard",
            context=CARD_CONTEXT,
            min_digits=4,
            is_unicode=True,
            reason=Reason.CUE,
        ),
        GatedRecognizer(
            "CARD_SECURITY_CODE",
            [(r"\b(?:cvv2?|cvc2?|csc|cvn|security code|prüfziffer|prüfnummer|kartenprüfnummer|cryptogramme|código de seguridad|código de segurança|codice di sicurezza|beveiligingscode|kod cvv|güvenlik kodu|kode keamanan|код безопасности|安全码|セキュリティコード|보안코드|보안 코드|รหัสความปลอดภัย|رمز الأمان|सुरक्षा कोड)(?![a-z])\D{0,12}(?P<value>\d{3,4})(?!\d)", 0.8)],
            min_digits=3,
            reason=Reason.CUE,
        ),
        GatedRecognizer(
            "CARD_EXPIRY",
            [(r"(?<![^\W_])(?:exp(?:iry|ires?|iration)?(?: date)?|valid (?:thru|until|till)|good thru|gültig bis|ablaufdatum|expire(?: fin)?|expiration|date d'expiration|caduca|caducidad|vencimiento|vence|scadenza|validade|vencimento|vervaldatum|geldig tot|ważna do|data ważności|срок действия|действительна до|son kullanma|skt|berlaku hingga|有效期|有効期限|유효기간|วันหมดอายุ|تاريخ الانتهاء|वैध)\.?(?: (?:is|ist|est|es|é|è))?[ :]{0,3}(?P<value>(?:0[1-9]|1[0-2]) ?[/-] ?(?:20)?\d{2})(?![\d/-])", 0.7)],
            min_digits=3,
            is_unicode=True,
            reason=Reason.CUE,
        ),
        GatedRecognizer(
            "IBAN_CODE",
            [(r"(?<![a-z0-9])[a-z]{2}\d{2}(?:[ .-]?[a-z0-9]{4}){2,7}(?:[ .-]?[a-z0-9]{1,3})?(?![a-z0-9])", 0.5),
             (r"(?<![a-z0-9])[a-z]{2} ?\d{2}(?:[ .-]?[a-z0-9]{4}){2,7}(?![a-z0-9])", 0.5),
             (r"(?<![a-z0-9])[a-z]{2}\d{2} ?[a-z]{4} ?(?:\d{2,4} ?){2,6}\d{0,2}(?![a-z0-9])", 0.5)],
            check=_is_iban,
            checked_score=0.98,
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
            "BIC_CODE",
            [(r"(?<![A-Za-z0-9])[A-Z]{4}(?: ?[A-Z]{2} ?[A-Z0-9]{2})(?: ?[A-Z0-9]{3})?(?![A-Za-z0-9])", 0.3)],
            check=lambda value: bool(bic.is_valid(value)),
            checked_score=WEAK,
            context=("bic", "swift", "bic/swift"),
            is_case_sensitive=True,
            window=25,
        ),
        GatedRecognizer(
            "BANK_ACCOUNT",
            [(r"(?<![\w.-])\d{6,20}(?![\w-]|\.\d)", 0.3), (r"(?<![\w.-])\d{2,6}(?:[ -]\d{1,8}){1,5}(?![\w-]|\.\d)", 0.25)],
            context=_ACCOUNT,
            min_digits=6,
            window=35,
        ),
        GatedRecognizer(
            "BANK_ACCOUNT",
            [(r"(?<![\w.-])\d{2}(?: ?\d{4}){6}(?![\w-]|\.\d)", 0.7)],
            name="PolishAccount",
            check=is_polish_account,
            checked_score=0.9,
            min_digits=24,
        ),
        GatedRecognizer(
            "BANK_ACCOUNT",
            [(r"(?<![\w.-])\d{4}[. ]\d{2}[. ]\d{5}(?![\w-]|\.\d)", 0.5)],
            name="NorwegianAccount",
            check=is_norwegian_account,
            checked_score=0.5,
            context=("konto", "kontonummer"),
            min_digits=11,
        ),
        GatedRecognizer(
            "MX_CLABE",
            [(r"(?<![\w.-])\d{3} ?\d{3} ?\d{11} ?\d(?![\w-]|\.\d)", WEAK)],
            check=is_clabe,
            checked_score=WEAK,
            context=("clabe", "interbancaria", "cuenta", "transferencia"),
            min_digits=18,
        ),
        GatedRecognizer(
            "AR_CBU",
            [(r"(?<![\w.-])\d{8} ?\d{14}(?![\w-]|\.\d)", 0.5)],
            check=lambda value: bool(cbu.is_valid(value)),
            checked_score=0.8,
            context=("cbu", "cvu", "alias"),
            min_digits=22,
        ),
        GatedRecognizer(
            "IN_IFSC",
            [(r"(?<![A-Za-z0-9])[A-Z]{4}0[A-Z0-9]{6}(?![A-Za-z0-9])", WEAK)],
            context=("ifsc", "neft", "rtgs", "branch code"),
        ),
        GatedRecognizer(
            "AU_BSB",
            [(r"(?<![\w.-])\d{3}[ -]?\d{3}(?![\w-]|\.\d)", 0.1)],
            context=("bsb",),
            min_digits=6,
            window=20,
        ),
        GatedRecognizer(
            "CRYPTO_WALLET",
            [(r"(?<![a-zA-Z0-9])(?:bc1[ac-hj-np-z02-9]{25,62}|BC1[AC-HJ-NP-Z02-9]{25,62}|[13][a-km-zA-HJ-NP-Z1-9]{25,34}|0x[a-fA-F0-9]{40})(?![a-zA-Z0-9])", 0.7)],
            check=_is_bitcoin,
            checked_score=0.9,
            min_digits=2,
            is_case_sensitive=True,
        ),
        GatedRecognizer(
            "CRYPTO_WALLET",
            [(r"(?<![a-zA-Z0-9])(?:T[1-9A-HJ-NP-Za-km-z]{33}|[LM][1-9A-HJ-NP-Za-km-z]{26,33}|r[1-9A-HJ-NP-Za-km-z]{24,34}|bc1[a-z0-9]{25,62}|[13][a-km-zA-HJ-NP-Z1-9]{25,34}|D[1-9A-HJ-NP-Za-km-z]{33})(?![a-zA-Z0-9])", WEAK)],
            name="AnyWallet",
            context=("wallet", "bitcoin", "btc", "usdt", "trc20", "tron", "xrp", "litecoin", "doge", "crypto", "kripto", "cüzdan", "кошел", "钱包", "ウォレット", "지갑"),
            min_digits=2,
            is_case_sensitive=True,
        ),
    ]  # fmt: skip
