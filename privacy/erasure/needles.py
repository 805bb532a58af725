"""What to look for: a person's values, in every encoding a computer is likely to have left them in.

One pass over the bytes looks for all of them at once (Aho-Corasick). No match ever gives the value
back: a `Hit` names the kind of value and the encoding.
"""

import base64
import json
import quopri
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple
from urllib.parse import quote, quote_plus

import ahocorasick_rs
import numpy
import phonenumbers

from privacy.errors import ConfigurationError

MINIMUM_PATTERN_BYTES: Final = 7
"""Shorter patterns turn up by chance: encrypted files are gigabytes of random bytes, and a
case-blind match of seven letters among 10 GB of them still has a chance of under 1 in 10,000."""

_MAXIMUM_PATTERN_BYTES: Final = 1024
"""Longer values are looked for by their beginning; it bounds the overlap of two chunks."""

_SHORTEST_AT_HOME: Final = 10
"""Digits of a number without its country's code, below which many countries may have it."""

_DFA_UP_TO_PATTERNS: Final = 3000
"""A deterministic automaton is four times as fast and takes about 10 KB a pattern."""

_MINTED: Final = frozenset({"customer_id", "handle_index", "subject_id"})
"""Kinds that this product makes and nobody spells in another way."""

_IS_BASE64: Any = numpy.array(
    [chr(c).isalnum() or chr(c) in "+/-_" for c in range(128)] + [False] * 128
)
_IS_PRINTABLE: Any = numpy.array([32 <= c < 127 for c in range(256)])
_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_FROM_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_BASE64_GROUPS = re.compile(rb"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_BASE64_GROUPS_BEFORE = re.compile(rb"(?:[A-Za-z0-9+/]{4})*$")

_WORD_BEFORE = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-")
_WORD_AFTER = re.compile(rb"[A-Za-z0-9_-]|\.[A-Za-z0-9]")
_ESCAPE = re.compile(rb"(?:\\[nrtbf]|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|[%=][0-9a-fA-F]{2})$")
"""Ends in a letter or digit and is none: a line break, or any character, written as an escape."""


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that is known of a person.

    Attributes:
        kind: ``email``, ``phone``, ``name``, ``card``, ``handle_index``: it is what a report shows.
        text: The value itself; never printed, logged, or stored.
        namespace: Of a handle, where it is unique within a vendor's account only.
    """

    kind: str
    text: str = field(repr=False)
    namespace: str = ""


class Hit(NamedTuple):
    """A pattern found in a piece of bytes.

    Attributes:
        end: Offset of the first byte after it; None where line breaks were taken out first.
    """

    value: int
    encoding: str
    end: int | None


class _Encoded(NamedTuple):
    """One spelling of a value, encoded.

    Attributes:
        exact: Upper and lower case differ in meaning, as in base64.
        is_number: Digits that a number was reduced to; within a longer number they are another one,
            a time stamp say.
        lead: Of base64: how many bytes of the group of three come before the value.
        skipped: Of base64: how many characters of the group are not in `raw`.
        length: Of base64: the value's length in bytes before it was encoded.
    """

    encoding: str
    raw: bytes
    exact: bool = False
    is_number: bool = False
    lead: int = 0
    skipped: int = 0
    length: int = 0


class _Pattern(NamedTuple):
    value: int
    encoded: _Encoded


def spellings_of(value: Value) -> set[str]:
    """Give how a value may be written: letters small or large, composed or not, numbers spaced."""
    text = value.text.strip()
    if value.kind in _MINTED:
        return {text}
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", text)
    return {
        spelling
        for form in (text, composed, decomposed)
        for spelling in (form, form.casefold(), form.lower(), form.upper(), form.title())
    } | (_dialled(text) if value.kind == "phone" and text.startswith("+") else set())


def _dialled(text: str) -> set[str]:
    """Give a number as vendors and people write it: without the plus, spaced, at home."""
    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        return set()
    formats = phonenumbers.PhoneNumberFormat
    abroad = phonenumbers.format_number(number, formats.E164)[1:]
    written = {phonenumbers.format_number(number, formats.INTERNATIONAL)}
    at_home = phonenumbers.format_number(number, formats.NATIONAL)
    if sum(map(str.isdigit, at_home)) >= _SHORTEST_AT_HOME:
        written.add(at_home)
    digits = {re.sub(r"\D", "", one) for one in written}
    return written | digits | {abroad, f"00{abroad}"}


def _base64(raw: bytes) -> Iterator[_Encoded]:
    """Yield the characters that stay the same whatever stands before and after `raw`."""
    for lead in range(3):
        encoded = base64.b64encode(b"\0" * lead + raw)
        skipped = -(-lead * 8 // 6)  # characters that share bits with what stands before
        last = (lead + len(raw)) * 8 // 6  # and after
        core = encoded[skipped:last]
        for characters in {core, core.translate(_URL_SAFE)}:
            yield _Encoded("base64", characters, True, False, lead, skipped, len(raw))


def _encodings(text: str) -> Iterator[_Encoded]:
    """Yield one spelling in every encoding."""
    plain = text.encode("utf-8", "surrogatepass")
    wide = text.encode("utf-16-le", "surrogatepass")
    yield _Encoded("plain", plain)
    yield _Encoded("utf-16-le", wide)
    yield _Encoded("utf-16-be", text.encode("utf-16-be", "surrogatepass"))
    yield _Encoded("hex", plain.hex().encode())
    yield _Encoded("hex", wide.hex().encode())
    for raw in (plain, wide):
        yield from _base64(raw)
    escaped = json.dumps(text)[1:-1]
    yield _Encoded("json", escaped.encode())
    yield _Encoded("json", escaped.replace("/", "\\/").encode())
    yield _Encoded("json", text.encode("unicode_escape"))
    yield _Encoded("url", quote(text, safe="", errors="replace").encode())
    yield _Encoded("url", quote(text, safe="@+", errors="replace").encode())
    yield _Encoded("url", quote_plus(text, errors="replace").encode())
    if not text.isascii():
        yield _Encoded("quoted-printable", quopri.encodestring(plain).replace(b"=\n", b""))
        for charset in ("latin-1", "gb18030"):
            with suppress(UnicodeEncodeError):
                yield _Encoded(charset, text.encode(charset))


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
            for spelling in sorted(spellings_of(value)):
                is_derived = spelling.isdigit() and spelling != value.text.strip()
                for encoded in _encodings(spelling):
                    cut = encoded._replace(
                        raw=encoded.raw[:_MAXIMUM_PATTERN_BYTES],
                        is_number=is_derived and encoded.encoding == "plain",
                    )
                    key = cut.raw.lower()
                    identity = (number, key, cut.raw if cut.exact else None)
                    if len(cut.raw) < MINIMUM_PATTERN_BYTES or identity in seen:
                        continue
                    seen.add(identity)
                    patterns.setdefault(key, []).append(_Pattern(number, cut))
                    if cut.encoding == "plain":
                        searched.add(number)
        self.too_short = tuple(n for n in range(len(self.values)) if n not in searched)
        self._wanted: frozenset[int] | None = None
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

    def only(self, values: Iterable[Value]) -> "Needles":
        """Give a part of the values to look for; it shares everything with the whole."""
        wanted = frozenset(values)
        part = copy(self)
        part._wanted = frozenset(n for n, value in enumerate(self.values) if value in wanted)
        part.too_short = tuple(n for n in self.too_short if n in part._wanted)
        if not part._wanted:
            raise ConfigurationError("a residue scan needs at least one value to look for")
        return part

    def find(self, piece: bytes, *, whole: bool = False) -> list[Hit]:
        """Find every value in a piece of bytes, in any encoding, unbroken or broken over lines.

        Args:
            piece: Bytes.
            whole: Leave out what is only a part of a longer word: ``ann@x.example`` in
                ``joann@x.example``. For text that was opened to be read. In raw bytes, what stands
                next to a value says nothing.
        """
        hits = list(dict.fromkeys(self._find(piece, whole)))
        found = {(hit.value, hit.encoding) for hit in hits}
        for joined in _without_line_breaks(piece, self.overlap_bytes):
            for hit in self._find(joined, whole):
                if (hit.value, hit.encoding) not in found:
                    found.add((hit.value, hit.encoding))
                    hits.append(hit._replace(end=None))
        return hits

    def _find(self, piece: bytes, whole: bool) -> Iterator[Hit]:
        if not self._keys:
            return
        matches = self._automaton.find_matches_as_indexes(piece.lower(), overlapping=True)
        for index, start, end in matches:
            for value, encoded in self._patterns[index]:
                if self._wanted is not None and value not in self._wanted:
                    continue
                if encoded.exact and piece[start:end] != encoded.raw:
                    continue
                if encoded.is_number and (
                    piece[max(0, start - 1) : start].isdigit() or piece[end : end + 1].isdigit()
                ):
                    continue
                if whole and not _stands_alone(piece, start, end, encoded):
                    continue
                yield Hit(value, encoded.encoding, end)


def _stands_alone(piece: bytes, start: int, end: int, encoded: _Encoded) -> bool:
    """Say whether what was found is a word of its own; in doubt, it is."""
    if encoded.encoding == "hex":
        return True
    if encoded.encoding == "base64":
        before, after = _around_base64(piece, start, encoded)
    elif encoded.encoding.startswith("utf-16"):
        low = 0 if encoded.encoding == "utf-16-le" else 1
        before = piece[start - 2 * min(6, start // 2) : start][low::2]
        after = piece[end : end + 4][low::2]
    else:
        before, after = piece[max(0, start - 6) : start], piece[end : end + 2]
    if before and before[-1] in _WORD_BEFORE and not _ESCAPE.search(before):
        return False
    return not _WORD_AFTER.match(after)


def _around_base64(piece: bytes, start: int, encoded: _Encoded) -> tuple[bytes, bytes]:
    """Give what the base64 around a find stands for, as far as it goes."""
    group = start - encoded.skipped
    if group < 0:
        return b"", b""
    count = 4 * (2 + (encoded.lead + encoded.length) // 3)
    behind = _BASE64_GROUPS_BEFORE.search(
        piece[max(0, group - 8) : group].translate(_FROM_URL_SAFE)
    )
    ahead = _BASE64_GROUPS.match(piece[group : group + count].translate(_FROM_URL_SAFE))
    earlier = base64.b64decode(behind[0]) if behind else b""
    decoded = base64.b64decode(ahead[0]) if ahead else b""
    end = encoded.lead + encoded.length
    return earlier + decoded[: encoded.lead], decoded[end : end + 2]


def _without_line_breaks(piece: bytes, reach: int) -> Iterator[bytes]:
    """Undo the folding of base64 (RFC 2045 §6.8) and of quoted-printable (§6.7).

    Only where a full line of base64, or of printable characters with a soft break, ends in a line
    break, real or JSON-escaped; and only so far around it as a value may reach, as a second pass
    costs as much as the first.
    """
    codes = numpy.frombuffer(piece, dtype=numpy.uint8)
    real = _line_ends(codes, codes == ord("\n"), width=1)
    escaped = _line_ends(codes, (codes == ord("n"))[1:] & (codes == ord("\\"))[:-1], width=2)
    for ends, feed, carriage in ((real, b"\n", b"\r"), (escaped, b"\\n", b"\\r")):
        full = _those_after(codes, ends, _IS_BASE64, count=16)
        if folded := _around(piece, full, reach):
            yield folded.replace(feed, b"").replace(carriage, b"")
        soft = _those_after(codes, ends[codes[ends - 1] == ord("=")] - 1, _IS_PRINTABLE, count=12)
        if quoted := _around(piece, soft, reach):
            yield quoted.replace(b"=" + carriage + feed, b"").replace(b"=" + feed, b"")


def _around(piece: bytes, places: Any, reach: int) -> bytes:
    """Give what lies within reach of some places, with a break between two parts."""
    if not len(places):
        return b""
    gaps = numpy.flatnonzero(numpy.diff(places) > 2 * reach)
    firsts = places[numpy.concatenate(([0], gaps + 1))]
    lasts = places[numpy.concatenate((gaps, [len(places) - 1]))]
    return b"\0\0".join(
        piece[max(0, first - reach) : last + reach]
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True)
    )


def _line_ends(codes: Any, is_break: Any, *, width: int) -> Any:
    """Give the offset of every line break, or of its carriage return where it has one."""
    ends = numpy.flatnonzero(is_break)
    ends = ends[ends > width]
    returns = ord("\r") if width == 1 else ord("r")
    has_return = codes[ends - 1] == returns
    if width == 2:
        has_return &= codes[ends - 2] == ord("\\")
    return ends - width * has_return


def _those_after(codes: Any, ends: Any, table: Any, *, count: int) -> Any:
    """Give those of `ends` that come after `count` characters of a class."""
    ends = ends[ends >= count]
    for back in range(1, count + 1):
        ends = ends[table[codes[ends - back]]]
    return ends
