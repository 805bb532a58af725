"""Germany."""

from stdnum.de import idnr, stnr, vat

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

_WEIGHTS = (7, 3, 1)
_TAX_NUMBER = ("steuernummer", "st.-nr", "st-nr", "steuernr")
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def is_document_number(value: str) -> bool:
    """Check the tenth digit of an identity card or passport number (ICAO Doc 9303-3 §4.9)."""
    compact = value.replace(" ", "").upper()
    if len(compact) == 9:
        return True
    body, digit = compact[:9], compact[9:10]
    total = sum(_LETTERS.index(one) * _WEIGHTS[at % 3] for at, one in enumerate(body))
    return digit.isdigit() and total % 10 == int(digit)


def is_insurance_number(value: str) -> bool:
    """Check the last digit of a Versicherungsnummer (VKVV § 4)."""
    compact = value.replace(" ", "").upper()
    letter = ord(compact[8]) - ord("A") + 1
    digits = compact[:8] + f"{letter:02d}" + compact[9:11]
    weights = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
    total = sum(
        sum(divmod(int(one) * weight, 10)) for one, weight in zip(digits, weights, strict=True)
    )
    return total % 10 == int(compact[11])


def is_insured_number(value: str) -> bool:
    """Check a Krankenversichertennummer: the letter as two digits, weights 1 and 2, modulo 10."""
    digits = f"{ord(value[0].upper()) - ord('A') + 1:02d}{value[1:9]}"
    total = sum(sum(divmod(int(one) * (1 + at % 2), 10)) for at, one in enumerate(digits))
    return total % 10 == int(value[9])


def _is_tax_number(value: str) -> bool:
    return bool(stnr.is_valid(value))


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("DE_TAX_ID", r"[1-9]\d ?\d{3} ?\d{3} ?\d{3}", check=idnr.is_valid, context=("steuer-id", "steueridentifikationsnummer", "steuer id", "steuer-identifikationsnummer", "identifikationsnummer", "idnr", "steuerid"), kind=TAX),
        national("DE_TAX_NUMBER", r"\d{2,3}/\d{3}/\d{4} ?\d?|\d{2,5}/\d{3,4}/\d{4} ?\d?", check=_is_tax_number, context=_TAX_NUMBER, kind=TAX, at_home=0.5),
        national("DE_TAX_NUMBER", r"\d{10,11}|\d{13}", check=_is_tax_number, context=_TAX_NUMBER, kind=TAX),
        national("DE_ID_CARD", r"[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}\d?", check=is_document_number, kind=(IDENTITY, RESIDENCE)),
        national("DE_PASSPORT", r"[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}\d?", check=is_document_number, kind=PASSPORT),
        national("DE_SOCIAL_SECURITY", r"\d{2} ?[0-3]\d[01]\d\d{2} ?[A-Z] ?\d{3}", check=is_insurance_number, context=("sozialversicherungsnummer", "rentenversicherungsnummer", "sv-nummer", "rvnr", "svnr"), kind=SOCIAL, alone=0.6),
        national("DE_HEALTH_INSURANCE", r"[A-Z]\d{9}", check=is_insured_number, context=("kvnr", "versichertennummer", "krankenversichertennummer"), kind=HEALTH),
        national("DE_DRIVER_LICENSE", r"[A-Z]\d{2}[A-Z0-9]{6}\d[A-Z0-9]", kind=DRIVER),
        national("DE_VAT_ID", r"DE ?\d{9}", check=vat.is_valid, context=("ust-id", "ust-idnr", "ustid", "umsatzsteuer-id"), kind=COMPANY, alone=0.6),
        GatedRecognizer(
            "ZIP_CODE",
            [(r"(?<![\w.,-])(?:D-)?(?P<value>\d{5}) (?=[A-ZÄÖÜ][a-zäöüß]{2,})", 0.3), (r"(?<![\w-])D-\d{5}(?!\w)", 0.7)],
            name="GermanPostcodes",
            context=("plz", "postleitzahl", "straße", "str.", "adresse", "anschrift", "wohne", "code postal", "código postal", "cap", "dirección", "indirizzo"),
            min_digits=5,
            is_case_sensitive=True,
            is_unicode=True,
        ),
    ]  # fmt: skip
