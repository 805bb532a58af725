"""South Korea."""

from stdnum.kr import brn, rrn

from privacy.detection.recognizers.document_words import (
    COMPANY,
    DRIVER,
    IDENTITY,
    PASSPORT,
    RESIDENCE,
    TAX,
)
from privacy.detection.recognizers.number import digits_of, is_date, national
from privacy.detection.recognizers.recognizer import GatedRecognizer

_NAMES = ("주민등록번호", "주민번호", "주민 등록 번호", "rrn", "resident registration")


def is_resident_number(value: str) -> bool:
    """Check the day of birth; since October 2020 the last digits are random, so no check digit is."""
    digits = digits_of(value)
    return is_date(1900, int(digits[2:4]), int(digits[4:6]))


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("KR_RRN", r"\d{2}[01]\d[0-3]\d-[1-4]\d{6}", check=is_resident_number, context=_NAMES, kind=IDENTITY, alone=0.85),
        national("KR_RRN", r"\d{2}[01]\d[0-3]\d ?[1-4]\d{6}", check=rrn.is_valid, context=_NAMES, kind=IDENTITY, at_home=0.6),
        national("KR_FRN", r"\d{2}[01]\d[0-3]\d-[05-9]\d{6}", check=is_resident_number, context=("외국인등록번호", "외국인 등록번호"), kind=RESIDENCE, alone=0.85),
        national("KR_FRN", r"\d{2}[01]\d[0-3]\d ?[05-9]\d{6}", check=is_resident_number, context=("외국인등록번호", "외국인 등록번호"), kind=RESIDENCE),
        national("KR_PASSPORT", r"[MSRODG]\d{8}|[MSRODG]\d{3}[A-Z]\d{4}", kind=PASSPORT),
        national("KR_DRIVER_LICENSE", r"(?:1[1-9]|2[0-8])-\d{2}-\d{6}-\d{2}", kind=DRIVER, at_home=0.7),
        national("KR_BRN", r"\d{3}-\d{2}-\d{5}", check=brn.is_valid, context=("사업자등록번호", "사업자번호"), kind=(COMPANY, TAX), at_home=0.6),
        national("KR_BRN", r"\d{3} ?- ?\d{2} ?- ?\d{5}|\d{10}", check=brn.is_valid, context=("사업자등록번호", "사업자번호"), kind=(COMPANY, TAX)),
    ]  # fmt: skip
