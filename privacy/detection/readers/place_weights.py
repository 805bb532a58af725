"""How much speaks for capitalised words being a place."""

from collections.abc import Sequence

from privacy.detection.lexicons.lexicon import (
    CITY,
    FAMILY,
    GIVEN,
    LARGE_CITY,
    NATIVE,
    RARE_FAMILY,
    RARE_GIVEN,
    REGION,
    TOWN,
    WELL_KNOWN,
)
from privacy.detection.readers.name_page import Page
from privacy.detection.readers.name_tokens import Shape

_GREAT = LARGE_CITY | REGION


def weigh_place(page: Page, first: int, last: int, bits: int) -> float:
    """Give the score of a listed place, 0 if too little speaks for it."""
    words = page.words
    word = words[first]
    is_in = page.is_in(first, last)
    if all(one.is_word for one in words[first : last + 1]):
        if last > first:
            return 0.6 if bits & _GREAT or is_in else 0.0
        return _weigh_word(page, first, bits, is_in=is_in)
    if last > first or page.has_place_noun(first, last):
        return 0.7
    if len(word.key) < 3 or word.shape is Shape.MIXED:
        return 0.0
    if word.shape is Shape.UPPER and len(word.key) < 5 and not is_in:
        return 0.0
    if bits & _GREAT:
        return 0.7
    if is_in:
        return 0.6
    if bits & CITY:
        return 0.0 if word.bits & (GIVEN | FAMILY) else 0.6
    is_name = word.bits & (GIVEN | FAMILY | RARE_FAMILY | RARE_GIVEN)
    return 0.5 if bits & TOWN and not is_name and len(word.key) > 4 and not word.is_first else 0.0


def _weigh_word(page: Page, at: int, bits: int, *, is_in: bool) -> float:
    """Weigh a place that is an ordinary word, too: ``Essen``, ``Bari``, ``Ordu``."""
    word = page.words[at]
    capitals_count = page.manner.capitals_count
    if word.shape is not Shape.CAPITAL:
        return 0.0
    if is_in and (bits & _GREAT or (bits & CITY and capitals_count)):
        return 0.6
    is_told = bits & REGION and capitals_count and not word.is_first and len(word.key) > 3
    return 0.5 if is_told else 0.0


def is_rather_place(page: Page, row: Sequence[int], bits: int) -> bool:
    """Decide where a word is a person's name and a place's: ``Sofia``, ``Paris``, ``Kazimierz``."""
    word = page.words[row[0]]
    if page.before(row[0]) >= 1.0:
        return False
    # Polish endings make names of countries alike to those of people: ``Dominikę``.
    if word.bits & GIVEN and word.bits & page.manner.native & NATIVE["pl"]:
        return page.is_in(row[0], row[0]) and bool(bits & _GREAT) and len(row) == 1
    if page.is_in(row[0], row[0]):
        return not word.bits & WELL_KNOWN or bool(bits & _GREAT) or len(row) == 1
    if len(row) > 1 and word.bits & GIVEN:
        return False
    return not word.bits & WELL_KNOWN or bool(bits & REGION)
