"""A text as recognizers want to read it, and the way back to the original's code points.

Compatibility forms are folded (NFKC, UAX #15), decimal digits of every script become ``0-9``, the
many dashes become ``-``, invisible characters vanish, and what no tokenizer survives (lone
surrogates, control characters) becomes harmless. Recognizers see only the folded text; spans are
mapped back, so the original is never changed.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

_PLAIN = re.compile(r"[\t\n\r\x20-\x7e]*+")
# A character that only folds together with its neighbours: a base and its combining marks. The
# number of marks is bounded because normalising n of them takes time in the square of n.
_ODD = re.compile(
    r"[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"  # Korean syllables, taken apart
    r"|[^\t\n\r\x20-\x7e][\u0300-\u036f\u3099\u309a]{0,8}"
    r"|[\x20-\x7e][\u0300-\u036f]{1,8}"
)
_DASHES = frozenset("‐‑‒–—―−﹣－ー─")  # the last two are written for a dash in Japanese numbers
_KEPT_DASHES = frozenset("ー─")


class Folded(NamedTuple):
    """A folded text with its way back.

    Attributes:
        text: What recognizers read.
        breaks: Folded positions from which on `shifts` differ, ascending; empty when nothing moved.
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
    if category == "Cf" or "\ufe00" <= first <= "\ufe0f":
        return "".join(_fold_one(mark) for mark in odd[1:])
    if category == "Cc":
        return "\n" if first in "\x0b\x0c\x85" else " "
    if first in _DASHES and first not in _KEPT_DASHES:
        return "-"
    if category in ("Zl", "Zp"):
        return "\n"
    digit = unicodedata.decimal(first, None)
    if digit is not None:
        return str(digit)
    if first in "’ʼ‘":
        return "'"
    return unicodedata.normalize("NFKC", odd)


def fold(text: str) -> Folded:
    """Fold a text; linear in its length whatever it holds."""
    if _PLAIN.fullmatch(text):
        return Folded(text, (), (), len(text))
    pieces: list[str] = []
    breaks: list[int] = []
    origins: list[tuple[int, int, bool]] = []
    at = 0
    written = 0
    in_step = True
    has_moved = False

    def write(piece: str, start: int, end: int, *, is_even: bool) -> None:
        nonlocal written, in_step
        if not piece:
            in_step = False
            return
        if not (is_even and in_step and breaks):
            breaks.append(written)
            origins.append((start, end, is_even))
        in_step = is_even
        pieces.append(piece)
        written += len(piece)

    for match in _ODD.finditer(text):
        start, end = match.span()
        if start > at:
            write(text[at:start], at, start, is_even=True)
        folded = _fold_one(match[0])
        is_even = end - start == len(folded) == 1
        has_moved = has_moved or not is_even
        write(folded, start, end, is_even=is_even)
        at = end
    if at < len(text):
        write(text[at:], at, len(text), is_even=True)
    if not has_moved:
        return Folded("".join(pieces), (), (), len(text))
    return Folded("".join(pieces), tuple(breaks), tuple(origins), len(text))


def lowered(text: str) -> str:
    """Give a text in lower case with every position kept: the few letters that grow stay as is."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(low if len(low := one.lower()) == 1 else one for one in text)
