"""What is due to go by the zone's policy, and what time alone removes: landed files and quarantine.

Of everything else it finds what is due and removes nothing: what is due of a person becomes an
erasure plan (`privacy.erasure`). What a legal hold is on is neither due nor removed.
"""

import os
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.ipc
from sqlalchemy import Select, func, select, update

from privacy.errors import ErasureIncomplete
from privacy.holds import Hold, list_holds
from privacy.opened import OpenZone
from privacy.store.batches import among
from privacy.store.engine import scrub
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
    segments = _ids(zone, _landed(landing)) - _held_segments(zone, holds)
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
            _ids(zone, _quarantined(zone, today)),
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


def remove_landed(zone: OpenZone, *, today: date) -> int:
    """Remove the landed files whose time is up; their lines in the manifest stay.

    Of a file with items of a subject who is held, those items stay and the others go. Idempotent; a
    crash between a file and its line is made good by the next call.

    Returns:
        How many segments were removed.
    """
    cutoff, _ = limit_of(zone.policy, Category.LANDING, today)
    holds = list_holds(zone)
    held = _held_segments(zone, holds)
    with zone.store.connect() as connection:
        rows = connection.execute(
            select(LANDING_SEGMENTS.c.segment_id, LANDING_SEGMENTS.c.path).where(
                LANDING_SEGMENTS.c.segment_id.in_(_landed(cutoff))
            )
        ).all()
    count = 0
    for row in rows:
        path = zone.layout.root / row.path
        if row.segment_id in held and path.exists():
            _keep_of(path, held_subjects(holds, Category.LANDING))
            continue
        path.unlink(missing_ok=True)
        with zone.store.begin() as connection:
            connection.execute(
                update(LANDING_SEGMENTS)
                .where(LANDING_SEGMENTS.c.segment_id == row.segment_id)
                .values(removed_at=zone.clock())
            )
        count += 1
    return count


def remove_quarantined(zone: OpenZone, *, today: date) -> int:
    """Let go of quarantined items older than landed files may be: content and place, not the count.

    Whose they are is not known, so no hold is on them. The store overwrites what it deletes.

    Returns:
        How many were let go.
    """
    with zone.store.begin() as connection:
        count: int = connection.execute(
            update(QUARANTINE)
            .where(QUARANTINE.c.quarantine_id.in_(_quarantined(zone, today)))
            .values(status="expired", settled_at=zone.clock(), sealed=b"", place="")
        ).rowcount
    if count:
        with suppress(ErasureIncomplete):  # somebody reads: the next run cuts the log
            scrub(zone.store)
    return count


def _keep_of(path: Path, owners: Collection[str]) -> None:
    """Write a landed file anew with the items of some owners only."""
    with pa.memory_map(str(path)) as mapped, pyarrow.ipc.open_file(mapped) as reader:
        table = reader.read_all()
        kept = table.filter(pc.is_in(table["owner_id"], value_set=pa.array(sorted(owners))))
        if kept.num_rows == table.num_rows:
            return
        aside = path.with_name(f".{path.name}.kept")
        with aside.open("wb") as stream:
            with pyarrow.ipc.new_file(stream, kept.schema) as writer:
                writer.write_table(kept)
            stream.flush()
            os.fsync(stream.fileno())
        aside.chmod(path.stat().st_mode & 0o777)
    aside.replace(path)


def _landed(cutoff: date) -> Select[str]:
    columns = LANDING_SEGMENTS.c
    return select(columns.segment_id).where(
        columns.day <= cutoff, columns.path.is_not(None), columns.removed_at.is_(None)
    )


def _quarantined(zone: OpenZone, today: date) -> Select[str]:
    _, limit = limit_of(zone.policy, Category.LANDING, today)
    columns = QUARANTINE.c
    return select(columns.quarantine_id).where(
        columns.created_at < limit, func.length(columns.sealed) > 0
    )


def _held_segments(zone: OpenZone, holds: Iterable[Hold]) -> set[str]:
    owners = held_subjects(holds, Category.LANDING)
    if not owners:
        return set()
    with zone.store.connect() as connection:
        rows = connection.execute(
            select(LANDING_ITEMS.c.segment_id)
            .distinct()
            .where(among(connection, LANDING_ITEMS.c.owner_id, owners))
        )
        return set(rows.scalars())


def _held_customers(zone: OpenZone, subjects: Collection[str]) -> set[str]:
    if not subjects:
        return set()
    with zone.store.connect() as connection:
        rows = connection.execute(
            select(CUSTOMER_MEMBERS.c.customer_id)
            .distinct()
            .where(among(connection, CUSTOMER_MEMBERS.c.subject_id, subjects))
        )
        return set(rows.scalars())


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
