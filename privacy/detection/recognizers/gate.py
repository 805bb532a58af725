"""One look at a text tells which patterns can match it at all.

However many recognizers there are, a text pays once: its digits are counted, one automaton (Aho and
Corasick) finds every word that any pattern cannot do without, and only patterns whose every need is
met are run. A need is declared by its recognizer (`needs`, `words`, `min_digits`), read off the
pattern (`necessities`), or follows from its score: one below the threshold needs a context word.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from privacy.detection.recognizers.necessities import WORD_START, necessity_of, plain
from privacy.detection.recognizers.recognizer import UNBORDERED, GatedRecognizer

_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MOST_DIGITS = 24


class _Unit(NamedTuple):
    """What is run or not run: one pattern, or a recognizer that reads in a way of its own."""

    recognizer: GatedRecognizer
    pattern: int | None
    min_digits: int
    words: tuple[frozenset[str] | None, ...]


class Gate:
    """Tells which recognizers a text is worth showing to.

    Args:
        recognizers: All there are.
        threshold: Finds with a lower score do not count.
    """

    def __init__(self, recognizers: Sequence[GatedRecognizer], threshold: float) -> None:
        self._units = [unit for one in recognizers for unit in _units(one, threshold)]
        width = len(self._units)
        self._all = (1 << width) - 1
        self._width = width
        # A word's mask has three parts: the declared needs, the patterns' own, and context it meets.
        self._free = 0
        masks: dict[str, int] = defaultdict(int)
        for at, unit in enumerate(self._units):
            for part, words in enumerate(unit.words):
                bit = 1 << (at + part * width)
                if words is None:
                    self._free |= bit
                for word in words or ():
                    masks[word] |= bit
        self._masks = tuple(masks.values())
        bare = [word.strip(WORD_START) for word in masks]
        self._bordered = tuple(
            (word.startswith(WORD_START), word.endswith(WORD_START)) for word in masks
        )
        self._automaton = AhoCorasick(bare, matchkind=MatchKind.Standard) if bare else None
        self._by_digits = tuple(
            sum(
                1 << at
                for at, unit in enumerate(self._units)
                if min(unit.min_digits, _MOST_DIGITS) <= count
            )
            for count in range(_MOST_DIGITS + 1)
        )
        self._narrow = self._all & ~sum(
            1 << at for at, unit in enumerate(self._units) if unit.recognizer.is_east_asian
        )
        self._needless = 0
        self._by_character: dict[str, int] = defaultdict(int)
        for at, unit in enumerate(self._units):
            if not unit.recognizer.needs:
                self._needless |= 1 << at
            for character in unit.recognizer.needs:
                self._by_character[character] |= 1 << at
        self._characters = frozenset(self._by_character)

    def open_to(self, text: str) -> list[tuple[GatedRecognizer, list[int] | None]]:
        """Give the recognizers that may find something, with the patterns to run (None: all)."""
        count_digits = sum(map(text.count, "0123456789"))
        is_open = self._by_digits[min(count_digits, _MOST_DIGITS)]
        if text.isascii() or not _WIDE.search(text):
            is_open &= self._narrow
        met = self._needless
        for character in self._characters:
            if character in text:
                met |= self._by_character[character]
        is_open &= met
        words = self._words_in(plain(text))
        is_open &= words & (words >> self._width) & (words >> 2 * self._width)
        chosen: list[tuple[GatedRecognizer, list[int] | None]] = []
        while is_open:
            lowest = is_open & -is_open
            is_open ^= lowest
            recognizer, pattern, _, _ = self._units[lowest.bit_length() - 1]
            if pattern is None:
                chosen.append((recognizer, None))
            elif chosen and chosen[-1][0] is recognizer and chosen[-1][1] is not None:
                chosen[-1][1].append(pattern)
            else:
                chosen.append((recognizer, [pattern]))
        return chosen

    def _words_in(self, text: str) -> int:
        met = self._free
        if self._automaton is None:
            return met
        masks, bordered = self._masks, self._bordered
        length = len(text)
        for word, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            mask = masks[word]
            if mask | met == met:
                continue
            starts, ends = bordered[word]
            if starts and start and _is_ascii_word(text[start - 1]):
                continue
            if ends and end < length and _is_ascii_word(text[end]):
                continue
            met |= mask
        return met


def _is_ascii_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _units(recognizer: GatedRecognizer, threshold: float) -> Iterable[_Unit]:
    declared = frozenset(map(plain, recognizer.words)) or None
    if type(recognizer).analyze is not GatedRecognizer.analyze:
        context = _context(recognizer) if recognizer.alone < threshold else None
        yield _Unit(recognizer, None, recognizer.min_digits, (declared, None, context))
        return
    for at, (score, compiled) in enumerate(recognizer.compiled):
        needed = necessity_of(compiled.pattern, compiled.flags)
        yield _Unit(
            recognizer,
            at,
            max(recognizer.min_digits, needed.count_digits),
            (declared, needed.words, _context(recognizer) if score < threshold else None),
        )


def _context(recognizer: GatedRecognizer) -> frozenset[str] | None:
    """Give context words as `context_pattern` matches them, or the declared ones if there are none."""
    words = set()
    for word in map(plain, recognizer.context):
        if UNBORDERED.search(word) or len(word) >= 6:
            words.add(word)
        elif len(word) <= 3:
            words.add(WORD_START + word + WORD_START)
        else:
            words.add(WORD_START + word)
    return frozenset(words) or frozenset(map(plain, recognizer.words)) or None
