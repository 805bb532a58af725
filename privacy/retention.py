"""What is due to go by the zone's policy, and the landing segments that have gone.

Finds; except for landed files, which nothing else needs, it removes nothing: what is due of a
person becomes an erasure plan (`privacy.erasure`).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
from sqlalchemy import Select, select, update

from privacy.opened import OpenZone
from privacy.store.tables import AUDIT_ENTRIES, LANDING_SEGMENTS, PROFILES
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
    """Find what is due in the store: landed files and audit entries that still name a person."""
    landing, _ = limit_of(zone.policy, Category.LANDING, today)
    _, audit = limit_of(zone.policy, Category.AUDIT, today)
    return [
        _due(
            zone, Category.LANDING, "store.landing_segments", "segment_id", _landed(landing), today
        ),
        _due(
            zone,
            Category.AUDIT,
            "store.audit_entries",
            "entry_id",
            select(AUDIT_ENTRIES.c.entry_id).where(
                AUDIT_ENTRIES.c.customer_id.is_not(None), AUDIT_ENTRIES.c.happened_at < audit
            ),
            today,
        ),
    ]


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
where person_id in (select person_id from quiet)
order by interaction_id
"""

_QUIET_CUSTOMERS = f"""
{_LAST_CONTACTS}

select person_id
from quiet
where person_id in (select customer_id from core.customers)
order by person_id
"""

_ORDERS = "select order_id from core.orders where ordered_at < $limit order by order_id"

_CONSENTS = """
with

words as (

    select
        consent_event_id,
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
where ended_at < $limit
order by consent_event_id
"""


def due_in_warehouse(zone: OpenZone, warehouse: Warehouse, *, today: date) -> list[Due]:
    """Find what is due in the warehouse, and the profiles that rest on it.

    An interaction is due when its customer's latest one is old enough, so that a history goes
    whole. A consent event is due when it ended that long ago: replaced by a later word, or past
    its own end; a word that still holds is never due.
    """
    found = []
    for category, place, key, query in (
        (Category.INTERACTIONS, "core.interactions", "interaction_id", _INTERACTIONS),
        (Category.ORDERS, "core.orders", "order_id", _ORDERS),
        (Category.CONSENT, "core.consent_events", "consent_event_id", _CONSENTS),
        (Category.PROFILES, "store.profiles", "customer_id", _QUIET_CUSTOMERS),
    ):
        cutoff, limit = limit_of(zone.policy, category, today)
        rows: pa.Table = warehouse.connection.execute(query, {"limit": limit}).to_arrow_table()
        values: list[str] = rows.column(0).to_pylist()
        ids = tuple(values)
        if category is Category.PROFILES:
            ids = _published(zone, ids)
        found.append(Due(category, place, key, ids, cutoff, zone.policy.retention[category]))
    return found


def remove_landed(zone: OpenZone, *, today: date) -> int:
    """Remove the landed files whose time is up; their lines in the manifest stay.

    Idempotent; a crash between a file and its line is made good by the next call.

    Returns:
        How many segments were removed.
    """
    cutoff, _ = limit_of(zone.policy, Category.LANDING, today)
    with zone.store.connect() as connection:
        rows = connection.execute(
            select(LANDING_SEGMENTS.c.segment_id, LANDING_SEGMENTS.c.path).where(
                LANDING_SEGMENTS.c.segment_id.in_(_landed(cutoff))
            )
        ).all()
    for row in rows:
        (zone.layout.root / row.path).unlink(missing_ok=True)
        with zone.store.begin() as connection:
            connection.execute(
                update(LANDING_SEGMENTS)
                .where(LANDING_SEGMENTS.c.segment_id == row.segment_id)
                .values(removed_at=zone.clock())
            )
    return len(rows)


def _landed(cutoff: date) -> Select[str]:
    columns = LANDING_SEGMENTS.c
    return select(columns.segment_id).where(
        columns.day <= cutoff, columns.path.is_not(None), columns.removed_at.is_(None)
    )


def _due(
    zone: OpenZone,
    category: Category,
    place: str,
    key: str,
    query: Select[str],
    today: date,
) -> Due:
    with zone.store.connect() as connection:
        ids: tuple[str, ...] = tuple(sorted(connection.execute(query).scalars()))
    rule = zone.policy.retention[category]
    return Due(category, place, key, ids, rule.cutoff(today), rule)


def _published(zone: OpenZone, customers: tuple[str, ...]) -> tuple[str, ...]:
    with zone.store.connect() as connection:
        published: set[str] = set(connection.execute(select(PROFILES.c.customer_id)).scalars())
    return tuple(customer for customer in customers if customer in published)
