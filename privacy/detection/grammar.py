"""Names by what stands next to what: words get classes, and rules read the classes.

For languages without a model. Every word becomes one letter (a given name, a title, an ordinary
word …), so that a rule is a regular expression over a string as long as the text has words, and a
match leads straight back to the words.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from privacy.detection.spans import Reason, Span

BARRIER = "|"
"""Class of punctuation and line ends: no name goes on beyond it."""

FIELD = ":"
"""Class of a colon, which is what stands before the value of a field."""

JOINED = "&"
"""Class of a particle written together with the word after it."""

WITHIN_CUE = "q"
"""Class of every word of a cue."""


class Rule(NamedTuple):
    """One shape of a name.

    Attributes:
        pattern: Over classes; group 1 is the name, the rest is what must stand around it.
        entity: Type of what is found.
        score: 0 to 1.
        reason: One of `Reason`.
    """

    pattern: re.Pattern[str]
    entity: str
    score: float
    reason: str = Reason.PATTERN.value


def rule(pattern: str, entity: str, score: float, reason: Reason = Reason.PATTERN) -> Rule:
    """Make a rule; blanks in the pattern are for the eye only."""
    return Rule(re.compile(pattern.replace(" ", "")), entity, score, reason.value)


class Phrases:
    """Names of several words, such as ``سيدي بلعباس``, found by their first.

    Args:
        classes: From a phrase in normal form, its words set apart by one blank, to its class.
    """

    def __init__(self, classes: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, kind in classes.items():
            first, *rest = phrase.split(" ")
            self._by_first.setdefault(first, []).append((tuple(rest), kind))
        for known in self._by_first.values():
            known.sort(key=lambda one: -len(one[0]))

    def starting(self, keys: Sequence[str], at: int) -> tuple[int, str] | None:
        """Give the number of words and the class of the longest phrase that begins at a word."""
        for rest, kind in self._by_first.get(keys[at], ()):
            if tuple(keys[at + 1 : at + 1 + len(rest)]) == rest:
                return len(rest) + 1, kind
        return None


class Grammar(NamedTuple):
    """What a language's names look like.

    Attributes:
        word: Matches one word, which is its group 1, or one mark that no name goes beyond.
        key: Gives a word's normal form.
        classify: From a word as written and its normal form to a class, one letter, and to how
            many characters at its beginning are another word.
        cues: Matches text that announces a name. The class of its end is the name of the group
            that matched. None where rules need none.
        rules: Tried each for itself; overlaps are the detector's to settle.
        phrases: Known names of several words.
    """

    word: re.Pattern[str]
    key: Callable[[str], str]
    classify: Callable[[str, str], tuple[str, int]]
    cues: re.Pattern[str] | None
    rules: tuple[Rule, ...]
    phrases: Phrases = Phrases({})


class GrammarReader:
    """Reads texts by a grammar.

    Args:
        name: What its spans call it.
        grammar: Of the language.
    """

    def __init__(self, name: str, grammar: Grammar) -> None:
        self._name = name
        self._grammar = grammar

    def read(self, texts: Sequence[str]) -> list[list[Span]]:
        """Find the names in each text; see `Reader.read`."""
        return [self._read_one(text) for text in texts]

    def _read_one(self, text: str) -> list[Span]:
        grammar = self._grammar
        places, classes = self._classes(text)
        if not places:
            return []
        found = []
        for pattern, entity, score, reason in grammar.rules:
            for match in pattern.finditer(classes):
                first, last = match.span(1)
                if first < last:
                    start, end = places[first][0], places[last - 1][1]
                    found.append(Span(start, end, entity, score, self._name, reason))
        return found

    def _classes(self, text: str) -> tuple[list[tuple[int, int]], str]:
        """Give the place in the text of every letter of the class string, and the string."""
        grammar = self._grammar
        cues = [] if grammar.cues is None else list(grammar.cues.finditer(text))
        marks: list[tuple[int, int, str]] = []  # start, end, normal form; none of a barrier
        for match in grammar.word.finditer(text):
            word = match[1]
            marks.append((*match.span(), grammar.key(word) if word else ""))
        keys = [key for _, _, key in marks]
        places: list[tuple[int, int]] = []
        classes: list[str] = []
        next_cue = 0
        at = 0
        while at < len(marks):
            start, end, key = marks[at]
            while next_cue < len(cues) and start >= cues[next_cue].end():
                places.append((start, start))
                classes.append(cues[next_cue].lastgroup or "")
                next_cue += 1
            width, joined = 1, 0
            if next_cue < len(cues) and start >= cues[next_cue].start():
                kind = WITHIN_CUE
            elif not key:
                kind = FIELD if text[start] == FIELD else BARRIER
            elif phrase := grammar.phrases.starting(keys, at):
                width, kind = phrase
                end = marks[at + width - 1][1]
            else:
                kind, joined = grammar.classify(text[start:end], key)
                if joined:
                    places.append((start, start + joined))
                    classes.append(JOINED)
            places.append((start + joined, end))
            classes.append(kind)
            at += width
        return places, "".join(classes)
