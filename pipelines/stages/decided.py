"""What may be done with whose data, for which purpose, as known now."""

from dataclasses import dataclass

import pyarrow as pa
from privacy.consent.decision import decide_all
from sqlalchemy import select

from privacy.opened import OpenZone
from privacy.records.tables import CONSENT_EVENTS
from privacy.store.tables import CONSENT_EVENTS as LEDGER
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
    columns = [LEDGER.c[name] for name in CONSENT_EVENTS.columns]
    with zone.store.connect() as connection:
        rows = connection.execute(select(*columns)).all()
    events = pa.Table.from_pylist([row._asdict() for row in rows], schema=CONSENT_EVENTS.arrow)
    with warehouse.transaction():
        warehouse.replace("decisions", decisions)
        warehouse.replace("consent_events", events)
    permitted = int(decisions["is_permitted"].to_pandas().sum()) if decisions.num_rows else 0
    return DecideReport(decisions.num_rows, permitted)
