"""What time alone has ended: landed files and old keys go; what is due of a person waits for a plan.

An erasure plan, that is: time says that something is due, a person says that it goes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from privacy.opened import OpenZone
from privacy.retention import due_in_store, due_in_warehouse, remove_landed
from privacy.warehouse.open import Warehouse


@dataclass(frozen=True, slots=True)
class ExpiryReport:
    """Counts only.

    Attributes:
        count_segments_removed: Landed files that are gone.
        count_keys_rotated: Data keys wrapped again under a new epoch; 0 when none was due.
        count_epochs_ended: Old epochs whose key is gone, and with it what backups still held.
        due: Rows whose time is up, by place; they go with an erasure plan.
    """

    count_segments_removed: int
    count_keys_rotated: int
    count_epochs_ended: int
    due: Mapping[str, int]


def expire(zone: OpenZone, warehouse: Warehouse) -> ExpiryReport:
    """Remove landed files that are due, rotate and end keys that are, and count what else is."""
    today = zone.clock().astimezone(ZoneInfo(zone.policy.time_zone)).date()
    removed = remove_landed(zone, today=today)
    due = (*due_in_store(zone, today=today), *due_in_warehouse(zone, warehouse, today=today))
    rotation = zone.rotation
    rotated = rotation.rotate() if rotation.is_due() else 0
    ended = len(rotation.end_due())
    return ExpiryReport(removed, rotated, ended, {each.place: len(each.ids) for each in due})
