"""Saudi Arabia."""

from stdnum import luhn

from privacy.detection.recognizers.document_words import COMPANY, IDENTITY, PASSPORT, RESIDENCE, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("SA_NATIONAL_ID", r"1\d{9}", check=luhn.is_valid, context=("رقم الهوية", "الهوية الوطنية", "السجل المدني", "saudi id", "بطاقة الأحوال"), kind=IDENTITY, at_home=0.5),
        national("SA_IQAMA", r"2\d{9}", check=luhn.is_valid, context=("iqama", "رقم الإقامة", "الإقامة", "الاقامة", "إقامة"), kind=(RESIDENCE, IDENTITY), at_home=0.5),
        national("SA_PASSPORT", r"[A-Z]\d{8}", kind=PASSPORT),
        national("SA_VAT_ID", r"3\d{13}3", context=("الرقم الضريبي",), kind=(TAX, COMPANY)),
    ]  # fmt: skip
