"""Marts become sealed profiles in the store, which is what agents' tools read."""

from privacy.opened import OpenZone
from privacy.profiles.publish import PublishReport, publish
from privacy.warehouse.open import Warehouse

CONTEXTS = "select * from marts.agent_context order by customer_id"
ENTRIES = "select * from marts.contact_history order by customer_id, occurred_at, entry_id"


def publish_profiles(zone: OpenZone, warehouse: Warehouse) -> PublishReport:
    """Publish every customer's context and timeline, writing only what changed."""
    return publish(zone, warehouse.batches(CONTEXTS), warehouse.batches(ENTRIES))
