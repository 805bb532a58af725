"""Thai addresses: house number, then village, lane, road, sub-district, district and province."""

from privacy.detection.recognizers.letters import folded
from privacy.detection.recognizers.recognizer import GatedRecognizer

_NAME = r"[\u0e01-\u0e2e\u0e30-\u0e4e]{2,24}"
_STEP = rf"(?:หมู่(?:ที่)? ?\d{{1,2}}|ม\. ?\d{{1,2}}|(?:ซอย|ซ\.) ?(?:{_NAME}(?: \d{{1,3}}(?:/\d{{1,2}})?)?|\d{{1,3}})|(?:ถนน|ถ\.) ?{_NAME}|(?:แขวง|ตำบล|ต\.) ?{_NAME}|(?:เขต|อำเภอ|อ\.) ?{_NAME}|(?:จังหวัด|จ\.) ?{_NAME}|(?:หมู่บ้าน|คอนโด|อาคาร) ?{_NAME}(?: {_NAME})?|(?:ชั้น|ห้อง) ?\d{{1,4}})"
_END = (
    rf"(?: (?:กรุงเทพฯ|กรุงเทพมหานคร|กรุงเทพ|กทม\.?|{_NAME}(?= (?:กรุงเทพ|กทม|\d{{5}})|\s?\d{{5}})))*"
)
_CITY = r"(?: ?(?:กรุงเทพฯ|กรุงเทพมหานคร|กรุงเทพ|กทม\.?))?(?: ?\d{5}(?!\d))?"


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    names = _END.replace(")*", "){0,3}")
    return [
        GatedRecognizer(
            "STREET_ADDRESS",
            [
                (folded(rf"(?<![\d/.-])\d{{1,4}}(?:/\d{{1,4}})?(?:,? {_STEP}){{1,8}}{names}{_CITY}"), 0.7),
                (folded(rf"(?<![\u0e01-\u0e4e])(?:{_STEP} ){{1,6}}{_STEP}{names}{_CITY}"), 0.6),
                (folded(r"(?:บ้านเลขที่|เลขที่บ้าน) ?(?P<value>\d{1,4}(?:/\d{1,4})?)"), 0.6),
                (folded(r"ถนน[\u0e01-\u0e2e\u0e40-\u0e44][\u0e01-\u0e4e]{2,16}(?![\u0e01-\u0e4e])"), 0.45),
            ],
            name="ThaiAddresses",
            words=[folded(word) for word in ("หมู่", "ม.", "ซอย", "ซ.", "ถนน", "ถ.", "แขวง", "ตำบล", "ต.", "เขต", "อำเภอ", "อ.", "จังหวัด", "จ.", "คอนโด", "อาคาร", "บ้านเลขที่", "เลขที่บ้าน")],
            is_unicode=True,
        ),
    ]  # fmt: skip
