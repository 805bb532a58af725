"""Letter classes and name shapes that Python's regular expressions have no word for."""

import sys
import unicodedata


def _upper_ranges() -> str:
    ranges: list[tuple[int, int]] = []
    for point in range(0x41, min(0x2E80, sys.maxunicode)):
        if unicodedata.category(chr(point)) in ("Lu", "Lt"):
            if ranges and ranges[-1][1] == point - 1:
                ranges[-1] = (ranges[-1][0], point)
            else:
                ranges.append((point, point))
    return "".join(
        chr(first) if first == last else f"{chr(first)}-{chr(last)}" for first, last in ranges
    )


UPPER = _upper_ranges()
"""The inside of a character class: capital letters of Latin, Greek, Cyrillic and their kin."""

LETTER = r"[^\W\d_]"
_LETTERS = f"{LETTER}{{1,40}}+"  # bounded: a row of letters is not walked again from each of them
CAPITALISED = rf"[{UPPER}](?:'?{LETTER}){{0,40}}+(?:-[{UPPER}]?{_LETTERS}){{0,4}}+(?!\d)"
"""A word that begins with a capital letter: ``O'Brien``, ``Anne-Marie``, ``LONDON``."""

NAME_WORD = (
    rf"(?:[{UPPER}]\.|[{UPPER}]'?{_LETTERS}(?:'{_LETTERS})?(?:-[{UPPER}]?{_LETTERS}){{0,4}}+)"
)
PARTICLE = r"(?:de la|de los|van der|van den|von der|van de|de|da|do|dos|das|del|della|di|du|le|la|van|von|zu|zum|der|den|ten|ter|bin|ibn|al|el|af|av|y|e)"
FULL_NAME = rf"{NAME_WORD}(?: (?:{PARTICLE} )?{NAME_WORD}){{0,3}}"
"""One to four capitalised words or initials, with the small words of names between them."""


def folded(pattern: str) -> str:
    """Give a pattern's or a list's letters as a folded text has them (`privacy.detection.folding`).

    Some letters of Devanagari are two code points there, ``º`` is ``o``, and Thai stays as it is.
    """
    return _THAI_AM.join(unicodedata.normalize("NFKC", part) for part in pattern.split(_THAI_AM))


_THAI_AM = "\u0e33"
