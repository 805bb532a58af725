"""What to look for: a person's values, in every encoding a computer is likely to have left them in.

One pass over the bytes looks for all of them at once (Aho-Corasick). No match ever gives the value
back: a `Hit` names the kind of value and the encoding.
"""

import base64
import json
import quopri
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple
from urllib.parse import quote, quote_plus

import ahocorasick_rs
import numpy

from privacy.errors import ConfigurationError

MINIMUM_PATTERN_BYTES: Final = 7
"""Shorter patterns turn up by chance: encrypted files are gigabytes of random bytes, and a
case-blind match of seven letters among 10 GB of them still has a chance of under 1 in 10,000."""

_MAXIMUM_PATTERN_BYTES: Final = 1024
"""Longer values are looked for by their beginning; it bounds the overlap of two chunks."""

_DFA_UP_TO_PATTERNS: Final = 3000
"""A deterministic automaton is four times as fast and takes about 10 KB a pattern."""

_IS_BASE64: Any = numpy.array(
    [chr(c).isalnum() or chr(c) in "+/-_" for c in range(128)] + [False] * 128
)
_IS_PRINTABLE: Any = numpy.array([32 <= c < 127 for c in range(256)])
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that is known of a person.

    Attributes:
        kind: ``email``, ``phone``, ``name``, ``card``, ``handle_index``: it is what a report shows.
        text: The value itself; never printed, logged, or stored.
    """

    kind: str
    text: str = field(repr=False)


class Hit(NamedTuple):
    """A pattern found in a piece of bytes.

    Attributes:
        end: Offset of the first byte after it; None where line breaks were taken out first.
    """

    value: int
    encoding: str
    end: int | None


class _Pattern(NamedTuple):
    value: int
    encoding: str
    exact: bytes | None  # set where upper and lower case differ in meaning (base64)


def _spellings(text: str) -> set[str]:
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", text)
    return {
        spelling
        for form in (text, composed, decomposed)
        for spelling in (form, form.casefold(), form.lower(), form.upper(), form.title())
    }


def _base64_cores(raw: bytes) -> Iterator[bytes]:
    """Yield the characters that stay the same whatever stands before and after `raw`."""
    for lead in range(3):
        encoded = base64.b64encode(b"\0" * lead + raw)
        first = -(-lead * 8 // 6)  # characters that share bits with what stands before
        last = (lead + len(raw)) * 8 // 6  # and after
        core = encoded[first:last]
        yield core
        yield core.translate(_URL_SAFE)


def _encodings(text: str) -> Iterator[tuple[str, bytes, bool]]:
    """Yield (name, bytes, whether case matters) for one spelling."""
    plain = text.encode("utf-8", "surrogatepass")
    wide = text.encode("utf-16-le", "surrogatepass")
    yield "plain", plain, False
    yield "utf-16-le", wide, False
    yield "utf-16-be", text.encode("utf-16-be", "surrogatepass"), False
    yield "hex", plain.hex().encode(), False
    yield "hex", wide.hex().encode(), False
    for raw in (plain, wide):
        for core in _base64_cores(raw):
            yield "base64", core, True
    escaped = json.dumps(text)[1:-1]
    yield "json", escaped.encode(), False
    yield "json", escaped.replace("/", "\\/").encode(), False
    yield "json", text.encode("unicode_escape"), False
    yield "url", quote(text, safe="", errors="replace").encode(), False
    yield "url", quote(text, safe="@+", errors="replace").encode(), False
    yield "url", quote_plus(text, errors="replace").encode(), False
    if not text.isascii():
        yield "quoted-printable", quopri.encodestring(plain).replace(b"=\n", b""), False
        for charset in ("latin-1", "gb18030"):
            try:
                yield charset, text.encode(charset), False
            except UnicodeEncodeError:
                continue


class Needles:
    """A person's values, ready to be looked for.

    Attributes:
        values: What was given, without repetition.
        too_short: Positions in `values` of those too short to be looked for as plain text.
        overlap_bytes: How much of one chunk must be given again at the front of the next.
    """

    def __init__(self, values: Iterable[Value]) -> None:
        self.values: tuple[Value, ...] = tuple(dict.fromkeys(v for v in values if v.text.strip()))
        if not self.values:
            raise ConfigurationError("a residue scan needs at least one value to look for")
        patterns: dict[bytes, list[_Pattern]] = {}
        seen: set[tuple[int, bytes, bytes | None]] = set()
        searched: set[int] = set()
        for number, value in enumerate(self.values):
            for spelling in sorted(_spellings(value.text.strip())):
                for encoding, raw, has_case in _encodings(spelling):
                    cut = raw[:_MAXIMUM_PATTERN_BYTES]
                    if len(cut) < MINIMUM_PATTERN_BYTES:
                        continue
                    exact = cut if has_case else None
                    key = cut.lower()
                    if (number, key, exact) in seen:
                        continue
                    seen.add((number, key, exact))
                    patterns.setdefault(key, []).append(_Pattern(number, encoding, exact))
                    if encoding == "plain":
                        searched.add(number)
        self.too_short = tuple(n for n in range(len(self.values)) if n not in searched)
        self._keys = list(patterns)
        self._patterns = list(patterns.values())
        self.overlap_bytes = 2 * max(map(len, self._keys), default=0) + 64
        self._automaton: Any = ahocorasick_rs.BytesAhoCorasick(
            self._keys,
            implementation=(
                ahocorasick_rs.Implementation.DFA
                if len(self._keys) <= _DFA_UP_TO_PATTERNS
                else ahocorasick_rs.Implementation.ContiguousNFA
            ),
        )

    def find(self, piece: bytes) -> list[Hit]:
        """Find every value in a piece of bytes, in any encoding, whole or broken over lines."""
        hits = list(self._find(piece))
        found = {(hit.value, hit.encoding) for hit in hits}
        for joined in _without_line_breaks(piece):
            for hit in self._find(joined):
                if (hit.value, hit.encoding) not in found:
                    found.add((hit.value, hit.encoding))
                    hits.append(hit._replace(end=None))
        return hits

    def _find(self, piece: bytes) -> Iterator[Hit]:
        if not self._keys:
            return
        matches = self._automaton.find_matches_as_indexes(piece.lower(), overlapping=True)
        for index, start, end in matches:
            for pattern in self._patterns[index]:
                if pattern.exact is None or piece[start:end] == pattern.exact:
                    yield Hit(pattern.value, pattern.encoding, end)


def _without_line_breaks(piece: bytes) -> Iterator[bytes]:
    """Undo the folding of base64 (RFC 2045 §6.8) and of quoted-printable (§6.7).

    A second pass costs as much as the first, so it is made only where a full line of base64, or of
    printable characters with a soft break, ends in a line break, real or JSON-escaped.
    """
    codes = numpy.frombuffer(piece, dtype=numpy.uint8)
    real = _line_ends(codes, codes == ord("\n"), width=1)
    escaped = _line_ends(codes, (codes == ord("n"))[1:] & (codes == ord("\\"))[:-1], width=2)
    for ends, feed, carriage in ((real, b"\n", b"\r"), (escaped, b"\\n", b"\\r")):
        if _any_after(codes, ends, _IS_BASE64, count=16):
            yield piece.replace(feed, b"").replace(carriage, b"")
        soft = ends[codes[ends - 1] == ord("=")] - 1
        if _any_after(codes, soft, _IS_PRINTABLE, count=12):
            yield piece.replace(b"=" + carriage + feed, b"").replace(b"=" + feed, b"")


def _line_ends(codes: Any, is_break: Any, *, width: int) -> Any:
    """Give the offset of every line break, or of its carriage return where it has one."""
    ends = numpy.flatnonzero(is_break)
    ends = ends[ends > width]
    returns = ord("\r") if width == 1 else ord("r")
    has_return = codes[ends - 1] == returns
    if width == 2:
        has_return &= codes[ends - 2] == ord("\\")
    return ends - width * has_return


def _any_after(codes: Any, ends: Any, table: Any, *, count: int) -> bool:
    """Say whether any of `ends` comes after `count` characters of a class."""
    ends = ends[ends >= count]
    for back in range(1, count + 1):
        if not len(ends):
            return False
        ends = ends[table[codes[ends - back]]]
    return bool(len(ends))
