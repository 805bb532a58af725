"""Japan."""

from stdnum.jp import cn, in_

from privacy.detection.recognizers.document_words import (
    COMPANY,
    DRIVER,
    HEALTH,
    IDENTITY,
    PASSPORT,
    RESIDENCE,
    SOCIAL,
)
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("JP_MY_NUMBER", r"\d{4}[- ]?\d{4}[- ]?\d{4}", check=in_.is_valid, context=("マイナンバー", "個人番号", "my number", "mynumber"), kind=IDENTITY),
        national("JP_PASSPORT", r"[A-Z]{2}\d{7}", kind=PASSPORT),
        national("JP_DRIVER_LICENSE", r"\d{12}", kind=DRIVER),
        national("JP_RESIDENCE_CARD", r"[A-Z]{2} ?\d{8} ?[A-Z]{2}", kind=RESIDENCE, alone=0.6),
        national("JP_PENSION_NUMBER", r"\d{4}-\d{6}", kind=SOCIAL),
        national("JP_HEALTH_INSURANCE", r"\d{8}|\d{6}", kind=HEALTH),
        national("JP_CORPORATE_NUMBER", r"\d-?\d{4}-?\d{4}-?\d{4}", check=cn.is_valid, context=("法人番号",), kind=COMPANY),
    ]  # fmt: skip
