"""Finds many words at once, with the borders they ask for, by one automaton (Aho and Corasick)."""

from collections.abc import Iterator, Mapping

from ahocorasick_rs import AhoCorasick, MatchKind

from privacy.detection.recognizers.recognizer import UNBORDERED


class Vocabulary:
    """Words, each with a set of bits that says what it speaks for.

    A word matches as context words do (`recognizer.context_pattern`): at the start of a word; one of
    six letters and more anywhere; one of three and fewer only as a whole word. A digit may follow it.

    Args:
        masks: Lower-case word to bits.
    """

    def __init__(self, masks: Mapping[str, int]) -> None:
        self._automaton = AhoCorasick(list(masks), matchkind=MatchKind.Standard)
        self._words = [(mask, *_borders(word)) for word, mask in masks.items()]

    def found(self, text: str) -> Iterator[tuple[int, int]]:
        """Give the bits, and the place, of each word in a lower-case text."""
        length = len(text)
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            mask, needs_start, needs_end = self._words[index]
            if needs_start and start and _joins(text[start - 1]):
                continue
            if needs_end and end < length and _joins(text[end]):
                continue
            yield mask, start

    def speaks_for(self, text: str) -> int:
        """Give the bits of all words in a lower-case text."""
        bits = 0
        for mask, _ in self.found(text):
            bits |= mask
        return bits


def _joins(character: str) -> bool:
    return character.isalpha() and not UNBORDERED.match(character)


def _borders(word: str) -> tuple[bool, bool]:
    is_free = len(word) >= 6 or UNBORDERED.search(word) is not None
    return not is_free, len(word) <= 3 and not is_free and word[-1].isalnum()
