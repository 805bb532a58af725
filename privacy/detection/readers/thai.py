"""Reads Thai: PyThaiNLP cuts words, with people's names among its words; titles and cues decide.

Thai writes no blanks between words and one between given and family name. Many names are words:
outside of a title's or a cue's reach only a given name beside a family name is a person.
"""

import importlib.util
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from privacy.detection.readers.thai_names import (
    AMBIGUOUS_PLACES,
    COURTS,
    CUES,
    FAMILIAR_TITLES,
    FAMILY_BEGINNING,
    FORMAL_TITLE,
    MORE_PLACES,
    NICKNAMES,
    NOT_GIVEN,
    NOT_ORGANISATION,
    ORGANISATION_PREFIX,
    PARTICLES,
    PLACE_PREFIX,
    ROLES,
    SCHOOLS,
    STOPS,
    WEAK_CUES,
)
from privacy.detection.spans import Reason, Span

NAME = "ThaiNames"
_SURE = 0.85
_LIKELY = 0.6

_THAI = re.compile(r"[\u0e01-\u0e4e]+")
_COMPANY = re.compile(
    r"(?:บริษัท|ห้างหุ้นส่วนจำกัด|หจก\.|บจก\.|บมจ\.) ?[^\n,;:\"']{2,60}? ?จำกัด(?: ?\(มหาชน\))?"
)


# The dictionary knows some in one word.
_ORGANISATION = re.compile(
    r"(?:โรงพยาบาล|มหาวิทยาลัย|ธนาคาร|โรงเรียน|กระทรวง|วิทยาลัย)[\u0e01-\u0e4e]{3,}"
)


_ROW = re.compile(r"[,;:/] ?$")
_ROW_END = re.compile(r" ?(?:[,;/\n]|$)")


class _Word(NamedTuple):
    start: int
    end: int
    text: str


class ThaiReader:
    """Finds people, places and organisations in Thai texts."""

    def __init__(self) -> None:
        _keep_pythainlp_still()
        from pythainlp.corpus import (
            countries,
            provinces,
            thai_family_names,
            thai_female_names,
            thai_male_names,
            thai_words,
        )
        from pythainlp.tokenize.newmm import segment
        from pythainlp.util import Trie

        regions = frozenset(str(one) for one in provinces())
        self._vocabulary: frozenset[str] = frozenset(thai_words())
        self._given = (
            {one for one in thai_female_names() | thai_male_names() if len(one) >= 2}
            - NOT_GIVEN
            - MORE_PLACES
        )
        self._family: frozenset[str] = frozenset(thai_family_names())
        self._places = (
            {one for one in regions | countries() if len(one) > 2} | MORE_PLACES
        ) - AMBIGUOUS_PLACES
        self._provinces: frozenset[str] = regions
        self._segment: Any = segment
        self._trie: Any = Trie(
            self._vocabulary
            | {one for one in self._given if len(one) >= 4}
            | {one for one in self._family if len(one) >= 5}
            | self._places
        )

    def read(self, texts: Sequence[str]) -> list[list[Span]]:
        """Find the names in each text."""
        return [list(self._read(text)) if _THAI.search(text) else [] for text in texts]

    def _words(self, text: str) -> list[_Word]:
        found = []
        at = 0
        for one in self._segment(text, self._trie, True):
            start = text.find(one, at)
            if start < 0:
                continue
            at = start + len(one)
            found.append(_Word(start, at, one))
        return found

    def _read(self, text: str) -> Iterator[Span]:
        words = self._words(text)
        done = 0
        for at, word in enumerate(words):
            if word.start < done:
                continue
            found = self._person(words, at, text)
            if found is None:
                continue
            start, end, score = found
            done = end
            reason = Reason.MODEL if score == _SURE else Reason.CUE
            yield Span(start, end, "PERSON", score, NAME, reason.value)
        yield from self._others(words, text)

    def _person(self, words: Sequence[_Word], at: int, text: str) -> tuple[int, int, float] | None:
        word = words[at]
        title = FORMAL_TITLE.match(text, word.start)
        if title and (title[0][-1] == "." or title[0] == word.text):
            return self._named(words, _after(words, at, title.end(), text), text, "formal")
        if word.text in FAMILIAR_TITLES:
            return self._named(words, at + 1, text, "familiar")
        if word.text in ROLES:
            found = self._named(words, _after(words, at, word.end, text), text, "role")
            if found is not None:
                return found
        if word.text in CUES:
            kind = "weak" if word.text in WEAK_CUES else "cue"
            return self._named(words, _after(words, at, word.end, text), text, kind)
        return self._alone(words, at, text)

    def _named(
        self, words: Sequence[_Word], at: int, text: str, kind: str
    ) -> tuple[int, int, float] | None:
        """Read the name that begins with a word, behind a title or a cue."""
        if at >= len(words):
            return None
        first = words[at]
        if not _THAI.fullmatch(first.text):
            return None
        if kind in ("cue", "weak", "role") and (
            first.text in FAMILIAR_TITLES or FORMAL_TITLE.match(text, first.start)
        ):
            return None  # the title speaks for itself
        after = self._longest(words, at, self._given, 5)
        is_known = after > at
        if not is_known and kind == "familiar" and first.text in NICKNAMES:
            return first.start, first.end, _LIKELY
        follows = words[after].text if after < len(words) else ""
        if is_known and kind in ("formal", "cue") and follows not in self._vocabulary:
            # a known name may be only the beginning: ธง of ธงสวัสดิ์
            after = max(after, self._unknown(words, at, 5, "formal"))
        if not is_known:
            if first.text in NOT_GIVEN or first.text in STOPS:
                return None
            if kind in ("weak", "role"):
                return None
            after = self._unknown(words, at, 3 if kind == "familiar" else 5, kind)
            if after == at:
                return None
        elif (
            kind == "role"
            and not self._is_behind(text[first.start : words[after - 1].end], words[at - 1])
        ) or (
            kind == "familiar" and not self._is_nickname(text[first.start : words[after - 1].end])
        ):
            return None
        end = words[after - 1].end
        family = self._family_name(words, after, text, is_trusted=kind not in ("familiar", "role"))
        if kind == "weak" and family <= after:
            return None
        if family > after:
            return first.start, words[family - 1].end, _SURE
        if not is_known and kind == "formal" and first.text in self._vocabulary:
            return None  # นาง is also how people say "she"
        if end - first.start < 2:
            return None
        is_word = text[first.start : end] in self._vocabulary
        score = _SURE if kind == "formal" or (is_known and not is_word) else _LIKELY
        return first.start, end, score

    def _is_behind(self, name: str, role: _Word) -> bool:
        """Tell a given name behind a role from a word; behind a mere particle it must be no word."""
        return len(name) >= 4 and (
            role.text not in PARTICLES or len(name) >= 7 or name not in self._vocabulary
        )

    def _is_nickname(self, name: str) -> bool:
        """Tell a name people are called by from a short everyday word that also is one."""
        return name in NICKNAMES or len(name) > 3 or name not in self._vocabulary

    def _unknown(self, words: Sequence[_Word], at: int, most: int, kind: str) -> int:
        """Give the end of a given name that no list has."""
        after = at
        while (
            after < len(words)
            and after - at < most
            and _THAI.fullmatch(words[after].text)
            and words[after].text not in STOPS
            and words[after].text not in FAMILIAR_TITLES
        ):
            after += 1
        run = words[at:after]
        if not run or run[-1].end - run[0].start > 20:
            return at
        fresh = [word.text not in self._vocabulary for word in run]
        if kind == "formal":
            return after
        if kind == "cue":
            # ชื่อ goes on with a word more often than with a name: all of it must be unknown
            closed = after == len(words) or not _THAI.match(words[after].text)
            closed = closed or words[after].text in STOPS
            is_named = fresh[0] or run[0].text in NICKNAMES
            return after if closed and is_named and len(run) <= 4 else at
        if not fresh[0] or len(run[0].text) < 2:
            return at
        while after > at + 1 and not fresh[after - at - 1]:
            after -= 1
        return after if all(fresh[: after - at]) else at + 1

    def _family_name(self, words: Sequence[_Word], at: int, text: str, *, is_trusted: bool) -> int:
        """Give the end of the family name behind a given name, `at` where there is none."""
        if at + 1 >= len(words) or words[at].text != " ":
            return at
        first = words[at + 1]
        if not _THAI.fullmatch(first.text):
            return at
        after = self._longest(words, at + 1, self._family, 6)
        if after > at + 1 and words[after - 1].end - first.start >= 3:
            return after
        if first.text in STOPS or first.text in NOT_GIVEN:
            return at
        if not is_trusted and not FAMILY_BEGINNING.match(first.text):
            return at
        after = at + 1
        while (
            after < len(words)
            and after - at <= 6
            and _THAI.fullmatch(words[after].text)
            and (words[after].text not in STOPS or (not is_trusted and words[after].text == "ดี"))
        ):
            after += 1
        if not is_trusted and after < len(words) and _THAI.match(words[after].text):
            return at
        size = words[after - 1].end - first.start
        return after if 3 <= size <= 22 else at

    def _longest(
        self, words: Sequence[_Word], at: int, known: frozenset[str] | set[str], most: int
    ) -> int:
        """Give the end of the longest run of words that together are on a list."""
        text = ""
        best = at
        for after in range(at, min(at + most, len(words))):
            text += words[after].text
            if text in known:
                best = after + 1
        return best

    def _alone(self, words: Sequence[_Word], at: int, text: str) -> tuple[int, int, float] | None:
        """Find a given and a family name that stand without title, and unmistakable given names."""
        word = words[at]
        if word.text not in self._given or len(word.text) < 4:
            return None
        is_word = word.text in self._vocabulary
        before = words[at - 1].text if at else " "
        family = self._family_name(words, at + 1, text, is_trusted=False)
        if family > at + 1:
            surname = text[words[at + 2].start : words[family - 1].end]
            ends = (
                family == len(words)
                or not _THAI.match(words[family].text)
                or words[family].text in STOPS
            )
            if (
                ends
                and len(surname) >= 4
                and (not is_word or surname not in self._vocabulary or not at)
            ):
                return word.start, words[family - 1].end, _SURE
        begins = not before.strip() or before in STOPS or before in self._vocabulary
        if not is_word and len(word.text) >= 5 and begins:
            return word.start, word.end, _LIKELY
        # วิภา, เอกชัย: a name that is a word as well, in a row of names
        if (
            len(word.text) >= 4
            and (_ROW.search(text, 0, word.start) or text[word.start - 1 : word.start] == "@")
            and _ROW_END.match(text, word.end)
        ):
            return word.start, word.end, _LIKELY
        return None

    def _others(self, words: Sequence[_Word], text: str) -> Iterator[Span]:
        taken = 0
        spans: list[tuple[int, int, str]] = [
            (*match.span(), "ORGANIZATION") for match in _COMPANY.finditer(text)
        ]
        spans += [(*match.span(), "ORGANIZATION") for match in COURTS.finditer(text)]
        for at, word in enumerate(words):
            if word.text in ORGANISATION_PREFIX:
                end = self._organisation(words, at)
                if end:
                    spans.append((word.start, end, "ORGANIZATION"))
            elif _ORGANISATION.match(word.text) and word.text not in NOT_ORGANISATION:
                spans.append((word.start, word.end, "ORGANIZATION"))
            elif PLACE_PREFIX.fullmatch(word.text):
                place = _after(words, at, word.end, text)
                if place < len(words) and _THAI.fullmatch(words[place].text):
                    name = words[place]
                    if name.text in self._provinces and text.endswith("ศาล", 0, word.start):
                        spans.append((word.start - 3, name.end, "ORGANIZATION"))
                        continue
                    if (
                        name.text in self._provinces
                        or (
                            name.text not in STOPS
                            and name.text not in NOT_GIVEN
                            and len(name.text) > 2
                            and word.text not in ("เมือง", "เกาะ", "เขต", "ประเทศ")
                        )
                        or name.text in self._places
                    ):
                        spans.append((name.start, name.end, "LOCATION"))
            elif word.text in self._places:
                spans.append((word.start, word.end, "LOCATION"))
        for start, end, entity in sorted(spans, key=lambda one: (one[0], -one[1])):
            if start < taken:
                continue
            taken = end
            yield Span(start, end, entity, _SURE, NAME, Reason.MODEL.value)

    def _organisation(self, words: Sequence[_Word], at: int) -> int:
        after = at + 1
        if after < len(words) and words[after].text == " ":
            after += 1
        first = after
        while (
            after < len(words)
            and after - first < 5
            and _THAI.fullmatch(words[after].text)
            and words[after].text not in STOPS
        ):
            after += 1
        run = words[first:after]
        if not run or run[0].text in NOT_GIVEN or run[0].text in NOT_ORGANISATION:
            return 0
        is_word = run[0].text in self._vocabulary and run[0].text not in self._places
        if is_word and len(run) > 1 and words[at].text not in SCHOOLS:
            return 0  # a sentence that goes on
        return run[0].end if is_word else run[-1].end


def _after(words: Sequence[_Word], at: int, end: int, text: str) -> int:
    """Give the word behind a title, a blank or a colon between them or not."""
    after = at + 1
    while after < len(words) and (
        words[after].start < end or words[after].text in (" ", ":", ": ")
    ):
        after += 1
    return after


def _keep_pythainlp_still() -> None:
    """Let PyThaiNLP be imported without making a folder in the home directory, or ever a download.

    It asks its module of paths, which is made before it and told that all is read-only and offline.
    """
    name = "pythainlp.tools.path"
    if "pythainlp" in sys.modules:
        return
    package = importlib.util.find_spec("pythainlp")
    if package is None or not package.submodule_search_locations:
        return  # the import that follows says so
    file = Path(package.submodule_search_locations[0], "tools", "path.py")
    found = importlib.util.spec_from_file_location(name, file)
    if found is None or found.loader is None:
        return
    paths = importlib.util.module_from_spec(found)
    sys.modules[name] = paths
    found.loader.exec_module(paths)
    paths.__dict__.update(is_read_only_mode=lambda: True, is_offline_mode=lambda: True)


def reader() -> ThaiReader:
    """Make the reader; loads PyThaiNLP's words and names."""
    return ThaiReader()
