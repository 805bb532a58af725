"""Reads names of people and places without a model: by lists, shapes and neighbours.

For languages written in Latin letters. Evidence is added up: a given name that is no ordinary word
counts for much, one that is (``Rose``, ``Deniz``, ``Putra``) for little, a capital letter in the
middle of a sentence for something, a title or a role before it for more. What stays under the
bar is not reported. Where every noun is capitalised or nothing is, a capital says nothing.
"""

from collections.abc import Iterator, Sequence

from privacy.detection.lexicons.lexicon import GIVEN, LARGE_CITY, REGION
from privacy.detection.readers.manner import Manner
from privacy.detection.readers.name_page import Page
from privacy.detection.readers.name_tokens import Shape
from privacy.detection.readers.native_weights import can_stand_beside, is_beside
from privacy.detection.readers.person_weights import (
    BAR,
    Weighed,
    is_no_name,
    weigh_lower,
    weigh_row,
)
from privacy.detection.readers.place_weights import is_rather_place, weigh_place
from privacy.detection.spans import Reason, Span

RECOGNIZER = "LexiconReader"
_NEARLY = 0.85
"""What must speak for a name that stands in a row with others."""
_FEW_WORDS = 12
"""Shorter texts name nobody twice."""


class LexiconReader:
    """Finds persons and places in texts of one language; not safe to share between threads.

    Args:
        language: BCP 47; of a language without a list of ordinary words only what is certain.
    """

    def __init__(self, language: str) -> None:
        self._manner = Manner.of(language)

    def read(self, texts: Sequence[str]) -> list[list[Span]]:
        """Find the names in each text."""
        return [list(self._read(Page(text, self._manner))) for text in texts]

    def _read(self, page: Page) -> Iterator[Span]:
        persons: list[Weighed] = []
        nearly: list[Weighed] = []
        at = 0
        while at < len(page.words):
            person, place = self._look(page, at)
            if place is not None:
                yield self._span(page, place, "LOCATION")
                at = place.last + 1
            elif person is not None and person.score >= BAR:
                persons.append(person)
                yield self._span(page, person, "PERSON")
                at = person.last + 1
            elif person is not None and person.score >= _NEARLY and self._manner.native:
                nearly.append(person)
                at = person.last + 1
            elif page.words[at].shape is Shape.LOWER:
                at += 1
            else:
                at = max(at + 1, page.past_brand(at))
        if persons and nearly:
            yield from self._beside(page, persons, nearly)
        if persons and len(page.words) > _FEW_WORDS:
            yield from self._again(page, persons)

    def _look(self, page: Page, at: int) -> tuple[Weighed | None, Weighed | None]:
        """Look for a person and a place that begin with a word."""
        word = page.words[at]
        if word.shape is Shape.LOWER:
            return weigh_lower(page, at), self._lower_place(page, at)
        if (past := page.past_particle(at)) > at:
            return Weighed(at, past, BAR), None
        if self._is_town_of_brand(page, at):
            return None, Weighed(at, at, 0.6)
        if page.past_brand(at) > at or (page.is_title(at) and page.has_next(at)):
            return None, None  # of a title, the name after it is weighed with it
        end, bits = page.manner.lexicon.place_at(page.small, word.start)
        if not bits and is_no_name(word, page.manner, is_alone=False) and page.before(at) < 1:
            return None, None
        row = page.row(at)
        person = weigh_row(page, row)
        if bits:
            last = page.past(at, end) - 1
            score = weigh_place(page, at, last, bits)
            if last > at and last >= row[-1]:
                return None, Weighed(at, last, score) if score else None
            is_person = person is not None and person.score >= BAR
            if score and (not is_person or is_rather_place(page, row, bits)):
                return None, Weighed(at, last, score)
        elif not word.is_word and len(row) < 3 and page.has_place_noun(at, row[-1]):
            return None, Weighed(at, row[-1], 0.6)
        return person, None

    @staticmethod
    def _is_town_of_brand(page: Page, at: int) -> bool:
        """Tell whether a firm's name is the town it is called after: ``en Santander``."""
        word = page.words[at]
        return (
            word.shape is Shape.CAPITAL
            and page.is_in(at, at)
            and bool(page.manner.lexicon.place_bits(word.key) & LARGE_CITY)
            and page.past_brand(at) == at + 1
        )

    @staticmethod
    def _lower_place(page: Page, at: int) -> Weighed | None:
        """Find a large town or a country typed without its capital letter, after ``in``."""
        word = page.words[at]
        if page.has_capitals or word.bits & GIVEN or not page.is_in(at, at):
            return None
        end, bits = page.manner.lexicon.place_at(page.small, word.start)
        if word.is_word and not (page.manner.native and bits & LARGE_CITY):
            return None
        if not bits & (LARGE_CITY | REGION) or end - word.start < 5:
            return None
        return Weighed(at, page.past(at, end) - 1, 0.5)

    def _beside(
        self, page: Page, persons: list[Weighed], nearly: Sequence[Weighed]
    ) -> Iterator[Span]:
        """Find names of which less is known in a row with those found: ``Ayşe, Deniz ve Can``."""
        inside = {at for one in persons for at in range(one.first, one.last + 1)}
        for few in (nearly, nearly[::-1]):
            for one in few:
                if (
                    one.first not in inside
                    and is_beside(page, one.first, one.last, inside)
                    and can_stand_beside(page, one.first, one.last)
                ):
                    inside.update(range(one.first, one.last + 1))
                    persons.append(one._replace(score=BAR))
                    yield self._span(page, persons[-1], "PERSON")

    def _again(self, page: Page, persons: Sequence[Weighed]) -> Iterator[Span]:
        """Find names of persons found before that stand alone elsewhere in the text."""
        words = page.words
        inside = {at for one in persons for at in range(one.first, one.last + 1)}
        known = {
            words[at].key
            for one in persons
            if one.last > one.first
            for at in (one.first, one.last)
            if words[at].shape is not Shape.INITIAL
            and len(words[at].key) > 2
            and not words[at].is_word
        }
        for at, word in enumerate(words):
            if (
                word.key in known
                and word.shape in (Shape.CAPITAL, Shape.UPPER)
                and at not in inside
            ):
                yield self._span(page, Weighed(at, at, BAR), "PERSON")

    @staticmethod
    def _span(page: Page, found: Weighed, entity: str) -> Span:
        score = found.score
        if entity == "PERSON":
            score = min(0.85, 0.3 + 0.125 * score)
        words = page.words
        start, end = words[found.first].start, words[found.last].end
        return Span(start, end, entity, score, RECOGNIZER, Reason.LEXICON.value)
