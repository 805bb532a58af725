r"""What a text must hold for a pattern to match at all, read off the pattern itself.

A pattern's author need not say that ``\bmr\.? [A-Z]`` cannot match without "mr " or "mr. ": it is
found in the parsed expression, as RE2's prefilter does. What is found is necessary, never
sufficient, so a gate built on it misses nothing. Look-arounds and back-references say nothing here.
"""

# The parser is not public, and there is no other way to a parsed expression; 3.11 to 3.14 have it.
import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

WORD_START = "\0"
"""Before a literal: no letter or digit stands in front of it."""

_MOST = 600
_LONGEST = 24
_FOLDS = {ord("ı"): "i", ord("ſ"): "s", ord("ς"): "σ", ord("µ"): "μ", 0x307: None}
_DULL = frozenset(" .,-\n\t:/'()")
_TELLING = frozenset("@#€$£%&*=~|<>[]{}\\^_+")
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


class Necessity(NamedTuple):
    """What a match cannot do without.

    Attributes:
        words: One of these literals, in the form `plain` gives; None where none is known.
        count_digits: ASCII digits.
    """

    words: frozenset[str] | None
    count_digits: int


def plain(text: str) -> str:
    """Give a text in the one form in which letters that match each other in any case are equal."""
    small = text.lower()
    return small if small.isascii() else small.translate(_FOLDS)


@lru_cache(maxsize=8192)
def necessity_of(regex: str, flags: int) -> Necessity:
    """Read off a pattern what each of its matches holds."""
    tree = parser.parse(regex, flags)
    found = _sequence(tree)
    return Necessity(_shortened(found.best()), _count_digits(tree))


class _Known(NamedTuple):
    """Of a part of a pattern: all it can match (None if too much), and what it holds at least."""

    exact: frozenset[str] | None
    holds: frozenset[str] | None

    def best(self) -> frozenset[str] | None:
        return _better(self.exact, self.holds)


_ANYTHING = _Known(None, None)
_NOTHING = _Known(frozenset({""}), None)


def _is_telling(word: str) -> bool:
    """Tell whether a literal is one that not nearly every text has."""
    bare = word.strip(WORD_START)
    return bare in _TELLING if len(bare) == 1 else not _DULL.issuperset(bare)


def _worth(words: frozenset[str] | None) -> tuple[int, float]:
    if not words or not all(map(_is_telling, words)):
        return (0, 0)
    lengths = [len(word.strip(WORD_START + " ")) for word in words]
    return (min(4, *lengths), sum(map(len, words)) / len(words))


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    return one if _worth(one) >= _worth(other) else other


def _shortened(words: frozenset[str] | None) -> frozenset[str] | None:
    """Keep the literals that no other one begins, and borders only where they are sure.

    Where ASCII decides what a word is, a border before another letter means its contrary.
    """
    if _worth(words) == (0, 0) or words is None:
        return None
    kept: list[str] = []
    for word in sorted(words):
        bare = word.strip(WORD_START)
        sure = word if bare[0].isascii() and bare[0].isalnum() else bare
        if not kept or not sure.startswith(kept[-1]):
            kept.append(sure)
    return frozenset(kept)


def _sequence(items: Iterable[Any]) -> _Known:
    exact: frozenset[str] | None = frozenset({""})
    run: frozenset[str] = frozenset({""})
    holds: frozenset[str] | None = None
    for code, value in _flat(items):
        part = _part(code, value)
        holds = _better(holds, part.holds)
        joined = _joined(run, part.exact)
        if joined is None:
            exact = None
            if "" not in run:
                holds = _better(holds, run)
            run = part.exact if part.exact is not None else frozenset({""})
        else:
            run = joined
    if exact is not None:
        exact = run
    if "" not in run:
        holds = _better(holds, run)
    return _Known(exact, holds)


def _flat(items: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    for code, value in items:
        if code is sre.SUBPATTERN:
            yield from _flat(value[3])
        elif code is sre.ATOMIC_GROUP:
            yield from _flat(value)
        else:
            yield code, value


def _joined(first: frozenset[str], second: frozenset[str] | None) -> frozenset[str] | None:
    if second is None or len(first) * len(second) > _MOST:
        return None
    joined = frozenset(one + other for one in first for other in second)
    if any(len(word) > _LONGEST for word in joined):
        return None
    # A border counts only before the first character of a literal.
    return frozenset(word if WORD_START not in word[1:] else _single(word) for word in joined)


def _single(word: str) -> str:
    return word[0] + word[1:].replace(WORD_START, "")


def _part(code: Any, value: Any) -> _Known:
    if code is sre.LITERAL:
        return _Known(frozenset({plain(chr(value))}), None)
    if code is sre.IN:
        return _class(value)
    if code is sre.BRANCH:
        return _branch([_sequence(option) for option in value[1]])
    if code in _REPEATS:
        least, most, body = value
        inner = _sequence(body)
        if (least, most) == (1, 1):
            return inner
        if (least, most) == (0, 1) and inner.exact is not None:
            return _Known(inner.exact | {""}, None)
        if least == 0:
            return _ANYTHING
        return _Known(None, inner.best())
    if code is sre.AT:
        is_border = value is sre.AT_BOUNDARY or value in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING)
        return _Known(frozenset({WORD_START}), None) if is_border else _NOTHING
    if code is sre.ASSERT_NOT and value[0] < 0 and _is_word_behind(value[1]):
        return _Known(frozenset({WORD_START}), None)
    if code in (sre.ASSERT, sre.ASSERT_NOT):
        return _NOTHING
    return _ANYTHING


def _branch(options: Sequence[_Known]) -> _Known:
    exact: frozenset[str] | None = frozenset()
    holds: frozenset[str] | None = frozenset()
    for option in options:
        exact = None if exact is None or option.exact is None else exact | option.exact
        best = option.best()
        holds = None if holds is None or not best or "" in best else holds | best
    if exact is not None and len(exact) <= _MOST:
        return _Known(exact, None)
    return _Known(None, holds)


def _class(items: Sequence[tuple[Any, Any]]) -> _Known:
    if len(items) > 6 or any(code is not sre.LITERAL for code, _ in items):
        return _ANYTHING
    return _Known(frozenset(plain(chr(value)) for _, value in items), None)


def _is_word_behind(items: Sequence[tuple[Any, Any]]) -> bool:
    r"""Tell whether ``(?<!…)`` forbids at least every letter and digit: ``\w``, ``[^\W_]``."""
    if len(items) != 1 or items[0][0] is not sre.IN:
        return False
    members = items[0][1]
    if members[0][0] is sre.NEGATE:
        return (sre.CATEGORY, sre.CATEGORY_NOT_WORD) in members and all(
            member in ((sre.NEGATE, None), (sre.CATEGORY, sre.CATEGORY_NOT_WORD), (sre.LITERAL, 95))
            for member in members
        )
    return (sre.CATEGORY, sre.CATEGORY_WORD) in members


def _is_digit_only(code: Any, value: Any) -> bool:
    if code is sre.LITERAL:
        return 48 <= int(value) <= 57
    if code is sre.CATEGORY:
        return bool(value is sre.CATEGORY_DIGIT)
    if code is sre.RANGE:
        return bool(value[0] >= 48 and value[1] <= 57)
    return False


def _count_digits(items: Iterable[Any]) -> int:
    count = 0
    for code, value in _flat(items):
        if code is sre.IN:
            count += all(_is_digit_only(*member) for member in value)
        elif code is sre.LITERAL:
            count += _is_digit_only(code, value)
        elif code is sre.BRANCH:
            count += min(_count_digits(option) for option in value[1])
        elif code in _REPEATS:
            count += int(value[0]) * _count_digits(value[2])
    return count
