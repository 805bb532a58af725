"""What time alone has ended: landed files, quarantine and old keys go; the rest waits for a plan.

An erasure plan, that is: time says that something is due, a person says that it goes. What a person
did say, and what a legal hold kept waiting, is carried out here when the hold is released.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pipelines.landing.participants import participants_in
from privacy.erasure.waiting import Resumed, resume
from privacy.opened import OpenZone
from privacy.retention.due import due_in_store, due_in_warehouse
from privacy.retention.removal import remove_landed, remove_quarantined
from privacy.warehouse.open import Warehouse


@dataclass(frozen=True, slots=True)
class ExpiryReport:
    """Counts only.

    Attributes:
        count_segments_removed: Landed files that are gone.
        count_quarantined_removed: Quarantined items whose content is gone.
        count_keys_rotated: Data keys wrapped again under a new epoch; 0 when none was due.
        count_epochs_ended: Old epochs whose key is gone, and with it what backups still held.
        due: Rows whose time is up, by place; they go with an erasure plan.
    """

    count_segments_removed: int
    count_quarantined_removed: int
    count_keys_rotated: int
    count_epochs_ended: int
    due: Mapping[str, int]


def expire(zone: OpenZone, warehouse: Warehouse) -> ExpiryReport:
    """Remove landed files and quarantined items that are due, rotate and end keys; count the rest."""
    today = zone.clock().astimezone(ZoneInfo(zone.policy.time_zone)).date()
    removed = remove_landed(zone, today=today)
    let_go = remove_quarantined(zone, today=today)
    due = (*due_in_store(zone, today=today), *due_in_warehouse(zone, warehouse, today=today))
    rotation = zone.rotation
    rotated = rotation.rotate() if rotation.is_due() else 0
    ended = len(rotation.end_due())
    return ExpiryReport(
        removed, let_go, rotated, ended, {each.place: len(each.ids) for each in due}
    )


def resume_erasures(zone: OpenZone, *, wait_seconds: float = 600) -> Resumed:
    """Carry out the erasures that waited for a legal hold and wait no more, to a certificate.

    Not while the warehouse is open in this process.
    """
    return resume(zone, reader=participants_in, wait_seconds=wait_seconds)
