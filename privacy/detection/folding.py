"""A text as recognizers want to read it, and the way back to the original's code points.

Compatibility forms are folded (NFKC, UAX #15), decimal digits of every script become ``0-9``, the
many dashes become ``-``, what is invisible vanishes (zero-width and bidirectional controls, soft
hyphens, variation selectors, Arabic vowel signs), HTML gives way to what it shows
(`privacy.detection.markup`), and what no tokenizer survives (lone surrogates, control characters)
becomes harmless. Recognizers see only the folded text; spans are mapped back, so the original is
never changed. A text turned round by a right-to-left override is read in the order it is stored.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from privacy.detection.markup import cuts, may_hold_markup

_PLAIN = re.compile(r"[\t\n\r\x20-\x7e]*+")
_MARKS = r"\u0300-\u036f\u0653-\u0655\u093c\u3099\u309a"
# A character that only folds together with its neighbours: a base and its combining marks. The
# number of marks is bounded because normalising n of them takes time in the square of n.
_ODD = re.compile(
    r"[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"  # Korean syllables, taken apart
    r"|(?<=[0-9\uff10-\uff19])[ー─ｰ一](?=[0-9\uff10-\uff19])"  # Japanese numbers' dash
    rf"|[^\t\n\r\x20-\x7e][{_MARKS}]{{0,8}}"
    r"|[\x20-\x7e][\u0300-\u036f]{1,8}"
)
_DASHES = frozenset("‐‑‒–—―−﹣－⁃˗")
_NUMBER_DASHES = frozenset("ー─ｰ一")
_QUOTES = frozenset("’ʼ‘‛′´ʹ＇")
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u0640\u180b\u180c\u180d\u180f\u034f")
# Marks that readers' word lists are written without: Arabic vowels, Hebrew points.
_VOWELS = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u0652\u0670]"
)
# NFKC would take these Thai and Lao vowels apart, and no word list is written that way.
_WHOLE = frozenset("\u0e33\u0eb3")


class Folded(NamedTuple):
    """A folded text with its way back.

    Attributes:
        text: What recognizers read.
        breaks: Folded positions from which on `origins` differ, ascending; empty when nothing
            moved.
        origins: For each break, the original (start, end) of the run that begins there, and
            whether positions advance one by one within it.
        length: Code points of the original.
    """

    text: str
    breaks: tuple[int, ...]
    origins: tuple[tuple[int, int, bool], ...]
    length: int

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Give the code points of the original that a folded range came from."""
        if not self.breaks:
            return start, min(end, self.length)
        first = self._place(start)[0]
        last = self._place(end - 1)[1]
        return first, last

    def _place(self, position: int) -> tuple[int, int]:
        index = bisect_right(self.breaks, position) - 1
        start, end, is_even = self.origins[index]
        if not is_even:
            return start, end
        at = start + position - self.breaks[index]
        return at, at + 1


@lru_cache(maxsize=16_384)
def _fold_one(odd: str) -> str:
    first = odd[0]
    category = unicodedata.category(first)
    if category == "Cs":
        return "\ufffd"
    if (
        category in ("Cf", "Me")
        or first in _UNSEEN
        or "\ufe00" <= first <= "\ufe0f"
        or "\U000e0100" <= first <= "\U000e01ef"
        or _VOWELS.match(first)
    ):
        return "".join(_fold_one(mark) for mark in odd[1:])
    if category == "Cc":
        return "\n" if first in "\x0b\x0c\x85" else " "
    if first in _DASHES:
        return "-"
    if category in ("Zl", "Zp"):
        return "\n"
    if category == "Zs" or first == "\u2800":
        return " "
    digit = unicodedata.decimal(first, None)
    if digit is not None:
        return str(digit)
    if first in _QUOTES:
        return "'"
    if odd in _WHOLE:
        return odd
    return unicodedata.normalize("NFKC", odd).replace("\u034f", "")


def _fold_odd(match: re.Match[str]) -> str:
    odd = match[0]
    if odd in _NUMBER_DASHES and match.start() and match.string[match.start() - 1].isdigit():
        after = match.string[match.end() : match.end() + 1]
        if after.isdigit():
            return "-"
    return _fold_one(odd)


class Rewriting:
    """Collects a rewritten text piece by piece, with the way back.

    Attributes:
        written: Code points written so far.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces: list[str] = []
        self._breaks: list[int] = []
        self._origins: list[tuple[int, int, bool]] = []
        self.written = 0
        self._is_in_step = True
        self._has_moved = False

    def read(self, start: int, end: int) -> None:
        """Take over a part of the original, character by character."""
        at = start
        for match in _ODD.finditer(self._text, start, end):
            self.write(self._text[at : match.start()], at, match.start(), is_even=True)
            folded = _fold_odd(match)
            is_even = match.end() - match.start() == len(folded) == 1
            self.write(folded, *match.span(), is_even=is_even)
            at = match.end()
        self.write(self._text[at:end], at, end, is_even=True)

    def write(self, piece: str, start: int, end: int, *, is_even: bool) -> None:
        """Add what stands for ``[start, end)`` of the original."""
        if not is_even:
            self._has_moved = True
        elif start == end:
            return
        if not piece:
            self._is_in_step = False
            return
        if not (is_even and self._is_in_step and self._breaks):
            self._breaks.append(self.written)
            self._origins.append((start, end, is_even))
        self._is_in_step = is_even
        self._pieces.append(piece)
        self.written += len(piece)

    def folded(self) -> Folded:
        """Give what was written."""
        text = "".join(self._pieces)
        if not self._has_moved:
            return Folded(text, (), (), len(self._text))
        return Folded(text, tuple(self._breaks), tuple(self._origins), len(self._text))


def fold(text: str) -> Folded:
    """Fold a text; linear in its length whatever it holds."""
    has_markup = may_hold_markup(text)
    if not has_markup and _PLAIN.fullmatch(text):
        return Folded(text, (), (), len(text))
    writer = Rewriting(text)
    at = 0
    for start, end, read_as in cuts(text) if has_markup else ():
        writer.read(at, start)
        if read_as is None:
            writer.read(start, end)
        else:
            writer.write(_shown(read_as), start, end, is_even=False)
        at = end
    writer.read(at, len(text))
    return writer.folded()


def _shown(read_as: str) -> str:
    """Fold what stands for markup: an entity may be any character."""
    return _ODD.sub(_fold_odd, read_as)


def lowered(text: str) -> str:
    """Give a text in lower case with every position kept: the few letters that grow stay as is."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(low if len(low := one.lower()) == 1 else one for one in text)
