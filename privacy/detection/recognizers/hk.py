"""Hong Kong."""

from privacy.detection.recognizers.document_words import IDENTITY, PASSPORT
from privacy.detection.recognizers.number import compact, national
from privacy.detection.recognizers.recognizer import GatedRecognizer

_NAMES = ("hkid", "香港身份證", "香港身份证", "身份證號碼", "hong kong id")


def is_identity_card(value: str) -> bool:
    """Check a HKID: letters are 10 to 35, a missing first one 36, weights 9 to 1, modulo 11."""
    number = compact(value).rjust(9)
    body = [36 if one == " " else int(one, 36) for one in number[:8]]
    total = sum(one * weight for one, weight in zip(body, range(9, 1, -1), strict=True))
    return (total + int(number[8], 11)) % 11 == 0


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("HK_ID", r"[A-Z]{1,2}\d{6} ?\([0-9A]\)", check=is_identity_card, context=_NAMES, kind=IDENTITY, alone=0.9),
        national("HK_ID", r"[A-Z]{1,2}\d{6}[0-9A]", check=is_identity_card, context=_NAMES, kind=IDENTITY),
        national("HK_PASSPORT", r"[HK][A-Z]?\d{8}|K[A-Z]\d{7}", kind=PASSPORT),
    ]  # fmt: skip
