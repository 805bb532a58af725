"""The decision for every subject and purpose at once, in SQL.

The rules are those of `privacy.consent.rules`; what a subject's customer is comes from the store.
"""

from datetime import datetime

import pyarrow as pa
from sqlalchemy import select, union

from privacy.clock import as_utc
from privacy.consent.ledger import columns_of
from privacy.consent.rules import STRICTNESS
from privacy.opened import OpenZone
from privacy.records.tables import DECISIONS, INSTANT
from privacy.store.tables import CONSENT_EVENTS, CUSTOMER_MEMBERS, SUBJECT_HANDLES
from privacy.warehouse.open import connect
from privacy.zones.model import LegalBasis, Purpose, ZonePolicy

_EVENTS = pa.schema(
    [
        ("consent_event_id", pa.string()),
        ("subject_id", pa.string()),
        ("purpose", pa.string()),
        ("action", pa.string()),
        ("valid_from", INSTANT),
        ("valid_to", INSTANT),
        ("recorded_at", INSTANT),
        ("supersedes", pa.string()),
    ]
)
_SUBJECTS = pa.schema([("subject_id", pa.string()), ("person_id", pa.string())])

_DECIDE = f"""
with

known as (

    select *
    from ledger
    where recorded_at <= $known_at

),

counting as (

    select
        known.*,
        coalesce(subjects.person_id, known.subject_id) as person_id,
        coalesce(valid_to <= $at, false) as is_over
    from known
    left join subjects using (subject_id)
    where
        valid_from <= $at
        and not exists (
            select 1
            from known as later
            where later.supersedes = known.consent_event_id
                and later.subject_id = known.subject_id
        )

),

words as (

    select
        person_id,
        purpose,
        consent_event_id,
        valid_from,
        recorded_at,
        if(is_over, 'withdrawn', action) as word,
        if(is_over, valid_to, valid_from) as since
    from counting
    where action = 'given' or not is_over

),

last_words as (

    select *
    from words
    qualify row_number() over (
        partition by person_id, purpose
        order by
            valid_from desc,
            case word {" ".join(f"when '{a}' then {n}" for a, n in STRICTNESS.items())} end desc,
            recorded_at desc,
            consent_event_id desc
    ) = 1

),

decided as (

    select
        subjects.subject_id,
        rules.purpose,
        rules.basis,
        rules.source,
        case
            when not rules.is_open then false
            when not rules.is_asked then true
            when last_words.word is null then not rules.needs_consent
            else last_words.word = 'given'
        end as is_permitted,
        if(rules.is_open and rules.is_asked, last_words.consent_event_id, null) as event_id,
        if(rules.is_open and rules.is_asked, last_words.since, null) as since
    from subjects
    cross join rules
    left join last_words
        on subjects.person_id = last_words.person_id and rules.purpose = last_words.purpose

)

select
    subject_id,
    purpose,
    if(is_permitted, basis, '{LegalBasis.NONE}') as legal_basis,
    event_id as consent_event_id,
    source as rule_source,
    is_permitted,
    since as valid_from,
    $known_at::timestamptz as decided_at
from decided
"""


def decide_all(zone: OpenZone, *, at: datetime, known_at: datetime) -> pa.Table:
    """Decide every purpose for every subject the store knows.

    Args:
        zone: Whose ledger and law.
        at: The instant asked about.
        known_at: What was recorded later than this does not count.

    Returns:
        Rows of `privacy.records.tables.DECISIONS`, in no order.
    """
    at, known_at = as_utc(at), as_utc(known_at)
    connection = connect(zone.layout.temporary)
    try:
        connection.register("ledger", _ledger(zone))
        connection.register("subjects", _subjects(zone))
        connection.register("rules", _rules(zone.policy, at))
        found = connection.execute(_DECIDE, {"at": at, "known_at": known_at}).to_arrow_table()
    finally:
        connection.close()
    return found.cast(DECISIONS.arrow)


def _ledger(zone: OpenZone) -> pa.Table:
    with zone.store.connect() as connection:
        rows = connection.execute(select(*(CONSENT_EVENTS.c[name] for name in _EVENTS.names))).all()
    return columns_of(rows, _EVENTS)


def _subjects(zone: OpenZone) -> pa.Table:
    """Give every subject with the customer whose words count for it, or itself where it has none."""
    with zone.store.connect() as connection:
        members = connection.execute(
            select(CUSTOMER_MEMBERS.c.subject_id, CUSTOMER_MEMBERS.c.customer_id)
        ).all()
        known: set[str] = set(
            connection.execute(
                union(select(SUBJECT_HANDLES.c.subject_id), select(CONSENT_EVENTS.c.subject_id))
            ).scalars()
        )
    people = {subject: subject for subject in known}
    people.update((row[0], row[1]) for row in members)
    return pa.table(
        {"subject_id": list(people.keys()), "person_id": list(people.values())}, schema=_SUBJECTS
    )


def _rules(policy: ZonePolicy, at: datetime) -> pa.Table:
    rows = []
    for purpose in Purpose:
        rule = policy.purposes[purpose]
        rows.append(
            {
                "purpose": str(purpose),
                "basis": str(rule.basis),
                "source": rule.source,
                "is_open": policy.rule_for(purpose, at=at) is not None
                and rule.basis is not LegalBasis.NONE,
                "is_asked": rule.needs_consent or rule.is_objectable,
                "needs_consent": rule.needs_consent,
            }
        )
    return pa.Table.from_pylist(rows)
