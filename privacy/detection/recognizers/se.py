"""Sweden."""

from stdnum import luhn
from stdnum.se import orgnr, personnummer

from privacy.detection.recognizers.document_words import COMPANY, IDENTITY, PASSPORT
from privacy.detection.recognizers.number import digits_of, is_date, national
from privacy.detection.recognizers.recognizer import GatedRecognizer

_NAMES = ("personnummer", "personnr", "pers.nr", "persnr", "samordningsnummer", "person nr")


def is_person_number(value: str) -> bool:
    """Check a personnummer, or a samordningsnummer, whose day is 60 higher."""
    digits = digits_of(value)[-10:]
    if "60" < digits[4:6] < "92":
        return is_date(1900, int(digits[2:4]), int(digits[4:6]) - 60) and bool(
            luhn.is_valid(digits)
        )
    return bool(personnummer.is_valid(value))


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("SE_PERSONNUMMER", r"(?:19|20)?\d{2}[01]\d[0-9]\d[-+]\d{4}", check=is_person_number, context=_NAMES, kind=IDENTITY, alone=0.6),
        national("SE_PERSONNUMMER", r"(?:19|20)\d{2}[01]\d[0-9]\d ?\d{4}|\d{2}[01]\d[0-9]\d ?\d{4}", check=is_person_number, context=_NAMES, kind=IDENTITY, at_home=0.5),
        national("SE_ORGANISATIONSNUMMER", r"\d{2}[2-9]\d{3}-?\d{4}", check=orgnr.is_valid, context=("organisationsnummer", "org.nr", "orgnr"), kind=COMPANY),
        national("SE_PASSPORT", r"\d{8}|[A-Z]{2}\d{6,7}", kind=PASSPORT),
        national("SE_ID_CARD", r"\d{8,9}", kind=IDENTITY),
    ]  # fmt: skip
