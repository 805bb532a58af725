"""Links become customers: who is one person, as of all that is known now."""

from privacy.identity.resolve import Resolution, reconcile
from privacy.opened import OpenZone
from privacy.warehouse.open import Warehouse


def resolve_customers(zone: OpenZone, warehouse: Warehouse) -> Resolution:
    """Resolve every subject to a customer and write who is who."""
    links = warehouse.arrow(
        "select subject_id, other_subject_id, min(evidence) as evidence from core.links"
        " group by subject_id, other_subject_id"
    )
    subjects = warehouse.arrow("select distinct subject_id from core.handles")
    resolution = reconcile(zone, links, subjects)
    with warehouse.transaction():
        warehouse.replace("customers", resolution.customers)
    return resolution
