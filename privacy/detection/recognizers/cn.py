"""China, and the travel documents of Hong Kong, Macau and Taiwan used there."""

from stdnum.cn import ric, uscc

from privacy.detection.recognizers.document_words import (
    COMPANY,
    DRIVER,
    IDENTITY,
    PASSPORT,
    RESIDENCE,
    SOCIAL,
    TAX,
)
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer

_NAMES = ("身份证", "身份證", "身份证号", "公民身份号码")


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("CN_RESIDENT_ID", r"[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]", check=ric.is_valid, context=_NAMES, kind=IDENTITY, alone=0.95),
        # The form of 1984.
        national("CN_RESIDENT_ID", r"[1-8]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}", context=_NAMES, kind=IDENTITY),
        national("CN_PASSPORT", r"(?:E[A-Z]|[DEGPS])\d{7,8}", kind=PASSPORT),
        national("CN_TRAVEL_PERMIT", r"[CHM]\d{8,10}", context=("通行证", "回乡证", "台胞证", "travel permit")),
        national("CN_DRIVER_LICENSE", r"\d{12}|\d{17}[\dX]", kind=DRIVER),
        national("CN_RESIDENCE_PERMIT", r"[A-Z]{3}\d{12}|9\d{5}(?:19|20)\d{9}[\dX]", context=("永居", "永久居留", "外国人永久居留"), kind=RESIDENCE),
        national("CN_SOCIAL_CARD", r"[A-Z0-9]\d{8}", context=("社保卡", "社会保障卡"), kind=SOCIAL),
        national("CN_COMPANY_CODE", r"[1-9A-GY][1-59]\d{6}[0-9A-HJ-NP-RTUWXY]{10}", check=uscc.is_valid, context=("统一社会信用代码", "信用代码", "税号"), kind=(COMPANY, TAX), at_home=0.8),
        GatedRecognizer(
            "CN_LICENSE_PLATE",
            [(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·.・]?[A-Z0-9]{4,5}[A-Z0-9挂学警港澳](?![A-Za-z0-9])", 0.8)],
            min_digits=1,
        ),
        GatedRecognizer(
            "ZIP_CODE",
            [(r"(?:邮编|邮政编码)[::是为 ]{0,3}(?P<value>\d{6})(?!\d)", 0.8)],
            name="ChinesePostcodes",
            min_digits=6,
        ),
    ]  # fmt: skip
