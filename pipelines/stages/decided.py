"""What may be done with whose data, for which purpose, as known now."""

from dataclasses import dataclass

from privacy.consent.decisions import decide_all
from privacy.consent.ledger import ConsentLedger
from privacy.opened import OpenZone
from privacy.warehouse.open import Warehouse


@dataclass(frozen=True, slots=True)
class DecideReport:
    """Counts only."""

    decisions: int
    permitted: int


def decide_purposes(zone: OpenZone, warehouse: Warehouse) -> DecideReport:
    """Decide every subject and purpose, and bring the ledger's events beside them."""
    instant = zone.clock()
    decisions = decide_all(zone, at=instant, known_at=instant)
    events = ConsentLedger(zone).arrow()
    with warehouse.transaction():
        warehouse.replace("decisions", decisions)
        warehouse.replace("consent_events", events)
    permitted = int(decisions["is_permitted"].to_pandas().sum()) if decisions.num_rows else 0
    return DecideReport(decisions.num_rows, permitted)
