"""Reads names of people and places without a model: by lists, shapes and neighbours.

For languages written in Latin letters. Evidence is added up: a given name that is no ordinary word
counts for much, one that is (``Rose``, ``Deniz``, ``Putra``) for little, a capital letter in the
middle of a sentence for something, a title or a role before it for more. What stays under the
bar is not reported. Where every noun is capitalised or nothing is, a capital says nothing.
"""

import re
from collections.abc import Iterator, Sequence

from privacy.detection.lexicons.context_words import (
    INSTITUTIONS,
    PLACE_NOUNS_AFTER,
    PLACE_NOUNS_BEFORE,
    context_words,
)
from privacy.detection.lexicons.lexicon import (
    CITY,
    COMMON_FAMILY,
    FAMILY,
    GIVEN,
    LARGE_CITY,
    RARE_FAMILY,
    RARE_GIVEN,
    REGION,
    TOWN,
    WELL_KNOWN,
    Lexicon,
)
from privacy.detection.lexicons.plain import plain
from privacy.detection.readers.name_tokens import Shape, Token, is_shouted, tokens
from privacy.detection.spans import Reason, Span

RECOGNIZER = "LexiconReader"
_BAR = 2.0
_MOST_WORDS = 5
_NAME_ENDINGS = {
    "pl": re.compile(
        r"(?:[scd]k|[scd]zk)(?:i|a|iego|iemu|im|iej|a|ich|imi)$|wicz(?:a|owi|em|u|ow)?$"
    ),
    "tr": re.compile(r"oglu$|ogullari$|[^aeiou]ye?v$|[eo]va?$|insk[iy]$"),
}
_ANY_ENDING = re.compile(r"(?:[lwn]sk[iya]|owicz|enko|ovic|opoulos|idze|shvili|sson|poulou|escu)$")
_LINK = re.compile(r"[ \u00a0]{1,2}")
_NEAR_GAP = re.compile(r"[\s,:(.\"'’–-]{1,4}")
_WITH = frozenset(
    [
        "with",
        "tell",
        "told",
        "ask",
        "asked",
        "met",
        "mit",
        "avec",
        "con",
        "com",
        "met",
        "sama",
        "dengan",
        "bersama",
        "bilang",
    ]
)
_JOINING = frozenset(["y", "e", "a", "al", "la", "le", "te"])
_IN_TURKISH = frozenset(
    ["da", "de", "ta", "te", "dan", "den", "tan", "ten", "ya", "ye", "a", "e", "daki", "deki"]
)


class LexiconReader:
    """Finds persons and places in texts of one language; not safe to share between threads.

    Args:
        language: BCP 47; of a language without a list of ordinary words only what is certain.
    """

    def __init__(self, language: str) -> None:
        self._lexicon = Lexicon(language)
        self._language = self._lexicon.language
        self._beside = context_words(self._language)
        self._capitals_count = self._language != "de" and self._lexicon.has_words
        self._ending = _NAME_ENDINGS.get(self._language, _ANY_ENDING)

    def read(self, texts: Sequence[str]) -> list[list[Span]]:
        """Find the names in each text."""
        return [list(self._read(text)) for text in texts]

    def _read(self, text: str) -> Iterator[Span]:
        small = plain(text)
        words = tokens(text, small, self._lexicon)
        if not words:
            return
        if is_shouted(words):
            words = [word._replace(shape=Shape.LOWER) for word in words]
        has_capitals = any(word.shape is not Shape.LOWER and not word.is_first for word in words)
        persons: list[tuple[int, int, float]] = []
        at = 0
        while at < len(words):
            word = words[at]
            if word.shape is Shape.LOWER:
                found = self._lower_case(words, at, has_capitals=has_capitals)
                if not found and word.key in self._beside.places and not has_capitals:
                    yield from self._lower_place(words, at + 1, small)
            else:
                past = self._past_brand(words, at, small)
                if past > at:
                    at = past
                    continue
                found = self._capitalised(words, at, small)
            if found is not None:
                first, last, score = found
                if score >= _BAR:
                    persons.append(found)
                    yield self._span(words, first, last, "PERSON", score)
                    at = last + 1
                    continue
                if last >= at and score < 0:  # a place, to be told apart below
                    yield self._span(words, first, last, "LOCATION", -score)
                    at = last + 1
                    continue
            at += 1
        yield from self._again(words, persons)

    # Persons

    def _capitalised(
        self, words: Sequence[Token], at: int, small: str
    ) -> tuple[int, int, float] | None:
        """Weigh the row of capitalised words that begins here: a person, a place (a negative
        score), or nothing.
        """
        word = words[at]
        if self._is_title(words, at) and at + 1 < len(words) and self._is_linked(words, at + 1):
            return None  # the name after it is weighed with it
        if self._is_no_name(word, is_alone=False) and not self._lexicon.place_at(small, word.start)[1]:  # fmt: skip
            return None
        row = self._row(words, at, small)
        place_end, place_bits = self._lexicon.place_at(small, word.start)
        place_last = self._past(words, at, place_end) - 1 if place_bits else at - 1
        person = self._weigh(words, row, at)
        if place_bits:
            is_longer = place_last > at and place_last >= row[-1]
            score = self._place(words, at, place_last, place_bits)
            if is_longer or (
                score and (person is None or person[2] < _BAR or self._is_rather_place(words, row, at, place_bits))
            ):  # fmt: skip
                return (at, place_last, -score) if score else None
        elif not word.is_word and len(row) < 3 and self._has_place_noun(words, at, row[-1]):
            return at, row[-1], -0.6
        return person

    def _past_brand(self, words: Sequence[Token], at: int, small: str) -> int:
        """Give the position after a brand that begins here, `at` if none does.

        Some are given names, and are these where a family name follows: ``Mercedes Ruiz``.
        """
        end = self._lexicon.brand_at(small, words[at].start)
        past = self._past(words, at, end)
        if past == at + 1 and words[at].bits & (GIVEN | FAMILY):
            if self._before(words, at) >= 1.5:
                return at
            if words[at].bits & GIVEN and past < len(words) and self._is_linked(words, past):
                follower = words[past]
                if follower.bits & FAMILY and follower.shape is not Shape.LOWER and not follower.is_word:  # fmt: skip
                    return at
        return past

    def _row(self, words: Sequence[Token], at: int, small: str) -> list[int]:
        """Give the positions of the capitalised words that follow each other from here on."""
        row = [at]
        nxt = at + 1
        while nxt < len(words) and len(row) < _MOST_WORDS and self._is_linked(words, nxt):
            word = words[nxt]
            if word.shape is Shape.LOWER or word.shape is Shape.MIXED:
                nxt = self._past_particles(words, nxt, small)
                if not nxt:
                    break
                word = words[nxt]
            elif self._is_barrier(words, nxt, len(row), small):
                break
            row.append(nxt)
            nxt += 1
        return row

    def _past_particles(self, words: Sequence[Token], at: int, small: str) -> int:
        """Give the position of the capitalised word after ``van der``, 0 if that is no name's."""
        beside = self._beside
        past = at
        while (
            past < len(words)
            and past - at < 3
            and words[past].shape is Shape.LOWER
            and words[past].key in beside.particles
            and self._is_linked(words, past)
        ):
            past += 1
        if past in (at, len(words)) or not self._is_linked(words, past):
            return 0
        follower = words[past]
        if follower.shape not in (Shape.CAPITAL, Shape.UPPER):
            return 0
        if past == at + 1:
            if words[at].key in _JOINING and (words[at - 1].is_word or follower.is_word):
                return 0
            if words[at].key in beside.places and (
                self._language in ("pl", "id", "tr")
                or self._lexicon.place_at(small, follower.start)[1] & (CITY | LARGE_CITY | REGION)
            ):
                return 0
        return past

    def _is_barrier(self, words: Sequence[Token], at: int, count: int, small: str) -> bool:
        """Tell whether a capitalised word begins something else than the name before it."""
        word = words[at]
        if not word.bits & FAMILY and self._lexicon.brand_at(small, word.start) > word.start:
            return True
        bits = self._lexicon.place_bits(word.key)
        if not bits:
            return False
        if self._is_turkish_place(words, at) and bits & (LARGE_CITY | REGION | CITY):
            return not word.bits & COMMON_FAMILY
        return count > 1 and bool(bits & (LARGE_CITY | REGION)) and not word.bits & (GIVEN | FAMILY)

    def _is_linked(self, words: Sequence[Token], at: int) -> bool:
        """Tell whether a word can go on with the name the word before it belongs to."""
        gap = words[at].gap
        before = words[at - 1]
        if _LINK.fullmatch(gap):
            return True
        if gap in (". ", "."):
            return not words[at].is_first and (
                before.shape is Shape.INITIAL or before.key in self._beside.titles
            )
        return gap in ("'", "’") and before.key in (
            "o", "d", "l", "dell", "dall", "n", "m", "al", "el",
        )  # fmt: skip

    def _weigh(
        self, words: Sequence[Token], row: list[int], at: int
    ) -> tuple[int, int, float] | None:
        beside = self._beside
        before = self._before(words, at)
        names = list(row)
        while names and self._is_no_name(words[names[0]], is_alone=len(names) == 1):
            if words[names[0]].key in beside.roles or words[names[0]].key in beside.titles:
                before = max(before, 1.5)
            names.pop(0)
        bonus = 0.0
        while len(names) > 1:
            last = words[names[-1]]
            if last.key in beside.titles_after:
                bonus = 1.5
                break
            if not last.is_word or last.bits & (FAMILY | GIVEN | RARE_FAMILY):
                break
            if len(names) == 2 and self._may_be_family(words, names):
                break
            names.pop()
        if not names:
            return None
        first, last = names[0], names[-1]
        if (
            not bonus
            and last + 1 < len(words)
            and words[last + 1].key in beside.titles_after
            and self._is_linked(words, last + 1)
        ):
            bonus, last = 1.5, last + 1
        is_label = first == 0 or "\n" in words[first].gap or "]" in words[first].gap
        weighed = [words[one] for one in names if words[one].key not in beside.titles_after]
        if not weighed:
            return None
        given = [self._given(word) for word in weighed]
        family = [self._family(word) for word in weighed]
        best = max(range(len(weighed)), key=lambda one: given[one] - family[one])
        score = given[best] + sum(value for one, value in enumerate(family) if one != best)
        if given[best] < family[best]:
            score = sum(family)
        if len(weighed) > 1:
            score += self._together(weighed, best)
            if self._capitals_count and not words[first].is_first:
                score += 0.4
            if any(words[one].key in INSTITUTIONS for one in row[row.index(first) :]):
                score -= 2.0
        elif self._capitals_count and not weighed[0].is_first and not weighed[0].is_word:
            score += 0.3
            if self._is_declined(words, last) and weighed[0].bits & (FAMILY | RARE_FAMILY):
                score += 0.6
        if bonus and max(max(given), max(family)) < 0.5:
            bonus = 0.0
        if is_label and before == 0 and last + 1 < len(words) and words[last + 1].gap[:1] == ":":
            bonus += 1.2 if max(given) >= 0.8 else 0.0
        if max(*given, *family) <= 0 or (len(weighed) == 1 and words[first].gap[-2:-1].isdigit()):
            return None
        return first, last, score + before + bonus

    def _may_be_family(self, words: Sequence[Token], names: Sequence[int]) -> bool:
        """Tell whether an ordinary word is a family name, for standing after a given name."""
        first, last = (words[one] for one in names)
        past = names[-1] + 1
        return (
            self._capitals_count
            and bool(first.bits & GIVEN)
            and not first.is_word
            and last.shape is Shape.CAPITAL
            and last.key not in self._beside.roles
            and last.key not in self._beside.titles
            and not (past < len(words) and words[past].shape is Shape.CAPITAL and words[past].gap == " ")
        )  # fmt: skip

    @staticmethod
    def _together(weighed: Sequence[Token], best: int) -> float:
        """Weigh that the words of a row are what a name is made of."""
        given = weighed[best]
        others = [word for one, word in enumerate(weighed) if one != best]
        if all(word.is_word for word in weighed):
            if given.bits & WELL_KNOWN and any(word.bits & COMMON_FAMILY for word in others):
                return 0.6 if best == 0 else 0.0
            return -0.8
        if not given.bits & (GIVEN | RARE_GIVEN):
            return 0.0
        if given.is_word and given.bits & WELL_KNOWN and not others[0].is_word and len(others[0].key) > 3:  # fmt: skip
            return 0.6
        return 0.4 if any(word.bits & (FAMILY | RARE_FAMILY | GIVEN) for word in others) else 0.0

    def _is_no_name(self, word: Token, *, is_alone: bool) -> bool:
        """Tell whether a capitalised word cannot begin a name."""
        if word.key in self._beside.titles or word.key in self._beside.roles:
            return not is_alone or not word.bits & WELL_KNOWN
        if word.is_first and word.is_word and word.key in (self._beside.near | self._beside.places):
            return True
        return word.is_word and not word.bits & (GIVEN | FAMILY | RARE_FAMILY) and word.shape is not Shape.INITIAL  # fmt: skip

    def _given(self, word: Token) -> float:
        bits = word.bits
        if word.shape is Shape.INITIAL:
            return 0.4
        if len(word.key) < 3 and not bits & WELL_KNOWN:
            return 0.0
        if word.shape is Shape.UPPER and not bits & WELL_KNOWN:
            return 0.6 if bits & GIVEN and not word.is_word else 0.0
        if not word.is_word:
            return 2.0 if bits & GIVEN else 1.0 if bits & RARE_GIVEN else 0.0
        if bits & GIVEN:
            return 0.8 + (0.3 if self._capitals_count and not word.is_first else 0.0)
        return 0.1 if bits & RARE_GIVEN else 0.0

    def _family(self, word: Token) -> float:
        bits = word.bits
        if word.shape is Shape.INITIAL:
            return 0.4
        if not word.is_word:
            value = 1.2 if bits & FAMILY else 0.9 if bits & RARE_FAMILY else 0.6
            return value + (0.5 if self._ending.search(word.key) else 0.0)
        if word.is_first and not bits & FAMILY:
            return 0.0
        value = 0.6 if bits & FAMILY else 0.3 if bits & RARE_FAMILY else 0.0
        return value if self._capitals_count else value * 0.9

    def _before(self, words: Sequence[Token], at: int) -> float:
        """Weigh what stands before a name: a title, a role."""
        word = words[at]
        if at == 0 or not _NEAR_GAP.fullmatch(word.gap):
            return 0.0
        beside = self._beside
        last = words[at - 1]
        if self._is_title(words, at - 1) and (self._is_linked(words, at) or word.gap == ". "):
            return 1.5
        if word.is_first and ":" not in word.gap and "(" not in word.gap:
            return 0.0
        if last.key in beside.roles:
            return 1.5 if self._language == "de" and word.gap == " " else 1.0
        if ":" in word.gap:
            return (
                1.0 if any(one.key in beside.roles for one in words[max(0, at - 4) : at]) else 0.2
            )
        if at > 1 and words[at - 2].key in beside.roles and last.shape is Shape.LOWER:
            return 0.7
        if last.key in _WITH and word.bits & WELL_KNOWN:
            return 0.9
        return 0.3 if last.key in beside.near and self._capitals_count else 0.0

    def _is_title(self, words: Sequence[Token], at: int) -> bool:
        return words[at].key in self._beside.titles

    def _lower_case(
        self, words: Sequence[Token], at: int, *, has_capitals: bool
    ) -> tuple[int, int, float] | None:
        """Weigh a name typed without its capital letter."""
        word = words[at]
        bits = word.bits
        if not bits & GIVEN or word.is_word or len(word.key) < 3:
            return None
        score = 1.0 if bits & WELL_KNOWN else 0.9
        last = at
        if at and _NEAR_GAP.fullmatch(word.gap) and not word.is_first:
            before = words[at - 1].key
            beside = self._beside
            if before in beside.titles or before in beside.roles:
                score += 1.2
            elif before in beside.near and len(word.key) > 3:
                score += 1.1
        nxt = at + 1
        if nxt < len(words) and self._is_linked(words, nxt):
            follower = words[nxt]
            if not follower.is_word and len(follower.key) > 3 and follower.bits & (FAMILY | RARE_FAMILY):  # fmt: skip
                score += 1.0
                last = nxt
            elif follower.key in self._beside.titles_after:
                score += 1.2
                last = nxt
        if not has_capitals and bits & WELL_KNOWN and len(word.key) > 4:
            score += 1.0
        return (at, last, score) if score >= _BAR else None

    def _again(
        self, words: Sequence[Token], persons: Sequence[tuple[int, int, float]]
    ) -> Iterator[Span]:
        """Find names of persons found before that stand alone elsewhere in the text."""
        if not persons or len(words) < 12:
            return
        inside = {one for first, last, _ in persons for one in range(first, last + 1)}
        known = {
            words[one].key
            for first, last, _ in persons
            if last > first
            for one in (first, last)
            if words[one].shape is not Shape.INITIAL and len(words[one].key) > 2
            and not words[one].is_word
        }  # fmt: skip
        for at, word in enumerate(words):
            if (
                at not in inside
                and word.key in known
                and word.shape in (Shape.CAPITAL, Shape.UPPER)
            ):
                yield self._span(words, at, at, "PERSON", _BAR)

    # Places

    def _place(self, words: Sequence[Token], at: int, last: int, bits: int) -> float:
        """Give what a place is worth, 0 if too little speaks for it."""
        word = words[at]
        is_word = all(one.is_word for one in words[at : last + 1])
        is_after = self._is_after_place_word(words, at) or self._is_turkish_place(words, last)
        is_great = bool(bits & (LARGE_CITY | REGION))
        if is_word:
            if last > at:
                return 0.6 if is_great or is_after else 0.0
            if word.shape is not Shape.CAPITAL:
                return 0.0
            if is_after and (is_great or (bits & CITY and self._capitals_count)):
                return 0.6
            if not is_great:
                return 0.0
            return 0.5 if bits & REGION and self._capitals_count and not word.is_first and len(word.key) > 3 else 0.0  # fmt: skip
        if last > at or self._has_place_noun(words, at, last):
            return 0.7
        if len(word.key) < 3 or word.shape is Shape.MIXED:
            return 0.0
        if word.shape is Shape.UPPER and len(word.key) < 5 and not is_after:
            return 0.0
        if is_great:
            return 0.7
        if is_after:
            return 0.6
        if bits & CITY:
            return 0.0 if word.bits & (GIVEN | FAMILY) else 0.6
        names = word.bits & (GIVEN | FAMILY | RARE_FAMILY | RARE_GIVEN)
        return 0.5 if bits & TOWN and not names and len(word.key) > 4 and not word.is_first else 0.0

    def _is_rather_place(self, words: Sequence[Token], row: list[int], at: int, bits: int) -> bool:
        """Decide where a word is a name and a place: ``Sofia``, ``Paris``, ``Kazimierz``."""
        word = words[at]
        if self._before(words, at) >= 1.0:
            return False
        if self._is_after_place_word(words, at) or self._is_turkish_place(words, at):
            return not word.bits & WELL_KNOWN or bool(bits & (LARGE_CITY | REGION)) or len(row) == 1
        if len(row) > 1 and word.bits & GIVEN:
            return False
        return not word.bits & WELL_KNOWN or bool(bits & REGION)

    def _has_place_noun(self, words: Sequence[Token], at: int, last: int) -> bool:
        """Tell whether the word beside a name says what it names: ``kota``, ``ilçesi``."""
        past = last + 1
        if past < len(words) and words[past].key in PLACE_NOUNS_AFTER and self._is_linked(words, past):  # fmt: skip
            return True
        return at > 0 and words[at - 1].key in PLACE_NOUNS_BEFORE and self._is_linked(words, at)

    def _is_after_place_word(self, words: Sequence[Token], at: int) -> bool:
        return (
            at > 0
            and words[at - 1].key in self._beside.places
            and _LINK.fullmatch(words[at].gap) is not None
        )

    def _is_declined(self, words: Sequence[Token], last: int) -> bool:
        """Tell whether a Turkish ending is set off, as only that of a proper name is."""
        return (
            self._language == "tr"
            and last + 1 < len(words)
            and words[last + 1].gap in ("'", "’")
            and words[last + 1].shape is Shape.LOWER
        )

    def _is_turkish_place(self, words: Sequence[Token], last: int) -> bool:
        return (
            self._language == "tr"
            and last + 1 < len(words)
            and words[last + 1].gap in ("'", "’")
            and words[last + 1].key in _IN_TURKISH
        )

    def _lower_place(self, words: Sequence[Token], at: int, small: str) -> Iterator[Span]:
        """Find a large town or a country typed without its capital letter, after ``in``."""
        if at >= len(words) or words[at].shape is not Shape.LOWER or words[at].is_word:
            return
        end, bits = self._lexicon.place_at(small, words[at].start)
        if bits & (LARGE_CITY | REGION) and end - words[at].start > 4 and not words[at].bits & GIVEN:  # fmt: skip
            yield self._span(words, at, self._past(words, at, end) - 1, "LOCATION", 0.5)

    # Both

    @staticmethod
    def _past(words: Sequence[Token], at: int, end: int) -> int:
        """Give the position of the first word that begins at `end` or after."""
        while at < len(words) and words[at].start < end:
            at += 1
        return at

    @staticmethod
    def _span(words: Sequence[Token], first: int, last: int, entity: str, score: float) -> Span:
        if entity == "PERSON":
            score = min(0.85, 0.3 + 0.125 * score)
        return Span(
            words[first].start, words[last].end, entity, score, RECOGNIZER, Reason.LEXICON.value
        )
