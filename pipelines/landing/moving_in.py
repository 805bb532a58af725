"""A customer comes from another zone: taken in like a delivery, under the transfer that came along.

The order makes it safe to be killed anywhere: the register first, then the items, then the receipt,
and the file goes last. Each may be repeated without harm.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from pipelines.connectors.connector import Connector
from pipelines.landing.chunks import Candidate, Chunk
from pipelines.landing.decision import Terms as LandingTerms
from pipelines.landing.handoff import left_here
from pipelines.landing.moving import (
    SUFFIX,
    MovedItem,
    MoveReceipt,
    Terms,
    leave_receipt,
    read_frames,
)
from pipelines.landing.receive import signed_for
from pipelines.landing.settle import settle
from privacy.errors import KeyUnavailable, PrivacyError, Tampered, WarehouseBusy
from privacy.keys.handoff_file import Header, frames_of
from privacy.opened import OpenZone
from privacy.store.batches import among
from privacy.store.tables import LANDING_SEGMENTS
from privacy.transfers import Receipt, TransferRegister
from privacy.zones.loader import load_policies
from privacy.zones.model import purpose_named

_ITEMS_A_CHUNK = 500
_TOLD = ("sealed", "duplicate", "quarantined", "suppressed")


@dataclass(slots=True)
class TakenIn:
    """What became of the files that were waiting.

    Attributes:
        receipts: Of those that were taken in.
        refused: Why others were not, by name; they lie where they lay.
    """

    receipts: list[MoveReceipt] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def waiting(zone: OpenZone) -> list[Path]:
    """Give the files of customers who are to move into a zone."""
    return left_here(zone, SUFFIX)


def receive_waiting(
    zone: OpenZone,
    *,
    day: date,
    by: str,
    connectors: Mapping[str, Connector],
    policies_directory: Path | None = None,
) -> TakenIn:
    """Take in every customer who waits, each by itself: a file that is refused holds nobody up.

    Args:
        zone: Where they come to.
        day: The partition the items land in.
        by: Who takes them in, for the register.
        connectors: What to read the items with.
        policies_directory: Policies; those that are shipped by default.

    Raises:
        KeyUnavailable: A key service did not answer. Safe to repeat.
        WarehouseBusy: Safe to repeat.
    """
    found = TakenIn()
    for path in waiting(zone):
        try:
            receipt = receive(
                zone,
                path,
                day=day,
                by=by,
                connectors=connectors,
                policies_directory=policies_directory,
            )
        except (KeyUnavailable, WarehouseBusy):
            raise
        except PrivacyError as error:
            found.refused[path.name] = str(error)
        except FileNotFoundError:
            if path.exists():
                raise
            continue  # another process has taken it in meanwhile
        else:
            found.receipts.append(receipt)
    return found


def receive(
    zone: OpenZone,
    path: Path,
    *,
    day: date,
    by: str,
    connectors: Mapping[str, Connector],
    policies_directory: Path | None = None,
) -> MoveReceipt:
    """Take one customer in, and leave a signed receipt for the zone they came from.

    Args:
        zone: Where they come to.
        path: The file that was left.
        day: The partition the items land in.
        by: Who takes them in, for the register.
        connectors: What to read the items with.
        policies_directory: Policies; those that are shipped by default.

    Raises:
        Tampered: The file is not what its sender signed, or was sealed to another zone; nothing was
            taken in.
        ConfigurationError: The sender has published no keys here.
    """
    header, terms, items, sha256 = _opened(zone, path)
    TransferRegister(zone).receive(
        Receipt(
            header.sender,
            terms.move_id,
            terms.instrument,
            terms.reference,
            purpose_named(terms.purpose),
            terms.categories,
            1,
        ),
        by=by,
    )
    policies = load_policies(directory=policies_directory)
    taken = _take(zone, LandingTerms(zone, connectors, policies, day, None), items, sha256)
    receipt = MoveReceipt(
        move_id=terms.move_id,
        sender=header.sender,
        recipient=zone.zone,
        sha256=sha256,
        count_items=len(items),
        count_taken=taken["sealed"] + taken["duplicate"],
        count_held=taken["quarantined"],
        count_suppressed=taken["suppressed"],
    )
    leave_receipt(zone, receipt)
    path.unlink(missing_ok=True)
    return receipt


def _opened(zone: OpenZone, path: Path) -> tuple[Header, Terms, list[MovedItem], str]:
    with path.open("rb") as stream:
        header, sha256 = signed_for(zone, stream)
        terms, items = read_frames(frames_of(stream, zone.keyring.open_handoff))
    if header.file_id != f"h_{terms.move_id[2:]}" or header.count_items != len(items):
        raise Tampered(f"{path.name} is not of the move it names")
    return header, terms, items, sha256


def _take(
    zone: OpenZone, terms: LandingTerms, items: list[MovedItem], sha256: str
) -> dict[str, int]:
    """Settle the items; give what became of them, by the manifest: in this run, or before."""
    by_source: dict[str, list[Candidate]] = defaultdict(list)
    for item in items:
        by_source[item.source].append(
            Candidate(
                item.source,
                "moved from another zone",
                item.payload,
                assigned=zone.zone,
                country=item.country,
                is_handed_over=True,
            )
        )
    digests = []
    for source, candidates in sorted(by_source.items()):
        digest = zone.keyring.index.digest("move", f"{sha256}{source}".encode())
        for number, start in enumerate(range(0, len(candidates), _ITEMS_A_CHUNK)):
            part = candidates[start : start + _ITEMS_A_CHUNK]
            is_last = start + _ITEMS_A_CHUNK >= len(candidates)
            settle(terms, Chunk(source, digest, number, is_last, part))
        digests.append(digest)
    table = LANDING_SEGMENTS.c
    counted = [
        func.coalesce(func.sum(table[f"count_{outcome}"]), 0).label(outcome) for outcome in _TOLD
    ]
    with zone.store.connect() as connection:
        row = connection.execute(
            select(*counted).where(among(connection, table.file_digest, digests))
        ).one()
    return {outcome: int(row._mapping[outcome]) for outcome in _TOLD}
