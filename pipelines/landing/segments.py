"""Sealed segments: one Arrow file per landed chunk, every payload under its owner's key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_hex

import pyarrow as pa
from sqlalchemy import select

from privacy.errors import NotFound
from privacy.opened import OpenZone
from privacy.store.tables import LANDING_SEGMENTS
from privacy.whole_files import write_whole
from privacy.zones.layout import ZoneLayout

TABLE = "landing"
COLUMN = "payload"
"""What a sealed payload is bound to, beside its owner and zone."""

SCHEMA = pa.schema(
    [
        pa.field("item_id", pa.string(), nullable=False),
        pa.field("source", pa.string(), nullable=False),
        pa.field("owner_id", pa.string()),
        pa.field("routed_by", pa.string(), nullable=False),
        pa.field("country", pa.string()),
        pa.field("received_at", pa.timestamp("us", tz="UTC"), nullable=False),
        pa.field("sealed", pa.binary(), nullable=False),
    ]
)


@dataclass(frozen=True, slots=True)
class SealedItem:
    """An item as it lies in a segment."""

    item_id: str
    source: str
    owner_id: str | None
    routed_by: str
    country: str | None
    received_at: datetime
    sealed: bytes


@dataclass(frozen=True, slots=True)
class LandedItem:
    """An item read back.

    Attributes:
        owner_id: The subject whose key seals it; None for the zone's own.
        routed_by: The evidence that put it in this zone.
        payload: None where the owner's key was shredded: there is nothing left to read.
    """

    item_id: str
    source: str
    owner_id: str | None
    routed_by: str
    country: str | None
    received_at: datetime
    payload: bytes | None


def write_segment(
    layout: ZoneLayout, segment_id: str, day: date, items: Sequence[SealedItem]
) -> str:
    """Write a segment whole or not at all, and reach the disk before returning.

    Two processes that land the same chunk write two files; the manifest names one of them.

    Returns:
        Its path relative to the zone's folder.
    """
    columns = {name: [getattr(item, name) for item in items] for name in SCHEMA.names}
    table = pa.table(columns, schema=SCHEMA)
    folder = layout.landing / day.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{segment_id}.{token_hex(4)}.arrow"
    write_whole(path, _serialised(table))
    return path.relative_to(layout.root).as_posix()


def read_segment(zone: OpenZone, segment_id: str) -> list[LandedItem]:
    """Read a segment back.

    Raises:
        NotFound: There is no such segment, or nothing of it was sealed, or retention took it.
        Tampered: A payload was changed.
    """
    query = select(LANDING_SEGMENTS.c.path).where(
        LANDING_SEGMENTS.c.segment_id == segment_id, LANDING_SEGMENTS.c.removed_at.is_(None)
    )
    with zone.store.connect() as connection:
        path: str | None = connection.execute(query).scalar_one_or_none()
    if path is None:
        raise NotFound(f"no landed segment {segment_id}")
    try:
        content = (zone.layout.root / path).read_bytes()
    except FileNotFoundError:
        raise NotFound(f"the file of landed segment {segment_id} is gone") from None
    table = pa.ipc.open_file(pa.py_buffer(content)).read_all()
    columns = {name: table.column(name).to_pylist() for name in SCHEMA.names}
    payloads = zone.keyring.open_many(
        columns["owner_id"],
        table=TABLE,
        column=COLUMN,
        sealed=columns["sealed"],
        missing="none",
    )
    names = [name for name in SCHEMA.names if name != "sealed"]
    rows = zip(*(columns[name] for name in names), payloads, strict=True)
    return [LandedItem(*row) for row in rows]


def _serialised(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    content: bytes = sink.getvalue().to_pybytes()
    return content
