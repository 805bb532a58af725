"""One text as a reader of names goes through it: its words, what links them, what stands beside."""

import re
from functools import cached_property

from privacy.detection.lexicons.context_words import (
    INSTITUTIONS,
    PLACE_NOUNS_AFTER,
    PLACE_NOUNS_BEFORE,
)
from privacy.detection.lexicons.lexicon import (
    CITY,
    COMMON_FAMILY,
    FAMILY,
    GIVEN,
    LARGE_CITY,
    RARE_GIVEN,
    REGION,
    WELL_KNOWN,
)
from privacy.detection.lexicons.plain import plain
from privacy.detection.readers.manner import Manner
from privacy.detection.readers.name_tokens import Shape, is_shouted, tokens

_MOST_WORDS = 5
_LINK = re.compile(r"[ \u00a0]{1,2}")
_NEAR_GAP = re.compile(r"[\s,:(.\"'’–-]{1,4}")
_SET_OFF = ("'", "’")
_ELIDED = frozenset(["o", "d", "l", "dell", "dall", "n", "m", "al", "el"])
_WITH = frozenset(
    ["with", "tell", "told", "ask", "asked", "met", "mit", "avec", "con", "com", "sama", "bersama"]
)
_JOINING = frozenset(["y", "e", "a", "al", "la", "le", "te"])
_IN_TURKISH = frozenset(
    ["da", "de", "ta", "te", "dan", "den", "tan", "ten", "ya", "ye", "a", "e", "daki", "deki"]
)
_PLACES_AFTER_NAMES = ("it", "nl")
"""Where a town of any size is said after a name: ``notaio Ferrigno di Caserta``."""
_NO_PARTICLES = ("pl", "id", "tr")
"""Where ``do``, ``di`` are no part of names but stand before places."""


class Page:
    """One text, cut into words. Positions are those of words unless said otherwise."""

    def __init__(self, text: str, manner: Manner) -> None:
        self.manner = manner
        self.small = plain(text)
        self.words = tokens(text, self.small, manner.lexicon)
        self.is_shouted = is_shouted(self.words)
        if self.is_shouted:
            self.words = [word._replace(shape=Shape.LOWER) for word in self.words]
        self.has_capitals = any(
            word.shape is not Shape.LOWER and not word.is_first for word in self.words
        )

    @cached_property
    def is_regular(self) -> bool:
        """Tell whether capital letters are kept for names: no other word has one inside a sentence."""
        native = self.manner.native
        return not any(
            word.shape is Shape.CAPITAL
            and word.is_word
            and not word.is_first
            and not word.bits & native
            and not self.is_title(at)
            and word.key not in self.manner.beside.roles
            and word.key not in self.manner.beside.titles_after
            and word.key not in INSTITUTIONS
            and not self.manner.lexicon.place_bits(word.key)
            for at, word in enumerate(self.words)
        )

    def row(self, at: int) -> list[int]:
        """Give the capitalised words that follow each other from here on."""
        words = self.words
        row = [at]
        after = at + 1
        while after < len(words) and len(row) < _MOST_WORDS and self.is_linked(after):
            if words[after].shape in (Shape.LOWER, Shape.MIXED):
                after = self._past_particles(after)
                if not after:
                    break
            elif self._is_barrier(after, len(row)):
                break
            row.append(after)
            after += 1
        return row

    def is_linked(self, at: int) -> bool:
        """Tell whether a word can go on with the name the word before it belongs to."""
        word = self.words[at]
        before = self.words[at - 1]
        if _LINK.fullmatch(word.gap):
            return True
        if word.gap in (". ", "."):
            return not word.is_first and (
                before.shape is Shape.INITIAL or before.key in self.manner.beside.titles
            )
        return word.gap in _SET_OFF and before.key in _ELIDED

    def has_next(self, at: int) -> bool:
        """Tell whether the word after this one is linked to it."""
        return at + 1 < len(self.words) and self.is_linked(at + 1)

    def past(self, at: int, end: int) -> int:
        """Give the first word from `at` on that begins at the code point `end` or after."""
        while at < len(self.words) and self.words[at].start < end:
            at += 1
        return at

    def past_brand(self, at: int) -> int:
        """Give the word after a brand that begins here, `at` if none does.

        Some are given names, and are these where a family name follows: ``Mercedes Ruiz``.
        """
        word = self.words[at]
        past = self.past(at, self.manner.lexicon.brand_at(self.small, word.start))
        if past == at + 1 and word.bits & (GIVEN | FAMILY):
            if self.before(at) >= 1.5:
                return at
            if word.bits & GIVEN and self.has_next(at):
                follower = self.words[past]
                if (
                    follower.bits & FAMILY
                    and follower.shape is not Shape.LOWER
                    and (not follower.is_word or follower.bits & self.manner.native)
                ):
                    return at
                if (
                    self.manner.native
                    and follower.shape is Shape.CAPITAL
                    and not follower.is_word
                    and not self.manner.lexicon.place_bits(follower.key)
                ):
                    return at
        return past

    def past_particle(self, at: int) -> int:
        """Give the last word of a Dutch family name, ``Van der Laan``, `at` if none begins here."""
        words = self.words
        if self.manner.language != "nl" or words[at].key not in ("van", "ter", "ten"):
            return at
        if words[at].shape is not Shape.CAPITAL:
            return at
        last = at + 1
        while last < len(words) - 1 and words[last].key in ("de", "den", "der", "het", "t"):
            last += 1
        if last >= len(words) or words[last].shape is not Shape.CAPITAL:
            return at
        if not all(_LINK.fullmatch(words[one].gap) for one in range(at + 1, last)):
            return at
        word = words[last]
        if word.gap not in (" ", " '", "'") or self.manner.lexicon.place_bits(word.key):
            return at
        is_safe = not word.is_word or (not words[at].is_first and word.key not in INSTITUTIONS)
        return last if is_safe else at

    def before(self, at: int) -> float:
        """Weigh what stands before a name: a title, a role."""
        word = self.words[at]
        if at == 0 or not _NEAR_GAP.fullmatch(word.gap):
            return 0.0
        beside = self.manner.beside
        last = self.words[at - 1]
        if self.is_title(at - 1) and (self.is_linked(at) or word.gap == ". "):
            return 1.5
        if word.is_first and ":" not in word.gap and "(" not in word.gap:
            return 0.0
        if last.key in beside.roles:
            return 1.5 if self.manner.language == "de" and word.gap == " " else 1.0
        if ":" in word.gap:
            has_role = any(one.key in beside.roles for one in self.words[max(0, at - 4) : at])
            return 1.0 if has_role else 0.2
        if at > 1 and self.words[at - 2].key in beside.roles and last.shape is Shape.LOWER:
            return 0.7
        if last.key in _WITH and word.bits & WELL_KNOWN:
            return 0.9
        return 0.3 if last.key in beside.near and self.manner.capitals_count else 0.0

    def is_title(self, at: int) -> bool:
        """Tell whether it is a title: ``herr``."""
        return self.words[at].key in self.manner.beside.titles

    def has_place_noun(self, first: int, last: int) -> bool:
        """Tell whether the word beside a name says what it names: ``kota``, ``ilçesi``."""
        if self.has_next(last) and self.words[last + 1].key in PLACE_NOUNS_AFTER:
            return True
        return (
            first > 0 and self.words[first - 1].key in PLACE_NOUNS_BEFORE and self.is_linked(first)
        )

    def is_in(self, first: int, last: int) -> bool:
        """Tell whether a name stands where a place does: after ``in``, before ``'da``."""
        if self._is_in_turkish(last):
            return True
        return (
            first > 0
            and self.words[first - 1].key in self.manner.beside.places
            and _LINK.fullmatch(self.words[first].gap) is not None
        )

    def is_declined(self, last: int) -> bool:
        """Tell whether a Turkish ending is set off, as only that of a proper name is."""
        if self.manner.language != "tr" or last + 1 >= len(self.words):
            return False
        ending = self.words[last + 1]
        return ending.gap in _SET_OFF and ending.shape is Shape.LOWER

    def _is_in_turkish(self, last: int) -> bool:
        return self.is_declined(last) and self.words[last + 1].key in _IN_TURKISH

    def _past_particles(self, at: int) -> int:
        """Give the capitalised word after ``van der``, 0 if that is no name's."""
        words = self.words
        past = at
        while (
            past < len(words)
            and past - at < 3
            and words[past].shape is Shape.LOWER
            and words[past].key in self.manner.beside.particles
            and self.is_linked(past)
        ):
            past += 1
        if past in (at, len(words)) or not self.is_linked(past):
            return 0
        follower = words[past]
        if follower.shape not in (Shape.CAPITAL, Shape.UPPER):
            return 0
        if past > at + 1:
            return past
        key = words[at].key
        if key in _JOINING and (words[at - 1].is_word or follower.is_word):
            return 0
        if key in ("e", "y") and (self.manner.language == "it" or self._is_rather_given(past)):
            return 0
        if key in self.manner.beside.places:
            _, bits = self.manner.lexicon.place_at(self.small, follower.start)
            if self.manner.language in _NO_PARTICLES or bits & (CITY | LARGE_CITY | REGION):
                return 0
            if bits and self.manner.language in _PLACES_AFTER_NAMES:
                return 0
            if follower.key in INSTITUTIONS or follower.key in PLACE_NOUNS_BEFORE:
                return 0
        return past

    def _is_rather_given(self, at: int) -> bool:
        """Tell whether a word begins another person's name: ``Ana Ruiz y Nerea Pons``."""
        bits = self.words[at].bits
        return bool(bits & (GIVEN | RARE_GIVEN)) and not bits & FAMILY

    def _is_barrier(self, at: int, count: int) -> bool:
        """Tell whether a capitalised word begins something else than the name before it."""
        word = self.words[at]
        lexicon = self.manner.lexicon
        if not word.bits & FAMILY and lexicon.brand_at(self.small, word.start) > word.start:
            return True
        bits = lexicon.place_bits(word.key)
        if not bits:
            return False
        if self._is_in_turkish(at) and bits & (LARGE_CITY | REGION | CITY):
            return not word.bits & COMMON_FAMILY
        return count > 1 and bool(bits & (LARGE_CITY | REGION)) and not word.bits & (GIVEN | FAMILY)
