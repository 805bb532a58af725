"""Weighs what could be a Chinese name: its characters, how words lie in it, and what stands beside.

Weights are in half nats: a family name is as much likelier to be one as it is rarer as a word, a
given name's characters as much as they are commoner in names than in texts.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from privacy.detection.lexicons.word_classes import load
from privacy.detection.readers.chinese_cues import (
    CLOSERS,
    COMPOUND_SURNAMES,
    FUNCTION,
    HONORIFIC,
    LONG_HONORIFIC,
    OPENERS,
    is_role,
)
from privacy.detection.readers.chinese_not_names import NOT_NAMES
from privacy.detection.readers.chinese_places import Word

LEAST = 9
LEAST_CUED = 6
"""The weights from which on a candidate is a name, alone and beside a cue."""

SURE_FROM = 14

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_COMPOUND_INITIALS = frozenset(one[0] for one in COMPOUND_SURNAMES)
_SIZES = {(True, False): (1,), (True, True): (1, 2), (False, True): (2,)}
_COMPOUND = 9
_UNKNOWN = 0
_LINKING = frozenset(["p", "c", "d", "v", "r", "uj", "ul", "uz", "ud", "ug", "y", "zg", "df", "f"])
_TOPICS = frozenset(["n", "vn", "an", "q", "l", "i", "b", "ng"])


class Candidate(NamedTuple):
    """What could be a name.

    Attributes:
        cued: A cue, a role or an honorific stands beside it.
    """

    start: int
    end: int
    weight: int
    cued: bool


class Weights:
    """Weighs candidates in cut texts.

    Args:
        jieba: Tells which words its dictionary knows.
    """

    def __init__(self, jieba: Any) -> None:
        self._jieba = jieba
        odds = load("chinese")
        self._surnames = {key[1:]: int(odds[key]) for key in odds if key[0] == "s"}
        self._first, self._second, self._only = (
            {key[1:]: int(odds[key]) for key in odds if key[0] == place} for place in "120"
        )

    def given(self, name: str) -> int:
        """Weigh the characters of a given name of one or two characters."""
        if len(name) == 1:
            return self._only.get(name, _UNKNOWN)
        return self._first.get(name[0], _UNKNOWN) + self._second.get(name[1], _UNKNOWN)

    def candidates(
        self, text: str, words: Sequence[Word], cued: frozenset[int]
    ) -> Iterator[Candidate]:
        """Give every candidate that weighs enough.

        Args:
            text: In simplified characters.
            words: The text's words, all of them.
            cued: Where a cue for a name ends.
        """
        surnames = self._surnames
        owner: list[int] | None = None
        for at, one in enumerate(text):
            is_compound = one in _COMPOUND_INITIALS and text[at : at + 2] in COMPOUND_SURNAMES
            if one not in surnames and not is_compound:
                continue
            if owner is None:
                owner = [number for number, word in enumerate(words) for _ in range(len(word.text))]
            for size in _SIZES[one in surnames, is_compound]:
                for length in (2, 1):
                    end = at + size + length
                    if end > len(text) or not _HAN.fullmatch(text, at, end):
                        continue
                    # 丁总/说
                    is_titled = text[end - 1] in FUNCTION and HONORIFIC.fullmatch(
                        text, at + size, end - 1
                    )
                    if (
                        is_titled
                        or text[at:end] in COMPOUND_SURNAMES
                        or HONORIFIC.fullmatch(text, at + size, end)
                    ):
                        continue
                    weight = _COMPOUND if size == 2 else surnames[one]
                    weight += self.given(text[at + size : end])
                    if weight < 2:
                        continue
                    found = self._weighed(text, words, owner, at, end, weight, at in cued)
                    if found.weight >= (LEAST_CUED if found.cued else LEAST):
                        yield found

    def _weighed(
        self,
        text: str,
        words: Sequence[Word],
        owner: Sequence[int],
        start: int,
        end: int,
        weight: int,
        is_cued: bool,
    ) -> Candidate:
        first, last = words[owner[start]], words[owner[end - 1]]
        name = text[start:end]
        weight += self._aligned(words, owner, start, end)
        before = words[owner[start - 1]] if start else None
        after = words[owner[end]] if end < len(text) else None
        is_called = False
        if first.start == start or not self._jieba.has_word(first.text):
            if is_cued or (before is not None and first.start == start and is_role(before)):
                weight += 6
                is_cued = True
            elif before is first:
                pass
            elif before is None or before.tag == "x" or before.text in OPENERS:
                weight += 2
            elif before.tag in _LINKING:
                weight += 1
            elif before.tag == "m":
                weight -= 4
            elif before.tag == "ns" or before.tag[:1] in "an":
                weight -= 1
        rest = text[end : end + 4]
        if LONG_HONORIFIC.match(rest):
            weight += 7
            is_called = True
        elif last.end == end and after is not None:
            if after.tag == "x" or after.text in CLOSERS:
                weight += 2
            elif HONORIFIC.fullmatch(after.text):
                weight += 3
            elif after.tag in _LINKING:
                weight += 1
            elif after.tag in _TOPICS or after.tag == "m":
                weight -= 1
        elif after is None:
            weight += 2
        if name in NOT_NAMES:
            weight -= 8
        elif name[:2] in NOT_NAMES:
            weight -= 4
        if name[-1] in FUNCTION:
            weight -= 5
        return Candidate(start, end, weight, is_cued or is_called)

    def _aligned(self, words: Sequence[Word], owner: Sequence[int], start: int, end: int) -> int:
        """Weigh how the words' bounds and kinds fit a name from `start` to `end`."""
        first, last = words[owner[start]], words[owner[end - 1]]
        has = self._jieba.has_word
        if first is last and first.start == start and first.end == end:
            if first.tag[:2] == "nr":
                if end - start == 2 and has(first.text):
                    return -2  # 顾问, 高通: the dictionary tags many words as names
                return 4
            if not has(first.text):
                return 3 if end - start > 2 else 2
            # 孟非, 曾黎: in the dictionary as places and brands
            return -2 if first.tag in ("ns", "nz") else -9
        weight = 0
        if first.start < start:
            weight -= 9 if has(first.text) else 3
        if last.end > end:
            is_new = not has(last.text)
            weight -= 2 if is_new else 6
        for word in words[owner[start] : owner[end - 1] + 1]:
            inside = word.start >= start and word.end <= end
            if not inside or len(word.text) == 1:
                continue
            if word.tag == "m":
                weight -= 6
            elif word.tag[:2] == "nr" and word.start == start:
                weight += 1
            elif not has(word.text):
                continue
            elif word.start == start:
                weight -= 4 if word.tag[:2] != "ns" else 2  # 高血/压
            elif word.tag[:1] == "n":
                weight -= 0 if word.tag in ("nr", "nz", "ns", "nrt") else 2
            else:
                weight -= 2
        return weight
