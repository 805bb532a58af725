"""What belongs to another zone: sealed to its public key, left in its folder, taken in by it once.

A file holds items of one chunk. Its name is derived from that chunk, so that leaving it again after
a crash replaces it; the receiving zone knows the items again by their own ids.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.landing import reasons
from pipelines.landing.chunks import Candidate
from pipelines.landing.segments import write_whole
from privacy.errors import ConfigurationError, Tampered
from privacy.ids import ZoneId
from privacy.keys.handoff import seal_to
from privacy.keys.public import PublicKeys, read_public_keys
from privacy.opened import OpenZone
from privacy.zones.layout import ZoneLayout

SUFFIX = ".handoff"
_SOURCE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SCHEMA = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("place", pa.binary(), nullable=False),
        pa.field("vendor_id", pa.binary()),
        pa.field("compared", pa.binary()),
        pa.field("payload", pa.binary(), nullable=False),
    ]
)


def keys_of(zone: OpenZone, other: ZoneId) -> PublicKeys | None:
    """Give another zone's public keys; None where it has published none here."""
    try:
        return read_public_keys(zone.layout.public_keys, other)
    except ConfigurationError:
        return None


def leave(zone: OpenZone, keys: PublicKeys, name: str, candidates: Sequence[Candidate]) -> Path:
    """Seal items to another zone and leave them in its folder, atomically."""
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
    sealed = seal_to(keys.handoff_key, sink.getvalue().to_pybytes(), zone=keys.zone)
    folder = ZoneLayout(zone.layout.home, keys.zone).handoff
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}{SUFFIX}"
    write_whole(path, sealed)
    return path


def waiting(zone: OpenZone) -> list[Path]:
    """Give the files other zones left for this one."""
    folder = zone.layout.handoff
    if not folder.is_dir():
        return []
    found = folder.glob(f"*{SUFFIX}")
    return sorted(path for path in found if path.is_file() and not path.is_symlink())


def take(zone: OpenZone, path: Path, sealed: bytes) -> Iterator[Candidate]:
    """Yield the items of a file left for this zone; one that does not open is itself at fault."""
    place = f"handoff/{path.name}"
    try:
        opened = zone.keyring.open_handoff(sealed)
        with pa.ipc.open_stream(pa.py_buffer(opened)) as reader:
            rows = reader.read_all().cast(_SCHEMA).to_pylist()
        candidates = [_candidate(row) for row in rows]
    except (Tampered, pa.ArrowException, ValueError):
        # Whoever has the public key can leave a file: what opens may still be anything.
        fault = (reasons.BROKEN_HANDOFF, "not sealed to this zone's key, or not of its form")
        yield Candidate("handoff", place, sealed, fault=fault, is_file=True)
        return
    yield from candidates


def _candidate(row: dict[str, Any]) -> Candidate:
    if not _SOURCE.fullmatch(row["source"]):
        # It is stored and shown in the clear, so it may not be just any text.
        raise ValueError("source is no connector's name")
    return Candidate(
        row["source"],
        _text(row["place"]) or "",
        row["payload"],
        vendor_id=_text(row["vendor_id"]),
        compared=row["compared"],
        is_handed_over=True,
    )


def _bytes(text: str | None) -> bytes | None:
    """Encode an id or a place as it is: either may hold what is no valid Unicode."""
    return None if text is None else text.encode("utf-8", "surrogatepass")


def _text(raw: bytes | None) -> str | None:
    return None if raw is None else raw.decode("utf-8", "surrogatepass")
