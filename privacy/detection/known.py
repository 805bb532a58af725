"""Values that are personal for certain: the names and handles of the people in a conversation."""

import re
from collections import defaultdict
from collections.abc import Hashable, Sequence

from privacy.detection.folding import Folded, fold, lowered
from privacy.detection.spans import Reason, Span, resolve

RECOGNIZER = "KnownValues"
_TELLING_DIGITS = 5
_NO_NUMBERS = frozenset({"DATE_TIME", "LOCATION", "ORGANIZATION", "PERSON"})
_PART = re.compile(r"[^\W\d_]+'[^\W\d_]{2,}|[^\W\d_]{3,}")
_CJK_NAME = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]{2,5}")
_NOT_DIGITS = re.compile(r"\D")
_PHONE_RUN = re.compile(r"\+?[(]?\d(?:[ ()./-]{0,3}\d){6,}")
# Parts of names that are also everyday words: found only as they stand in the name, capitals and all.
_EVERYDAY = frozenset(
    [
        "the",
        "and",
        "von",
        "van",
        "der",
        "den",
        "del",
        "des",
        "dos",
        "das",
        "mrs",
        "miss",
        "will",
        "may",
        "mark",
        "art",
        "bill",
        "rich",
        "grace",
        "hope",
        "joy",
        "faith",
        "rose",
        "lily",
        "june",
        "april",
        "august",
        "summer",
        "dawn",
        "sky",
        "ray",
        "guy",
        "jack",
        "drew",
        "chase",
        "chance",
        "grant",
        "frank",
        "earl",
        "duke",
        "king",
        "prince",
        "law",
        "price",
        "young",
        "old",
        "white",
        "black",
        "brown",
        "green",
        "gray",
        "grey",
        "gold",
        "silver",
        "long",
        "short",
        "small",
        "good",
        "best",
        "wise",
        "love",
        "day",
        "may",
        "way",
        "man",
        "case",
        "page",
        "ford",
        "bell",
        "bush",
        "cook",
        "baker",
        "post",
        "store",
        "shop",
        "service",
        "support",
        "team",
        "customer",
        "client",
        "agent",
        "guest",
        "user",
        "unknown",
        "test",
        "admin",
        "info",
        "sales",
        "help",
        "order",
        "mein",
        "herr",
        "frau",
    ]
)


def _is_inside_word(text: str, start: int, end: int) -> bool:
    def is_latin(one: str) -> bool:
        return one.isalnum() and not "\u3040" <= one <= "\ud7af"

    return (start > 0 and is_latin(text[start - 1]) and is_latin(text[start])) or (
        end < len(text) and is_latin(text[end - 1]) and is_latin(text[end])
    )


def _positions(text: str, value: str) -> list[tuple[int, int]]:
    found = []
    at = text.find(value)
    while at >= 0:
        end = at + len(value)
        if not _is_inside_word(text, at, end):
            found.append((at, end))
        at = text.find(value, end)
    return found


def _name_parts(value: str) -> list[str]:
    parts = _PART.findall(value)
    if _CJK_NAME.fullmatch(value) and len(value) >= 3:
        parts.append(value[-2:])  # friends and colleagues drop the family name
    return parts


def _phone_positions(text: str, value: str) -> list[tuple[int, int]]:
    # The last eight digits are the same with and without country code and trunk zero.
    wanted = _NOT_DIGITS.sub("", value)
    if len(wanted) < 7:
        return []
    tail = wanted[-8:]
    return [
        match.span()
        for match in _PHONE_RUN.finditer(text)
        if _NOT_DIGITS.sub("", match[0]).endswith(tail)
    ]


def find_known(folded: Folded, known: Sequence[tuple[str, str]]) -> list[Span]:
    """Find known values wherever they occur, in any case, and names' parts of three letters.

    Args:
        folded: The text.
        known: Entity and value. A part of a name that is also an everyday word (``Will``) is found
            only with its capital letter.
    """
    text = folded.text
    small = lowered(text)
    found: dict[tuple[int, int], str] = {}
    for entity, value in known:
        clean = " ".join(fold(value).text.split())
        if len(clean) < 2:
            continue
        if entity == "PHONE_NUMBER":
            for place in _phone_positions(text, clean):
                found.setdefault(place, entity)
        is_everyday = entity == "PERSON" and clean.lower() in _EVERYDAY
        places = _positions(text, clean) if is_everyday else _positions(small, lowered(clean))
        for place in places:
            found.setdefault(place, entity)
        if entity != "PERSON":
            continue
        for part in _name_parts(clean):
            if part == clean:
                continue
            is_everyday = part.lower() in _EVERYDAY
            places = _positions(text, part) if is_everyday else _positions(small, lowered(part))
            for place in places:
                found.setdefault(place, entity)
    return [
        Span(*folded.original(start, end), entity, 1.0, RECOGNIZER, Reason.KNOWN.value)
        for (start, end), entity in _joined(text, found)
    ]


def find_again(
    texts: Sequence[str], spans: Sequence[list[Span]], threads: Sequence[Hashable]
) -> list[list[Span]]:
    """Find a number that was found once in a conversation wherever else it stands in it.

    Many numbers are told by a word before them (``order 4711``) and repeated without it later on. A
    number of fewer than five digits may mean something else the second time, and so may a date.

    Args:
        texts: The texts.
        spans: What was found in each.
        threads: Which conversation each belongs to.

    Returns:
        Of each text, spans as given, with what was found again.
    """
    numbers: dict[Hashable, dict[tuple[str, str], None]] = defaultdict(dict)
    for text, found, thread in zip(texts, spans, threads, strict=True):
        for span in found:
            value = text[span.start : span.end]
            if span.entity not in _NO_NUMBERS and sum(map(str.isdigit, value)) >= _TELLING_DIGITS:
                numbers[thread][span.entity, value] = None
    answers = []
    for text, found, thread in zip(texts, spans, threads, strict=True):
        known = numbers.get(thread)
        if not known or not any(map(str.isdigit, text)):
            answers.append(found)
            continue
        more = [
            span
            for span in find_known(fold(text), list(known))
            if not any(one.start <= span.start and span.end <= one.end for one in found)
        ]
        answers.append(resolve([*found, *more]) if more else found)
    return answers


def _joined(text: str, found: dict[tuple[int, int], str]) -> list[tuple[tuple[int, int], str]]:
    """Make one of finds of one type that overlap or stand a blank apart: a whole name."""
    joined: list[tuple[tuple[int, int], str]] = []
    for (start, end), entity in sorted(found.items()):
        if joined and joined[-1][1] == entity:
            (before, until), _ = joined[-1]
            if start <= until or text[until:start] in (" ", "-", ", "):
                joined[-1] = ((before, max(until, end)), entity)
                continue
        joined.append(((start, end), entity))
    return joined
