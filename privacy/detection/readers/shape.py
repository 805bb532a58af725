"""Gives a model's find the borders of a whole name: what is too much goes, what is missing comes."""

import re
from collections.abc import Iterator, Sequence

from privacy.detection.lexicons.lexicon import (
    COMMON_FAMILY,
    FAMILY,
    GIVEN,
    NATIVE,
    RARE_FAMILY,
    RARE_GIVEN,
    WORD_LENGTH,
    Lexicon,
)
from privacy.detection.lexicons.plain import plain
from privacy.detection.recognizers.letters import UPPER
from privacy.detection.spans import Span

_SURE = 0.85
"""From this score on a model is believed that an ordinary word in small letters is a name."""
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_CAPITAL = rf"(?:[{UPPER}]['’])?[{UPPER}][^\W\d_]+(?:[-'’][^\W\d_]+)*"
_PARTICLE = (
    r"(?:de|da|do|dos|das|del|della|di|du|le|la|lo|los|las|van|von|der|den|het|ter|ten|te|zu|zum|zur"
    r"|af|av|bin|ibn|al|el|ní|ni|mac|y|e)"
)
_NEXT = re.compile(
    rf"(?:[ ](?P<initials>(?:[{UPPER}]\.?[ ]){{0,2}})(?P<particles>(?:{_PARTICLE}[ ]){{0,2}})|-)"
    rf"(?P<word>{_CAPITAL})"
)
_AFTER_INITIAL = re.compile(rf"\.?[ ]({_CAPITAL})")
_AFTER_SMALL_INITIAL = re.compile(r"[ ][b-hj-z]\.[ ][^\W\d_]{3,}")
_SMALL_FAMILY = re.compile(
    r"[ ]((?:van|von)(?:[ ](?:de|der|den|het))?|de|di|da|dos|del|el)[ ]([^\W\d_]{3,20})(?![\w'’])"
)
_BEFORE = re.compile(rf"(?<![\w.])({_CAPITAL})[ ](?:[{UPPER}]\.?[ ]){{0,2}}\Z")
_INITIALS = re.compile(rf"(?<![^\W_])(?:[{UPPER}]\.[ ]?){{1,3}}\Z")
_SURNAME_BEFORE = re.compile(
    rf"(?:^|[\n:(;])[ \t]*((?:(?:{_PARTICLE}|{_PARTICLE.upper()})[ ]){{0,2}}(?:[{UPPER}]['’])?[{UPPER}][^\W\d_]+(?:[- ](?:{_PARTICLE.upper()}[ ])?[{UPPER}][^\W\d_]+){{0,3}}),[ ]\Z"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n>*•-])[\s\"'“„«(¿¡>*_-]*\Z")
_LONGEST = 60


class Shape:
    """Trims and grows finds by the words of one language.

    Args:
        lexicon: Its words.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def whole(self, text: str, found: Sequence[Span]) -> Iterator[Span]:
        """Give finds without the ordinary words at their ends, and names with what belongs to them.

        A find that is ordinary words and nothing else is let go: a model that reads small letters
        takes many a rare word for a name. So is a brand: ``Hermes`` delivers parcels.
        """
        for span in found:
            if span.entity not in ("PERSON", "LOCATION"):
                yield span
                continue
            start, end = self._trimmed(text, span)
            value = plain(text[start:end])
            if value and self._lexicon.brand_at(value, 0) == len(value):
                continue
            if span.entity == "LOCATION" and self._is_no_place(value):
                continue
            if start < end and span.entity == "PERSON":
                start, end = self._grown(text, start, end)
            if start < end:
                yield span._replace(start=start, end=end)

    def _is_no_place(self, value: str) -> bool:
        """Tell whether a place is one word of every day and no town's name."""
        lexicon = self._lexicon
        is_word = len(value) <= WORD_LENGTH and lexicon.has_word(value)
        return is_word and not lexicon.place_bits(value)

    def grown(self, text: str, found: Sequence[Span]) -> Iterator[Span]:
        """Give finds, names of persons with what belongs to them."""
        for span in found:
            if span.entity == "PERSON":
                start, end = self._grown(text, span.start, span.end)
                span = span._replace(start=start, end=end)
            yield span

    def _trimmed(self, text: str, span: Span) -> tuple[int, int]:
        words = [match.span() for match in _WORD.finditer(text, span.start, span.end)]
        count = len(words)
        while words and self._is_ordinary(text, *words[-1], span):
            words.pop()
        while words and self._is_ordinary(text, *words[0], span):
            words.pop(0)
        if len(words) == count:
            return span.start, span.end
        return (words[0][0], words[-1][1]) if words else (0, 0)

    def _is_ordinary(self, text: str, start: int, end: int, span: Span) -> bool:
        word = text[start:end]
        key = plain(word)
        if not self._lexicon.has_word(key):
            return False
        bits = (
            self._lexicon.place_bits(key)
            if span.entity == "LOCATION"
            else self._lexicon.name_bits(key) & (GIVEN | FAMILY)
        )
        if word.islower():
            return not (bits and span.score >= _SURE)
        is_alone = start == span.start and end == span.end
        is_first = word.istitle() and _SENTENCE_START.search(text, max(0, start - 8), start)
        return is_first is not None and not is_alone and not bits

    def _grown(self, text: str, start: int, end: int) -> tuple[int, int]:
        has_initial = end - start > 2 and text[end - 2] == " " and text[end - 1].isupper()
        following = None
        if has_initial:
            following = _AFTER_INITIAL.match(text, end, end + _LONGEST)
        elif text[start:end].islower():
            following = _AFTER_SMALL_INITIAL.match(text, end, end + _LONGEST)
            following = following or self._small_family(text, end)
        end = following.end() if following else end
        for _ in range(3):
            after = _NEXT.match(text, end, end + _LONGEST)
            if after is None or not (after["initials"] or self._is_name(after)):
                break
            end = after.end()
        first = max(0, start - _LONGEST)
        before = _BEFORE.search(text, first, start)
        if before is not None and self._is_given(plain(before[1])):
            start = before.start()
        surname = _SURNAME_BEFORE.search(text, max(0, start - _LONGEST), start)
        if surname is not None and self._is_surname(surname[1], text[start:end]):
            start = surname.start(1)
        if initials := _INITIALS.search(text, max(0, start - 9), start):
            start = initials.start()
        return start, end

    def _small_family(self, text: str, end: int) -> re.Match[str] | None:
        """Find the family name after a given one, both in small letters: ``karin de boer``."""
        after = _SMALL_FAMILY.match(text, end, end + _LONGEST)
        if after is None:
            return None
        bits = self._lexicon.name_bits(plain(after[2]))
        needed = FAMILY | RARE_FAMILY if " " in after[1] else COMMON_FAMILY
        return after if bits & needed else None

    def _is_surname(self, value: str, given: str) -> bool:
        """Tell whether what stands before a comma is the family name of whom comes after it."""
        words = [plain(one) for one in _WORD.findall(value)]
        first = plain(given).split()[0]
        bits = self._lexicon.name_bits(first)
        if not bits & (GIVEN | RARE_GIVEN):
            return False
        if value.isupper():
            return given.isupper() or not self._lexicon.place_bits(plain(value))
        if self._lexicon.place_bits(plain(value)) or self._lexicon.name_bits(words[0]) & GIVEN:
            return False
        is_list = " " in given or bool(bits & FAMILY)  # as in "Brabec, Doyle and White"
        if is_list or sum(one[0].isupper() for one in value.split(" ")) > 1:
            return False
        return not any(self._lexicon.has_word(one) for one in words)

    def _is_given(self, key: str) -> bool:
        bits = self._lexicon.name_bits(key) & (GIVEN | RARE_GIVEN)
        return bool(bits) and not self._lexicon.has_word(key)

    def _is_name(self, after: re.Match[str]) -> bool:
        """Tell whether a capitalised word after a name belongs to it."""
        word = after["word"]
        if word.isupper() and len(word) > 2:
            return False
        if self._lexicon.language in NATIVE and not after["particles"]:
            return False  # no model reads there, and the lexicon has weighed the whole row
        key = plain(word)
        bits = self._lexicon.name_bits(key)
        if (after["particles"] or "").strip() in ("e", "y") and (
            self._lexicon.language not in ("es", "pt") or bits & (GIVEN | RARE_GIVEN)
        ):
            return False
        family = FAMILY | RARE_FAMILY if after["particles"] else FAMILY
        if self._lexicon.has_word(key):
            return bool(bits & family) and self._lexicon.language != "de"
        return not self._lexicon.place_bits(key) or bool(bits & (FAMILY | RARE_FAMILY))
