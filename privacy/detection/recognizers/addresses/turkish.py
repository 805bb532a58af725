"""Turkish addresses: quarter, avenue or street, then number, floor and flat by their letters."""

from privacy.detection.recognizers.letters import LETTER, UPPER
from privacy.detection.recognizers.recognizer import GatedRecognizer

_WORD = rf"(?!(?:Lütfen|Adres\w*|Bey|Hanım|Sayın|Yeni adres\w*)(?![^\W_]))(?:[{UPPER}]{LETTER}{{1,20}}|\d{{1,4}}\.)"
_LOWER_WORD = rf"(?!(?:ve|bir|bu|ile|için|no|adresim|adres|adresi|evim|lütfen)(?![^\W_]))(?:{LETTER}{{2,20}}|\d{{1,4}}\.?)"
_QUARTER = r"(?:mah(?:allesi|\.)?|mh\.?)"
_STREET = r"(?:cad(?:desi|\.)?|cd\.|sok(?:ak|ağı|\.)?|sk\.|bulvarı|bulv\.|blv\.)"
_ROOMS = r"(?:,? ?(?:no|numara|kat|daire|d|k|apt|ap|blok)\s?[:.]? ?(?:\d{1,4}(?:[/-]\d{1,4})?[a-z]?|[a-h](?![^\W_]))(?![^\W\d_]{2})){1,5}"
_TOWN = rf"(?:,? (?:\d{{5}} )?[{UPPER}]{LETTER}{{2,20}}(?: ?/ ?[{UPPER}]{LETTER}{{2,20}}|, [{UPPER}]{LETTER}{{2,20}}(?=[ .]|$))?)"


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    border = r"(?<![^\W_])"
    return [
        GatedRecognizer(
            "STREET_ADDRESS",
            [
                (rf"{border}(?:(?:{_WORD} ){{1,3}}(?i:{_QUARTER}),? ?)?(?:{_WORD} ){{1,4}}(?i:{_STREET})(?![^\W_]),?(?i:{_ROOMS}| ?\d{{1,4}}(?:/\d{{1,4}})?[a-zA-Z]?(?![^\W_])){_TOWN}?", 0.7),
                (rf"{border}(?:(?:{_WORD} ){{1,3}}(?i:{_QUARTER}),? ?)(?:{_WORD} ){{1,4}}(?i:{_STREET})(?![^\W_])", 0.6),
                (rf"{border}(?:{_WORD} ){{1,3}}(?:Mahallesi|Mah\.|Caddesi|Cad\.|Sokak|Sokağı|Sok\.|Bulvarı)(?:'?n?d[ea])?(?![^\W_]){_TOWN}?", 0.5),
                (rf"{border}(?i:(?:{_LOWER_WORD} ){{1,3}}{_QUARTER},? ?(?:{_LOWER_WORD} ){{1,3}}{_STREET},?(?:{_ROOMS}| ?\d{{1,4}}(?![^\W_])))", 0.6),
                (rf"{border}(?i:(?:{_LOWER_WORD} ){{1,2}}{_STREET},?{_ROOMS})", 0.55),
            ],
            name="TurkishAddresses",
            words=("mah", "cad", "cd.", "sok", "sk.", "bul", "blv"),
            is_unicode=True,
            is_case_sensitive=True,
        ),
    ]  # fmt: skip
