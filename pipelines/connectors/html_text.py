"""HTML of a message as plain text, and what of it mail programs marked as quoted."""

import re
from html.parser import HTMLParser

_LIMIT_CHARACTERS = 1_000_000
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "object"})
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "wbr"})
_BLOCKS = frozenset(
    {
        *("p", "div", "br", "hr", "li", "ul", "ol", "tr", "table", "pre", "section", "article"),
        *(
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "blockquote",
            "header",
            "footer",
            "address",
            "center",
        ),
    }
)
_QUOTE_MARKS = re.compile(
    r"gmail_quote|gmail_extra|yahoo_quoted|moz-cite-prefix|divRplyFwdMsg|OLK_SRC_BODY_SECTION"
    r"|appendonsend|protonmail_quote|mail_quote|zmail_extra|isForwardContent|replySplit",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[ \t\r\f\v\xa0]+")
_GAPS = re.compile(r"\n{3,}")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.quoted: list[str] = []
        self._open: list[tuple[str, bool, bool]] = []

    @property
    def _is_silent(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    @property
    def _is_quoted(self) -> bool:
        return bool(self._open) and self._open[-1][2]

    def _write(self, text: str) -> None:
        if not self._is_silent:
            (self.quoted if self._is_quoted else self.said).append(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._write("\n")
        if tag in _VOID or len(self._open) > 500:
            return
        marks = " ".join(value for key, value in attrs if value and key in ("class", "id"))
        is_cite = tag == "blockquote" and dict(attrs).get("type") == "cite"
        quoted = self._is_quoted or is_cite or bool(_QUOTE_MARKS.search(marks))
        self._open.append((tag, self._is_silent or tag in _SILENT, quoted))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._write("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in (name for name, _, _ in self._open[-20:]):
            while self._open.pop()[0] != tag:
                pass
        if tag in _BLOCKS:
            self._write("\n")

    def handle_data(self, data: str) -> None:
        self._write(data if "pre" in (name for name, _, _ in self._open[-5:]) else _one_line(data))


def _one_line(data: str) -> str:
    return _SPACES.sub(" ", data.replace("\n", " "))


def _tidy(parts: list[str]) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(parts).split("\n"))
    return _GAPS.sub("\n\n", "\n".join(lines)).strip()


def text_of(html: str) -> tuple[str, str]:
    """Give the text of a document, and apart from it the text its mail program marked as quoted.

    Reads at most the first million characters; never fails, whatever the markup.
    """
    reader = _Reader()
    try:
        reader.feed(html[:_LIMIT_CHARACTERS])
        reader.close()
    except (AssertionError, ValueError, RecursionError):
        # html.parser gives up on some broken declarations; what was read until there stands.
        pass
    said, quoted = _tidy(reader.said), _tidy(reader.quoted)
    return (said, quoted) if said else (quoted, "")
