"""The inbox of a zone: a file a source and day, written in blocks; some items twice, some broken.

The faults are added beside the good items and never take one's place: a second delivery of the
same bytes, and a copy of an item with a fault its connector must find.
"""

import hashlib
import re
from collections import Counter
from pathlib import Path
from random import Random
from typing import NamedTuple

from pipelines.synthetic.calendar import DAY_SECONDS, day_of, mbox_date
from pipelines.synthetic.vendors import poslog
from pipelines.synthetic.vendors.wire import Delivery
from privacy.ids import ZoneId

_BLOCK_BYTES = 48 * 1024
_SUFFIXES = {"email": "mbox", "poslog": "xml"}
_INSTANT = re.compile(
    rb'"(?:timestamp|at|created_at|event_time|InitiationTimestamp)":("[^"]*"|\d+)'
)
_SEQUENCE = re.compile(rb"<SequenceNumber>\d+</SequenceNumber>")
_DUPLICATES_EVERY, _MALFORMED_EVERY = 160, 220


class Fault(NamedTuple):
    """Something wrong with the inbox, as the truth has it."""

    source: str
    day: str
    kind: str
    thread_vendor_id: str


class Inbox:
    """Writes the files of one zone's inbox; use as a context manager."""

    def __init__(self, folder: Path, zone: ZoneId, rng: Random) -> None:
        self.zone = zone
        self.folder = folder
        self.counts: Counter[tuple[str, str]] = Counter()
        self.count_bytes = 0
        self._rng = rng
        self._blocks: dict[tuple[str, str], list[bytes]] = {}
        self._sizes: Counter[tuple[str, str]] = Counter()
        self._made: set[tuple[str, str]] = set()
        self._until_duplicate = rng.randint(10, 60)
        self._until_malformed = rng.randint(10, 90)

    def __enter__(self) -> "Inbox":
        """Start."""
        return self

    def __exit__(self, *_: object) -> None:
        """Write what is left, and the ends of the files that have one."""
        for place in list(self._blocks):
            if place[0] == "poslog":
                self._put(place, poslog.TAIL)
            self._flush(place)

    def deliver(self, delivery: Delivery, outcome: str = "delivered") -> list[Fault]:
        """Put an item in; give the faults that were put beside it."""
        place = (delivery.source, day_of(delivery.at // DAY_SECONDS).isoformat())
        self._put(place, delivery.payload)
        self.counts[delivery.source, outcome] += 1
        faults: list[Fault] = []
        if outcome != "delivered":
            return [Fault(*place, outcome, delivery.thread_vendor_id)]
        self._until_duplicate -= 1
        if self._until_duplicate <= 0:
            self._until_duplicate = self._rng.randint(40, 2 * _DUPLICATES_EVERY - 40)
            self._put(place, delivery.payload)
            faults.append(Fault(*place, "duplicate", delivery.thread_vendor_id))
        self._until_malformed -= 1
        if self._until_malformed <= 0:
            self._until_malformed = self._rng.randint(60, 2 * _MALFORMED_EVERY - 60)
            self._put(place, self._broken(delivery))
            faults.append(Fault(*place, "malformed", delivery.thread_vendor_id))
        for fault in faults:
            self.counts[fault.source, fault.kind] += 1
        return faults

    def _broken(self, delivery: Delivery) -> bytes:
        match delivery.source:
            case "email":
                lost = hashlib.sha256(delivery.payload).hexdigest()
                return (
                    f"From {lost[:12]}@example.net {mbox_date(delivery.at)}\n\n{lost}\n\n".encode()
                )
            case "poslog":
                return _SEQUENCE.sub(b"", delivery.payload, count=1)
            case _ if self._rng.random() < 0.5:
                return delivery.payload[: len(delivery.payload) * 2 // 3].rstrip() + b"\n"
            case _:
                return _INSTANT.sub(
                    lambda match: match[0].replace(match[1], b'"yesterday"'),
                    delivery.payload.replace(b'"record_id":"', b'"record_id":"x', 1),
                )

    def _put(self, place: tuple[str, str], payload: bytes) -> None:
        block = self._blocks.setdefault(place, [])
        block.append(payload)
        self._sizes[place] += len(payload)
        self.count_bytes += len(payload)
        if self._sizes[place] >= _BLOCK_BYTES:
            self._flush(place)

    def _flush(self, place: tuple[str, str]) -> None:
        source, day = place
        path = self.folder / source / f"{day}.{_SUFFIXES.get(source, 'jsonl')}"
        is_new = place not in self._made
        if is_new:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(place)
        with path.open("wb" if is_new else "ab") as stream:
            if is_new and source == "poslog":
                stream.write(poslog.HEAD)
            stream.writelines(self._blocks[place])
        self._blocks[place] = []
        self._sizes[place] = 0
