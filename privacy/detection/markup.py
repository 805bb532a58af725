"""HTML in a message, as a reader sees it: tags give way, entities become their characters.

A tag inside a line (``<b>Jo</b>hn``) vanishes, one that ends a line becomes a line's end, one that
ends a cell a blank. Only HTML's own tag names count: ``<ada@example.com>`` and ``a < b`` stay. What
an attribute holds is read like text (``mailto:``, ``alt``, ``title``), unless it only says how things
look; so are comments, scripts and styles. Nothing is skipped that could name a person.
"""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5

Cut = tuple[int, int, str | None]
"""Original start and end, and what is read there; None for what is read as it stands."""

_LINES = (
    "address article aside blockquote body br caption center dd dir div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main menu nav ol optgroup"
    " option p pre script section select style summary table tbody textarea tfoot thead title tr ul"
)
_CELLS = "button details dialog iframe img input label link meta object source td th video"
_INLINE = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small span"
    " strike strong sub sup time tt u var wbr nobr o:p"
)
_READ_AS = {
    **dict.fromkeys(_LINES.split(), "\n"),
    **dict.fromkeys(_CELLS.split(), " "),
    **dict.fromkeys(_INLINE.split(), ""),
    **dict.fromkeys(["blockquote", "hr"], "\n\n"),  # what is quoted is a block of its own
}
_NAMES = "|".join(sorted(map(re.escape, _READ_AS), key=len, reverse=True))
_MARKUP = re.compile(
    rf"<(?P<closing>/?)(?P<name>{_NAMES})(?P<attributes>[\s/][^<>]{{0,4000}})?>"
    r"|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});"
    r"|<!--|-->|<!\[CDATA\[|\]\]>|<!DOCTYPE[^<>]{0,500}>|(?<=\w)%40(?=\w)",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[a-zA-Z][\w:.-]{0,60})\s{0,20}=\s{0,20}"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'<>]+))"
)
_LOOKS = frozenset(
    [
        "align",
        "bgcolor",
        "border",
        "cellpadding",
        "cellspacing",
        "charset",
        "class",
        "color",
        "colspan",
        "dir",
        "face",
        "height",
        "http-equiv",
        "lang",
        "media",
        "method",
        "rel",
        "role",
        "rowspan",
        "size",
        "style",
        "tabindex",
        "target",
        "type",
        "valign",
        "width",
        "xmlns",
    ]
)


def may_hold_markup(text: str) -> bool:
    """Tell quickly whether a text can have any."""
    return "<" in text or "&" in text or "%40" in text


def cuts(text: str) -> Iterator[Cut]:
    """Give a text's markup and what is read in its place, in order."""
    at = 0
    for match in _MARKUP.finditer(text):
        start, end = match.span()
        if start < at:
            continue
        if match["name"] is None:
            yield start, end, _character(match[0])
        elif not match["attributes"]:
            yield start, end, _READ_AS[match["name"].lower()]
        else:
            yield from _values(match)
        at = end


def _character(written: str) -> str:
    if written.startswith("&#"):
        return unescape(written)
    if written.startswith("&"):
        return html5.get(written[1:], written)
    return "@" if written == "%40" else " "


def _values(tag: re.Match[str]) -> Iterator[Cut]:
    """Cut a tag around the values of its attributes."""
    read_as = _READ_AS[tag["name"].lower()]
    at = tag.start()
    text = tag.string
    for match in _ATTRIBUTE.finditer(text, tag.start("attributes"), tag.end("attributes")):
        if match["name"].lower() in _LOOKS:
            continue
        start, end = match.span(match.lastgroup or 0)
        if start == end:
            continue
        yield at, start, " "
        inner = start
        for entity in _MARKUP.finditer(text, start, end):
            yield inner, entity.start(), None
            yield *entity.span(), _character(entity[0])
            inner = entity.end()
        yield inner, end, None
        at = end
        read_as = read_as or " "
    yield at, tag.end(), read_as
