"""Open what a file holds: compressed streams, archives, columnar files, databases, one in another.

Every layer is given back as streams of bytes, the raw file first. Files are known by their first
bytes, not by their names. Nothing is unpacked to disk: a copy in the clear would be new residue.
Files sealed with a zone's keys are opened by `privacy.erasure.sealed`.
"""

import bz2
import gzip
import io
import lzma
import re
import sqlite3
import tarfile
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, cast

import duckdb
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet

from privacy.erasure.cells import pieces_of
from privacy.erasure.formats import HEAD_BYTES, IN_BASE64, WEAKLY_KNOWN, format_of

CHUNK_BYTES: Final = 4 << 20

_SEPARATOR: Final = b"\0\0"
_SALVAGED_AT_ONCE: Final = 64
_SHORTEST_ATTACHED: Final = 24
_BASE64_RUN = re.compile(rb"(?:[A-Za-z0-9+/]|\r?\n[ \t]?|(?:\\r)?\\n)*={0,2}")
_FOLDS = re.compile(rb"\\[rn]|[\r\n \t]")

Opener = Callable[[], AbstractContextManager[BinaryIO]]


class Stream(NamedTuple):
    """One layer of a file.

    Attributes:
        inside: How it was reached, such as ``gzip/tar#3``; empty for the raw file.
        chunks: Its bytes. Whatever lies in one chunk and the next may be one value.
    """

    inside: str
    chunks: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a file is opened before the scan says that it was not searched to the end.

    Attributes:
        depth: Layers within layers.
        expansion_bytes: Of one decompressed stream; a bomb ends here.
        memory_bytes: Of a part that has to be held at once.
    """

    depth: int = 6
    expansion_bytes: int = 64 << 30
    memory_bytes: int = 256 << 20


class _Salvaged(NamedTuple):
    """What could be read of a damaged stream."""

    content: bytes
    reason: str


class _CannotOpen(Exception):
    """A layer could not be searched; the message is the reason, for the report."""


def open_file(
    path: Path,
    *,
    not_searched: Callable[[str, str], None],
    limits: Limits | None = None,
    opened_elsewhere: bool = False,
) -> Iterator[Stream]:
    """Yield every layer of a file, the raw one first.

    Args:
        path: A regular file.
        not_searched: Called with (inside, reason) for each layer that could not be read to its end.
        limits: How far to go.
        opened_elsewhere: The file's content is searched with the zone's keys by someone else; it is
            enough to search its raw bytes here.

    Raises:
        OSError: The file itself cannot be read.
    """
    opening = _Opening(limits or Limits(), not_searched)
    yield from opening.layers(
        lambda: path.open("rb"), inside="", depth=0, path=path, is_raw_only=opened_elsewhere
    )


def open_cell(value: bytes, *, inside: str, limits: Limits | None = None) -> Iterator[Stream]:
    """Yield what is packed within a database cell; nothing where it only looked packed."""
    opening = _Opening(limits or Limits(), lambda _inside, _reason: None)
    for stream in opening.layers(lambda: io.BytesIO(value), inside=inside, depth=1, path=None):
        if stream.inside != inside:
            yield stream


def looks_packed(head: bytes) -> bool:
    """Say whether bytes begin like something `open_cell` can open."""
    return format_of(head) is not None


def open_piece(piece: bytes, *, inside: str, limits: Limits | None = None) -> Iterator[Stream]:
    """Yield what is packed in a delivery: it itself, or what follows a header of one line of JSON."""
    if looks_packed(piece[:HEAD_BYTES]):
        yield from open_cell(piece, inside=inside, limits=limits)
    elif piece[:1] == b"{":
        after = piece.find(b"\n") + 1
        if after and looks_packed(piece[after : after + HEAD_BYTES]):
            yield from open_cell(piece[after:], inside=inside, limits=limits)


def open_attached(content: bytes, *, inside: str, limits: Limits | None = None) -> Iterator[Stream]:
    """Yield what is packed and then written as base64, as in a mail; of one text, or of many."""
    for attached in _attached(content):
        yield from open_cell(attached, inside=f"{inside}/base64", limits=limits)


def _attached(piece: bytes) -> Iterator[bytes]:
    for head in IN_BASE64:
        start = piece.find(head)
        while start >= 0:
            run = _BASE64_RUN.match(piece, start)
            end = run.end() if run else start + len(head)
            code = _FOLDS.sub(b"", piece[start:end]).rstrip(b"=")
            if len(code) >= _SHORTEST_ATTACHED:
                yield b64decode(code[: len(code) - (len(code) % 4 == 1)] + b"==")
            start = piece.find(head, end)


class _Opening:
    def __init__(self, limits: Limits, not_searched: Callable[[str, str], None]) -> None:
        self._limits = limits
        self._not_searched = not_searched

    def layers(
        self,
        opener: Opener,
        *,
        inside: str,
        depth: int,
        path: Path | None,
        is_raw_only: bool = False,
    ) -> Iterator[Stream]:
        """Yield a stream and everything found packed in it."""
        head = _head_of(opener, *(() if path else _DAMAGED))
        yield Stream(inside, self._guarded(inside, self._chunks(opener)))
        packed = None if is_raw_only else format_of(head)
        if packed is None:
            return
        if depth >= self._limits.depth:
            self._not_searched(inside, "packed too deep")
            return
        inner = f"{inside}/{packed}".lstrip("/")
        try:
            yield from self._unpack(packed, opener, inner, depth + 1, path)
        except _CannotOpen as reason:
            self._not_searched(inner, str(reason))
        except _DAMAGED as error:
            if packed not in WEAKLY_KNOWN:
                self._not_searched(inner, f"damaged ({type(error).__name__})")

    def _guarded(self, inside: str, chunks: Iterator[bytes]) -> Iterator[bytes]:
        try:
            yield from chunks
        except _CannotOpen as reason:
            self._not_searched(inside, str(reason))
        except _DAMAGED as error:
            self._not_searched(inside, f"damaged ({type(error).__name__})")

    def _chunks(self, opener: Opener) -> Iterator[bytes]:
        count = 0
        with opener() as stream:
            while chunk := self._read(stream, opener, count):
                if isinstance(chunk, _Salvaged):
                    yield chunk.content
                    raise _CannotOpen(chunk.reason)
                yield chunk
                count += len(chunk)
                if count >= self._limits.expansion_bytes:
                    raise _CannotOpen("larger than the limit")

    def _read(self, stream: BinaryIO, opener: Opener, done: int) -> "bytes | _Salvaged":
        """Read on; where the stream is damaged, give what comes before the damage."""
        try:
            return stream.read(CHUNK_BYTES)
        except _DAMAGED as error:
            reason = f"damaged ({type(error).__name__})"
        salvaged: list[bytes] = []
        with suppress(*_DAMAGED), opener() as again:
            while done > 0 and (skipped := again.read(min(done, CHUNK_BYTES))):
                done -= len(skipped)
            while part := again.read(_SALVAGED_AT_ONCE):
                salvaged.append(part)
        return _Salvaged(b"".join(salvaged), reason)

    def _unpack(
        self, packed: str, opener: Opener, inside: str, depth: int, path: Path | None
    ) -> Iterator[Stream]:
        if packed in _DECOMPRESSORS:
            decompress = _DECOMPRESSORS[packed]

            @contextmanager
            def unpacked() -> Iterator[BinaryIO]:
                with opener() as outer, decompress(outer) as stream:
                    yield stream

            if packed in WEAKLY_KNOWN:
                with unpacked():
                    pass  # it raises here when it only looked like it
            yield from self.layers(unpacked, inside=inside, depth=depth, path=None)
        elif packed == "zip":
            yield from self._zip(opener, inside, depth)
        elif packed == "tar":
            yield from self._tar(opener, inside, depth)
        elif packed == "sqlite":
            yield from self._sqlite(opener, inside, path)
        elif packed == "duckdb":
            yield from self._duckdb(path, inside)
        else:
            yield from self._columns(packed, opener, inside)

    def _zip(self, opener: Opener, inside: str, depth: int) -> Iterator[Stream]:
        with self._seekable(opener) as whole, zipfile.ZipFile(whole) as archive:
            for number, member in enumerate(archive.infolist()):
                place = f"{inside}#{number}"
                if member.flag_bits & 1:
                    self._not_searched(place, "encrypted archive member")
                    continue

                def one(member: zipfile.ZipInfo = member) -> AbstractContextManager[BinaryIO]:
                    return cast("AbstractContextManager[BinaryIO]", archive.open(member))

                yield from self.layers(one, inside=place, depth=depth, path=None)

    def _tar(self, opener: Opener, inside: str, depth: int) -> Iterator[Stream]:
        with self._seekable(opener) as whole, tarfile.open(fileobj=whole, mode="r:") as archive:
            for number, member in enumerate(archive):
                if not member.isfile():
                    continue
                if member.size > self._limits.memory_bytes:
                    self._not_searched(f"{inside}#{number}", "archive member too large to open")
                    continue
                stream = archive.extractfile(member)
                content = b"" if stream is None else stream.read()

                def one(content: bytes = content) -> AbstractContextManager[BinaryIO]:
                    return io.BytesIO(content)

                yield from self.layers(one, inside=f"{inside}#{number}", depth=depth, path=None)

    def _sqlite(self, opener: Opener, inside: str, path: Path | None) -> Iterator[Stream]:
        if path is None:
            connection = sqlite3.connect(":memory:")
            connection.deserialize(self._held(opener))
        else:
            quoted = path.resolve().as_uri()
            connection = sqlite3.connect(f"{quoted}?mode=ro", uri=True, timeout=30)
        with closing(connection):
            connection.text_factory = bytes
            names = connection.execute(
                "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'"
            ).fetchall()
            for (name,) in names:
                table = name.decode("utf-8", "replace")
                quoted_name = table.replace('"', '""')
                rows = connection.execute(f'select * from "{quoted_name}"')
                place = f"{inside}:{table}"
                packed: list[bytes] = []
                yield Stream(place, self._guarded(place, _rows(rows, packed)))
                for cell in packed:
                    yield from open_cell(cell, inside=place, limits=self._limits)

    def _duckdb(self, path: Path | None, inside: str) -> Iterator[Stream]:
        if path is None:
            raise _CannotOpen("a DuckDB file inside another file")
        try:
            connection = duckdb.connect(str(path), read_only=True)
        except duckdb.Error:
            raise _CannotOpen("a DuckDB file that is encrypted or in use") from None
        with connection:
            names = connection.execute(
                "select schema_name, table_name from duckdb_tables() where not internal"
            ).fetchall()
            for schema, table in names:
                rows = connection.execute(f'select * from "{schema}"."{table}"')
                yield from _batches(rows.to_arrow_reader(20_000), f"{inside}:{schema}.{table}")

    def _columns(self, packed: str, opener: Opener, inside: str) -> Iterator[Stream]:
        with self._seekable(opener) as whole:
            if packed == "parquet":
                file = pyarrow.parquet.ParquetFile(whole)
                yield from _batches(file.iter_batches(batch_size=20_000), inside)
                for key, value in (file.metadata.metadata or {}).items():
                    yield Stream(inside, iter([key + _SEPARATOR + value]))
            elif packed == "arrow":
                reader = pyarrow.ipc.open_file(whole)
                yield from _batches(
                    (reader.get_batch(n) for n in range(reader.num_record_batches)), inside
                )
            else:
                yield from _batches(pyarrow.ipc.open_stream(whole), inside)

    @contextmanager
    def _seekable(self, opener: Opener) -> Iterator[BinaryIO]:
        with opener() as stream:
            if stream.seekable():
                yield stream
                return
        with io.BytesIO(self._held(opener)) as held:
            yield held

    def _held(self, opener: Opener) -> bytes:
        with opener() as stream:
            held = stream.read(self._limits.memory_bytes + 1)
        if len(held) > self._limits.memory_bytes:
            raise _CannotOpen("too large to open within another file")
        return held


def _head_of(opener: Opener, *damaged: type[Exception]) -> bytes:
    try:
        with opener() as stream:
            return stream.read(HEAD_BYTES)
    except damaged:
        return b""  # it is read again, as far as it goes, and reported


def _rows(rows: sqlite3.Cursor, packed: list[bytes]) -> Iterator[bytes]:
    while batch := rows.fetchmany(2000):
        cells: list[bytes] = []
        for row in batch:
            for cell in row:
                if isinstance(cell, bytes):
                    cells.append(cell)
                    if looks_packed(cell[:HEAD_BYTES]):
                        packed.append(cell)
                elif cell is not None:
                    cells.append(str(cell).encode())
        yield _SEPARATOR.join(cells) + _SEPARATOR


def _batches(batches: Any, inside: str) -> Iterator[Stream]:
    for batch in batches:
        for column, piece in pieces_of(batch):
            place = f"{inside}.{column}" if ":" in inside else f"{inside}:{column}"
            if piece.is_packed:
                yield from open_cell(piece.content, inside=place)
            else:
                yield Stream(place, iter([piece.content]))


def _gunzip(stream: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", gzip.GzipFile(fileobj=stream, mode="rb"))


def _bunzip2(stream: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", bz2.BZ2File(stream))


def _unxz(stream: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", lzma.LZMAFile(stream))


def _unzstd(stream: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", pa.CompressedInputStream(stream, "zstd"))


def _unlz4(stream: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", pa.CompressedInputStream(stream, "lz4"))


def _inflate(stream: BinaryIO) -> BinaryIO:
    """Open a zlib stream (RFC 1950), such as Dagster's snapshots."""
    inflater = zlib.decompressobj()
    inflated = inflater.decompress(stream.read(Limits().memory_bytes), Limits().memory_bytes)
    if inflater.unconsumed_tail:
        raise _CannotOpen("larger than the limit")
    return io.BytesIO(inflated)


_DECOMPRESSORS: dict[str, Callable[[BinaryIO], BinaryIO]] = {
    "gzip": _gunzip,
    "bzip2": _bunzip2,
    "xz": _unxz,
    "zstd": _unzstd,
    "lz4": _unlz4,
    "zlib": _inflate,
}

_DAMAGED = (
    OSError,
    EOFError,
    ValueError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    tarfile.TarError,
    sqlite3.Error,
    duckdb.Error,
    pa.ArrowException,
    NotImplementedError,
    RuntimeError,
)
"""What the libraries raise on damaged or hostile input."""
