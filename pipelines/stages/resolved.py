"""Links become customers: who is one person, as of all that is known now."""

from dataclasses import dataclass

from privacy.identity.resolve import resolve

from privacy.opened import OpenZone
from privacy.warehouse.open import Warehouse


@dataclass(frozen=True, slots=True)
class ResolveReport:
    """Counts only."""

    subjects: int
    customers: int


def resolve_customers(zone: OpenZone, warehouse: Warehouse) -> ResolveReport:
    """Resolve every subject to a customer and write who is who."""
    links = warehouse.arrow(
        "select distinct on (subject_id, other_subject_id) * from core.links"
        " order by subject_id, other_subject_id, occurred_at"
    )
    subjects = warehouse.arrow("select distinct subject_id from core.handles")
    members = resolve(zone, links, subjects)
    with warehouse.transaction():
        warehouse.replace("customers", members)
    return ResolveReport(members.num_rows, len(members["customer_id"].unique()))
