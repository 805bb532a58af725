"""Russia."""

from stdnum.ru import inn, ogrn

from privacy.detection.recognizers.document_words import (
    COMPANY,
    DRIVER,
    HEALTH,
    IDENTITY,
    PASSPORT,
    SOCIAL,
    TAX,
)
from privacy.detection.recognizers.number import digits_of, national, weighted
from privacy.detection.recognizers.recognizer import GatedRecognizer

_SNILS = ("снилс", "snils", "страховой номер")


def is_insurance_number(value: str) -> bool:
    """Check a СНИЛС: weights 9 to 1, modulo 101, where 100 is written 00."""
    digits = digits_of(value)
    return weighted(digits, range(9, 0, -1)) % 101 % 100 == int(digits[9:])


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("RU_SNILS", r"\d{3}-\d{3}-\d{3}[ -]\d{2}", check=is_insurance_number, context=_SNILS, kind=SOCIAL, alone=0.8),
        national("RU_SNILS", r"\d{3} ?\d{3} ?\d{3} ?\d{2}", check=is_insurance_number, context=_SNILS, kind=SOCIAL),
        national("RU_INN", r"\d{12}", check=inn.is_valid, context=("инн", "inn"), kind=TAX, at_home=0.5),
        national("RU_INN", r"\d{10}", check=inn.is_valid, context=("инн", "inn"), kind=(TAX, COMPANY)),
        national("RU_PASSPORT", r"\d{2} ?\d{2} ?(?:№ ?|номер )?\d{6}", context=("паспорт", "серия", "серии"), kind=(PASSPORT, IDENTITY)),
        national("RU_PASSPORT", r"\d{2} ?(?:№ ?)?\d{7}", context=("загранпаспорт", "заграничный паспорт", "заграничного паспорта"), kind=PASSPORT),
        national("RU_DRIVER_LICENSE", r"\d{2} ?(?:\d{2}|[А-Я]{2}) ?\d{6}", context=("в/у", "водительское удостоверение"), kind=DRIVER),
        national("RU_HEALTH_INSURANCE", r"\d{4} ?\d{4} ?\d{4} ?\d{4}", context=("омс", "полис", "полиса"), kind=HEALTH),
        national("RU_OGRN", r"\d{13}|\d{15}", check=ogrn.is_valid, context=("огрн", "огрнип", "ogrn"), kind=COMPANY),
    ]  # fmt: skip
