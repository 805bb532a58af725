"""What lies in an inbox: files, members of archives, and exports of several files, opened safely.

Nothing is ever unpacked to disk. What a name ends in (``.gz``, ``.zip``, ``.tar``) only matters for
``.zip``; the others are known by their first bytes. Names are labels: no path is built from one.
"""

import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from stat import S_ISDIR, S_ISREG
from typing import IO, BinaryIO, Protocol, cast

from pipelines.connectors.connector import Gatherer, SourceFile
from pipelines.landing import reasons
from privacy.errors import WireFormatError

HEAD_BYTES = 4096
_UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart", ".swp", "~")
_DEPTH_LIMIT = 3
_MEMBERS_LIMIT = 200_000
_HELD_BYTES = 8 * 1024 * 1024
_SEEKABLE_BYTES = 64 * 1024 * 1024
_ALWAYS_ALLOWED_BYTES = 64 * 1024 * 1024
_LARGEST_BYTES = 64 * 1024**3
_LARGEST_RATIO = 200
_DAMAGE = (
    EOFError,
    IndexError,
    OSError,
    ValueError,
    lzma.LZMAError,
    struct.error,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What the library raises over archives that were cut, changed, or made to hurt."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, and the files of the inbox it lies in."""

    file: SourceFile
    tops: tuple[Path, ...]
    head: bytes


@dataclass(frozen=True, slots=True)
class Broken:
    """A compressed file that cannot be read; `file` opens it as it is."""

    file: SourceFile
    top: Path
    detail: str


@dataclass(frozen=True, slots=True)
class Left:
    """A file that is not looked at now."""

    top: Path
    reason: str


def is_unfinished(relative: Path) -> bool:
    """Tell by its name whether a file of an inbox is hidden, or still being written."""
    hidden = any(part.startswith(".") for part in relative.parts)
    return hidden or relative.name.lower().endswith(_UNFINISHED)


def walk(
    inbox: Path,
    *,
    gatherers: Sequence[Gatherer] = (),
    now: datetime | None = None,
    settle_seconds: float = 0,
) -> Iterator[Found | Broken | Left]:
    """Yield what lies in an inbox, in the order of the names.

    Args:
        inbox: A folder, walked with its subfolders, or a single file.
        gatherers: Connectors whose exports are several files of one folder.
        now: The present, for `settle_seconds`.
        settle_seconds: A file changed more recently than this is still being written.
    """
    folders: dict[Path, list[_Entry]] = defaultdict(list)
    paths = sorted(inbox.rglob("*")) if inbox.is_dir() else [inbox]
    for path in paths:
        try:
            status = path.lstat()
        except FileNotFoundError:  # its vendor renamed it, or another landing consumed it
            continue
        except OSError:
            yield Left(path, reasons.UNREADABLE)
            continue
        relative = path.relative_to(inbox) if path != inbox else Path(path.name)
        if S_ISDIR(status.st_mode):
            continue
        if not S_ISREG(status.st_mode):
            yield Left(path, reasons.NOT_A_FILE)
        elif is_unfinished(relative) or (
            # A copied file may bring a time far in the future along; it is not being written.
            now is not None and abs(now.timestamp() - status.st_mtime) < settle_seconds
        ):
            yield Left(path, reasons.BEING_WRITTEN)
        else:
            folders[path.parent].append(_Entry.of_path(path, inbox, status.st_size))
    for folder in sorted(folders):
        yield from _gathered(folders[folder], gatherers)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file somewhere: on disk, or in an archive, any number of archives deep."""

    file: SourceFile
    top: Path
    depth: int = 0

    @staticmethod
    def of_path(path: Path, inbox: Path, size_bytes: int) -> "_Entry":
        name = path.relative_to(inbox).as_posix() if path != inbox else path.name

        def open_file() -> BinaryIO:
            return path.open("rb")

        return _Entry(SourceFile(name, open_file, size_bytes), path)

    @property
    def base(self) -> str:
        return PurePosixPath(self.file.name.rpartition("!")[2]).name


def _gathered(
    entries: Iterable[_Entry], gatherers: Sequence[Gatherer]
) -> Iterator[Found | Broken | Left]:
    """Put the files of one folder that are one export together; look into the others."""
    tables: dict[str, Found] = {}
    for entry in entries:
        is_table = entry.base.lower().endswith((".csv", ".csv.gz"))
        for found in _expanded(entry, gatherers):
            if gatherers and is_table and isinstance(found, Found):
                tables[PurePosixPath(found.file.name.rpartition("!")[2]).name] = found
            else:
                yield found
    for gatherer in gatherers if tables else ():
        names = gatherer.gathers({name: found.head for name, found in tables.items()})
        parts = {name: tables.pop(name) for name in sorted(names)}
        if parts:
            yield _export(parts)
    yield from tables.values()


def _export(parts: dict[str, Found]) -> Found:
    members = {name: part.file for name, part in parts.items()}
    first = next(iter(parts.values())).file.name
    cut = max(first.rfind("/"), first.rfind("!"))
    name = first[:cut] if cut > 0 else "."
    size = sum(member.size_bytes or 0 for member in members.values())
    tops = tuple(dict.fromkeys(top for part in parts.values() for top in part.tops))
    return Found(SourceFile(name, _no_stream, size, members), tops, b"")


def head_of(file: SourceFile) -> bytes:
    """Give a file's first bytes, by which it is recognised."""
    with closing(file.open()) as stream:
        return stream.read(HEAD_BYTES)


def opener_of(content: bytes) -> Callable[[], BinaryIO]:
    """Give what opens bytes held in memory."""
    return lambda: io.BytesIO(content)


def _no_stream() -> BinaryIO:
    return io.BytesIO()


def _expanded(entry: _Entry, gatherers: Sequence[Gatherer]) -> Iterator[Found | Broken | Left]:
    """Look into an entry: itself, what it unpacks to, or the members of the archive it is."""
    try:
        with closing(entry.file.open()) as stream:
            head = stream.read(HEAD_BYTES)
    except (*_DAMAGE, WireFormatError, RuntimeError) as error:
        yield Broken(entry.file, entry.top, _damage(error))
        return
    is_zip = head.startswith(b"PK\x03\x04") and entry.file.name.lower().endswith(".zip")
    is_tar = head[257:262] == b"ustar"
    is_gzip = head.startswith(b"\x1f\x8b\x08")
    if not (is_zip or is_tar or is_gzip):
        yield Found(entry.file, (entry.top,), head)
        return
    if entry.depth >= _DEPTH_LIMIT:
        yield Broken(entry.file, entry.top, f"archives are nested more than {_DEPTH_LIMIT} deep")
        return
    if is_gzip:
        yield from _expanded(_unzipped(entry), gatherers)
        return
    members = _zip_members(entry) if is_zip else _tar_members(entry)
    try:
        yield from _by_folder(members, gatherers)
    except (*_DAMAGE, WireFormatError, RuntimeError) as error:
        yield Broken(entry.file, entry.top, _damage(error))


def _by_folder(
    members: Iterable[_Entry], gatherers: Sequence[Gatherer]
) -> Iterator[Found | Broken | Left]:
    """Give an archive's members; tables wait, by their folder, until all are known."""
    tables: dict[str, list[_Entry]] = defaultdict(list)
    for member in members:
        if gatherers and member.base.lower().endswith((".csv", ".csv.gz")):
            tables[member.file.name.rpartition("/")[0]].append(member)
        else:
            yield from _expanded(member, gatherers)
    for folder in sorted(tables):
        yield from _gathered(tables[folder], gatherers)


def _damage(error: Exception) -> str:
    """Say what is wrong in words of ours: a library's may quote the file's name."""
    match error:
        case WireFormatError():
            return str(error)
        case EOFError():
            return "compressed file breaks off"
        case NotImplementedError():
            return "archive is compressed in a way that is not supported"
        case RecursionError():
            return "archive is damaged (RecursionError)"
        case RuntimeError():
            return "archive is encrypted"
        case _:
            return f"compressed file is damaged ({type(error).__name__})"


# --- bounded streams -----------------------------------------------------------------------------


class _Closes(Protocol):
    def close(self) -> None: ...


class _Bounded(io.RawIOBase):
    """A decompressing stream that stops at a size, and says in our words what is wrong with it."""

    def __init__(self, inner: IO[bytes], limit_bytes: int, *below: _Closes) -> None:
        self._inner = inner
        self._left = limit_bytes
        self._below = below

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer)).cast("B")
        try:
            block = self._inner.read(len(view))
        except _DAMAGE as error:
            raise WireFormatError(_damage(error)) from None
        self._left -= len(block)
        if self._left < 0:
            raise WireFormatError("compressed file unpacks to an unsafe size")
        view[: len(block)] = block
        return len(block)

    def close(self) -> None:
        for stream in (self._inner, *self._below):
            stream.close()
        super().close()


def _bounded(inner: IO[bytes], limit_bytes: int, *below: _Closes) -> BinaryIO:
    return io.BufferedReader(_Bounded(inner, limit_bytes, *below), 256 * 1024)


def _allowed_bytes(compressed_bytes: int | None) -> int:
    allowed = max(_ALWAYS_ALLOWED_BYTES, (compressed_bytes or 0) * _LARGEST_RATIO)
    return min(allowed, _LARGEST_BYTES)


def _unzipped(entry: _Entry) -> _Entry:
    name = entry.file.name
    for suffix, stem in ((".tgz", ".tar"), (".gz", "")):
        if name.lower().endswith(suffix):
            name = name[: -len(suffix)] + stem
            break
    open_inner, limit = entry.file.open, _allowed_bytes(entry.file.size_bytes)

    def open_file() -> BinaryIO:
        inner = open_inner()
        outer = gzip.GzipFile(fileobj=inner, mode="rb")
        return _bounded(cast(IO[bytes], outer), limit, inner)

    return _Entry(SourceFile(name, open_file, None), entry.top, entry.depth + 1)


# --- archives ------------------------------------------------------------------------------------


def _opener(stream: IO[bytes], size: int, reopen: Callable[[], BinaryIO]) -> Callable[[], BinaryIO]:
    """Keep a small member in memory; a large one is looked up again when it is wanted."""
    if size > _HELD_BYTES:
        return reopen
    return opener_of(stream.read(size + 1))


def _tar_members(entry: _Entry) -> Iterator[_Entry]:
    count = 0
    with closing(entry.file.open()) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
        for position, member in enumerate(archive):
            count += 1
            if count > _MEMBERS_LIMIT:
                raise WireFormatError("archive has too many members")
            if member.issparse():
                # A few bytes may claim any size.
                raise WireFormatError("archive has a member with holes")
            inner = archive.extractfile(member) if member.isreg() else None
            if inner is None:
                continue

            def reopen(position: int = position) -> BinaryIO:
                return _tar_member(entry.file.open, position)

            opener = _opener(inner, member.size, reopen)
            yield _member(entry, member.name, opener, member.size)


def _tar_member(open_archive: Callable[[], BinaryIO], position: int) -> BinaryIO:
    """Open a large member again, from the start of its archive."""
    stream = open_archive()
    archive = tarfile.open(fileobj=stream, mode="r|")  # noqa: SIM115 (closed with the member)
    for place, member in enumerate(archive):
        inner = archive.extractfile(member) if place == position else None
        if inner is not None:
            return _bounded(inner, _LARGEST_BYTES, archive, stream)
    raise WireFormatError("archive has changed while it was read")


def _zip_members(entry: _Entry) -> Iterator[_Entry]:
    with closing(entry.file.open()) as stream, zipfile.ZipFile(_seekable(stream)) as archive:
        members = archive.infolist()
        if len(members) > _MEMBERS_LIMIT:
            raise WireFormatError("archive has too many members")
        for info in members:
            if info.is_dir():
                continue
            if info.file_size > _allowed_bytes(info.compress_size):
                raise WireFormatError("compressed file unpacks to an unsafe size")

            def reopen(info: zipfile.ZipInfo = info) -> BinaryIO:
                return _zip_member(entry.file.open, info)

            with archive.open(info) as inner:
                opener = _opener(inner, info.file_size, reopen)
            yield _member(entry, info.filename, opener, info.file_size)


def _zip_member(open_archive: Callable[[], BinaryIO], info: zipfile.ZipInfo) -> BinaryIO:
    """Open a large member again; not by its name, which another member may have too."""
    stream = open_archive()
    archive = zipfile.ZipFile(_seekable(stream))
    return _bounded(archive.open(info), _allowed_bytes(info.compress_size), archive, stream)


def _seekable(stream: BinaryIO) -> BinaryIO:
    """Give a stream that can be read from its end: one within an archive is held in memory."""
    if stream.seekable():
        return stream
    content = stream.read(_SEEKABLE_BYTES + 1)
    if len(content) > _SEEKABLE_BYTES:
        raise WireFormatError("archive within an archive is too large")
    return io.BytesIO(content)


def _member(entry: _Entry, name: str, opener: Callable[[], BinaryIO], size: int | None) -> _Entry:
    label = name.removeprefix("./").encode(errors="replace").decode()
    file = SourceFile(f"{entry.file.name}!{label}", opener, size)
    return _Entry(file, entry.top, entry.depth + 1)
