"""Which parts of a text a costly model must read: those where a word may be a name nobody found."""

import importlib
import re
from collections.abc import Sequence
from typing import NamedTuple

from privacy.detection.lexicons.lexicon import FAMILY, GIVEN, Lexicon, is_sentence_start
from privacy.detection.lexicons.plain import plain
from privacy.detection.spans import Span

_AROUND = 24
_AROUND_AGAIN = 16
"""Characters before and after a candidate that are read with it, at first and for a second opinion."""
_ENDING = 2
_UNEXPLAINED = frozenset(["ORGANIZATION"])
"""A word in one of these needs a second opinion: models take unusual names for firms."""
_WORD = re.compile(r"(?<![\w@#/.])[^\W\d_]{2,}(?:[-'’][^\W\d_]+)*(?![\w@])")


_ALSO_NAMES = frozenset(["ada", "ali", "mia", "will"])
"""Function words of one language that are names there too."""

_REPEATED = frozenset(["rt"])
"""What a message that passes another one on begins with, in every language."""


def function_words(language: str) -> frozenset[str]:
    """Give the words of a language that only hold a sentence together, folded; never a name."""
    try:
        words = importlib.import_module(f"spacy.lang.{language}.stop_words").STOP_WORDS
    except ImportError:
        return _REPEATED
    return frozenset(plain(word) for word in words) - _ALSO_NAMES | _REPEATED


class Part(NamedTuple):
    """A piece of a text, ``text[start:end]``."""

    start: int
    end: int


class Gate:
    """Finds what must be read, by the words of one language.

    Args:
        lexicon: Of a language with a list of ordinary words.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._function_words = function_words(lexicon.language)

    def candidates(self, text: str) -> list[tuple[int, int]]:
        """Find the words that may be names.

        Beside those of `Lexicon.candidates`: a word in small letters that is no ordinary one and a
        name somewhere, a town that is written with a capital or is no ordinary word, and a given
        name before a family name though both are ordinary words.
        """
        found = set(self._lexicon.candidates(text))
        small = plain(text)
        before = -2, 0
        for match in _WORD.finditer(small):
            key = match[0]
            bits = self._lexicon.name_bits(key)
            is_word = self._lexicon.has_word(key)
            is_place = bool(self._lexicon.place_bits(key))
            is_capital = text[match.start()].isupper()
            if (not is_word and (bits or is_place)) or (is_capital and is_place):
                found.add(match.span())
            if bits & FAMILY and before[1] & GIVEN and match.start() == before[0] + 1:
                found.add(match.span())
            before = match.end(), bits
        return sorted(span for span in found if not self._is_function_word(small[slice(*span)]))

    def _is_unlikely(self, text: str, start: int, end: int) -> bool:
        """Tell an ordinary word that is no name, is not written as one, or only begins a sentence."""
        key = plain(text[start:end])
        if not self._lexicon.has_word(key):
            return False
        bits = self._lexicon.name_bits(key)
        if not bits & (GIVEN | FAMILY) or not text[start].isupper():
            return True
        return not bits & GIVEN and is_sentence_start(text, start)

    def _is_function_word(self, word: str) -> bool:
        """Tell "it's" and "l'avez" too: what stands before an apostrophe, or after a short one."""
        words = self._function_words
        if word in words:
            return True
        head, apostrophe, tail = word.replace("’", "'").partition("'")
        if not apostrophe:
            return False
        return (head in words or head.removesuffix("n") in words) and (
            len(tail) <= _ENDING or tail in words
        )

    def parts(
        self,
        text: str,
        found: Sequence[Span] = (),
        candidates: Sequence[tuple[int, int]] | None = None,
        *,
        is_again: bool = False,
    ) -> list[Part]:
        """Give the parts of a text that hold a candidate which no find explains.

        Args:
            text: Folded.
            found: In it, so far.
            candidates: Of it, where they are known already.
            is_again: A model has read it before: an ordinary word, capitalised as in titles of
                works and at the start of a sentence, is no reason for a second opinion.
        """
        explained = [(span.start, span.end) for span in found if span.entity not in _UNEXPLAINED]
        parts: list[Part] = []
        for start, end in self.candidates(text) if candidates is None else candidates:
            if any(first < end and start < last for first, last in explained):
                continue
            if is_again and self._is_unlikely(text, start, end):
                continue
            first, last = _widened(text, start, end, _AROUND_AGAIN if is_again else _AROUND)
            if parts and first <= parts[-1].end:
                parts[-1] = Part(parts[-1].start, max(last, parts[-1].end))
            else:
                parts.append(Part(first, last))
        return parts


def _widened(text: str, start: int, end: int, around: int) -> tuple[int, int]:
    """Take what stands around a candidate with it, to where a word begins and ends."""
    first = max(0, start - around)
    if first:
        first = text.find(" ", first, start) + 1 or start
    last = min(len(text), end + around)
    if last < len(text):
        last = text.rfind(" ", end, last)
        last = end if last < 0 else last
    return first, last
