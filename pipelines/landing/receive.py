"""Takes in what other zones left: checked whole before anything of it is settled, and signed for.

A file whose sender is unknown, that is not signed by it, is not for this zone, was changed or cut
short, is set aside in quarantine as it is. Sealing files does not belong here
(`pipelines.landing.handoff`).
"""

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import groupby
from pathlib import Path
from secrets import token_hex
from typing import Any, BinaryIO

import pyarrow as pa

from pipelines.landing import handoff, reasons
from pipelines.landing.chunks import SOURCE_NAME, Candidate
from privacy.audit.leaves import canonical
from privacy.errors import ConfigurationError, Tampered
from privacy.handovers import (
    Delivery,
    known_delivery,
    mark_receipted,
    receipt_for,
    received,
    take_receipt,
)
from privacy.ids import ZoneId
from privacy.keys.handoff_file import Header, check_file, frames_of, read_header
from privacy.opened import OpenZone
from privacy.signed import read_document
from privacy.whole_files import write_whole
from privacy.zones.layout import ZoneLayout

SOURCE = "handoff"
"""The source of files that could not be taken in."""

_RECEIPT = ".receipt"


class Unacceptable(Exception):
    """A file cannot be taken in as it is.

    Attributes:
        fault: Reason and detail, as of a candidate.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.fault = (reason, detail)


def signed_for(zone: OpenZone, stream: BinaryIO) -> tuple[Header, str]:
    """Read a file through, and check that it is for a zone and signed by the one it names.

    Returns:
        Its header, and SHA-256 of the whole file in hexadecimal.

    Raises:
        Tampered: It is addressed to another zone, changed, cut short, or signed by somebody else.
        ConfigurationError: The zone it names has published no keys here.
    """
    header = read_header(stream)
    if header.recipient != zone.zone or header.sender == zone.zone:
        raise Tampered(f"the hand-off is not addressed to zone {zone.zone}")
    keys = handoff.keys_of(zone, header.sender)
    if keys is None:
        raise ConfigurationError(f"zone {header.sender} has published no keys here")
    return header, check_file(stream, verify_key=keys.verify_key)


def checked(zone: OpenZone, stream: BinaryIO) -> Delivery:
    """Read a file through, and check who signed it, for whom, and that every item is there.

    Raises:
        Unacceptable: Why it cannot be taken in.
    """
    try:
        header, digest = signed_for(zone, stream)
        before = known_delivery(zone, header.sender, header.file_id)
        if before is not None and before.digest != digest:
            detail = "a file of this id was taken in with other content"
            raise Unacceptable(reasons.BROKEN_HANDOFF, detail)
        count = sum(1 for _ in _candidates(zone, stream))
    except Tampered as error:
        raise Unacceptable(reasons.BROKEN_HANDOFF, str(error)) from None
    except ConfigurationError as error:
        raise Unacceptable(reasons.UNKNOWN_SENDER, str(error)) from None
    except (pa.ArrowException, ValueError, KeyError):
        raise Unacceptable(reasons.BROKEN_HANDOFF, "what it holds is not of its form") from None
    if count != header.count_items:
        raise Unacceptable(reasons.BROKEN_HANDOFF, "it holds another number of items")
    return Delivery(header.sender, header.file_id, digest, header.count_items)


def fault_of(zone: OpenZone, content: bytes) -> tuple[str, str]:
    """Say what is wrong with a file that is held: reason and detail."""
    try:
        checked(zone, BytesIO(content))
    except Unacceptable as error:
        return error.fault
    return reasons.BROKEN_HANDOFF, "nothing is wrong with it any more: replay it again"


def is_settled(zone: OpenZone, delivery: Delivery) -> bool:
    """Tell whether a file was taken in before, whole."""
    before = known_delivery(zone, delivery.sender, delivery.file_id)
    return before is not None and before.settled_at is not None


def deliveries(
    zone: OpenZone, stream: BinaryIO, delivery: Delivery
) -> Iterator[tuple[str, str, Iterator[Candidate]]]:
    """Yield what a checked file holds, source by source: its name, a digest, and the items."""
    runs = groupby(_candidates(zone, stream), key=lambda candidate: candidate.source)
    for number, (source, candidates) in enumerate(runs):
        named = f"{delivery.sender}|{delivery.file_id}|{number}|{source}"
        yield source, zone.keyring.index.digest("handoff", named.encode()), candidates


def leave_receipts(zone: OpenZone) -> int:
    """Sign for what was taken in whole and not signed for yet; give for how many files."""
    owed: dict[str, list[str]] = {}
    for one in received(zone):
        if one.settled_at is not None and one.receipted_at is None:
            owed.setdefault(one.sender, []).append(one.file_id)
    for sender, file_ids in sorted(owed.items()):
        document = receipt_for(zone, ZoneId(sender), file_ids=file_ids)
        folder = ZoneLayout(zone.layout.home, ZoneId(sender)).handoff
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / f"{zone.zone}.{token_hex(8)}{_RECEIPT}", canonical(document))
        mark_receipted(zone, ZoneId(sender), file_ids)
    return sum(map(len, owed.values()))


def take_receipts(zone: OpenZone) -> tuple[int, int]:
    """Take in the receipts that lie here; give how many, and how many were left for a person.

    Left are those that are not signed by the zone they name, or account for files that were not
    sent.
    """
    taken = left = 0
    for path in handoff.left_here(zone, _RECEIPT):
        with suppress(FileNotFoundError):  # another landing was faster
            if _is_taken(zone, path):
                path.unlink()
                taken += 1
            else:
                left += 1
    return taken, left


def _is_taken(zone: OpenZone, path: Path) -> bool:
    try:
        result = take_receipt(zone, read_document(path, what="receipt"))
    except (Tampered, ConfigurationError):
        return False
    return not result.unknown and not result.differing


def _candidates(zone: OpenZone, stream: BinaryIO) -> Iterator[Candidate]:
    for frame in frames_of(stream, zone.keyring.open_handoff):
        for row in handoff.rows_of(frame):
            yield _candidate(row)


def _candidate(row: dict[str, Any]) -> Candidate:
    if not SOURCE_NAME.fullmatch(row["source"]):
        raise ValueError("source is no connector's name")
    return Candidate(
        row["source"],
        _text(row["place"]) or "",
        row["payload"],
        vendor_id=_text(row["vendor_id"]),
        compared=row["compared"],
        is_handed_over=True,
    )


def _text(raw: bytes | None) -> str | None:
    return None if raw is None else raw.decode("utf-8", "surrogatepass")
