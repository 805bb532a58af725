"""Arabic addresses: street, quarter, building and flat, each begun by its word."""

from privacy.detection.recognizers.letters import folded
from privacy.detection.recognizers.recognizer import GatedRecognizer

_LETTERS = r"[\u0621-\u064a]"
_STOP = r"(?:في|فى|من|على|إلى|الى|عن|مع|ثم|هو|هي|يوم|بتاريخ|الساعة|لكن|أو|حتى|وهو|يرجى|هاتف|جوال|رقم|شكرا|قبل|بعد|كان|قد|التي|الذي|مبنى|عمارة|شقة|حي)"
_WORD = (
    rf"(?!{_STOP}(?!{_LETTERS}))(?!و(?!اد|ا?لد|ليد|هران|سط|رد){_LETTERS}{{4}}){_LETTERS}{{2,15}}"
)
_WORDS = rf"{_WORD}(?: {_WORD}){{0,2}}"
_PART = rf"(?:(?:حي|منطقة|ضاحية|مدينة|برج|مجمع|قطعة|جادة) (?:{_WORDS}|\d{{1,4}})|(?:مبنى|بناية|عمارة|عقار|شقة|فيلا|منزل|بيت|الطابق|الدور|طابق|مكتب|رقم|قطعة)(?: رقم)? (?:\d{{1,5}}|ال{_LETTERS}{{3,10}}))"
_STREET = rf"(?:\d{{1,4}} ?[,،]? ?)?(?<!عن )(?:شارع|طريق|ش\.|جادة|زنقة|نهج|كورنيش) (?:ال)?{_WORDS}(?: \d{{1,4}}(?!\d))?"
_TOWN = rf"(?:[,،] ?{_WORD}(?: ال{_LETTERS}{{3,12}})?(?: \d{{5}}(?!\d))?)"


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        GatedRecognizer(
            "STREET_ADDRESS",
            [
                (folded(rf"(?<!{_LETTERS})[وبل]{{0,2}}{_STREET}(?:[,،]? ?{_PART}){{0,6}}{_TOWN}?"), 0.6),
                (folded(rf"(?<!{_LETTERS}){_PART}(?:[,،]? {_PART}){{0,4}}[,،]? {_STREET}(?:[,،]? ?{_PART}){{0,4}}{_TOWN}?"), 0.65),
                (folded(rf"(?<!{_LETTERS}){_PART}(?:[,،]? {_PART}){{1,4}}{_TOWN}?"), 0.5),
            ],
            name="ArabicAddresses",
            words=("شارع", "طريق", "ش.", "جادة", "زنقة", "نهج", "كورنيش", "عمارة", "مبنى", "شقة", "بناية", "فيلا"),
            is_unicode=True,
        ),
    ]  # fmt: skip
