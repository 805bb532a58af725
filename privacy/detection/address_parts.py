"""An address of several lines in its parts: house and street, flat, code, place, each a span.

Recognizers find an address whole, because its parts prove each other. Whoever reads the finds wants
the parts: a town may be kept for statistics where a street may not, and neither marked texts nor
other tools know spans of four lines. An address within one line stays one span.
"""

import re
from collections.abc import Iterable, Iterator

from privacy.detection.recognizers.addresses.parts import POSTCODE, ROOM
from privacy.detection.spans import Span

ADDRESS = "STREET_ADDRESS"
PLACE = "LOCATION"

_BORDERS = re.compile(r"\s*,?[ \t]*[\r\n]\s*")
_UNIT = re.compile(rf"(?<=[\w.])[ ]+(?=(?i:{ROOM})\.? ?#?\d)")
_UNIT_FIRST = re.compile(rf"(?i:{ROOM})\.? ?#?\w{{0,3}}\d\w{{0,4}} +(?=\d)")
_HOUSE = re.compile(r"(?i:(?:n[º°.]?|no|nr|num|д|дом)[.:]? ?)?\d{1,4} ?[a-z]?(?![^\W_])")
_ONLY_CODE = re.compile(POSTCODE)
_CODE_FIRST = re.compile(rf"({POSTCODE})\s+(?=[^\W\d_])")
_CODE_LAST = re.compile(rf"(?<=[^\W_])\s+({POSTCODE})$")
_BOX = re.compile(
    r"(?i)\b(?:PSC|CMR|P\.? ?O\.? ?Box|Unit) \d{1,6}\W{1,3}(?:Box \d)?|\b(?:APO|FPO|DPO) A[AEP]\b"
)
_TWO_NUMBERS = re.compile(r"(\d{1,5})\s+(?=[^\W\d_].*\d|\d{1,4}\s+[^\W\d_])")
_SHORTEST_CODE = 4


def in_parts(text: str, spans: Iterable[Span]) -> list[Span]:
    """Give the spans with every address cut into its parts, in order.

    Args:
        text: The original.
        spans: Found in it, in order, without overlaps.
    """
    parted: list[Span] = []
    for span in spans:
        if span.entity == ADDRESS:
            parted.extend(_parts(text, span))
        else:
            parted.append(span)
    return parted


def _parts(text: str, span: Span) -> Iterator[Span]:
    if "\n" not in text[span.start : span.end]:
        yield span
        return
    found = [
        span._replace(start=start, end=end, entity=entity)
        for first, last in _lines(text, span.start, span.end)
        for start, end, entity in _typed(text, first, last)
    ]
    # A box number has no parts, and where no part says "street" there is nothing to tell apart.
    if _BOX.search(text, span.start, span.end) or all(one.entity != ADDRESS for one in found):
        yield span
    else:
        yield from found


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut at line ends, and before a unit ("Apt. 4"); not between street and number."""
    at = start
    for border in _BORDERS.finditer(text, start, end):
        is_street = at == start and not _has_digit(text[at : border.start()])
        if is_street and _HOUSE.match(text, border.end(), end):
            continue
        if at < border.start():
            yield from _units(text, at, border.start())
        at = border.end()
    if at < end:
        yield from _units(text, at, end)


def _units(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    if first := _UNIT_FIRST.match(text, start, end):
        yield start, first.end() - 1
        at = first.end()
    for border in _UNIT.finditer(text, at, end):
        yield at, border.start()
        at = border.end()
    yield at, end


def _typed(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Say what each piece of a line is."""
    line = text[start:end]
    first, last = _CODE_FIRST.match(line), _CODE_LAST.search(line)
    if len(line) >= _SHORTEST_CODE and _ONLY_CODE.fullmatch(line):
        yield start, end, ADDRESS
    elif not _has_digit(line):
        yield start, end, PLACE
    elif first and len(first[1]) >= _SHORTEST_CODE and not _has_digit(line[first.end() :]):
        yield start, start + first.end(1), ADDRESS
        yield start + first.end(), end, PLACE
    elif last and len(last[1]) >= _SHORTEST_CODE and not _has_digit(line[: last.start()]):
        yield start, start + last.start(), PLACE
        yield start + last.start(1), end, ADDRESS
    elif numbers := _TWO_NUMBERS.match(line):
        # "28245 Long Lane 82", "28245 82 Long Lane": the building's number, then the street's.
        yield start, start + numbers.end(1), ADDRESS
        yield start + numbers.end(), end, ADDRESS
    else:
        yield start, end, ADDRESS


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)
