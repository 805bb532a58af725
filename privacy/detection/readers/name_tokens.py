"""The words of a text as a reader of names sees them: shape, place in the sentence, look-ups."""

import re
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from privacy.detection.lexicons.lexicon import COMMON_FAMILY, WELL_KNOWN, Lexicon

_WORD = re.compile(r"(?<![\w@#\\])[^\W\d_]+(?:-[^\W\d_]+)*(?![\w@])(?!\.[a-z]{2,4}\b)")
_NEW_SENTENCE = re.compile(r"[.!?…:;•*>|\"“”„«»()\[\]\n\r\t]")
_ROMAN = re.compile(r"[ivx]{2,5}")
_ABBREVIATIONS = frozenset(
    ["dr", "prof", "mr", "mrs", "ms", "st", "sr", "sra", "srta", "dra", "sig", "avv", "dott", "ing", "mec", "av", "op", "uzm", "doc", "yth", "ny", "tn", "nn", "h", "hj", "drs", "no", "nr", "dhr", "mw", "mevr", "lic", "art", "str", "ul", "lek", "med", "mgr", "inz", "hab", "bp", "ks", "phd", "jr", "dt"]
)  # fmt: skip


class Shape(IntEnum):
    """How a word is written."""

    LOWER = 0
    CAPITAL = 1
    UPPER = 2
    MIXED = 3
    INITIAL = 4


class Token(NamedTuple):
    """One word.

    Attributes:
        start: First code point.
        end: One past the last.
        key: Its plain form.
        shape: How it is written.
        gap: What stands between it and the word before.
        is_first: It begins a sentence, a line or a quotation.
        bits: What it can be as a name; 0 for a word in lower case that is not known well.
        is_word: It is an ordinary word of the language.
    """

    start: int
    end: int
    key: str
    shape: Shape
    gap: str
    is_first: bool
    bits: int
    is_word: bool


def tokens(text: str, small: str, lexicon: Lexicon) -> list[Token]:
    """Cut a text into words.

    Args:
        text: The text.
        small: Its plain form, as long as the text.
        lexicon: Of its language.
    """
    found: list[Token] = []
    last_end = 0
    last_key = ""
    last_shape = Shape.LOWER
    for match in _WORD.finditer(text):
        start, end = match.span()
        key = small[start:end]
        gap = text[last_end:start]
        shape = _shape(text, start, end)
        is_first = not found or _begins(gap, last_key, last_shape)
        bits, is_word = look_up(key, lexicon)
        found.append(Token(start, end, key, shape, gap, is_first, bits, is_word))
        last_end, last_key, last_shape = end, key, shape
    return found


def look_up(key: str, lexicon: Lexicon) -> tuple[int, bool]:
    """Tell what a word can be as a name and whether it is an ordinary word.

    Of a word with a hyphen that is not listed whole, the first part tells: ``jean-luc``; it is
    ordinary if its last part is: ``samsung-handy``.
    """
    if _ROMAN.fullmatch(key):
        return 0, True
    bits = lexicon.name_bits(key)
    if "-" not in key:
        is_word = lexicon.has_word(key) or (
            not bits & (WELL_KNOWN | COMMON_FAMILY) and lexicon.has_english_word(key)
        )
        return bits, is_word
    parts = key.split("-")
    is_word = len(parts[-1]) < 2 or all(lexicon.has_word(part) for part in parts)
    if not bits and not lexicon.has_word(parts[-1]):
        bits = lexicon.name_bits(parts[0])
    return bits, is_word


def _shape(text: str, start: int, end: int) -> Shape:
    first = text[start]
    if not first.isupper():
        return Shape.LOWER if text[start:end].islower() else Shape.MIXED
    if end - start == 1:
        return Shape.INITIAL
    rest = text[start + 1 : end]
    if rest.islower():
        return Shape.CAPITAL
    if rest.isupper():
        return Shape.UPPER
    if "-" in rest and all(part[:1].isupper() and part[1:].islower() for part in text[start:end].split("-")):  # fmt: skip
        return Shape.CAPITAL
    if re.fullmatch(r"(?:Mc|Mac|De|Di|La|Le|Fitz|Van|O)[A-Z][^\W\d_A-Z]+", text[start:end]):
        return Shape.CAPITAL
    return Shape.MIXED


def _begins(gap: str, last_key: str, last_shape: Shape) -> bool:
    """Tell whether what follows a gap begins a sentence."""
    if not _NEW_SENTENCE.search(gap):
        return False
    if gap.strip() == "." and "\n" not in gap:
        return last_shape is not Shape.INITIAL and last_key not in _ABBREVIATIONS
    return True


def is_shouted(words: Sequence[Token]) -> bool:
    """Tell whether a text is written in capitals throughout, so that they say nothing."""
    long = [word for word in words if len(word.key) > 2]
    return len(long) >= 3 and sum(word.shape is Shape.UPPER for word in long) > 0.7 * len(long)
