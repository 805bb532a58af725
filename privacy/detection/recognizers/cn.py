"""China, and the travel documents of Hong Kong, Macau and Taiwan used there."""

from stdnum.cn import ric

from privacy.detection.recognizers.number import DRIVER, IDENTITY, PASSPORT, national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("CN_RESIDENT_ID", r"[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]", check=ric.is_valid, context=(*IDENTITY, "身份证号"), alone=0.95, min_digits=17),
        # The form of 1984, and a number with a typing error.
        national("CN_RESIDENT_ID", r"[1-8]\d{5}(?:\d{2})?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]?", context=(*IDENTITY, "身份证号"), alone=0.2, min_digits=15),
        national("CN_PASSPORT", r"(?:E[A-Z]|[DEGPS])\d{7,8}", context=PASSPORT, alone=0.3, min_digits=7),
        national("CN_TRAVEL_PERMIT", r"[CHM]\d{8,10}", context=("通行证", "回乡证", "台胞证", "travel permit"), alone=0.2, min_digits=8),
        national("CN_DRIVER_LICENSE", r"\d{12}|\d{17}[\dX]", context=DRIVER, alone=0.1, min_digits=12),
        GatedRecognizer(
            "CN_LICENSE_PLATE",
            [(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·.・]?[A-Z0-9]{4,5}[A-Z0-9挂学警港澳](?![A-Za-z0-9])", 0.8)],
            min_digits=1,
        ),
        GatedRecognizer(
            "POSTCODE",
            [(r"(?:邮编|邮政编码)[::是为 ]{0,3}(?P<value>\d{6})(?!\d)", 0.8)],
            name="ChinesePostcodes",
            min_digits=6,
        ),
    ]  # fmt: skip
