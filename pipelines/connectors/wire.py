"""Reading vendors' JSON: a field of its documented type, or `WireFormatError` naming the place.

A place is written as in ``messages[0].timestamp``. No value is ever put into a message.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, BinaryIO, NoReturn

import orjson

from privacy.errors import WireFormatError
from privacy.records.canonical import Handle, HandleKind
from privacy.records.handles import NAMESPACES

IDENTIFIER_LIMIT = 512
_SURROGATES = re.compile("[\ud800-\udfff\x00]")
_EARLIEST = datetime(1971, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})$")
_COUNTRY = re.compile(r"[A-Z]{2}")
_LOCALE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
_CODE = re.compile(r"[\w.:/+-]{1,64}")
_CHUNK_BYTES = 256 * 1024


def _refuse_constant(_: str) -> NoReturn:
    raise ValueError("not a number")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def load_json(payload: bytes, place: str = "item") -> Any:
    """Read one JSON value.

    Raises:
        WireFormatError: It is not UTF-8, not JSON, nested too deep, or holds NaN.
    """
    try:
        return orjson.loads(payload)
    except orjson.JSONDecodeError:
        # Stricter than the standard library's, and not as exact about what is wrong.
        return _load_slowly(payload, place)


def _load_slowly(payload: bytes, place: str) -> Any:
    try:
        text = payload.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WireFormatError(f"{place} is not UTF-8 at byte {error.start}") from None
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise WireFormatError(
            f"{place} is not JSON at line {error.lineno}, column {error.colno}"
        ) from None
    except RecursionError:
        raise WireFormatError(f"{place} is nested too deep") from None
    except ValueError:
        raise WireFormatError(f"{place} holds a number that is none") from None


def dump_json(value: object) -> bytes:
    """Write one JSON value, compact; a lone surrogate stays an escape.

    Raises:
        WireFormatError: It is nested too deep.
    """
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        # A lone surrogate, or a number of more than 64 bits.
        pass
    try:
        return json.dumps(value, separators=(",", ":")).encode()
    except RecursionError:
        raise WireFormatError("item is nested too deep") from None


def content_id(payload: bytes) -> str:
    """Give the identity of what has none but its content."""
    return f"sha256:{hashlib.sha256(payload).hexdigest()}"


def scrub(text: str) -> str:
    """Replace what no store can hold: lone surrogates and NUL become U+FFFD."""
    if text.isascii() and "\x00" not in text:
        return text
    return _SURROGATES.sub("\ufffd", text)


def mapping(value: object, place: str) -> Mapping[str, Any]:
    """Give an object.

    Raises:
        WireFormatError: It is none.
    """
    if isinstance(value, dict):
        return value
    raise WireFormatError(f"{place} is not an object")


def optional_mapping(value: object, place: str) -> Mapping[str, Any]:
    """Give an object, empty where there is none.

    Raises:
        WireFormatError: It is there and no object.
    """
    return {} if value is None else mapping(value, place)


def sequence(value: object, place: str) -> Sequence[Any]:
    """Give an array, empty where there is none.

    Raises:
        WireFormatError: It is there and no array.
    """
    if value is None:
        return ()
    if isinstance(value, list):
        return value
    raise WireFormatError(f"{place} is not an array")


def text(value: object, place: str) -> str:
    """Give a text, scrubbed.

    Raises:
        WireFormatError: It is none.
    """
    if isinstance(value, str):
        return scrub(value)
    raise WireFormatError(f"{place} is not a text")


def optional_text(value: object, place: str) -> str | None:
    """Give a text, or None where there is none or an empty one.

    Raises:
        WireFormatError: It is there and no text.
    """
    return None if value is None or value == "" else text(value, place)


def identifier(value: object, place: str) -> str:
    """Give an id: a text or a whole number, not empty, at most 512 characters.

    Raises:
        WireFormatError: It is none.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**40 else ""
    if isinstance(value, str) and 0 < len(value) <= IDENTIFIER_LIMIT:
        return scrub(value)
    raise WireFormatError(f"{place} is not an id")


def optional_identifier(value: object, place: str) -> str | None:
    """Give an id, or None where there is none.

    Raises:
        WireFormatError: It is there and no id.
    """
    return None if value is None or value == "" else identifier(value, place)


def number(value: object, place: str, *, low: float, high: float) -> float:
    """Give a number within bounds.

    Raises:
        WireFormatError: It is none, or outside.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise WireFormatError(f"{place} is not a number from {low:g} to {high:g}")
    return float(value)


def code(value: object, place: str) -> str:
    """Give a code: at most 64 letters, digits and ``. : / + - _``, so never free text.

    Raises:
        WireFormatError: It is none.
    """
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        value = str(value)
    if isinstance(value, str) and _CODE.fullmatch(value):
        return value
    raise WireFormatError(f"{place} is not a code")


def one_of(value: object, allowed: Mapping[str, Any], place: str) -> Any:
    """Give what `allowed` has for a value.

    Raises:
        WireFormatError: It is none of them.
    """
    if isinstance(value, str) and value in allowed:
        return allowed[value]
    raise WireFormatError(f"{place} is none of: {', '.join(sorted(allowed))}")


def _within(instant: datetime, place: str) -> datetime:
    if not _EARLIEST <= instant <= _LATEST:
        raise WireFormatError(f"{place} is not between 1971 and 2100")
    return instant


def epoch_seconds(value: object, place: str) -> datetime:
    """Give the instant of a count of seconds since 1970, as a number or as its digits.

    Raises:
        WireFormatError: It is none, or not between 1971 and 2100.
    """
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 12:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**11:
        raise WireFormatError(f"{place} is not a count of seconds since 1970")
    return _within(datetime.fromtimestamp(value, UTC), place)


def instant(value: object, place: str) -> datetime:
    """Give an ISO 8601 instant; one without an offset is taken as UTC.

    Raises:
        WireFormatError: It is none, or not between 1971 and 2100.
    """
    if not isinstance(value, str) or len(value) > 40:
        raise WireFormatError(f"{place} is not an instant")
    try:
        given = datetime.fromisoformat(value.strip().removesuffix(" UTC"))
        given = given.replace(tzinfo=UTC) if given.tzinfo is None else given
        return _within(given.astimezone(UTC), place)
    except (ValueError, OverflowError):
        raise WireFormatError(f"{place} is not an instant") from None


def offset_of(value: object) -> str | None:
    """Give the ``+hh:mm`` an ISO 8601 instant was written with; None for UTC and for none."""
    match = _OFFSET.search(value) if isinstance(value, str) else None
    if match is None or (match[2], match[3]) == ("00", "00"):
        return None
    return f"{match[1]}{match[2]}:{match[3]}"


def at_offset(instant_utc: datetime, minutes: int) -> datetime:
    """Give the same instant in a zone so many minutes east of UTC."""
    return instant_utc.astimezone(timezone(timedelta(minutes=minutes)))


def country(value: object) -> str | None:
    """Give an ISO 3166-1 alpha-2 code; None where there is none that could be one."""
    folded = value.strip().upper() if isinstance(value, str) else ""
    return folded if _COUNTRY.fullmatch(folded) else None


def locale(value: object) -> str | None:
    """Give a BCP 47 tag; None where there is none that could be one."""
    stripped = value.strip() if isinstance(value, str) else ""
    return (
        stripped.replace("_", "-") if _LOCALE.fullmatch(stripped) and len(stripped) < 36 else None
    )


def language(value: object) -> str | None:
    """Give the primary language of a BCP 47 tag."""
    tag = locale(value)
    return tag.split("-")[0].lower() if tag else None


def handles(given: Mapping[str, Any], kinds: Sequence[HandleKind], place: str) -> list[Handle]:
    """Give the handles an object names by their kind: ``{"email": …, "loyalty_card": …}``.

    Raises:
        WireFormatError: One is there and no text or number.
    """
    found = []
    for kind in kinds:
        value = optional_identifier(given.get(kind.value), f"{place}.{kind.value}")
        if value and value.strip():
            found.append(Handle(kind, value, NAMESPACES[kind]))
    return found


def lines(stream: BinaryIO, limit_bytes: int) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a file that are not blank, numbered from 1.

    Raises:
        WireFormatError: A line is longer than the limit.
    """
    position = 0
    while line := stream.readline(limit_bytes + 1):
        position += 1
        if len(line) > limit_bytes:
            raise WireFormatError(f"line {position} is longer than {limit_bytes} bytes")
        if position == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if stripped := line.strip():
            yield position, stripped


def array_elements(stream: BinaryIO, limit_bytes: int) -> Iterator[Any]:
    """Yield the elements of a JSON array one at a time, holding one in memory.

    Raises:
        WireFormatError: It is not an array, breaks off, or an element is longer than the limit.
    """
    buffer = _Buffer(stream, limit_bytes)
    if buffer.next_character() != "[":
        raise WireFormatError("file is not a JSON array")
    position = 0
    if buffer.next_character(keep=True) == "]":
        return
    while True:
        yield buffer.value(f"element {position}")
        position += 1
        match buffer.next_character():
            case ",":
                continue
            case "]":
                return
            case _:
                raise WireFormatError(f"element {position} is not followed by another or the end")


class _Buffer:
    """Decoded text of a stream, filled as far as the next value needs."""

    def __init__(self, stream: BinaryIO, limit_bytes: int) -> None:
        self._stream = stream
        self._limit = limit_bytes
        self._bytes = b""
        self._text = ""
        self._is_ended = False

    def _fill(self, count_bytes: int) -> None:
        block = self._stream.read(count_bytes)
        self._is_ended = not block
        whole = self._bytes + block
        try:
            decoded = whole.decode()
            self._bytes = b""
        except UnicodeDecodeError as error:
            if self._is_ended or len(whole) - error.start > 3:
                raise WireFormatError("file is not UTF-8") from None
            decoded, self._bytes = whole[: error.start].decode(), whole[error.start :]
        self._text += decoded

    def next_character(self, *, keep: bool = False) -> str:
        """Give the next character that is not white space; the empty text at the end."""
        while True:
            self._text = self._text.lstrip(" \t\r\n\ufeff")
            if self._text:
                first = self._text[0]
                self._text = self._text if keep else self._text[1:]
                return first
            if self._is_ended:
                return ""
            self._fill(_CHUNK_BYTES)

    def value(self, place: str) -> Any:
        """Give the next JSON value."""
        self.next_character(keep=True)
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text)
            except json.JSONDecodeError:
                if self._is_ended or len(self._text) > self._limit:
                    raise WireFormatError(f"{place} is not JSON, or breaks off") from None
            except RecursionError:
                raise WireFormatError(f"{place} is nested too deep") from None
            except ValueError:
                raise WireFormatError(f"{place} holds a number that is none") from None
            else:
                # A number at the end of the buffer may go on in the next block.
                if end < len(self._text) or self._is_ended:
                    self._text = self._text[end:]
                    return value
            self._fill(max(_CHUNK_BYTES, len(self._text)))
