"""Addresses of India, in Latin letters and in Devanagari: a row of parts between commas."""

from privacy.detection.recognizers.letters import CAPITALISED, folded
from privacy.detection.recognizers.recognizer import GatedRecognizer

_PART = rf"(?:{CAPITALISED}|\d{{1,4}}(?:st|nd|rd|th)?|[A-Z]-?\d{{1,3}})(?:[ -](?:{CAPITALISED}|of|no\.?|\d{{1,4}}(?!\d)[A-Z]?)){{0,4}}\.?"
_HOUSE = r"(?i:flat|house|h\.? ?no|hno|door|d\.? ?no|plot|shop|block|villa|room|sector|ward|khasra|tower|wing)\.? ?(?i:no|number|#)?\.? ?[:#]? ?(?:\d{1,4}[A-Z]?(?:[-/][A-Z\d]{1,5}){0,3}|[A-Z]{1,2}-?\d{1,4})(?![^\W_])"
_LETTERS = r"[\u0900-\u0963]"
_WORD = rf"(?:{_LETTERS}{{1,15}}|[A-Z]\d{{0,3}})"
_NUMBERED = folded(
    r"(?:मकान|म\.? ?नं|फ्लैट|प्लॉट|प्लाट|गली|सेक्टर|वार्ड|ब्लॉक|ब्लाक|दुकान|रोड|क्वार्टर|टावर|हाउस)\.? ?(?:नंबर|नम्बर|नं\.?|संख्या|सं\.?|No\.?)? ?(?:\d{1,4}[A-Za-z]?(?:[-/][A-Za-z\d]{1,5}){0,2}|[A-Z]-?\d{0,4})(?![^\W_])"
)
_AREA = folded(
    rf"(?:{_WORD} ){{1,3}}(?:नगर|मार्ग|रोड|कॉलोनी|कालोनी|विहार|चौक|गंज|पुरम|एन्क्लेव|एक्सटेंशन|बाग|मोहल्ला|बस्ती|पुरी|कुंज|लेआउट)(?!{_LETTERS})"
)
_ROAD = folded(
    rf"(?:(?!(?:में|पर|से|को|का|की|के|है|और|यह|मेरा|पता|निवासी) ){_LETTERS}{{2,15}} )(?:मार्ग|रोड|नगर|कॉलोनी|विहार)(?!{_LETTERS})"
)
_SEGMENT = rf"(?:{_NUMBERED}|{_AREA})"
_FIRST = rf"(?:{_NUMBERED}|{_ROAD})"
_TOWN = rf"(?:, ?{_LETTERS}{{2,15}}(?: {_LETTERS}{{2,15}})?(?: ?-? ?\d{{3}} ?\d{{3}}(?!\d)|(?=\s*(?:[।.,)]|$|है|में|पर))))"


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        GatedRecognizer(
            "STREET_ADDRESS",
            [(rf"(?<![^\W_]){_HOUSE}(?:, ?\n?{_PART}){{1,7}}(?: ?-? ?\d{{3}} ?\d{{3}}(?!\d))?", 0.6)],
            name="IndianAddresses",
            min_digits=1,
            is_unicode=True,
            is_case_sensitive=True,
        ),
        GatedRecognizer(
            "STREET_ADDRESS",
            [
                (rf"(?<!{_LETTERS}){_FIRST}(?:, ?{_SEGMENT}){{0,5}}{_TOWN}", 0.65),
                (rf"(?<!{_LETTERS}){_FIRST}(?:, ?{_SEGMENT}){{1,5}}", 0.65),
                (rf"(?<!{_LETTERS})(?:{_NUMBERED}|{_ROAD})", 0.45),
            ],
            name="HindiAddresses",
            words=[folded(word) for word in ("मकान", "म.नं", "म. नं", "फ्लैट", "प्लॉट", "प्लाट", "गली", "सेक्टर", "वार्ड", "ब्लॉक", "ब्लाक", "क्वार्टर", "नगर", "मार्ग", "रोड", "कॉलोनी", "कालोनी", "विहार", "चौक", "गंज")],
            is_unicode=True,
        ),
    ]  # fmt: skip
