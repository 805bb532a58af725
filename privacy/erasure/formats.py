"""By which first bytes a compressed stream, an archive, or a database is known."""

from collections.abc import Mapping
from typing import Final

HEAD_BYTES: Final = 512
"""How much of the beginning `format_of` looks at."""

HEADS: Final[Mapping[bytes, str]] = {
    b"\x1f\x8b": "gzip",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"\x04\x22\x4d\x18": "lz4",
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"BZh": "bzip2",
    b"\xfd7zXZ\0": "xz",
    b"PAR1": "parquet",
    b"ARROW1": "arrow",
    b"SQLite format 3\0": "sqlite",
    b"\xff\xff\xff\xff": "arrow-stream",
    b"\x78\x01": "zlib",
    b"\x78\x5e": "zlib",
    b"\x78\x9c": "zlib",
    b"\x78\xda": "zlib",
}
"""First bytes to format."""

MARKS: Final[Mapping[str, tuple[int, bytes]]] = {"tar": (257, b"ustar"), "duckdb": (8, b"DUCK")}
"""Formats that are known by bytes further on: where, and which."""

IN_BASE64: Final[Mapping[bytes, str]] = {b"H4sI": "gzip", b"UEsDB": "zip", b"KLUv/": "zstd"}
"""How what is attached to mails and put into JSON begins, once it is written as base64."""

WEAKLY_KNOWN: Final = frozenset({"zlib", "arrow-stream"})
"""Known by so few bytes that other files begin with them too: no fault if they do not open."""


_FIRST_BYTES: Final = frozenset(head[0] for head in HEADS)


def format_of(head: bytes) -> str | None:
    """Give the format that the first `HEAD_BYTES` of something look like."""
    for name, (offset, mark) in MARKS.items():
        if head[offset : offset + len(mark)] == mark:
            return name
    if not head or head[0] not in _FIRST_BYTES:
        return None
    for first, name in HEADS.items():
        if head.startswith(first):
            is_padding = name == "arrow-stream" and head[4:8] == b"\xff\xff\xff\xff"
            return None if is_padding else name
    return None
