"""What time alone has ended: landed files go; what is due of a person waits for an erasure plan."""

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
        due: Rows whose time is up, by place; they go with an erasure plan.
    """

    count_segments_removed: int
    due: Mapping[str, int]


def expire(zone: OpenZone, warehouse: Warehouse) -> ExpiryReport:
    """Remove landed files that are due, and count what else is."""
    today = zone.clock().astimezone(ZoneInfo(zone.policy.time_zone)).date()
    removed = remove_landed(zone, today=today)
    due = (*due_in_store(zone, today=today), *due_in_warehouse(zone, warehouse, today=today))
    return ExpiryReport(removed, {each.place: len(each.ids) for each in due})
