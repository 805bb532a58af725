"""What is due to go by the zone's policy; what a legal hold is on is not.

Finds, and removes nothing: landed files and quarantine go by `privacy.retention.removal`, what is
due of a person becomes an erasure plan (`privacy.erasure`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.ipc
from sqlalchemy import Column, Select, func, select

from privacy.holds import Hold, list_holds
from privacy.opened import OpenZone
from privacy.store.batches import among
from privacy.store.tables import (
    AUDIT_ENTRIES,
    CUSTOMER_MEMBERS,
    LANDING_ITEMS,
    LANDING_SEGMENTS,
    PROFILES,
    QUARANTINE,
)
from privacy.warehouse.open import Warehouse
from privacy.zones.model import Category, Retention, ZonePolicy


@dataclass(frozen=True, slots=True)
class Due:
    """Rows of one place whose time is up.

    Attributes:
        place: ``store.`` or ``core.`` and the table.
        key: The column the ids are of.
        ids: Which rows, sorted.
        cutoff: The last day that is due: what started on it, or before, may go.
        rule: The policy's rule.
    """

    category: Category
    place: str
    key: str
    ids: tuple[str, ...]
    cutoff: date
    rule: Retention


def limit_of(policy: ZonePolicy, category: Category, today: date) -> tuple[date, datetime]:
    """Give the last day that is due, and the instant it ended on in the zone's own time."""
    cutoff = policy.retention[category].cutoff(today)
    if cutoff == date.min:
        return cutoff, datetime.min.replace(tzinfo=UTC)
    midnight = datetime.combine(cutoff + timedelta(days=1), time(), ZoneInfo(policy.time_zone))
    return cutoff, midnight.astimezone(UTC)


def due_in_store(zone: OpenZone, *, today: date) -> list[Due]:
    """Find what is due in the store: landed files, quarantine, audit entries that name a person."""
    holds = list_holds(zone)
    landing, _ = limit_of(zone.policy, Category.LANDING, today)
    _, audit = limit_of(zone.policy, Category.AUDIT, today)
    held = _held_customers(zone, held_subjects(holds, Category.AUDIT))
    segments = _ids(zone, landed_until(landing)) - held_segments(zone, holds)
    entries = (
        select(AUDIT_ENTRIES.c.entry_id)
        .where(AUDIT_ENTRIES.c.customer_id.is_not(None), AUDIT_ENTRIES.c.happened_at < audit)
        .where(AUDIT_ENTRIES.c.customer_id.not_in(sorted(held)))
    )
    return [
        _due(zone, Category.LANDING, "store.landing_segments", "segment_id", segments, today),
        _due(
            zone,
            Category.LANDING,
            "store.quarantine",
            "quarantine_id",
            _ids(zone, quarantined_until(zone, today)),
            today,
        ),
        _due(zone, Category.AUDIT, "store.audit_entries", "entry_id", _ids(zone, entries), today),
    ]


def held_subjects(holds: Iterable[Hold], category: Category) -> set[str]:
    """Give the subjects of whom a category is held, by itself or with everything."""
    return {
        hold.subject_id
        for hold in holds
        if hold.thread_id is None and hold.category in (None, category)
    }


_LAST_CONTACTS = """
with

contacts as (

    select
        coalesce(customers.customer_id, interactions.subject_id, interaction_id) as person_id,
        interactions.*
    from core.interactions
    left join core.customers using (subject_id)

),

quiet as (

    select person_id
    from contacts
    group by person_id
    having max(occurred_at) < $limit

)
"""

_INTERACTIONS = f"""
{_LAST_CONTACTS}

select interaction_id
from contacts
where
    person_id in (select person_id from quiet)
    and not coalesce(list_contains($held, subject_id), false)
    and not coalesce(list_contains($threads, thread_id), false)
order by interaction_id
"""

_QUIET_CUSTOMERS = f"""
{_LAST_CONTACTS}

select person_id
from quiet
where
    person_id in (select customer_id from core.customers)
    and person_id not in (
        select customer_id from core.customers where list_contains($held, subject_id)
    )
order by person_id
"""

_ORDERS = """
select order_id
from core.orders
where ordered_at < $limit and not coalesce(list_contains($held, subject_id), false)
order by order_id
"""

_CONSENTS = """
with

words as (

    select
        consent_event_id,
        subject_id,
        least(
            valid_to,
            lead(valid_from) over (
                partition by subject_id, purpose order by valid_from, recorded_at, consent_event_id
            )
        ) as ended_at
    from core.consent_events

)

select consent_event_id
from words
where ended_at < $limit and not coalesce(list_contains($held, subject_id), false)
order by consent_event_id
"""


def due_in_warehouse(zone: OpenZone, warehouse: Warehouse, *, today: date) -> list[Due]:
    """Find what is due in the warehouse, and the profiles that rest on it.

    An interaction is due when its customer's latest one is old enough, so that a history goes
    whole. A consent event is due when it ended that long ago: replaced by a later word, or past
    its own end; a word that still holds is never due. Of a customer of whom a thread is held, the
    profile stays and that thread.
    """
    holds = list_holds(zone)
    threads = sorted({hold.thread_id for hold in holds if hold.thread_id is not None})
    found = []
    for category, place, key, query in (
        (Category.INTERACTIONS, "core.interactions", "interaction_id", _INTERACTIONS),
        (Category.ORDERS, "core.orders", "order_id", _ORDERS),
        (Category.CONSENT, "core.consent_events", "consent_event_id", _CONSENTS),
        (Category.PROFILES, "store.profiles", "customer_id", _QUIET_CUSTOMERS),
    ):
        cutoff, limit = limit_of(zone.policy, category, today)
        held = held_subjects(holds, category)
        if category is Category.PROFILES:
            held |= held_subjects(holds, Category.INTERACTIONS)
            held |= {hold.subject_id for hold in holds if hold.thread_id is not None}
        parameters: dict[str, object] = {"limit": limit, "held": sorted(held)}
        if category is Category.INTERACTIONS:
            parameters["threads"] = threads
        rows: pa.Table = warehouse.connection.execute(query, parameters).to_arrow_table()
        values: list[str] = rows.column(0).to_pylist()
        ids = tuple(values)
        if category is Category.PROFILES:
            ids = _published(zone, ids)
        found.append(Due(category, place, key, ids, cutoff, zone.policy.retention[category]))
    return found


def landed_until(cutoff: date) -> Select[str]:
    """Give the query of landed segments of a day or before whose files are still there."""
    columns = LANDING_SEGMENTS.c
    return select(columns.segment_id).where(
        columns.day <= cutoff, columns.path.is_not(None), columns.removed_at.is_(None)
    )


def quarantined_until(zone: OpenZone, today: date) -> Select[str]:
    """Give the query of quarantined items whose days are over and that still have a content."""
    _, limit = limit_of(zone.policy, Category.LANDING, today)
    columns = QUARANTINE.c
    return select(columns.quarantine_id).where(
        columns.created_at < limit, func.length(columns.sealed) > 0
    )


def held_segments(zone: OpenZone, holds: Iterable[Hold]) -> set[str]:
    """Give the landed segments with an item of a subject whose deliveries are held."""
    owners = held_subjects(holds, Category.LANDING)
    return _those_of(zone, LANDING_ITEMS.c.segment_id, LANDING_ITEMS.c.owner_id, owners)


def _held_customers(zone: OpenZone, subjects: Collection[str]) -> set[str]:
    members = CUSTOMER_MEMBERS.c
    return _those_of(zone, members.customer_id, members.subject_id, subjects)


def _those_of(
    zone: OpenZone, wanted: Column[str], owner: Column[Any], owners: Collection[str]
) -> set[str]:
    """Give what of a column stands beside some owners."""
    if not owners:
        return set()
    with zone.store.connect() as connection:
        query = select(wanted).distinct().where(among(connection, owner, owners))
        return set(connection.execute(query).scalars())


def _ids(zone: OpenZone, query: Select[str]) -> set[str]:
    with zone.store.connect() as connection:
        return set(connection.execute(query).scalars())


def _due(
    zone: OpenZone,
    category: Category,
    place: str,
    key: str,
    ids: Collection[str],
    today: date,
) -> Due:
    rule = zone.policy.retention[category]
    return Due(category, place, key, tuple(sorted(ids)), rule.cutoff(today), rule)


def _published(zone: OpenZone, customers: tuple[str, ...]) -> tuple[str, ...]:
    with zone.store.connect() as connection:
        published: set[str] = set(connection.execute(select(PROFILES.c.customer_id)).scalars())
    return tuple(customer for customer in customers if customer in published)
