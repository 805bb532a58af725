"""Takes in what lies in an inbox: read, routed, de-duplicated, sealed, and accounted for.

Run again, run twice at once, or killed anywhere, it gives the same: a delivery is known by the
keyed digest of its name and content, an item by its vendor's id and its content.
"""

import gc
import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO

from pipelines.connectors.connector import Connector, Gatherer, Malformed, SourceFile
from pipelines.connectors.registry import CONNECTORS
from pipelines.landing import handoff, reasons, receive
from pipelines.landing.chunks import ITEMS_PER_CHUNK, Candidate, Chunk, parts_of
from pipelines.landing.decision import Terms
from pipelines.landing.manifest import known_chunks, known_files, sweep
from pipelines.landing.report import LandingReport
from pipelines.landing.settle import settle
from pipelines.landing.sources import Broken, Found, Left, head_of, opener_of, walk
from privacy.errors import ConfigurationError, WireFormatError
from privacy.handovers import Delivery
from privacy.ids import ZoneId
from privacy.opened import OpenZone
from privacy.records.canonical import Item
from privacy.zones.loader import load_policies

Progress = Callable[[str, int], None]
"""Called with a stage's name, here ``landed``, and how many more items it has done."""

UNRECOGNISED = "unrecognised"
"""The source of files no connector knows."""

_SMALL_BYTES = 64 * 1024
_BUNDLE_BYTES = 16 * 1024 * 1024
_HELD_BYTES = 16 * 1024 * 1024
_HASH_BLOCK_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A file to take in: what it is, and its digest as a delivery."""

    file: SourceFile
    tops: Sequence[Path]
    digest: str
    fault: tuple[str, str] | None = None


@dataclass(slots=True)
class _Bundle:
    """Small files of one source that are settled together."""

    leaves: list[_Leaf] = field(default_factory=list)
    count_bytes: int = 0


def land(
    zone: OpenZone,
    inbox: Path,
    *,
    day: date,
    default_zone: ZoneId | None = None,
    consume: bool = False,
    progress: Progress | None = None,
    settle_seconds: float = 0,
    connectors: Mapping[str, Connector] = CONNECTORS,
    policies_directory: Path | None = None,
) -> LandingReport:
    """Take in what lies in an inbox, and what other zones left for this one.

    Args:
        zone: Whose.
        inbox: A folder with files of any vendor, or one file.
        day: The partition it lands in.
        default_zone: Where items belong that say nothing of it; None to hold them.
        consume: Remove what was taken in from the inbox. Hand-offs always are.
        progress: Told after every chunk.
        settle_seconds: A file changed more recently than this is left to the next run.
        connectors: What to read it with.
        policies_directory: Policies to route by; those that are shipped by default.

    Returns:
        Counts: landed = sealed + duplicate + quarantined + suppressed + handed over.

    Raises:
        ConfigurationError: There is no such inbox, or it cannot be read.
        KeyDestroyed: Subjects of a chunk are being erased right now. Safe to retry; what was
            settled stays.
    """
    if not inbox.exists():
        raise ConfigurationError(f"there is no inbox {inbox}")
    if not os.access(inbox, os.R_OK | (os.X_OK if inbox.is_dir() else 0)):
        # Walking it would find nothing, and say nothing.
        raise ConfigurationError(f"the inbox {inbox} cannot be read")
    policies = load_policies(directory=policies_directory)
    terms = Terms(zone, connectors, policies, day, default_zone)
    landing = _Landing(terms, progress)
    sweep(zone, now=zone.clock())
    with _fewer_collections():
        handoff.deliver(zone)
        landing.take_handoffs()
        landing.take_inbox(inbox, settle_seconds)
        handoff.deliver(zone)
    if consume:
        landing.consume()
    return landing.report


@contextmanager
def _fewer_collections() -> Iterator[None]:
    """Look for cycles less often: a chunk is a hundred thousand objects, and none is in a cycle.

    At the usual thresholds, looking takes a quarter of the time of landing.
    """
    thresholds = gc.get_threshold()
    gc.set_threshold(100_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)


class _Landing:
    """One run over an inbox."""

    def __init__(self, terms: Terms, progress: Progress | None) -> None:
        self._terms = terms
        self._zone = terms.zone
        self._progress = progress
        self._bundles: dict[str, _Bundle] = defaultdict(_Bundle)
        self._tops: dict[Path, tuple[int, int]] = {}
        self._kept: set[Path] = set()
        self.report = LandingReport()

    # --- what there is ---------------------------------------------------------------------------

    def take_handoffs(self) -> None:
        """Take in what other zones left; each file goes once it is settled, and is signed for."""
        _, count_left = receive.take_receipts(self._zone)
        if count_left:
            self.report.left[reasons.BROKEN_RECEIPT] += count_left
        for path in handoff.waiting(self._zone):
            with suppress(FileNotFoundError), path.open("rb") as stream:  # or another was faster
                self.report.count_files += 1
                try:
                    self._take_handoff(stream)
                except receive.Unacceptable as error:
                    if not self._hold_handoff(path, stream, error.fault):
                        continue
                path.unlink(missing_ok=True)
        receive.leave_receipts(self._zone)

    def _take_handoff(self, stream: BinaryIO) -> None:
        delivery = receive.checked(self._zone, stream)
        if receive.is_settled(self._zone, delivery):
            self.report.count_known_files += 1
            return
        for source, digest, candidates in receive.deliveries(self._zone, stream, delivery):
            self._settle_all(source, digest, candidates, handed_over=delivery)

    def _hold_handoff(self, path: Path, stream: BinaryIO, fault: tuple[str, str]) -> bool:
        """Set a file aside as it is; give whether it is held now."""
        stream.seek(0)
        content = stream.read(_HELD_BYTES + 1)
        if len(content) > _HELD_BYTES:
            self.report.left[reasons.TOO_LARGE_TO_HOLD] += 1
            return False
        place = f"handoff/{path.name}"
        digest = self._digest(path.name, hashlib.sha256(content).digest())
        candidate = Candidate(receive.SOURCE, place, content, fault=fault, is_file=True)
        self._settle_all(receive.SOURCE, digest, iter([candidate]))
        return True

    def take_inbox(self, inbox: Path, settle_seconds: float) -> None:
        """Take in the files, small ones of one source together."""
        gatherers: list[Gatherer] = [
            connector
            for connector in self._terms.connectors.values()
            if isinstance(connector, Gatherer)
        ]
        entries = walk(
            inbox,
            gatherers=gatherers,
            now=self._zone.clock(),
            settle_seconds=settle_seconds,
        )
        for entry in entries:
            if isinstance(entry, Left):
                self.report.left[entry.reason] += 1
                continue
            tops = entry.tops if isinstance(entry, Found) else (entry.top,)
            try:
                self._note(tops)
                self._take(entry, tops)
            except OSError:
                self.report.left[reasons.UNREADABLE] += 1
                self._kept.update(tops)
        for source in list(self._bundles):
            self._flush(source)

    def _note(self, tops: Sequence[Path]) -> None:
        """Remember what a file was like before it was read, so that a changed one is not removed."""
        for top in tops:
            if top not in self._tops:
                status = top.stat()
                self._tops[top] = (status.st_size, status.st_mtime_ns)

    def _take(self, entry: Found | Broken, tops: Sequence[Path]) -> None:
        source, fault = UNRECOGNISED, None
        if isinstance(entry, Broken):
            fault = (reasons.BROKEN_ARCHIVE, entry.detail)
        elif (connector := self._connector_of(entry)) is not None:
            source = connector.name
        else:
            fault = (reasons.UNRECOGNISED_FILE, "no connector knows this file's format")
        try:
            content, size, sha256 = _hashed(entry.file)
        except WireFormatError as error:
            # It opened, and breaks off further on: nothing of it is taken.
            top = tops[0]
            name = entry.file.name.partition("!")[0]
            lying = SourceFile(name, lambda: top.open("rb"), top.stat().st_size)
            self._take(Broken(lying, top, str(error)), tops)
            return
        self.report.count_files += 1
        digest = self._digest(f"{source}/{entry.file.name}", sha256)
        file = entry.file
        if content is not None:
            file = SourceFile(file.name, opener_of(content), size)
        leaf = _Leaf(file, tops, digest, fault)
        if fault is not None and size > _HELD_BYTES:
            self.report.left[reasons.TOO_LARGE_TO_HOLD] += 1
            self._kept.update(tops)
        elif content is not None:
            self._bundle(source, leaf, size)
        elif known_files(self._zone, {digest}):
            self.report.count_known_files += 1
        else:
            self._settle_all(source, digest, self._candidates(source, leaf))

    def _connector_of(self, found: Found) -> Connector | None:
        if found.file.members:
            heads = {name: head_of(member) for name, member in found.file.members.items()}
            for connector in self._terms.connectors.values():
                if isinstance(connector, Gatherer) and connector.gathers(heads):
                    return connector
            return None
        for connector in self._terms.connectors.values():
            if connector.recognises(found.file.name, found.head):
                return connector
        return None

    def _digest(self, name: str, sha256: bytes) -> str:
        return self._zone.keyring.index.digest("file", sha256 + name.encode(errors="replace"))

    # --- small files -----------------------------------------------------------------------------

    def _bundle(self, source: str, leaf: _Leaf, size: int) -> None:
        bundle = self._bundles[source]
        bundle.leaves.append(leaf)
        bundle.count_bytes += size
        if len(bundle.leaves) >= ITEMS_PER_CHUNK or bundle.count_bytes >= _BUNDLE_BYTES:
            self._flush(source)

    def _flush(self, source: str) -> None:
        bundle = self._bundles.pop(source)
        known = known_files(self._zone, {leaf.digest for leaf in bundle.leaves})
        leaves = [leaf for leaf in bundle.leaves if leaf.digest not in known]
        self.report.count_known_files += len(bundle.leaves) - len(leaves)
        if not leaves:
            return
        digests = [leaf.digest for leaf in leaves]
        digest = self._zone.keyring.index.digest("bundle", "".join(digests).encode())
        candidates = (found for leaf in leaves for found in self._candidates(source, leaf))
        self._settle_all(source, digest, candidates, markers=digests)

    # --- items -----------------------------------------------------------------------------------

    def _candidates(self, source: str, leaf: _Leaf) -> Iterator[Candidate]:
        """Yield what a file holds; a file that cannot be read on is one more, at fault."""
        if leaf.fault is not None:
            yield self._whole(source, leaf, leaf.fault)
            return
        try:
            for item in self._terms.connectors[source].items(leaf.file):
                yield _candidate(source, item)
        except WireFormatError as error:
            yield self._whole(source, leaf, (reasons.MALFORMED_FILE, str(error)))
        except Exception as error:  # noqa: BLE001 (one bad file must not stop the others)
            detail = f"{type(error).__name__} in connector {source}"
            yield self._whole(source, leaf, (reasons.CONNECTOR_FAILED, detail))

    def _whole(self, source: str, leaf: _Leaf, fault: tuple[str, str]) -> Candidate:
        content = b""
        if not leaf.file.members:
            with closing(leaf.file.open()) as stream:
                content = stream.read(_HELD_BYTES + 1)
        if len(content) > _HELD_BYTES:
            self._kept.update(leaf.tops)
            content, fault = content[:_SMALL_BYTES], (fault[0], f"{fault[1]}; held in part")
        return Candidate(source, leaf.file.name, content, fault=fault, is_file=True)

    def _settle_all(
        self,
        source: str,
        digest: str,
        candidates: Iterator[Candidate],
        *,
        markers: Sequence[str] = (),
        handed_over: Delivery | None = None,
    ) -> None:
        """Settle a delivery chunk by chunk; those that are settled already are passed over."""
        done = known_chunks(self._zone, digest)
        for number, (part, is_last) in enumerate(parts_of(candidates)):
            if number in done:
                continue
            last = markers if is_last else ()
            chunk = Chunk(source, digest, number, is_last, part, last, handed_over)
            report = settle(self._terms, chunk)
            self.report.add(report)
            if self._progress:
                self._progress("landed", report.count_landed)

    # --- afterwards ------------------------------------------------------------------------------

    def consume(self) -> None:
        """Remove the files that were taken in whole and have not changed since."""
        for top, noted in self._tops.items():
            if top in self._kept or not top.is_file():
                continue
            status = top.stat()
            if (status.st_size, status.st_mtime_ns) == noted:
                top.unlink()


def _candidate(source: str, item: Item | Malformed) -> Candidate:
    if isinstance(item, Malformed):
        fault = (reasons.MALFORMED_ITEM, item.reason)
        return Candidate(source, item.place, item.payload, fault=fault, is_file=True)
    return Candidate(source, item.place, item.payload, item.vendor_id, item.compared)


def _hashed(file: SourceFile) -> tuple[bytes | None, int, bytes]:
    """Read a file through: its content if it is small, its size, and its SHA-256.

    Raises:
        WireFormatError: It is compressed, and broken further on.
    """
    if file.members:
        parts = [(name, *_hashed(member)[1:]) for name, member in sorted(file.members.items())]
        joined = b"".join(name.encode(errors="replace") + digest for name, _, digest in parts)
        return None, sum(size for _, size, _ in parts), hashlib.sha256(joined).digest()
    digest = hashlib.sha256()
    size = 0
    small = b""
    with closing(file.open()) as stream:
        while block := stream.read(_HASH_BLOCK_BYTES):
            digest.update(block)
            small = block if size == 0 else b""
            size += len(block)
    return (small if size <= _SMALL_BYTES else None), size, digest.digest()
