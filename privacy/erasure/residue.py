"""Search the bytes of everything a zone owns for a person's values: the evidence of an erasure.

A report names the place, the kind of value, and the encoding; never the value. What could not be
searched is reported too: a certificate may not pass over it.
"""

import os
import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyarrow as pa

from privacy.erasure.cells import pieces_of
from privacy.erasure.needles import Needles, Value
from privacy.erasure.opening import (
    CHUNK_BYTES,
    Limits,
    open_attached,
    open_cell,
    open_file,
    open_piece,
)

_MASKED: Final = "[name withheld]"


@dataclass(frozen=True, slots=True)
class Residue:
    """Where a value was found.

    Attributes:
        place: File, relative to the folder that was searched, or the name of a table or store.
        inside: How it was reached within: ``gzip/tar#3``, ``duckdb:core.orders.source``; empty for
            the raw bytes.
        kind: Kind of the value.
        encoding: How it was written.
        offset_bytes: Where the first one ends, where that can be said.
        count: How often.
    """

    place: str
    inside: str
    kind: str
    encoding: str
    offset_bytes: int | None
    count: int


@dataclass(frozen=True, slots=True)
class NotSearched:
    """A place, or a part of one, that could not be searched, and why."""

    place: str
    inside: str
    reason: str


@dataclass(frozen=True, slots=True)
class ScanReport:
    """What a scan looked at and what it found.

    Attributes:
        count_bytes: Of files, as they lie on disk.
        count_searched_bytes: Everything looked through, unpacked parts too.
        kinds_too_short: Kinds of values too short to be told from chance in a file's raw bytes.
    """

    residues: tuple[Residue, ...]
    not_searched: tuple[NotSearched, ...]
    count_values: int
    kinds_too_short: tuple[str, ...]
    count_files: int
    count_bytes: int
    count_searched_bytes: int
    elapsed_seconds: float

    def plus(self, other: "ScanReport") -> "ScanReport":
        """Add the report of another scan, of other places for some of the same values."""
        return ScanReport(
            residues=self.residues + other.residues,
            not_searched=self.not_searched + other.not_searched,
            count_values=max(self.count_values, other.count_values),
            kinds_too_short=tuple(sorted({*self.kinds_too_short, *other.kinds_too_short})),
            count_files=self.count_files + other.count_files,
            count_bytes=self.count_bytes + other.count_bytes,
            count_searched_bytes=self.count_searched_bytes + other.count_searched_bytes,
            elapsed_seconds=max(self.elapsed_seconds, other.elapsed_seconds),
        )

    @property
    def is_clean(self) -> bool:
        """Say whether everything was searched and nothing was found."""
        return not self.residues and not self.not_searched


@dataclass(slots=True)
class _Tally:
    offset: int | None
    count: int = 0


@dataclass(slots=True)
class Scanner:
    """A scan under way: give it files, tables, and pieces; then take the report.

    Attributes:
        needles: What is looked for.
        limits: How far packed files are opened.
    """

    needles: Needles
    limits: Limits = field(default_factory=Limits)
    _found: dict[tuple[str, str, str, str], _Tally] = field(default_factory=dict)
    _not_searched: dict[NotSearched, None] = field(default_factory=dict)
    _values_found: set[int] = field(default_factory=set)
    _count_files: int = 0
    _count_bytes: int = 0
    _count_searched_bytes: int = 0
    _started: float = field(default_factory=time.monotonic)

    def scan_tree(
        self,
        root: Path,
        *,
        relative_to: Path | None = None,
        opened_elsewhere: Collection[Path] = (),
        leave_out: Collection[Path] = (),
    ) -> None:
        """Search every file below a folder, or the one file given; names of files too.

        Args:
            root: A folder or a file; one that does not exist holds nothing.
            relative_to: What the reported places are relative to.
            opened_elsewhere: Sealed files whose content is searched with the zone's keys; here only
                their raw bytes are.
            leave_out: Files that someone else searches.
        """
        out = {path.resolve() for path in leave_out}
        elsewhere = {path.resolve() for path in opened_elsewhere}
        for path in _files(root, self._cannot_list):
            resolved = path.resolve()
            if resolved not in out:
                self._scan_file(path, relative_to or root, resolved in elsewhere)

    def scan_table(self, place: str, batches: Iterable[pa.RecordBatch]) -> None:
        """Search every cell of a table."""
        for batch in batches:
            for column, cells in pieces_of(batch):
                if cells.is_packed:
                    for stream in open_cell(cells.content, inside=column, limits=self.limits):
                        self._scan_chunks(place, stream.inside, stream.chunks)
                else:
                    self._scan_chunks(place, column, iter([cells.content]), whole=True)

    def scan_pieces(self, place: str, pieces: Iterable[bytes], *, inside: str = "opened") -> None:
        """Search pieces of bytes that have nothing to do with each other, opened payloads say.

        Here, as in tables, a part of a longer word is not the value.
        """
        held: list[bytes] = []
        size = 0
        for piece in pieces:
            held.append(piece)
            size += len(piece)
            for stream in open_piece(piece, inside=inside, limits=self.limits):
                self._scan_chunks(place, stream.inside, stream.chunks)
            if size >= CHUNK_BYTES:
                self._scan_joined(place, inside, held)
                held, size = [], 0
        if held:
            self._scan_joined(place, inside, held)

    def _scan_joined(self, place: str, inside: str, pieces: list[bytes]) -> None:
        joined = b"\0\0".join(pieces)
        self._scan_chunks(place, inside, iter([joined]), whole=True)
        for stream in open_attached(joined, inside=inside, limits=self.limits):
            self._scan_chunks(place, stream.inside, stream.chunks)

    def could_not_search(self, place: str, reason: str, *, inside: str = "") -> None:
        """Put on record that a place was not searched."""
        self._not_searched[NotSearched(place, inside, reason)] = None

    def report(self) -> ScanReport:
        """Give what was found until now."""
        kinds = {self.needles.values[number].kind for number in self.needles.too_short}
        return ScanReport(
            residues=tuple(
                Residue(place, inside, kind, encoding, tally.offset, tally.count)
                for (place, inside, kind, encoding), tally in sorted(self._found.items())
            ),
            not_searched=tuple(
                sorted(self._not_searched, key=lambda n: (n.place, n.inside, n.reason))
            ),
            count_values=len(self.needles.values),
            kinds_too_short=tuple(sorted(kinds)),
            count_files=self._count_files,
            count_bytes=self._count_bytes,
            count_searched_bytes=self._count_searched_bytes,
            elapsed_seconds=time.monotonic() - self._started,
        )

    @property
    def values_found(self) -> frozenset[Value]:
        """Give which of the values were found anywhere; no report holds them."""
        return frozenset(self.needles.values[number] for number in self._values_found)

    def _cannot_list(self, error: OSError) -> None:
        self.could_not_search(
            Path(error.filename or "?").name, f"not listed ({type(error).__name__})"
        )

    def _scan_file(self, path: Path, root: Path, opened_elsewhere: bool) -> None:
        place = path.relative_to(root).as_posix() if path != root else path.name
        hits = self.needles.find(os.fsencode(place))
        if hits:
            place = f"{_MASKED} in {len(path.relative_to(root).parts) - 1} folders deep, " + (
                f"inode {path.lstat().st_ino}"
            )
            for hit in hits:
                self._add(place, "file name", hit.value, hit.encoding, None)
        try:
            if path.is_symlink():
                self._scan_chunks(place, "link", iter([os.fsencode(path.readlink())]))
                return
            self._count_bytes += path.stat().st_size
            self._count_files += 1
            streams = open_file(
                path,
                not_searched=lambda inside, reason: self.could_not_search(
                    place, reason, inside=inside
                ),
                limits=self.limits,
                opened_elsewhere=opened_elsewhere,
            )
            for stream in streams:
                self._scan_chunks(place, stream.inside, stream.chunks)
        except FileNotFoundError:
            return  # gone meanwhile: what it held is no longer here
        except OSError as error:
            self.could_not_search(place, f"not read ({type(error).__name__})")

    def _scan_chunks(
        self, place: str, inside: str, chunks: Iterator[bytes], *, whole: bool = False
    ) -> None:
        carried = b""
        position = 0
        for chunk in chunks:
            piece = carried + chunk if carried else chunk
            for hit in self.needles.find(piece, whole=whole):
                if hit.end is None or hit.end > len(carried):
                    offset = None if hit.end is None else position - len(carried) + hit.end
                    self._add(place, inside, hit.value, hit.encoding, offset)
            self._count_searched_bytes += len(chunk)
            position += len(chunk)
            carried = piece[-self.needles.overlap_bytes :]

    def _add(self, place: str, inside: str, value: int, encoding: str, offset: int | None) -> None:
        self._values_found.add(value)
        key = (place, inside, self.needles.values[value].kind, encoding)
        tally = self._found.setdefault(key, _Tally(offset))
        tally.count += 1


def scan_files(
    roots: Iterable[Path], values: Iterable[Value], *, limits: Limits | None = None
) -> ScanReport:
    """Search every file below some folders for some values."""
    scanner = Scanner(Needles(values), limits or Limits())
    for root in roots:
        scanner.scan_tree(root)
    return scanner.report()


def _files(root: Path, on_error: "os._OnError | object") -> Iterator[Path]:
    if root.is_file() or root.is_symlink():
        yield root
        return
    if not root.exists():
        return
    for folder, folders, names in os.walk(root, onerror=on_error):  # type: ignore[arg-type]
        folders.sort()
        for name in sorted(names):
            path = Path(folder) / name
            if path.is_symlink() or path.is_file():
                yield path
