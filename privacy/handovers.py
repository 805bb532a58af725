"""The account of hand-offs: what this zone sealed to others, what others sealed to it, and receipts.

A file is counted on each side in the transaction of the chunk it comes from or goes into, so once,
wherever a process is killed. The receiving zone signs a receipt of what it took in; with it the
sending zone knows, file by file, what arrived. A receipt holds ids of files and counts, and nothing
of anybody. Sealing and reading files does not belong here (`privacy.keys.handoff_file`), nor does
landing what is in them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, select, update

from privacy.errors import ConfigurationError, Tampered
from privacy.ids import ZoneId
from privacy.keys.public import read_public_keys
from privacy.opened import OpenZone
from privacy.signed import check_signed, signed
from privacy.store.batches import among, insert_if_absent
from privacy.store.tables import HANDOFFS_RECEIVED, HANDOFFS_SENT
from privacy.zones.vocabulary import ZONE_ID

LABEL: Final = b"c360 hand-off receipt v1"
KIND: Final = "c360 hand-off receipt v1"
COUNTS: Final = ("count_taken", "count_duplicate", "count_held", "count_suppressed")
"""What becomes of a file's items in the zone that receives it."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file this zone sealed to another.

    Attributes:
        digest: SHA-256 of the whole file.
        delivered_at: When it was put where the other zone looks; None: it still lies aside.
        receipted_at: When its receipt was taken in; the counts after it are the receipt's.
    """

    file_id: str
    recipient: str
    segment_id: str
    digest: str
    count_items: int
    count_persons: int
    sealed_at: datetime
    delivered_at: datetime | None = None
    receipted_at: datetime | None = None
    count_taken: int | None = None
    count_duplicate: int | None = None
    count_held: int | None = None
    count_suppressed: int | None = None

    @property
    def state(self) -> "State":
        """Say how far it came."""
        if self.delivered_at is None:
            return State.ASIDE
        if self.receipted_at is None:
            return State.NO_RECEIPT
        counts = (self.count_taken, self.count_duplicate, self.count_held, self.count_suppressed)
        is_whole = sum(count or 0 for count in counts) == self.count_items
        return State.TAKEN_IN if is_whole else State.DIFFERS


class State(StrEnum):
    """How far a file came, as its sender knows."""

    ASIDE = "aside"
    """Sealed and counted; the next landing puts it where the other zone looks."""
    NO_RECEIPT = "no receipt"
    """Delivered, and not known to be taken in."""
    TAKEN_IN = "taken in"
    """The receipt accounts for each of its items."""
    DIFFERS = "differs"
    """The receipt accounts for another number of items."""


@dataclass(frozen=True, slots=True)
class Received:
    """A file another zone sealed to this one.

    Attributes:
        count_taken: Items that were sealed here.
        count_held: Items in quarantine.
        settled_at: When the last of them was; None: it is still being taken in.
        receipted_at: When a receipt was left for the sender.
    """

    sender: str
    file_id: str
    digest: str
    count_items: int
    count_taken: int
    count_duplicate: int
    count_held: int
    count_suppressed: int
    first_at: datetime
    settled_at: datetime | None
    receipted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file as it is taken in.

    Attributes:
        digest: SHA-256 of the whole file.
    """

    sender: ZoneId
    file_id: str
    digest: str
    count_items: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What a receipt did.

    Attributes:
        count_files: Files of ours it accounts for.
        unknown: Files it names that this zone never sent, by id.
        differing: Files it names with another content, by id.
    """

    count_files: int
    unknown: tuple[str, ...]
    differing: tuple[str, ...]


# --- on the sending side --------------------------------------------------------------------------


def write_sent(connection: Connection, files: Sequence[Sent]) -> None:
    """Account for files that were sealed, in the transaction of their chunk."""
    names = [column.name for column in HANDOFFS_SENT.columns]
    rows = [{name: getattr(file, name) for name in names} for file in files]
    insert_if_absent(connection, HANDOFFS_SENT, rows)


def sent(zone: OpenZone, *, undelivered: bool = False) -> list[Sent]:
    """Give the files this zone sealed to others, oldest first; or only those that still lie aside."""
    query = select(HANDOFFS_SENT).order_by(HANDOFFS_SENT.c.sealed_at, HANDOFFS_SENT.c.file_id)
    if undelivered:
        query = query.where(HANDOFFS_SENT.c.delivered_at.is_(None))
    with zone.store.connect() as connection:
        return [Sent(**row._mapping) for row in connection.execute(query)]


def mark_delivered(zone: OpenZone, file_ids: Collection[str]) -> None:
    """Write down that files were put where the other zone looks."""
    if not file_ids:
        return
    with zone.store.begin() as connection:
        connection.execute(
            update(HANDOFFS_SENT)
            .where(among(connection, HANDOFFS_SENT.c.file_id, file_ids))
            .where(HANDOFFS_SENT.c.delivered_at.is_(None))
            .values(delivered_at=zone.clock())
        )


def take_receipt(zone: OpenZone, document: Mapping[str, Any]) -> Taken:
    """Take in another zone's receipt; again makes no difference.

    Raises:
        Tampered: It is not signed by the zone it names, not of its form, or not for this zone.
        ConfigurationError: The zone it names has published no keys here.
    """
    signer, files = _checked(zone, document)
    table = HANDOFFS_SENT.c
    unknown, differing = [], []
    with zone.store.begin() as connection:
        query = select(table.file_id, table.digest).where(
            table.recipient == signer, among(connection, table.file_id, set(files))
        )
        ours = {row.file_id: row.digest for row in connection.execute(query)}
        for file_id, file in files.items():
            if file_id not in ours:
                unknown.append(file_id)
            elif file["digest"] != ours[file_id]:
                differing.append(file_id)
            else:
                connection.execute(
                    update(HANDOFFS_SENT)
                    .where(table.file_id == file_id, table.receipted_at.is_(None))
                    .values(receipted_at=zone.clock(), **{name: file[name] for name in COUNTS})
                )
    count = len(files) - len(unknown) - len(differing)
    return Taken(count, tuple(sorted(unknown)), tuple(sorted(differing)))


# --- on the receiving side ------------------------------------------------------------------------


def record_received(
    connection: Connection, delivery: Delivery, counts: Mapping[str, int], at: datetime
) -> None:
    """Account for some items of a file, in the transaction of the chunk they are settled in."""
    table = HANDOFFS_RECEIVED.c
    row = {
        "sender": delivery.sender,
        "file_id": delivery.file_id,
        "digest": delivery.digest,
        "count_items": delivery.count_items,
        **dict.fromkeys(COUNTS, 0),
        "first_at": at,
        "settled_at": None,
        "receipted_at": None,
    }
    insert_if_absent(connection, HANDOFFS_RECEIVED, [row])
    this = (table.sender == delivery.sender) & (table.file_id == delivery.file_id)
    added = {name: table[name] + counts.get(name, 0) for name in COUNTS}
    connection.execute(update(HANDOFFS_RECEIVED).where(this).values(**added))
    total = table.count_taken + table.count_duplicate + table.count_held + table.count_suppressed
    connection.execute(
        update(HANDOFFS_RECEIVED)
        .where(this, total >= table.count_items, table.settled_at.is_(None))
        .values(settled_at=at)
    )


def received(zone: OpenZone) -> list[Received]:
    """Give the files other zones sealed to this one, oldest first."""
    table = HANDOFFS_RECEIVED.c
    query = select(HANDOFFS_RECEIVED).order_by(table.first_at, table.sender, table.file_id)
    with zone.store.connect() as connection:
        return [Received(**row._mapping) for row in connection.execute(query)]


def known_delivery(zone: OpenZone, sender: ZoneId, file_id: str) -> Received | None:
    """Give what is known of a file that was taken in, wholly or in part."""
    table = HANDOFFS_RECEIVED.c
    query = select(HANDOFFS_RECEIVED).where(table.sender == sender, table.file_id == file_id)
    with zone.store.connect() as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else Received(**row._mapping)


def receipt_for(
    zone: OpenZone, sender: ZoneId, *, file_ids: Collection[str] | None = None
) -> dict[str, Any]:
    """Sign for what came from a zone: each file that was taken in whole, or some of them."""
    files = [
        {
            "file": one.file_id,
            "digest": one.digest,
            "count_items": one.count_items,
            **{name: getattr(one, name) for name in COUNTS},
        }
        for one in received(zone)
        if one.sender == sender
        and one.settled_at is not None
        and (file_ids is None or one.file_id in file_ids)
    ]
    document = {
        "document": KIND,
        "zone": zone.zone,
        "sender": sender,
        "at": zone.clock().isoformat(),
        "files": files,
    }
    return signed(zone.keyring, LABEL, document)


def mark_receipted(zone: OpenZone, sender: ZoneId, file_ids: Collection[str]) -> None:
    """Write down that a receipt was left for the sender."""
    table = HANDOFFS_RECEIVED.c
    with zone.store.begin() as connection:
        connection.execute(
            update(HANDOFFS_RECEIVED)
            .where(table.sender == sender, among(connection, table.file_id, file_ids))
            .values(receipted_at=zone.clock())
        )


def _checked(
    zone: OpenZone, document: Mapping[str, Any]
) -> tuple[ZoneId, dict[str, Mapping[str, Any]]]:
    signer = document.get("zone")
    if not isinstance(signer, str) or not ZONE_ID.fullmatch(signer):
        raise Tampered("the receipt names no zone")
    keys = read_public_keys(zone.layout.public_keys, ZoneId(signer))
    check_signed(document, label=LABEL, verify_key=keys.verify_key, what="receipt")
    if document.get("document") != KIND or document.get("sender") != zone.zone:
        raise Tampered(f"the receipt is not one for zone {zone.zone}")
    if signer == zone.zone:
        raise ConfigurationError("a zone gives itself no receipts")
    files: dict[str, Mapping[str, Any]] = {}
    try:
        for file in document["files"]:
            counts = [file[name] for name in (*COUNTS, "count_items")]
            is_ours = all(type(count) is int and count >= 0 for count in counts)
            if not is_ours or not isinstance(file["file"], str) or file["file"] in files:
                raise Tampered("the receipt is not of its form")
            files[file["file"]] = file
    except (KeyError, TypeError):
        raise Tampered("the receipt is not of its form") from None
    return ZoneId(signer), files
