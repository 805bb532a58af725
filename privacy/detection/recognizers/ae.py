"""United Arab Emirates."""

from stdnum import luhn

from privacy.detection.recognizers.document_words import IDENTITY, PASSPORT, RESIDENCE
from privacy.detection.recognizers.number import digits_of, national
from privacy.detection.recognizers.recognizer import GatedRecognizer

_NAMES = ("emirates id", "eid", "الهوية الإماراتية", "رقم الهوية", "بطاقة الهوية")


def _is_emirates_id(value: str) -> bool:
    return bool(luhn.is_valid(digits_of(value)))


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("AE_EMIRATES_ID", r"784([- ])(?:19|20)\d{2}\1\d{7}\1\d", check=_is_emirates_id, context=_NAMES, kind=IDENTITY, alone=0.9),
        national("AE_EMIRATES_ID", r"784(?:19|20)\d{10}", check=_is_emirates_id, context=_NAMES, kind=IDENTITY, alone=0.7),
        national("AE_PASSPORT", r"[A-Z]\d{8}|[A-Z]{2}\d{7}", kind=PASSPORT),
        national("AE_RESIDENCE_PERMIT", r"\d{3}/\d{4}/\d/?\d{6,7}", kind=RESIDENCE),
    ]  # fmt: skip
