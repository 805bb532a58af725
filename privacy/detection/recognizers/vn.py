"""Vietnam."""

from stdnum.vn import mst

from privacy.detection.recognizers.document_words import (
    DRIVER,
    HEALTH,
    IDENTITY,
    PASSPORT,
    SOCIAL,
    TAX,
)
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer

_PROVINCES = frozenset(
    (
        1, 2, 4, 6, 8, *range(10, 13), 14, 15, 17, 19, 20, 22, *range(24, 28), 30, 31, *range(33, 39), 40, 42,
        *range(44, 47), *range(48, 53), 54, 56, 58, 60, 62, 64, *range(66, 69), 70, 72, 74, 75, 77, 79, 80,
        *range(82, 85), 86, 87, 89, *range(91, 97),
    )
)  # fmt: skip


def is_citizen_number(value: str) -> bool:
    """Check the structure of a căn cước: province, then century and sex; there is no check digit."""
    return int(value[:3]) in _PROVINCES and value[3] in "0123"


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("VN_CCCD", r"0\d{2}[0-9]\d{2}\d{6}", check=is_citizen_number, context=("cccd", "căn cước công dân", "căn cước", "can cuoc", "số định danh"), kind=IDENTITY, at_home=0.5),
        national("VN_CMND", r"\d{9}", context=("cmnd", "chứng minh nhân dân", "chung minh"), kind=IDENTITY),
        national("VN_PASSPORT", r"[A-Z]\d{7,8}", kind=PASSPORT),
        national("VN_SOCIAL_INSURANCE", r"\d{10}", context=("bhxh", "bảo hiểm xã hội"), kind=SOCIAL),
        national("VN_HEALTH_INSURANCE", r"[A-Z]{2}[1-5]\d{12}", context=("bhyt", "bảo hiểm y tế"), kind=HEALTH, alone=0.5),
        national("VN_TAX_NUMBER", r"\d{10}(?:-\d{3})?", check=mst.is_valid, context=("mst", "mã số thuế"), kind=TAX),
        national("VN_DRIVER_LICENSE", r"\d{12}", kind=DRIVER),
    ]  # fmt: skip
