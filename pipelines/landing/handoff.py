"""What belongs to another zone: sealed to it, signed, and put where it looks once that is counted.

A file holds items of one chunk. It is sealed aside first, under a name of this zone's; the chunk's
transaction counts it; only then is it put where the other zone looks. So the other zone never sees
a file that this one has not counted, wherever a process is killed. Taking files in does not belong
here (`pipelines.landing.receive`).

A frame of the file (`privacy.keys.handoff_file`) is an Arrow IPC stream of some items, `_SCHEMA`.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

import pyarrow as pa

from pipelines.landing.chunks import Candidate
from privacy.errors import ConfigurationError
from privacy.handovers import mark_delivered, sent
from privacy.ids import ZoneId
from privacy.keys.handoff_file import Header, write_file
from privacy.keys.public import PublicKeys, read_public_keys
from privacy.opened import OpenZone
from privacy.whole_files import sync
from privacy.zones.layout import ZoneLayout

SUFFIX = ".handoff"
_ITEMS_PER_FRAME = 500
_BYTES_PER_FRAME = 1 << 20
_ORPHAN_AGE = timedelta(hours=1)
_SCHEMA = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("place", pa.binary(), nullable=False),
        pa.field("vendor_id", pa.binary()),
        pa.field("compared", pa.binary()),
        pa.field("payload", pa.binary(), nullable=False),
    ]
)


@dataclass(frozen=True, slots=True)
class Aside:
    """A file that is sealed and not yet counted.

    Attributes:
        path: Where it lies; removed if its chunk is not settled after all.
        digest: SHA-256 of the whole file.
    """

    file_id: str
    recipient: ZoneId
    path: Path
    digest: str
    count_items: int


def keys_of(zone: OpenZone, other: ZoneId) -> PublicKeys | None:
    """Give another zone's public keys; None where it has published none here."""
    try:
        return read_public_keys(zone.layout.public_keys, other)
    except ConfigurationError:
        return None


def leave(zone: OpenZone, keys: PublicKeys, candidates: Sequence[Candidate]) -> Aside:
    """Seal items to another zone, sign them, and lay them aside; on the disk when it returns."""
    file_id = f"h_{token_hex(16)}"
    header = Header(file_id, zone.zone, keys.zone, len(candidates))
    folder = ZoneLayout(zone.layout.home, keys.zone).handoff
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _aside_name(zone.zone, file_id)
    frames = (_frame(part) for part in _parts(candidates))
    with path.open("xb") as stream:
        digest = write_file(stream, header, frames, public=keys.handoff_key, sign=zone.keyring.sign)
        stream.flush()
        os.fsync(stream.fileno())
    sync(folder)
    return Aside(file_id, keys.zone, path, digest, len(candidates))


def deliver(zone: OpenZone) -> int:
    """Put files that are counted where their zones look; give how many.

    Those that a landing laid aside and never counted, because it was killed, are removed after an
    hour: until then it may be running.
    """
    files = sent(zone, undelivered=True)
    for file in files:
        folder = ZoneLayout(zone.layout.home, ZoneId(file.recipient)).handoff
        # Gone: it was put there by a run that was killed before it could say so.
        with suppress(FileNotFoundError):
            (folder / _aside_name(zone.zone, file.file_id)).replace(
                folder / f"{file.file_id}{SUFFIX}"
            )
            sync(folder)
    mark_delivered(zone, [file.file_id for file in files])
    _remove_orphans(zone)
    return len(files)


def waiting(zone: OpenZone) -> list[Path]:
    """Give the files of items that other zones left for this one."""
    return left_here(zone, SUFFIX)


def left_here(zone: OpenZone, suffix: str) -> list[Path]:
    """Give what other zones left for this one, of one kind; not what still lies aside."""
    folder = zone.layout.handoff
    return sorted(
        path
        for path in (folder.glob(f"*{suffix}") if folder.is_dir() else ())
        if not path.name.startswith(".") and path.is_file() and not path.is_symlink()
    )


def rows_of(frame: bytes) -> list[dict[str, Any]]:
    """Give the items of a frame.

    Raises:
        ArrowException, ValueError: It is not of its form.
    """
    with pa.ipc.open_stream(pa.py_buffer(frame)) as reader:
        return list(reader.read_all().cast(_SCHEMA).to_pylist())


def _aside_name(sender: ZoneId, file_id: str) -> str:
    return f".{sender}.{file_id}{SUFFIX}"


def _remove_orphans(zone: OpenZone) -> None:
    now = zone.clock().timestamp()
    counted = None
    for path in (zone.layout.home / "handoff").glob(f"*/.{zone.zone}.h_*{SUFFIX}"):
        with suppress(FileNotFoundError):
            if now - path.stat().st_mtime <= _ORPHAN_AGE.total_seconds():
                continue
            if counted is None:
                counted = {file.file_id for file in sent(zone, undelivered=True)}
            if path.name.split(".")[2] not in counted:
                path.unlink()


def _parts(candidates: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    part: list[Candidate] = []
    count_bytes = 0
    for candidate in candidates:
        part.append(candidate)
        count_bytes += len(candidate.payload) + len(candidate.compared or b"")
        if len(part) >= _ITEMS_PER_FRAME or count_bytes >= _BYTES_PER_FRAME:
            yield part
            part, count_bytes = [], 0
    if part:
        yield part


def _frame(candidates: Sequence[Candidate]) -> bytes:
    columns = {
        "source": [candidate.source for candidate in candidates],
        "place": [_bytes(candidate.place) for candidate in candidates],
        "vendor_id": [_bytes(candidate.vendor_id) for candidate in candidates],
        "compared": [candidate.compared for candidate in candidates],
        "payload": [candidate.payload for candidate in candidates],
    }
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, _SCHEMA) as writer:
        writer.write_table(pa.table(columns, schema=_SCHEMA))
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _bytes(text: str | None) -> bytes | None:
    """Encode an id or a place as it is: either may hold what is no valid Unicode."""
    return None if text is None else text.encode("utf-8", "surrogatepass")
