"""Reads every country's numbers at once: what it costs does not grow with the countries.

Places where a number can begin are found once; so are the words around each place, by one automaton
(Aho and Corasick) over the words of all countries. Tried at a place are only the shapes whose words
stand there, and, by one joint expression first, the few that prove themselves without a word.

How much a find is worth:

==============================  =============  ========  ===============
words near it                   check passed   no check  check failed
==============================  =============  ========  ===============
the number's own name           .95            .75       .5
its kind, in a local language   .9             .65       dropped
its kind, in English            .75            .45       dropped
none                            as declared    declared  dropped
==============================  =============  ========  ===============

In a text of the country's language a find is worth a little more, so that of two countries whose
numbers look alike the likelier one is named.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from privacy.detection.folding import lowered
from privacy.detection.recognizers.document_words import COMPANY, PASSPORT
from privacy.detection.recognizers.number import LETTERS, NationalNumber, bordered
from privacy.detection.recognizers.rivals import RIVALS
from privacy.detection.recognizers.vocabulary import Vocabulary
from privacy.detection.spans import Reason, Span

_LETTER = rf"[{LETTERS}ÑÄÖÜñäöü&*•#]"
_STARTS = re.compile(
    rf"(?<![A-Za-z0-9_])(?=[0-9]|{_LETTER}{{1,6}}[0-9]|{_LETTER}{{1,5}}[ №-]{{1,3}}(?:{_LETTER}{{1,4}}[ .-]{{0,2}})?[0-9])"
)
_NAMED, _LOCAL, _ABROAD, _NONE = range(4)
_PASSED = (0.95, 0.9, 0.75)
_UNCHECKED = (0.75, 0.65, 0.45)
_FAILED = 0.5
_HOME = 0.04
_LIKELY = 0.01
_RIVAL_WINDOW = 25
_TELLING = 0.8
_MOST_REMEMBERED = 4_096
_MOST_WINDOW, _CLOSE_WINDOW = 60, 35
_ENOUGH_DIGITS = 2
_LEAST_DISTINCT = 3
_DIGIT = re.compile("[0-9]")
_WORD_BEFORE = re.compile("[a-zа-я]+ ")


_Tried = tuple[Callable[[str, int], re.Match[str] | None], NationalNumber, int]


class _Row(NamedTuple):
    """One number with the words that speak for it, as sets of bits.

    Attributes:
        number: The number.
        named: Its own names.
        local: Its kind in the country's languages.
        abroad: Its kind in those and in English; a passport's in any; a company's only in those.
    """

    number: NationalNumber
    named: int
    local: int
    abroad: int


class _Proven(NamedTuple):
    """Numbers that need no word, and one expression that matches where one of them may.

    Attributes:
        joint: Matches wherever one of the numbers does.
        numbers: Each with the words by which it is found another way.
    """

    joint: re.Pattern[str]
    numbers: tuple[tuple[NationalNumber, int], ...]


class NumberScan:
    """Finds every country's numbers in a text.

    Args:
        numbers: All of them.
        threshold: Finds with a lower score do not count.
        regions: Countries, likeliest first: of two whose numbers look alike, the likelier is named.
    """

    def __init__(
        self, numbers: Sequence[NationalNumber], threshold: float, regions: Sequence[str] = ()
    ) -> None:
        self._threshold = threshold
        self._likelihood = {
            region: _LIKELY / (1 + place) for place, region in reversed(list(enumerate(regions)))
        }
        self._bits: dict[str, int] = defaultdict(int)
        self._topics: dict[object, int] = {}
        self._rival = self._topic("rival", RIVALS)
        self._rows = [self._row(one) for one in numbers]
        self._words = Vocabulary(self._bits)
        self._proven: dict[str, _Proven] = {}
        self._remembered: dict[tuple[int, int], tuple[_Tried, ...]] = {}

    def _row(self, number: NationalNumber) -> _Row:
        local = abroad = 0
        for kind in number.kinds:
            for language, words in kind.items():
                is_local = language in number.languages
                if is_local or (language == "en" and kind is not COMPANY) or kind is PASSPORT:
                    bit = self._topic((id(kind), language), words)
                    local |= bit if is_local else 0
                    abroad |= bit
        return _Row(number, self._topic(number.names, number.names), local, abroad)

    def _topic(self, key: object, words: Sequence[str]) -> int:
        if not words:
            return 0
        if key not in self._topics:
            bit = 1 << len(self._topics)
            self._topics[key] = bit
            for word in words:
                self._bits[word] |= bit
        return self._topics[key]

    def find(self, text: str, language: str = "und") -> list[Span]:
        """Find numbers in a folded text.

        Args:
            text: The text.
            language: BCP 47 primary; ``und`` where it is not known.
        """
        if sum(map(text.count, "0123456789")) < _ENOUGH_DIGITS:
            return []
        proven = self._proven.get(language) or self._proven_in(language)
        spans: list[Span] = []
        small = ""
        near, close, is_rivalled, end = 0, 0, False, -1
        for match in _STARTS.finditer(text):
            start = match.start()
            if start >= end:
                small = small or lowered(text)
                end = _end_of_number(small, start)
                near, close, is_rivalled = self._near(small, start, end)
            for match_at, number, level in self._tried(near, close):
                found = match_at(text, start)
                if found is not None:
                    spans.extend(self._graded(number, level, found, language, is_rivalled))
            if proven.joint.match(text, start):
                for number, words in proven.numbers:
                    found = None if near & words else number.expression.match(text, start)
                    if found is not None:
                        spans.extend(self._graded(number, _NONE, found, language, is_rivalled))
        return list(dict.fromkeys(spans))

    def _proven_in(self, language: str) -> _Proven:
        """Give the numbers that prove themselves with no word near them, in texts of a language."""
        rows = [row for row in self._rows if row.number.worth_in(language) >= self._threshold]
        shapes = dict.fromkeys(_uncaptured(row.number.shape) for row in rows)
        # No shape at all must match nothing.
        joint = re.compile(bordered("|".join(shapes) or r"(?!)"), re.ASCII | re.IGNORECASE)
        numbers = tuple((row.number, row.named | row.abroad) for row in rows)
        self._proven[language] = _Proven(joint, numbers)
        return self._proven[language]

    def _near(self, small: str, start: int, end: int) -> tuple[int, int, bool]:
        """Give words around a place and close to it, as bits, and if one says it is another thing."""
        at = max(0, start - _MOST_WINDOW)
        window = small[at : end + _MOST_WINDOW // 3]
        near, close, is_rivalled = 0, 0, False
        for mask, begin in self._words.found(window):
            near |= mask
            if at + begin >= start - _CLOSE_WINDOW:
                close |= mask
            if mask & self._rival and start - _RIVAL_WINDOW <= at + begin < start:
                is_rivalled = True
        return near & ~self._rival, close & ~self._rival, is_rivalled

    def _tried(self, near: int, close: int) -> tuple[_Tried, ...]:
        """Give the numbers those words speak for, each with how clearly."""
        known = self._remembered.get((near, close))
        if known is None:
            found = []
            for row in self._rows:
                words = close if row.number.window < _MOST_WINDOW else near
                if words & (row.named | row.abroad):
                    level = _NAMED if words & row.named else _LOCAL
                    level = level if words & (row.named | row.local) else _ABROAD
                    found.append((row.number.expression.match, row.number, level))
            known = tuple(found)
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[near, close] = known
        return known

    def _graded(
        self,
        number: NationalNumber,
        level: int,
        match: re.Match[str],
        language: str,
        is_rivalled: bool,
    ) -> Iterator[Span]:
        value = match[0]
        is_home = language in number.languages
        is_valid = number.is_checked(value)
        if is_valid is None and (_WORD_BEFORE.match(value) or len(set(value)) < _LEAST_DISTINCT):
            return  # "passport is 1234567", "5555555"
        if level == _NONE:
            if is_valid is False or _is_part(match):
                return
            score = number.worth_in(language)
            if is_rivalled and score < _TELLING:
                return
            reason = Reason.PATTERN if is_valid is None else Reason.CHECKSUM
        elif is_rivalled and (level == _ABROAD or number.most < 1):
            return
        elif is_valid is False:
            if level != _NAMED:
                return
            score, reason = _FAILED, Reason.CONTEXT
        else:
            worth = _UNCHECKED if is_valid is None else _PASSED
            score = max(worth[level], number.alone)
            reason = Reason.CONTEXT if is_valid is None else Reason.CHECKSUM
        if is_home and level != _NONE:
            score += _HOME / (1 + number.languages.index(language))
        if level != _NONE:
            score += self._likelihood.get(number.country, 0.0)
        score = min(score, number.most)
        if score >= self._threshold:
            start, end = match.span("value") if "value" in match.re.groupindex else match.span()
            yield Span(start, end, number.entity, score, number.label, reason.value)


def _uncaptured(shape: str) -> str:
    """Give a shape whose back-references stand for any separator: enough to look ahead."""
    loose = re.sub(r"(?<!\\)\((?!\?)", "(?:", shape)
    return re.sub(r"\\[1-9](?!\d)", r"[ ./-]?", re.sub(r"\(\?P<\w+>", "(?:", loose))


def _end_of_number(text: str, start: int) -> int:
    end = start
    for match in _DIGIT.finditer(text, start, start + 30):
        if match.start() - end > 8:
            break
        end = match.end()
    return end


def _is_part(match: re.Match[str]) -> bool:
    """Tell whether a number without a word stands within a longer row of numbers."""
    text, value = match.string, match[0]
    if not value.isdigit() and " " not in value:
        return False
    start, end = match.span()
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (len(before) == 2 and before[1] in " ./-" and before[0].isdigit()) or (
        len(after) == 2 and after[0] in " ./-" and after[1].isdigit()
    )
