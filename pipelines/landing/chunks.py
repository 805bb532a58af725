"""The unit of landing: some two thousand items of one source, settled in one transaction."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from privacy.handovers import Delivery
from privacy.ids import ZoneId

ITEMS_PER_CHUNK = 2000
BYTES_PER_CHUNK = 32 * 1024 * 1024

SOURCE_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""What another zone may name a source: it is stored and shown in the clear, so not just any text."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing a vendor delivered, before anything is decided about it.

    Attributes:
        source: The connector's name; ``unrecognised`` where there is none.
        place: Where it was found.
        vendor_id: As in `privacy.records.canonical.Item`; so is `compared`.
        fault: Reason and detail of what is wrong with it as it was found; it is not parsed then.
        is_file: The payload is a file or a part of one that items are still to be found in.
        assigned: The zone an operator or a transfer decided on; no evidence is asked then.
        country: Of an assigned one, the country it was read in before.
        is_handed_over: Another zone met it and sealed it to this one.
        quarantine_id: It is held under this id, and tried again.
        item_id: It landed under this id, and was set aside while it was loaded.
    """

    source: str
    place: str
    payload: bytes
    vendor_id: str | None = None
    compared: bytes | None = None
    fault: tuple[str, str] | None = None
    is_file: bool = False
    assigned: ZoneId | None = None
    country: str | None = None
    is_handed_over: bool = False
    quarantine_id: str | None = None
    item_id: str | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """Candidates of one source that are settled together.

    Attributes:
        file_digest: Keyed digest of the delivery they are of.
        number: Which part of it, from 0.
        is_last: No part follows.
        markers: Digests of the small files of the delivery; they are known once it is settled.
        handed_over: The file of another zone it is of, which is accounted for with it.
    """

    source: str
    file_digest: str
    number: int
    is_last: bool
    candidates: Sequence[Candidate]
    markers: Sequence[str] = ()
    handed_over: Delivery | None = None


def parts_of(candidates: Iterator[Candidate]) -> Iterator[tuple[list[Candidate], bool]]:
    """Cut a delivery into chunks, each with whether it is the last; an empty one has one."""
    part: list[Candidate] = []
    count_bytes = 0
    for candidate in candidates:
        if len(part) >= ITEMS_PER_CHUNK or count_bytes >= BYTES_PER_CHUNK:
            yield part, False
            part, count_bytes = [], 0
        part.append(candidate)
        count_bytes += len(candidate.payload)
    yield part, True
