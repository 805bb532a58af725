"""Reads Chinese, simplified and traditional: weighs what could be names, with cues and jieba's tags.

Who is called by less than a whole name is found by how: 小李, 王先生, 陈总, 李某某.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from privacy.detection.readers.chinese_cues import (
    COMPOUND_SURNAMES,
    CUE,
    FUNCTION,
    HONORIFIC,
    LONG_HONORIFIC,
    OPENERS,
    is_role,
)
from privacy.detection.readers.chinese_names import (
    COMMON_SURNAMES,
    FOREIGN,
    FOREIGN_GIVEN,
    NOT_FAMILIAR,
    NOT_FOREIGN,
    PLAIN_SURNAMES,
)
from privacy.detection.readers.chinese_not_names import NOT_NAMES
from privacy.detection.readers.chinese_places import (
    LIKELY,
    NAME,
    SURE,
    Word,
    organisations,
    places,
    take,
)
from privacy.detection.readers.chinese_weights import SURE_FROM, Weights
from privacy.detection.readers.traditional import simplified
from privacy.detection.spans import Reason, Span

_FOREIGN_NAME = re.compile(rf"[{FOREIGN}]{{1,8}}(?:[·•‧・](?:[{FOREIGN}]{{1,8}}|[A-Z]\.?)){{1,4}}")
_FOREIGN_WORD = re.compile(rf"[{FOREIGN}]{{2,8}}")
_PLACEHOLDERS = frozenset(["张三", "李四", "王五", "赵六"])
_NEVER_SURNAMES = frozenset("週於餘範後鐘製麵")
"""Traditional characters whose simplified forms are family names as well."""

_PREPOSITIONS = frozenset("向应包从于时连和同与安任常全边单曾")
_SURNAME = f"(?:{'|'.join(sorted(COMPOUND_SURNAMES))}|[{''.join(sorted(COMMON_SURNAMES))}])"
_MASKED = re.compile(
    rf"(?P<name>{_SURNAME}(?:某[某甲乙丙丁戊己庚一二三四五六]?\d?|[Xx×*○〇]{{1,2}}|[\u4e00-\u9fff]?[×*○〇]{{1,2}}[\u4e00-\u9fff]?))(?![\u4e00-\u9fff]?(?:种|个|些))"
)
_FAMILIAR = re.compile(rf"[小老阿大]{_SURNAME}")
_GIVEN_ALONE = 6
_GIVEN_TAGS = frozenset(["nr", "nrt", "nrfg", "nz", "x"])


class ChineseReader:
    """Finds people, places and organisations in Chinese texts."""

    def __init__(self) -> None:
        import rjieba

        self._jieba: Any = rjieba.Jieba()
        self._weights = Weights(self._jieba)

    def read(self, texts: Sequence[str]) -> list[list[Span]]:
        """Find the names in each text."""
        return [list(self._read(text)) if text.strip() else [] for text in texts]

    def _words(self, text: str) -> list[Word]:
        words = []
        at = 0
        for word, tag in self._jieba.tag(text, True):
            words.append(Word(at, at + len(word), word, tag))
            at += len(word)
        return words

    def _read(self, text: str) -> Iterator[Span]:
        plain = simplified(text)
        words = self._words(plain)
        people = {
            span: score
            for span, score in self._people(plain, words).items()
            if text[span[0]] not in _NEVER_SURNAMES
        }
        taken = bytearray(len(text))
        for (start, end), score in people.items():
            if score == SURE:
                take(taken, start, end)
        for start, end in organisations(words, taken):
            take(taken, start, end)
            yield Span(start, end, "ORGANIZATION", SURE, NAME, Reason.MODEL.value)
        for (start, end), score in people.items():
            if score == SURE or not taken[start]:
                take(taken, start, end)
                reason = Reason.MODEL if score == SURE else Reason.CUE
                yield Span(start, end, "PERSON", score, NAME, reason.value)
        yield from places(words, taken, self._jieba)

    def _people(self, text: str, words: Sequence[Word]) -> dict[tuple[int, int], float]:
        """Find people on characters of their own, the surest first."""
        named = bytearray(len(text))
        people: dict[tuple[int, int], float] = {}

        def add(start: int, end: int, score: float) -> None:
            if not any(named[start:end]):
                take(named, start, end)
                people[start, end] = score

        for pattern in (_MASKED, _FOREIGN_NAME):
            for match in pattern.finditer(text):
                add(match.start(), match.end(), SURE)
        cued = frozenset(match.end() for match in CUE.finditer(text))
        candidates = self._weights.candidates(text, words, cued)
        for one in sorted(candidates, key=lambda one: (-one.weight, one.start, -one.end)):
            add(one.start, one.end, SURE if one.weight >= SURE_FROM else LIKELY)
        for at in range(len(words)):
            found = self._called(words, at, is_cued=words[at].start in cued)
            if found is not None:
                add(words[at].start, found[0], found[1])
        for start, end in _repeated(text, people):
            add(start, end, SURE)
        return people

    def _called(self, words: Sequence[Word], at: int, *, is_cued: bool) -> tuple[int, float] | None:
        """Find what people are called by who are not named in full."""
        word = words[at]
        text = word.text
        after = words[at + 1] if at + 1 < len(words) else None
        both = text + (after.text if after is not None else "")
        familiar = self._familiar(word, both, after)
        if familiar is not None:
            return familiar
        honoured = re.match(rf"(?P<name>{_SURNAME}){LONG_HONORIFIC.pattern}", both)
        if honoured and honoured["name"] not in _PREPOSITIONS:
            end = word.start + honoured.end()
            if word.end <= end and (after is None or word.end == end or after.end == end):
                return end, SURE  # 王先生: without it hardly a name
        if text in FOREIGN_GIVEN:
            return word.end, LIKELY
        if text in NOT_NAMES or len(text) < 2:
            return None
        is_foreign = word.tag == "nrt" or (word.tag[:2] == "nr" and len(text) > 2)
        if is_foreign and _FOREIGN_WORD.fullmatch(text) and text[-1] not in "人族":
            if text in NOT_FOREIGN or (after is not None and after.text[0] in "语文族人"):
                return None
            return word.end, LIKELY
        return self._given(words, at, is_cued=is_cued)

    def _given(self, words: Sequence[Word], at: int, *, is_cued: bool) -> tuple[int, float] | None:
        """Find a given name alone, which takes a cue: 谢谢婉婷, 怡君小姐."""
        word = words[at]
        before = words[at - 1] if at else None
        after = words[at + 1] if at + 1 < len(words) else None
        if len(word.text) != 2 or word.text in NOT_NAMES:
            return None
        is_new = not self._jieba.has_word(word.text)
        if not (is_new or word.tag in _GIVEN_TAGS):
            return None
        weight = self._weights.given(word.text) - (0 if is_new or word.tag[:2] == "nr" else 1)
        if is_cued or (before is not None and is_role(before)):
            weight += 3
        elif before is not None and before.text in OPENERS:
            weight += 1
        elif before is not None and before.tag != "x":
            return None
        if after is not None and HONORIFIC.fullmatch(after.text):
            weight += 2
        return (word.end, LIKELY) if weight >= _GIVEN_ALONE else None

    def _familiar(self, word: Word, both: str, after: Word | None) -> tuple[int, float] | None:
        """Find what people call each other: 小李, 阿强, 陈工, 王姐."""
        end = word.start + 2
        if len(both) < 2:
            return None
        is_cut = end in (word.end, after and after.end) and len(word.text) <= 2
        # 丁总/说, joined by the tagger
        if not is_cut and not (len(word.text) == 3 and both[2] in FUNCTION and word.tag == "nr"):
            return None
        pair = both[:2]
        if pair in _PLACEHOLDERS or pair in FOREIGN_GIVEN:
            return end, LIKELY
        if pair in NOT_FAMILIAR:
            return None
        if _FAMILIAR.fullmatch(pair) and (pair[0] != "大" or pair[1] in PLAIN_SURNAMES):
            return end, LIKELY
        if pair[0] in "阿小" and self._weights.given(pair[1]) >= 3 and pair[1] not in FOREIGN:
            return end, LIKELY
        if pair[1] in "总工哥姐叔姨嫂爷董导":
            is_name = word.tag == "nr" or self._weights.given(pair[0]) >= 3
            if pair[0] in PLAIN_SURNAMES or (is_name and end == word.end):
                return end, LIKELY
        return None


def _repeated(text: str, people: dict[tuple[int, int], float]) -> Iterator[tuple[int, int]]:
    """Find again, wherever the tagger cut the text, names that are certain elsewhere in it."""
    sure = {
        text[start:end]
        for (start, end), score in people.items()
        if score == SURE and end - start >= 3
    }
    for name in sorted(sure):
        at = text.find(name)
        while at >= 0:
            yield at, at + len(name)
            at = text.find(name, at + len(name))


def reader() -> ChineseReader:
    """Make the reader; loads jieba's dictionary."""
    return ChineseReader()
