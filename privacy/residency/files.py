"""Every file of a zone's part, by what it is; one that nobody expects, or that needs no key, is told.

Files are known by where they lie and by their first bytes. Opening sealed content with keys does
not belong here (`privacy.residency.keys`).
"""

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG
from typing import Final

import duckdb

from privacy.residency.findings import FindingKind, Findings
from privacy.zones.layout import ZoneLayout

_HEAD_BYTES: Final = 4096
_SWEPT_BYTES: Final = 4 << 20

_KINDS: Final = (
    ("store", r"store\.sqlite(-wal|-shm|-journal)?"),
    ("warehouse", r"warehouse\.duckdb"),
    ("warehouse log", r"warehouse\.duckdb\.wal"),
    ("interrupted rewrite", r"warehouse\.duckdb\.(new|old)(\.wal)?"),
    ("lock", r"(.*/)?[a-z.]+\.lock|warehouse\.holder"),
    ("keystore", r"keys/(\.keystore\.json\.[0-9a-f]+|keystore\.json)"),
    ("landed segment", r"landing/\d{4}-\d\d-\d\d/\.?[\w.-]+\.arrow(\.[0-9a-f]+)?"),
    ("spill file", r"temporary/duckdb_temp[\w.-]*"),
    ("move", r"moves/m_[a-z2-7]{26}\.json"),
    ("transfer register", r"transfers\.jsonl"),
    ("erasure ledger", r"erasures\.ledger"),
    ("lineage", r"lineage/[\w-]+\.jsonl"),
    ("dbt", r"dbt/.*"),
)
"""Kinds of files in a zone's folder, and where each lies."""

_PATTERNS: Final = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
_LEFT_HERE: Final = (
    ("hand-off", re.compile(r"\.?[\w.-]+\.(handoff|move)(\.[0-9a-f]+)?")),
    ("receipt", re.compile(r"\.?[\w.-]+\.(receipt|moved)(\.[0-9a-f]+)?")),
    ("lock", re.compile(r".*\.lock")),
)
"""The same of its hand-off folder, where other zones leave things for it."""

_READABLE: Final = frozenset(
    {"lock", "move", "receipt", "transfer register", "erasure ledger", "lineage", "dbt"}
)
"""Kinds that are not sealed, and may hold nothing that leads to a person."""

_STRUCTURED: Final = {
    b"SQLite format 3\0": "a SQLite database",
    b"PAR1": "a Parquet file",
    b"ARROW1": "an Arrow file",
    b"\x1f\x8b": "a gzip file",
    b"PK\x03\x04": "a zip archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard file",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ\0": "an xz file",
}
_ADDRESS: Final = re.compile(rb"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,60}(?:\.[A-Za-z0-9-]{1,60})+")
_NUMBER: Final = re.compile(rb"(?<![\w+.])\+[1-9]\d{8,14}(?![\w.])")


@dataclass(slots=True)
class FileTally:
    """The files of a zone's part.

    Attributes:
        kinds: How many of each kind.
        not_read: Files that could not be read, and why.
    """

    kinds: Counter[str] = field(default_factory=Counter)
    count_bytes: int = 0
    not_read: dict[str, str] = field(default_factory=dict)


def sweep_files(layout: ZoneLayout, findings: Findings) -> FileTally:
    """Class every file of a zone's folder and hand-off folder, and tell what should not be there."""
    tally = FileTally()
    for path in _files(layout.root, tally):
        name = path.relative_to(layout.root).as_posix()
        _one(path, name, _kind_of(name, _PATTERNS), tally, findings)
    for path in _files(layout.handoff, tally) if layout.handoff.is_dir() else ():
        name = path.relative_to(layout.handoff).as_posix()
        _one(path, f"handoff/{name}", _kind_of(name, _LEFT_HERE), tally, findings)
    return tally


def _one(path: Path, name: str, kind: str | None, tally: FileTally, findings: Findings) -> None:
    tally.kinds[kind or "unexpected"] += 1
    if path.is_symlink():
        findings.add(FindingKind.UNEXPECTED_FILE, name, None, "a link")
        return
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):
            # Opening a pipe would wait for whoever writes to it.
            findings.add(FindingKind.UNEXPECTED_FILE, name, None, "a pipe, socket or device")
            return
        tally.count_bytes += status.st_size
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
        form = form_of(path, head)
        if kind is None:
            what = form or "of a form that is not known"
            wrong = FindingKind.NOT_SEALED if form else FindingKind.UNEXPECTED_FILE
            findings.add(wrong, name, None, f"no file a zone has: {what}{_holding(path)}")
        elif kind in _READABLE:
            if holding := _holding(path):
                findings.add(FindingKind.NOT_SEALED, name, None, f"{kind}{holding}")
        elif kind in {"warehouse", "warehouse log", "interrupted rewrite", "spill file"} and form:
            findings.add(FindingKind.NOT_SEALED, name, None, f"{kind} without encryption: {form}")
        elif kind == "hand-off" and form:
            findings.add(FindingKind.NOT_SEALED, name, None, f"{kind} that is not sealed: {form}")
    except FileNotFoundError:
        tally.kinds[kind or "unexpected"] -= 1  # gone meanwhile
    except OSError as error:
        tally.not_read[name] = type(error).__name__


def form_of(path: Path, head: bytes) -> str | None:
    """Say what a file is that anybody can read; None where it looks sealed."""
    for begin, form in _STRUCTURED.items():
        if head.startswith(begin):
            return form
    if head[8:12] == b"DUCK":
        return "a DuckDB database" if _is_plain_duckdb(path) else None
    if head.strip(b"\t\r\n") and _is_text(head):
        return "text"
    return None


def _is_plain_duckdb(path: Path) -> bool:
    try:
        duckdb.connect(str(path), read_only=True).close()
    except duckdb.Error as error:
        # In use, it is open in a process of the zone; without a key it does not open.
        return "encrypt" not in str(error).lower() and "lock" not in str(error).lower()
    return True


def _is_text(head: bytes) -> bool:
    if b"\0" in head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        # A character may be cut at the end of what was read.
        return len(head) == _HEAD_BYTES and error.start >= _HEAD_BYTES - 3
    return True


def _holding(path: Path) -> str:
    """Say how many things like an address or a number a readable file holds."""
    count = 0
    carried = b""
    with path.open("rb") as file:
        while block := file.read(_SWEPT_BYTES):
            piece = carried + block
            count += len(_ADDRESS.findall(piece)) + len(_NUMBER.findall(piece))
            carried = piece[-128:] if len(block) == _SWEPT_BYTES else b""
    return f", {count} cells like an address or a phone number" if count else ""


def _kind_of(name: str, kinds: Iterable[tuple[str, re.Pattern[str]]]) -> str | None:
    return next((kind for kind, pattern in kinds if pattern.fullmatch(name)), None)


def _files(folder: Path, tally: FileTally) -> Iterator[Path]:
    def not_listed(error: OSError) -> None:
        tally.not_read[Path(error.filename).name] = type(error).__name__

    for inside, folders, names in os.walk(folder, onerror=not_listed):
        folders.sort()
        links = [name for name in folders if (Path(inside) / name).is_symlink()]
        for name in sorted([*names, *links]):
            yield Path(inside) / name
