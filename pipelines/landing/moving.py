"""What goes between two zones when a customer moves: a signed file one way, a signed receipt the other.

The file is a hand-off (`privacy.keys.handoff_file`) under a name of its own, so that an ordinary
landing leaves it alone: its people belong where it goes by a transfer on the register, whatever
their numbers' prefixes say. Its first frame says under which transfer, the others hold items. The
receipt is a document in the form of `privacy.signed`, with the label ``c360 receipt of a move 1``.
"""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, NamedTuple

from pipelines.landing.chunks import SOURCE_NAME
from privacy.errors import Tampered
from privacy.ids import ZoneId
from privacy.opened import OpenZone
from privacy.signed import SIGNATURE, check_signed, file_of, read_document, signed
from privacy.whole_files import write_whole
from privacy.zones.layout import ZoneLayout

SUFFIX: Final = ".move"
RECEIPT_SUFFIX: Final = ".moved"

_KIND: Final = "c360.move.receipt/1"
_LABEL: Final = b"c360 receipt of a move 1"
_ITEMS_A_FRAME: Final = 200
_MOVE_ID: Final = re.compile(r"m_[a-z2-7]{26}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")


class MovedItem(NamedTuple):
    """One delivery of the customer, as the vendor sent it."""

    source: str
    country: str | None
    payload: bytes


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which transfer a customer moves.

    Attributes:
        move_id: Names the move, and the transfer in both registers; a keyed hash of the customer
            and the zone they go to.
        instrument: What the transfer rests on.
        reference: Of the document on file, where one is needed.
        purpose: What for.
        categories: What sort of data, in codes.
    """

    move_id: str
    instrument: str
    reference: str | None
    purpose: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoveReceipt:
    """What the receiving zone says that it took in.

    Attributes:
        sha256: Of the file, in hexadecimal.
        count_items: Items the file held.
        count_taken: Those of them that are sealed in the zone now, or were before.
        count_held: Those that are in its quarantine.
        count_suppressed: Those it dropped, because it has erased their person since they happened.
    """

    move_id: str
    sender: ZoneId
    recipient: ZoneId
    sha256: str
    count_items: int
    count_taken: int
    count_held: int
    count_suppressed: int

    @property
    def is_whole(self) -> bool:
        """Tell whether every item is accounted for."""
        return self.count_items == self.count_taken + self.count_held + self.count_suppressed


def move_path(home: Path, recipient: ZoneId, move_id: str) -> Path:
    """Give where a customer's file is left for the zone they go to."""
    return ZoneLayout(home, recipient).handoff / f"{move_id}{SUFFIX}"


def receipt_path(home: Path, sender: ZoneId, move_id: str) -> Path:
    """Give where the receipt is left for the zone they come from."""
    return ZoneLayout(home, sender).handoff / f"{move_id}{RECEIPT_SUFFIX}"


# --- frames ---------------------------------------------------------------------------------------


def frames_with(terms: Terms, items: Sequence[MovedItem]) -> Iterator[bytes]:
    """Give the frames of a file."""
    yield json.dumps(asdict(terms), sort_keys=True).encode("ascii")
    for start in range(0, len(items), _ITEMS_A_FRAME):
        rows = [
            {**item._asdict(), "payload": b64encode(item.payload).decode("ascii")}
            for item in items[start : start + _ITEMS_A_FRAME]
        ]
        yield json.dumps(rows).encode("ascii")


def read_frames(frames: Iterable[bytes]) -> tuple[Terms, list[MovedItem]]:
    """Read a file's frames.

    Raises:
        Tampered: They are not of their form.
    """
    try:
        first, *others = [json.loads(frame) for frame in frames]
        terms = Terms(
            _matching(_MOVE_ID, first["move_id"]),
            str(first["instrument"]),
            None if first["reference"] is None else str(first["reference"]),
            str(first["purpose"]),
            tuple(map(str, first["categories"])),
        )
        items = [
            MovedItem(
                _matching(SOURCE_NAME, row["source"]),
                None if row["country"] is None else _matching(_COUNTRY, row["country"]),
                b64decode(row["payload"], validate=True),
            )
            for rows in others
            for row in rows
        ]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Tampered("the file of a move is not of its form") from None
    return terms, items


def _matching(pattern: re.Pattern[str], text: object) -> str:
    """Give a code that is stored and shown in the clear, so that it may not be just any text."""
    if not isinstance(text, str) or not pattern.fullmatch(text):
        raise ValueError
    return text


# --- receipts -------------------------------------------------------------------------------------


def leave_receipt(zone: OpenZone, receipt: MoveReceipt) -> Path:
    """Sign a receipt and leave it for the zone the customer came from."""
    document = signed(zone.keyring, _LABEL, {"kind": _KIND, **asdict(receipt)})
    path = receipt_path(zone.layout.home, receipt.sender, receipt.move_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, file_of(document))
    return path


def read_receipt(path: Path, verify_key: bytes) -> MoveReceipt:
    """Read a receipt and check whose word it is.

    Raises:
        Tampered: It is not of its form, or the zone did not sign it.
    """
    document = read_document(path, what="receipt")
    check_signed(document, label=_LABEL, verify_key=verify_key, what="receipt")
    content = {name: part for name, part in document.items() if name not in {"kind", SIGNATURE}}
    try:
        if document["kind"] != _KIND:
            raise Tampered(f"the receipt is not of kind {_KIND}")
        return MoveReceipt(**content)
    except (KeyError, TypeError):
        raise Tampered("the receipt is not of its form") from None
