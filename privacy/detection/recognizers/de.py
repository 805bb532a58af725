"""Germany."""

from stdnum.de import idnr

from privacy.detection.recognizers.number import DRIVER, IDENTITY, PASSPORT, TAX, national
from privacy.detection.recognizers.recognizer import GatedRecognizer

_WEIGHTS = (7, 3, 1)
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


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national(
            "DE_TAX_ID",
            r"[1-9]\d ?\d{3} ?\d{3} ?\d{3}",
            check=idnr.is_valid,
            context=("steuer-id", "steueridentifikationsnummer", "steuer id", "identifikationsnummer", "idnr", *TAX),
            min_digits=11,
        ),
        national("DE_ID_CARD", r"[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}\d?", check=is_document_number, context=(*IDENTITY, *PASSPORT), alone=0.2),
        national("DE_SOCIAL_SECURITY", r"\d{2} ?[0-3]\d[01]\d\d{2} ?[A-Z] ?\d{3}", check=is_insurance_number, context=("sozialversicherung", "rentenversicherung", "versicherungsnummer", "sv-nummer"), alone=0.6, min_digits=11),
        national("DE_HEALTH_INSURANCE", r"[A-Z]\d{9}", context=("krankenkasse", "krankenversicherung", "versichertennummer", "kvnr", "gesundheitskarte"), alone=0.2, min_digits=9),
        national("DE_DRIVER_LICENSE", r"[A-Z]\d{2}[A-Z0-9]{6}\d[A-Z0-9]", context=DRIVER, alone=0.2, min_digits=3),
        GatedRecognizer(
            "POSTCODE",
            [(r"(?<![\w.,-])(?:D-)?(?P<value>\d{5}) (?=[A-ZÄÖÜ][a-zäöüß]{2,})", 0.3), (r"(?<![\w-])D-\d{5}(?!\w)", 0.7)],
            name="GermanPostcodes",
            context=("plz", "postleitzahl", "straße", "str.", "adresse", "anschrift", "wohne", "code postal", "código postal", "cap", "dirección", "indirizzo"),
            min_digits=5,
            is_case_sensitive=True,
            is_unicode=True,
        ),
    ]  # fmt: skip
