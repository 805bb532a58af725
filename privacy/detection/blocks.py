"""A message cut into the blocks it was put together from: what was written, quoted, forwarded.

A reply repeats what it answers, and an agent's answer is half template. A block is read once and its
finds are remembered, so the same cuts must be made wherever it stands: they depend on the block's own
lines alone. Quote marks are taken off, so that a quoted text is the text that was quoted.

A context word and its number in different blocks do not see each other: ``My card is:`` before a
quoted number, or in the paragraph before a long one. Known values are looked for in the whole text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

_SHORT_TEXT = 160
"""Characters below which a paragraph is read together with the next."""

_QUOTE = re.compile(r"(?:[ \t]{0,3}+>)++[ ]?")
_WROTE = (
    r"wrote|writes|schrieb|a écrit|écrivait|escribió|ha scritto|schreef|napisał\(?a?\)?|escreveu|yazdı|şunları yazdı"
    r"|пишет|написал\(?а?\)?|menulis|ने लिखा|كتب|เขียนว่า|写道|寫道|작성|님이 작성|wrote as follows"
)
_TURN = re.compile(
    rf"[^\n]{{8,240}}(?:{_WROTE})[^\n:：]{{0,20}}[:：][ \t]*"
    r"|[ \t]*-{2,}[^\n]{3,60}-{2,}[ \t]*|[ \t]*_{10,}[ \t]*|Begin forwarded message:[ \t]*"
)
_HEADER = re.compile(
    r"(?:From|To|Cc|Bcc|Sent|Date|Subject|Reply-To|Von|An|Gesendet|Datum|Betreff|De|À|A|Envoyé|Objet|Para|Enviado|Asunto"
    r"|Assunto|Da|Inviato|Oggetto|Van|Aan|Verzonden|Onderwerp|Od|Do|Wysłano|Temat|Kimden|Kime|Konu|От|Кому|Тема|Дата"
    r"|Dari|Kepada|发件人|收件人|主题|发送时间|差出人|宛先|件名|보낸 사람|받는 사람|제목)\*? ?[:：]"
)


class Block(NamedTuple):
    """A part of a text, without quote marks.

    Attributes:
        text: What is read.
        breaks: Positions in it from which on `origins` differ, ascending from 0.
        origins: Where in the whole text each begins.
    """

    text: str
    breaks: tuple[int, ...]
    origins: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Give the range of the whole text that a range of the block came from."""
        return self._place(start), self._place(end - 1) + 1

    def _place(self, position: int) -> int:
        index = bisect_right(self.breaks, position) - 1
        return self.origins[index] + position - self.breaks[index]


class _Line(NamedTuple):
    start: int
    text: str
    depth: int


def blocks_of(text: str) -> list[Block]:
    """Cut a folded text; blank lines and quote marks between blocks belong to none."""
    if len(text) <= _SHORT_TEXT and ">" not in text and "\n" not in text:
        return [Block(text, (0,), (0,))]
    return [_block(lines) for lines in _groups(text)]


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for line in text.split("\n"):
        mark = _QUOTE.match(line)
        start = mark.end() if mark else 0
        yield _Line(at + start, line[start:], mark[0].count(">") if mark else 0)
        at += len(line) + 1


def _groups(text: str) -> Iterator[list[_Line]]:
    group: list[_Line] = []
    size, depth = 0, 0
    is_header = was_blank = False
    for line in _lines(text):
        is_blank = not line.text.strip()
        if is_blank:
            is_turn = is_header
        else:
            is_turn = line.depth != depth or (was_blank and size >= _SHORT_TEXT)
        if group and is_turn:
            yield group
            group, size = [], 0
        was_blank = is_blank
        is_header = not is_blank and _HEADER.match(line.text) is not None
        if is_blank:
            if group:
                group.append(line)
            continue
        depth = line.depth
        group.append(line)
        size += len(line.text)
        if _TURN.fullmatch(line.text):
            yield group
            group, size = [], 0
    if group:
        yield group


def _block(lines: list[_Line]) -> Block:
    while lines and not lines[-1].text.strip():
        lines.pop()
    first = lines[0].text
    lead = len(first) - len(first.lstrip())
    lines[0] = _Line(lines[0].start + lead, first[lead:], lines[0].depth)
    lines[-1] = lines[-1]._replace(text=lines[-1].text.rstrip())
    breaks: list[int] = []
    origins: list[int] = []
    at = 0
    for line in lines:
        if not origins or origins[-1] - breaks[-1] != line.start - at:
            breaks.append(at)
            origins.append(line.start)
        at += len(line.text) + 1
    return Block("\n".join(line.text for line in lines), tuple(breaks), tuple(origins))
