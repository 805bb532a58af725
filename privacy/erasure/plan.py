"""What an erasure would do, before it does anything: every place, counts, holds, what stays and why.

A plan is stored, approved by whoever has to, and executed by its id. It reads, and writes nothing
but itself.
"""

import secrets
from base64 import b32encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from privacy.erasure.journal import Erasure, State, add
from privacy.erasure.obligations import Obligation, obligations
from privacy.erasure.pace import estimate
from privacy.erasure.person import Person, find_person
from privacy.erasure.store_rows import count_rows_each as count_rows_in_store
from privacy.erasure.store_rows import item_ids_of
from privacy.erasure.targets import (
    NOT_REACHED,
    STAYS,
    SWEPT,
    TARGETS,
    Area,
    Method,
)
from privacy.erasure.warehouse_rows import Mentioned, looking_for, mentioned_each
from privacy.erasure.warehouse_rows import count_rows as count_rows_in_warehouse
from privacy.holds import Hold, holds_on
from privacy.opened import OpenZone
from privacy.warehouse.open import LITTLE_MEMORY, open_warehouse


@dataclass(frozen=True, slots=True)
class PlannedPlace:
    """One place that holds something of the person, or that will be searched.

    Attributes:
        count: Rows, items or files; of a folder that is swept, its files.
        reason: Why this way, or why something stays.
        is_listed: False for a table that `targets` does not know; it is deleted from all the same.
    """

    place: str
    area: str
    method: str
    count: int
    reason: str
    is_listed: bool = True


@dataclass(frozen=True, slots=True)
class ErasurePlan:
    """A dry run.

    Attributes:
        former_ids: Customers that were merged into this one.
        holds: What keeps it from being executed.
        remains: What will still be there afterwards, and why.
        not_reached: Where the product cannot look.
        mentions: What other people's messages say of the person; it is taken out, they stay.
        obligations: What a law or the policy says of keeping, and what is done about it.
        estimate_seconds: Of the whole, rewriting and searching included.
        estimate_basis: What that number rests on.
    """

    erasure_id: str
    zone: str
    customer_id: str
    former_ids: tuple[str, ...]
    count_subjects: int
    count_handles: int
    places: tuple[PlannedPlace, ...]
    holds: tuple[Hold, ...]
    remains: Mapping[str, str]
    not_reached: Mapping[str, str]
    mentions: tuple[Mentioned, ...]
    obligations: tuple[Obligation, ...]
    estimate_seconds: int
    estimate_basis: str
    requested_by: str
    planned_at: datetime

    @property
    def count_rows(self) -> int:
        """Count everything that would be erased."""
        swept = {Method.SWEEP_FILE, Method.EMPTY_FOLDER, Method.REWRITE_FILE}
        return sum(place.count for place in self.places if place.method not in swept)

    def to_json(self) -> dict[str, Any]:
        """Give it as JSON."""
        content = asdict(self)
        content["planned_at"] = self.planned_at.isoformat()
        for hold in content["holds"]:
            for name in ("placed_at", "review_on", "released_at"):
                hold[name] = None if hold[name] is None else hold[name].isoformat()
        for name in ("former_ids", "places", "holds", "mentions", "obligations"):
            content[name] = list(content[name])
        return content


def plan(
    zone: OpenZone, customer_id: str, requested_by: str, *, wait_seconds: float = 600
) -> ErasurePlan:
    """Find everything there is of a customer, and store what an erasure would do.

    Args:
        zone: Whose.
        customer_id: Whom.
        requested_by: Caller or case that asks for it.
        wait_seconds: How long to wait for the warehouse.

    Raises:
        NotFound: No customer has this id.
        WarehouseBusy: Another process had the warehouse all the while. Safe to retry.
    """
    return plan_many(zone, [customer_id], requested_by, wait_seconds=wait_seconds)[0]


def plan_many(
    zone: OpenZone, customer_ids: Sequence[str], requested_by: str, *, wait_seconds: float = 600
) -> list[ErasurePlan]:
    """Find everything there is of some customers in one pass, a plan for each; see `plan`."""
    people = [find_person(zone, customer_id) for customer_id in customer_ids]
    if not people:
        return []
    with zone.store.connect() as connection:
        store_counts = count_rows_in_store(connection, people)
        items = [len(item_ids_of(connection, person)) for person in people]
        holds = [holds_on(connection, person.subject_ids) for person in people]
    file_keys = zone.keyring.warehouse_keys
    with (
        open_warehouse(
            zone.layout, file_keys, wait_seconds=wait_seconds, memory=LITTLE_MEMORY
        ) as warehouse,
        looking_for(warehouse, *people),
    ):
        warehouse_counts = count_rows_in_warehouse(warehouse, len(people))
        mentions = mentioned_each(warehouse, len(people))
    places = _places(zone)
    estimated = estimate(zone)
    planned = [
        ErasurePlan(
            erasure_id=f"r_{b32encode(secrets.token_bytes(16))[:26].decode('ascii').lower()}",
            zone=zone.zone,
            customer_id=person.customer_id,
            former_ids=person.former_ids,
            count_subjects=len(person.subject_ids),
            count_handles=len(person.handle_indexes),
            places=_counted(places, {**in_store, **in_warehouse, "landing": count_items}),
            holds=held,
            remains=remains(),
            not_reached=dict(NOT_REACHED),
            mentions=tuple(mentioned),
            obligations=obligations(zone.policy, {**in_store, **in_warehouse}),
            estimate_seconds=estimated.seconds,
            estimate_basis=estimated.basis,
            requested_by=requested_by,
            planned_at=zone.clock(),
        )
        for person, in_store, in_warehouse, count_items, held, mentioned in zip(
            people, store_counts, warehouse_counts, items, holds, mentions, strict=True
        )
    ]
    _keep(zone, planned, people)
    return planned


def _places(zone: OpenZone) -> tuple[PlannedPlace, ...]:
    """Give every place with nothing of anybody in it; of a folder that is swept, its files."""
    folders = {
        "warehouse": zone.layout.warehouse.parent,
        "zone": zone.layout.root,
        "temporary": zone.layout.temporary,
        "keys": zone.layout.keys,
        "dbt": zone.layout.dbt_target.parent,
        "dagster": zone.layout.dagster,
        "handoff": zone.layout.handoff,
    }
    places = []
    for target in TARGETS:
        if target.method is Method.KEEP:
            continue
        count = 0
        if target in SWEPT and target.place in folders:
            pattern = "warehouse.duckdb*" if target.place == "warehouse" else "**/*"
            count = sum(path.is_file() for path in folders[target.place].glob(pattern))
        places.append(PlannedPlace(target.place, target.area, target.method, count, target.reason))
    return tuple(places)


def _counted(
    places: tuple[PlannedPlace, ...], counts: Mapping[str, int]
) -> tuple[PlannedPlace, ...]:
    """Put one person's counts to the places, and add those that nobody listed."""
    listed = {place.place for place in places}
    found = [replace(place, count=counts.get(place.place, place.count)) for place in places]
    found += [
        PlannedPlace(
            place, Area.WAREHOUSE, Method.DELETE_ROWS, count, "not listed", is_listed=False
        )
        for place, count in counts.items()
        if place not in listed
    ]
    return tuple(found)


def remains() -> dict[str, str]:
    """Say what is still there afterwards: it names nobody, or nobody can be found by it."""
    kept = {Method.KEEP, Method.ANONYMISE, Method.FORGET, Method.UNLINK, Method.SHRED_KEY}
    return {
        **{target.place: target.reason for target in TARGETS if target.method in kept},
        **STAYS,
    }


def _keep(zone: OpenZone, planned: Sequence[ErasurePlan], people: Sequence[Person]) -> None:
    with zone.store.begin() as connection:
        for one, person in zip(planned, people, strict=True):
            add(
                connection,
                Erasure(
                    erasure_id=one.erasure_id,
                    customer_id=person.customer_id,
                    subject_ids=person.subject_ids,
                    state=State.PLANNED,
                    plan=one.to_json(),
                    progress={},
                    requested_by=one.requested_by,
                    planned_at=one.planned_at,
                ),
            )
