"""What a connector is: it knows one vendor's wire format, and does no input or output.

`pipelines.landing` opens the files; `pipelines.connectors.registry` lists the connectors.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import BinaryIO, Protocol, runtime_checkable

from privacy.records.canonical import (
    Channel,
    ConsentEvent,
    Contact,
    Interaction,
    Item,
    Order,
    Parsed,
    Record,
    ThreadEvent,
)

UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for an instant the vendor does not give. An instant on this day is an offset from it: the
second turn of an undated conversation is `UNDATED` plus a second, so that order is kept."""

ITEM_LIMIT_BYTES = 32 * 1024 * 1024
"""No single item is larger; what claims to be is malformed."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the inbox, or one export of several.

    Attributes:
        name: Its path inside the inbox, with ``/``; a member of an archive follows after ``!``.
        open: Opens it from its start, decompressed. May be called more than once.
        size_bytes: Of the decompressed content, as far as known.
        members: The files of a multi-file export by their base name; empty for a single file.
    """

    name: str
    open: Callable[[], BinaryIO]
    size_bytes: int | None = None
    members: Mapping[str, "SourceFile"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Malformed:
    """One item of a file that cannot be told apart from its neighbours or read at all.

    Attributes:
        place: File and position.
        payload: Its bytes, as far as they can be had.
        reason: What is wrong; names fields, never values.
    """

    place: str
    payload: bytes
    reason: str


class Connector(Protocol):
    """One vendor's wire format."""

    @property
    def name(self) -> str:
        """Give its key in the registry; also the ``source`` of every row read with it."""

    @property
    def channel(self) -> Channel:
        """Give the channel its items come from unless an item says otherwise."""

    @property
    def title(self) -> str:
        """Give its name for people."""

    def recognises(self, name: str, head: bytes) -> bool:
        """Tell whether a file is of this format, by its name and its first 4 KiB, decompressed."""

    def items(self, file: SourceFile) -> Iterator[Item | Malformed]:
        """Yield what the file holds, in a fixed order, in bounded memory.

        Raises:
            WireFormatError: The rest of the file cannot be read; what was yielded stands.
        """

    def parse(self, payload: bytes) -> Parsed:
        """Read one item, alone.

        Raises:
            WireFormatError: Naming the place in the item, never a value.
        """


@runtime_checkable
class Gatherer(Connector, Protocol):
    """A connector of exports that are several files together."""

    def gathers(self, heads: Mapping[str, bytes]) -> frozenset[str]:
        """Name the files of one folder that together are one export; empty if they are none.

        Args:
            heads: The first 4 KiB of each file of the folder, by base name.
        """


@runtime_checkable
class Trimmer(Connector, Protocol):
    """A connector of items that grow, and so may hold what an erasure has since taken."""

    def trimmed(self, payload: bytes, until: datetime) -> bytes:
        """Give the item without what was said and done up to an instant.

        Raises:
            WireFormatError: The item is not of its form.
        """


def is_undated(instant: datetime) -> bool:
    """Tell whether an instant is an offset from `UNDATED`."""
    return UNDATED <= instant < UNDATED + timedelta(days=1)


def dated(records: Iterable[Record], received_at: datetime) -> tuple[Record, ...]:
    """Put the instant of landing where the vendor gave none, keeping the order within an item."""

    def at(instant: datetime) -> datetime:
        return received_at + (instant - UNDATED) if is_undated(instant) else instant

    result: list[Record] = []
    for record in records:
        match record:
            case Interaction() | ThreadEvent() | ConsentEvent() if is_undated(record.occurred_at):
                result.append(replace(record, occurred_at=at(record.occurred_at)))
            case Order() if is_undated(record.ordered_at):
                result.append(replace(record, ordered_at=at(record.ordered_at)))
            case Contact() if is_undated(record.recorded_at):
                result.append(replace(record, recorded_at=at(record.recorded_at)))
            case _:
                result.append(record)
    return tuple(result)


def occurred_at(record: Record) -> datetime:
    """Give the instant a record speaks of."""
    match record:
        case Order():
            return record.ordered_at
        case Contact():
            return record.recorded_at
        case _:
            return record.occurred_at
