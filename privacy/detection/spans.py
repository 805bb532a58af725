"""A found piece of personal data, and how overlapping finds become a list without overlaps."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

Known = Sequence[tuple[str, str]]
"""(entity, value) pairs that are certainly personal in a text."""

STRONG_SCORE = 0.9
"""From this score on a find is as good as a checksum."""


class Reason(StrEnum):
    """Why a recognizer believes that a span is personal data."""

    KNOWN = "known"
    CHECKSUM = "checksum"
    CONTEXT = "context"
    PATTERN = "pattern"
    CUE = "cue"
    MODEL = "model"
    LEXICON = "lexicon"


class Span(NamedTuple):
    """One find: ``text[start:end]``.

    Attributes:
        start: First code point, counted in the original text.
        end: One past the last code point.
        entity: A type name as Presidio spells them: ``PERSON``, ``EMAIL_ADDRESS``, ``BR_CPF``.
        score: 0 to 1.
        recognizer: Name of what found it.
        reason: One of `Reason`.
    """

    start: int
    end: int
    entity: str
    score: float
    recognizer: str
    reason: str


def _strength(span: Span) -> tuple[bool, int, float, int, str, str, str]:
    # The tail only makes the order total, so that equal input gives equal output.
    return (
        _is_strong(span),
        span.end - span.start,
        span.score,
        -span.start,
        span.entity,
        span.recognizer,
        span.reason,
    )


_NAMES = frozenset(["PERSON", "LOCATION", "ORGANIZATION", "STREET_ADDRESS", "NRP"])


def resolve(spans: Iterable[Span]) -> list[Span]:
    """Give spans in order that do not overlap and cover every character the given ones cover.

    Names of one type that overlap are one name: ``Herr Groß`` and ``Groß-Lehnen``. The stronger
    span (known or checksummed) keeps its extent, then the longer, then the higher score. What the loser covers beyond the winner stays as a shorter span of its own: a character
    once believed personal is never let go.
    """
    ordered = sorted(spans)
    kept: list[Span] = []
    cluster: list[Span] = []
    reach = -1
    for span in ordered:
        if span.start >= span.end:
            continue
        if cluster and span.start >= reach:
            kept.extend(_resolve_cluster(cluster))
            cluster = []
        cluster.append(span)
        reach = max(reach, span.end) if len(cluster) > 1 else span.end
    if cluster:
        kept.extend(_resolve_cluster(cluster))
    return kept


def _is_strong(span: Span) -> bool:
    return span.score >= STRONG_SCORE or span.reason in (Reason.KNOWN, Reason.CHECKSUM)


def _united(cluster: list[Span]) -> list[Span]:
    """Make one of the names of one type that overlap, but for those that keep their extent."""
    united: list[Span] = []
    last: dict[str, int] = {}
    for span in cluster:
        at = last.get(span.entity)
        if span.entity not in _NAMES or span.reason == Reason.KNOWN:
            united.append(span)
        elif at is not None and span.start < united[at].end:
            one = united[at]
            best = max(one, span, key=_strength)
            united[at] = best._replace(start=one.start, end=max(one.end, span.end))
        else:
            last[span.entity] = len(united)
            united.append(span)
    return united


def _resolve_cluster(cluster: list[Span]) -> list[Span]:
    if len(cluster) == 1:
        return cluster
    winners: list[Span] = []
    cluster = _united(cluster)
    for candidate in sorted(cluster, key=_strength, reverse=True):
        pieces = [(candidate.start, candidate.end)]
        for winner in winners:
            pieces = [
                part
                for start, end in pieces
                for part in ((start, min(end, winner.start)), (max(start, winner.end), end))
                if part[0] < part[1]
            ]
            if not pieces:
                break
        winners.extend(candidate._replace(start=start, end=end) for start, end in pieces)
    winners.sort()
    return winners


def tidied(text: str, spans: Iterable[Span]) -> list[Span]:
    """Give resolved spans without blanks at their ends, and none that holds no letter or digit.

    Where one find gave way to another, a blank or a comma may be all that is left of it.
    """
    tidy = []
    for span in spans:
        value = text[span.start : span.end]
        if not any(map(str.isalnum, value)):
            continue
        start = span.start + len(value) - len(value.lstrip())
        tidy.append(span._replace(start=start, end=start + len(value.strip())))
    return tidy
