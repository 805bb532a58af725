"""How much speaks for a row of capitalised words being a person's name."""

from collections.abc import Sequence
from typing import NamedTuple

from privacy.detection.lexicons.context_words import INSTITUTIONS
from privacy.detection.lexicons.lexicon import (
    COMMON_FAMILY,
    FAMILY,
    GIVEN,
    RARE_FAMILY,
    RARE_GIVEN,
    WELL_KNOWN,
)
from privacy.detection.readers.lone_names import ALONE_LANGUAGES, weigh_alone
from privacy.detection.readers.manner import Manner
from privacy.detection.readers.name_page import Page
from privacy.detection.readers.name_tokens import Shape, Token
from privacy.detection.readers.native_weights import does, extends_lower, native_evidence

BAR = 1.999
"""What must be reached. A given name that is no ordinary word reaches it alone."""


_SET_OFF = ("'", "’")


class Weighed(NamedTuple):
    """A row of words and what speaks for it.

    Attributes:
        first: Its first word.
        last: Its last word.
        score: From `BAR` on it is a name.
    """

    first: int
    last: int
    score: float


def weigh_row(page: Page, row: Sequence[int]) -> Weighed | None:
    """Weigh a row of capitalised words, without those at its ends that belong to no name."""
    words = page.words
    beside = page.manner.beside
    before = page.before(row[0])
    names = list(row)
    while names and is_no_name(words[names[0]], page.manner, is_alone=len(names) == 1):
        if words[names[0]].key in beside.roles or words[names[0]].key in beside.titles:
            before = max(before, 1.5)
        names.pop(0)
    while len(names) > 1 and not _may_end(page, names):
        names.pop()
    if not names:
        return None
    first, last = names[0], names[-1]
    bonus = 1.5 if words[last].key in beside.titles_after and len(names) > 1 else 0.0
    if not bonus and page.has_next(last) and words[last + 1].key in beside.titles_after:
        bonus, last = 1.5, last + 1
    named = [words[one] for one in names if words[one].key not in beside.titles_after]
    if not named:
        return None
    given = [as_given(word, page.manner) for word in named]
    family = [as_family(word, page.manner) for word in named]
    if max(*given, *family) <= 0 or (len(named) == 1 and words[first].gap[-2:-1].isdigit()):
        return None
    # The given name mostly comes first.
    best = max(
        range(len(named)), key=lambda one: given[one] - family[one] + (0.6 if one == 0 else 0)
    )
    score = max(given[best], family[best]) + sum(family) - family[best]
    if bonus and max(*given, *family) < 0.5:
        bonus = 0.0
    if _is_label(page, first, last) and before == 0 and max(given) >= 0.8:
        bonus += 1.2
    elif _is_label(page, first, last) and len(named) == 1 and family[0] >= 1.2:
        bonus += 0.9
    if len(named) > 1:
        score += together(named, best)
        if any(words[one].key in INSTITUTIONS for one in row[row.index(first) :]):
            score -= 2.0
    if page.manner.capitals_count and not words[first].is_first:
        if len(named) > 1:
            score += 0.4
        elif not named[0].is_word:
            score += 0.3
            score += weigh_alone(page, first)
            if page.is_declined(last) and named[0].bits & (FAMILY | RARE_FAMILY):
                score += 0.6
    score += native_evidence(page, names, named)
    if page.manner.language in ALONE_LANGUAGES and any(words[one].gap in _SET_OFF for one in names):
        score += 0.4
    is_told = page.manner.native or page.manner.language in ALONE_LANGUAGES
    if is_told and before >= 1 and len(named) == 1 and not named[0].is_word:
        score += 0.2
    return Weighed(first, last, score + before + bonus)


def weigh_lower(page: Page, at: int) -> Weighed | None:
    """Weigh a name typed without its capital letter."""
    words = page.words
    word = words[at]
    beside = page.manner.beside
    if page.is_shouted and (shouted := _weigh_shouted(page, at)) is not None:
        return shouted
    if not word.bits & GIVEN or len(word.key) < 3:
        return None
    native = page.manner.native & word.bits
    if word.is_word:
        if not native or not word.bits & WELL_KNOWN or not page.has_next(at):
            return None
        if words[at + 1].key in beside.titles_after:
            return Weighed(at, at + 1, BAR + 0.1)
        return Weighed(at, at, BAR + 0.1) if does(page, at) > 1 else None
    is_well_known = bool(word.bits & WELL_KNOWN)
    score = 1.0 if is_well_known else 0.9
    last = at
    is_told = False
    if at and len(word.gap) < 3 and not word.is_first:
        key = words[at - 1].key
        if key in beside.titles or key in beside.roles:
            score += 1.2
            is_told = True
        elif key in beside.near and len(word.key) > 3:
            score += 1.1
    if page.has_next(at):
        follower = words[at + 1]
        if follower.key in beside.titles_after:
            score += 1.2
            last = at + 1
        elif (
            not follower.is_word
            and len(follower.key) > 3
            and follower.bits & (FAMILY | RARE_FAMILY)
        ) or (native and extends_lower(page, at + 1, is_told=is_told or page.is_shouted)):
            score += 1.0
            last = at + 1
    if native:
        score += does(page, last)
        if not page.has_capitals and not is_well_known and len(word.key) > 4:
            score += 0.6
    if not page.has_capitals and is_well_known and len(word.key) > (3 if native else 4):
        score += 1.0
    return Weighed(at, last, score) if score >= BAR else None


def _weigh_shouted(page: Page, at: int) -> Weighed | None:
    """Weigh a name after a role where all is in capitals: ``SAKSI DARMINTO MENERANGKAN``."""
    words = page.words
    native = page.manner.native
    if not native or not at or len(words[at].gap) > 2:
        return None
    key = words[at - 1].key
    if key not in page.manner.beside.roles and key not in page.manner.beside.titles:
        return None
    last = at - 1
    while last + 1 < len(words) and last - at < 3 and (last < at or page.is_linked(last + 1)):
        word = words[last + 1]
        if word.is_word and not (word.bits & native and word.bits & (GIVEN | FAMILY)):
            break
        if len(word.key) < 3 or word.key in page.manner.beside.roles:
            break
        last += 1
    return Weighed(at, last, BAR + 0.1) if last >= at else None


def is_no_name(word: Token, manner: Manner, *, is_alone: bool) -> bool:
    """Tell whether a capitalised word cannot begin a name."""
    beside = manner.beside
    if word.key in beside.titles or word.key in beside.roles:
        return not is_alone or word.bits & (needed := WELL_KNOWN | manner.native) != needed
    if word.shape is Shape.INITIAL or not word.is_word:
        return False
    if word.is_first and (word.key in beside.near or word.key in beside.places):
        return True
    if not word.bits & GIVEN and not manner.capitals_count and not is_alone:
        return True
    if word.bits & manner.native and word.bits & RARE_GIVEN:
        return False
    return not word.bits & (GIVEN | FAMILY | RARE_FAMILY)


def as_given(word: Token, manner: Manner) -> float:
    """Weigh a word as a given name."""
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
        return 0.8 + (0.3 if manner.capitals_count and not word.is_first else 0.0)
    return 0.1 if bits & RARE_GIVEN else 0.0


def as_family(word: Token, manner: Manner) -> float:
    """Weigh a word as a family name; one in no list may be one."""
    bits = word.bits
    if word.shape is Shape.INITIAL:
        return 0.4
    if not word.is_word:
        value = 1.2 if bits & FAMILY else 0.9 if bits & RARE_FAMILY else 0.6
        return value + (0.5 if manner.ending.search(word.key) else 0.0)
    if word.is_first and not bits & FAMILY:
        return 0.0
    value = 0.6 if bits & FAMILY else 0.3 if bits & RARE_FAMILY else 0.0
    return value if manner.capitals_count else value * 0.9


def together(named: Sequence[Token], best: int) -> float:
    """Weigh that the words of a row are what a name is made of; `best` is the given name."""
    given = named[best]
    others = [word for one, word in enumerate(named) if one != best]
    full = [word for word in named if word.shape is not Shape.INITIAL]
    if len(full) == 1 and not full[0].is_word and full[0].bits & FAMILY:
        return 0.4
    if all(word.is_word for word in named):
        if given.bits & WELL_KNOWN and any(word.bits & COMMON_FAMILY for word in others):
            return 0.6 if best == 0 else 0.0
        return -0.8
    if not given.bits & (GIVEN | RARE_GIVEN):
        return 0.0
    follower = others[0]
    if given.is_word and given.bits & WELL_KNOWN and not follower.is_word and len(follower.key) > 3:
        return 0.6
    return 0.4 if any(word.bits & (FAMILY | RARE_FAMILY | GIVEN) for word in others) else 0.0


def _is_label(page: Page, first: int, last: int) -> bool:
    """Tell whether it begins a line and a colon follows, as the speaker's name in a chat does."""
    words = page.words
    if last + 1 >= len(words) or words[last + 1].gap[:1] != ":":
        return False
    gap = words[first].gap
    return first == 0 or "\n" in gap or "]" in gap


def _may_end(page: Page, names: Sequence[int]) -> bool:
    """Tell whether a row's last word can end a name."""
    first, last = page.words[names[0]], page.words[names[-1]]
    beside = page.manner.beside
    if last.key in beside.titles_after or not last.is_word:
        return True
    if last.bits & (FAMILY | GIVEN | RARE_FAMILY):
        return True
    if last.bits & RARE_GIVEN and last.bits & page.manner.native:
        return True
    # An ordinary word is a family name for standing after a given name, if nothing more follows.
    past = names[-1] + 1
    return (
        len(names) == 2
        and page.manner.capitals_count
        and bool(first.bits & GIVEN)
        and not first.is_word
        and last.shape is Shape.CAPITAL
        and last.key not in beside.roles
        and last.key not in beside.titles
        and not (
            past < len(page.words)
            and page.words[past].shape is Shape.CAPITAL
            and page.words[past].gap == " "
        )
    )
