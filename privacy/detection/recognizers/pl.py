"""Poland."""

from stdnum.pl import nip, pesel, regon

from privacy.detection.recognizers.document_words import COMPANY, DRIVER, IDENTITY, PASSPORT, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer

_WEIGHTS = (7, 3, 1, 9, 7, 3, 1, 7, 3)


def is_identity_card(value: str) -> bool:
    """Check the fourth character of a dowód osobisty: weights 7 3 1 over the others, modulo 10."""
    compact = value.replace(" ", "").upper()
    letters = [ord(one) - ord("A") + 10 for one in compact[:3]]
    digits = [int(one) for one in compact[3:]]
    total = sum(number * weight for number, weight in zip(letters + digits, _WEIGHTS, strict=True))
    return total % 10 == 0


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("PL_PESEL", r"\d{11}", check=pesel.is_valid, context=("pesel",), kind=IDENTITY, at_home=0.5),
        national("PL_NIP", r"(?:PL ?)?\d{3}[- ]?\d{3}[- ]?\d{2}[- ]?\d{2}|\d{3}-\d{2}-\d{2}-\d{3}", check=nip.is_valid, context=("nip",), kind=(TAX, COMPANY)),
        national("PL_REGON", r"\d{9}|\d{14}", check=regon.is_valid, context=("regon",), kind=COMPANY),
        national("PL_ID_CARD", r"[A-Z]{3} ?\d{6}", check=is_identity_card, context=("dowód osobisty", "dowodu osobistego", "seria i numer"), kind=IDENTITY),
        national("PL_PASSPORT", r"[A-Z]{2} ?\d{7}", kind=PASSPORT),
        national("PL_DRIVER_LICENSE", r"\d{5}/\d{2}/\d{4}", kind=DRIVER, at_home=0.5),
        GatedRecognizer(
            "ZIP_CODE",
            [(r"(?<![\w.,-])\d{2}-\d{3}(?= [A-ZĄĆĘŁŃÓŚŹŻ])", 0.6), (r"\bkod(?: pocztowy)?[ :]{1,3}(?P<value>\d{2}-\d{3})(?!\d)", 0.8)],
            name="PolishPostcodes",
            min_digits=5,
            is_case_sensitive=True,
        ),
    ]  # fmt: skip
