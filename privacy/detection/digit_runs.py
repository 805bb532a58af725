"""Where a text writes a number digit by digit, with unusual signs, or broken over lines."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

FEWEST_DIGITS = 6
"""Of a number worth a second reading."""

LETTER = re.compile("[A-Za-z]")
# 4 1 1 1 - 1 1 1 1, with the letters of an IBAN or a national number among them.
_SINGLES = re.compile(
    r"(?<![^\W_])(?<![.,-])(?:[A-Za-z]{1}[ ._/*|,-]{1,3}+){0,4}+"
    r"\d(?:(?:[ ._/*|,-]{1,3}+|[ \t]{0,4}+\n[> \t]{0,8}+)[0-9A-Za-z](?![^\W_])){6,40}+(?![^\W_])"
)
# 4111.1111.1111.1111, 4111 / 1111 / 1111 / 1111
_SIGNED = re.compile(
    r"(?<![\w.,/-])\d{4}(?P<sign> ?[._/*|·,] ?|  +| - )\d{4,6}(?:(?P=sign)\d{2,6}){1,4}(?![\w/]|[.,]\d)"
)
_BROKEN = re.compile(
    r"(?<![\d.,-])(?=[^\n]{0,60}\n)[A-Z]{0,2}\d{2,24}(?:[ -]{1,2}[A-Z0-9]{2,6}){0,7}[ \t]{0,4}-?[ \t]{0,4}\n[> \t]{0,8}\d{2,24}(?:[ -]{1,2}\d{1,6}){0,7}(?!\d)"
)


class Piece(NamedTuple):
    """What one word or sign stands for."""

    text: str
    start: int
    end: int


class Run(NamedTuple):
    """A spelled number, or address: its pieces in order. Between them nothing is read."""

    pieces: tuple[Piece, ...]
    is_dictated: bool

    @property
    def start(self) -> int:
        """Give where the first piece begins."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Give where the last piece ends."""
        return self.pieces[-1].end

    def bare(self) -> "Run":
        """Give it without the letters at its ends."""
        first, last = 0, len(self.pieces)
        while first < last and LETTER.fullmatch(self.pieces[first].text):
            first += 1
        while last > first + 1 and LETTER.fullmatch(self.pieces[last - 1].text):
            last -= 1
        return Run(self.pieces[first:last], self.is_dictated) if first < last else self


def written_runs(text: str) -> Iterator[Run]:
    """Give the numbers a folded text writes so, in order of their kinds."""
    for match in _SINGLES.finditer(text):
        pieces = tuple(
            Piece(text[at], at, at + 1)
            for at in range(match.start(), match.end())
            if text[at].isalnum()
        )
        if sum(piece.text.isdigit() for piece in pieces) >= FEWEST_DIGITS:
            yield Run(pieces, is_dictated=True)
    for match in _SIGNED.finditer(text):
        groups = list(re.finditer(r"\d+", match[0]))
        if 12 <= sum(len(one[0]) for one in groups) <= 19:
            yield _joined(match, groups, "-")
    if "\n" in text:
        for match in _BROKEN.finditer(text):
            parts = list(re.finditer(r"[A-Z0-9]+", match[0]))
            # Groups of four, as on cards: a postcode and the telephone number below it are two.
            is_even = all(len(part[0]) == 4 for part in parts[:-1])
            if is_even and sum(one.isdigit() for one in match[0]) >= 12:
                yield _joined(match, parts, " ")


def _joined(match: re.Match[str], groups: Sequence[re.Match[str]], sign: str) -> Run:
    base = match.start()
    pieces: list[Piece] = []
    for group in groups:
        if pieces:
            pieces.append(Piece(sign, pieces[-1].end, base + group.start()))
        pieces.append(Piece(group[0], base + group.start(), base + group.end()))
    return Run(tuple(pieces), is_dictated=False)
