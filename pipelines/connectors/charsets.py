"""Bytes of a mail as text: the charset it declares, what it calls it by, and what it really is."""

import codecs
import re
from email.errors import HeaderParseError
from email.header import decode_header

from pipelines.connectors.wire import scrub

_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "ansi_x3.4-1968": "utf-8",
    "iso-8859-8-i": "iso8859_8",
    "iso-8859-8-e": "iso8859_8",
    "iso-8859-11": "cp874",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
    "unicode": "utf-16",
}
_TEXT_CODECS_ONLY = frozenset(
    {"base64", "bz2", "hex", "quopri", "rot13", "rot_13", "uu", "zlib", "zip", "idna", "punycode"}
    | {"unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)
_SPACES = re.compile(r"[\r\n\t ]+")


def _codec(charset: str) -> str | None:
    name = charset.strip().strip("\"'").lower()[:40]
    name = _ALIASES.get(name, name)
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError, UnicodeError):
        return None
    return None if found.replace("-", "_") in _TEXT_CODECS_ONLY else found


def decode(content: bytes, charset: str | None) -> str:
    """Decode text: as declared, else UTF-8, else Windows-1252 with replacement. Never fails."""
    declared = _codec(charset) if charset else None
    for candidate in (declared, "utf-8"):
        if candidate is None:
            continue
        try:
            return scrub(content.decode(candidate))
        except (UnicodeError, ValueError, LookupError):
            continue
    last = declared if declared and declared != "utf-8" else "cp1252"
    return scrub(content.decode(last, errors="replace"))


def header_text(raw: str) -> str:
    """Decode a header as the parser gives it: encoded words (RFC 2047), raw bytes as surrogates."""
    try:
        parts = decode_header(_unescaped(raw))
    except (HeaderParseError, ValueError, UnicodeError, IndexError):
        parts = [(_unescaped(raw), None)]
    texts = [part if isinstance(part, str) else decode(part, charset) for part, charset in parts]
    return _SPACES.sub(" ", scrub("".join(texts))).strip()


def _unescaped(raw: str) -> str:
    """Give a header's raw eight-bit bytes, which the parser keeps as surrogates, as text."""
    if raw.isascii():
        return raw
    try:
        return decode(raw.encode("ascii", "surrogateescape"), None)
    except UnicodeError:
        return scrub(raw)
