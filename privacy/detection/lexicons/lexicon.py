"""Looks words up: is this an ordinary word of the language, a given name, a family name, a place?

Everything is kept and asked in one plain form (`plain`), so that a name typed without its accents
is found as well. The files are built by `build`; they are loaded when first asked, once a process,
and workers forked after that share them. A look-up takes a fraction of a microsecond.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import dawg

from privacy.detection.lexicons.plain import plain

HERE = Path(__file__).parent

WORD_LANGUAGES = ("de", "en", "es", "fr", "id", "it", "nl", "pl", "pt", "tr")
"""Those whose ordinary words are here."""

WORD_LENGTH = 12
"""Letters of the longest word kept. No name that is in no list is longer."""

GIVEN, RARE_GIVEN, FAMILY, RARE_FAMILY, WELL_KNOWN, COMMON_FAMILY = 1, 2, 4, 8, 16, 32
"""What a word can be as a name; bits. `WELL_KNOWN` goes with `GIVEN`: the commonest of a culture;
`COMMON_FAMILY` with `FAMILY`."""

NATIVE = {"pl": 64, "tr": 128, "id": 256}
"""Bit of a name that is common among those who speak a language; only where no model reads it."""

TOWN, CITY, LARGE_CITY, REGION = 1, 2, 4, 8
"""What a word or a row of words can be as a place: from 5,000 and 15,000 people on, from 100,000,
from 400,000, and a country or a part of one; bits."""

_TOKEN = re.compile(r"(?<![\w@#/.])[^\W\d_]{2,}(?:[-'’][^\W\d_]+)*(?![\w@])")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n\r\t•*>\"“„«(\[-])[\s\"'“„«(¿¡*_-]*\Z")
_BORDER = re.compile(r"[^\W\d_]")


def is_sentence_start(text: str, start: int) -> bool:
    """Tell whether a word that begins there is the first of a sentence, a line or a list's item."""
    return _SENTENCE_START.search(text, max(0, start - 8), start) is not None


@cache
def _ints(name: str) -> Any:
    return dawg.IntDAWG().load(str(HERE / f"{name}.dawg"))


@cache
def _set(name: str) -> Any:
    return dawg.DAWG().load(str(HERE / f"{name}.dawg"))


class Lexicon:
    """The words of one language beside the names and places of all.

    Args:
        language: BCP 47, of which the first part counts. In a language that is not in
            `WORD_LANGUAGES` no word is ordinary, which callers must bear in mind.
    """

    def __init__(self, language: str) -> None:
        self.language = language.split("-")[0].lower()
        self.has_words = self.language in WORD_LANGUAGES
        self._words = _set(f"words-{self.language}") if self.has_words else frozenset()
        self._english = _set("words-en")
        self._names = _ints("names")
        self._places = _ints("places")
        self._brands = _set("brands")

    def is_word(self, token: str) -> bool:
        """Tell whether it is an ordinary word of the language, in any form and case."""
        return self.has_word(plain(token))

    def is_given_name(self, token: str) -> bool:
        """Tell whether it is a common given name somewhere; many are ordinary words elsewhere."""
        return bool(self.name_bits(plain(token)) & GIVEN)

    def is_surname(self, token: str) -> bool:
        """Tell whether it is a common family name somewhere; very many are ordinary words."""
        return bool(self.name_bits(plain(token)) & FAMILY)

    def is_place(self, token: str) -> bool:
        """Tell whether it is a country, a part of one, or a town; any row of words."""
        return bool(self.place_bits(plain(token)))

    def has_word(self, key: str) -> bool:
        """Tell the same as `is_word` of what is plain already."""
        return len(key) > WORD_LENGTH or key in self._words

    def has_english_word(self, key: str) -> bool:
        """Tell whether it is an English word: trade uses these in every language."""
        return len(key) > 3 and key in self._english

    def name_bits(self, key: str) -> int:
        """Give what a plain word can be as a name, 0 if nothing."""
        return int(self._names.get(key, 0))

    def place_bits(self, key: str) -> int:
        """Give what plain words can be as a place, 0 if nothing."""
        return int(self._places.get(key, 0))

    def place_at(self, text: str, start: int) -> tuple[int, int]:
        """Give the end of the longest place name that begins there in a plain text, and its bits."""
        end, key = self._longest(self._places, text, start)
        return end, self.place_bits(key)

    def brand_at(self, text: str, start: int) -> int:
        """Give the end of the longest brand or product that begins there, or `start`."""
        return self._longest(self._brands, text, start)[0]

    def candidates(self, text: str) -> list[tuple[int, int]]:
        """Find the words that may be names: start and end of each.

        Meant for a gate: a text without any need not be read by a model. A word may be a name if
        it is a common given name that is no ordinary word, if it is capitalised and no ordinary
        word, or capitalised in the middle of a sentence where the language does not capitalise
        its nouns, or a capitalised given or family name.
        """
        return list(self._candidates(text))

    def _candidates(self, text: str) -> Iterator[tuple[int, int]]:
        small = plain(text)
        for match in _TOKEN.finditer(text):
            start, end = match.span()
            key = small[start:end]
            is_capital = text[start].isupper()
            bits = self.name_bits(key)
            if not bits and ("-" in key or "'" in key):
                bits = self.name_bits(re.split("[-'’]", key, maxsplit=1)[0])
            if not self.has_word(key):
                if is_capital or bits & GIVEN:
                    yield start, end
            elif is_capital and (
                bits & (GIVEN | FAMILY)
                or (
                    self.language != "de"
                    and not text[start:end].isupper()
                    and not is_sentence_start(text, start)
                )
            ):
                yield start, end

    @staticmethod
    def _longest(automaton: Any, text: str, start: int) -> tuple[int, str]:
        rest = text[start : start + 48]
        for key in reversed(automaton.prefixes(rest)):
            end = start + len(key)
            if end >= len(text) or not _BORDER.match(text, end):
                return end, key
        return start, ""
