"""Asks the ledger: is a purpose permitted for this subject, this customer, or for everybody?

What permits is written in `privacy.consent.rules`.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select

from privacy.consent.decisions import decide_all
from privacy.consent.ledger import LedgerEvent, event_of
from privacy.consent.rules import Decision, decide
from privacy.errors import ConsentMissing
from privacy.identity.membership import customers_of, members_of
from privacy.ids import CustomerId, SubjectId
from privacy.opened import OpenZone
from privacy.store.batches import among
from privacy.store.tables import CONSENT_EVENTS
from privacy.zones.model import Purpose, purpose_named

__all__ = ["Decision", "decide_all", "permitted", "permitted_customer", "require"]


def permitted(
    zone: OpenZone, subject_id: str, purpose: Purpose | str, *, at: datetime, known_at: datetime
) -> Decision:
    """Decide for one subject, on what all subjects of its customer said.

    Args:
        zone: Whose ledger and law.
        subject_id: A subject; one without a customer stands alone.
        purpose: What for.
        at: The instant asked about.
        known_at: What was recorded later than this does not count.

    Raises:
        UnknownPurpose: Not one of the fixed purposes.
    """
    wanted = purpose_named(purpose)
    with zone.store.connect() as connection:
        subject = SubjectId(subject_id)
        customer = customers_of(connection, [subject]).get(subject)
        subjects = [subject] if customer is None else members_of(connection, customer)
        events = _events(connection, subjects, wanted)
    return decide(zone.policy, wanted, events, at=at, known_at=known_at)


def permitted_customer(
    zone: OpenZone, customer_id: str, purpose: Purpose | str, *, at: datetime, known_at: datetime
) -> Decision:
    """Decide for a customer; see `permitted`.

    Raises:
        UnknownPurpose: Not one of the fixed purposes.
    """
    wanted = purpose_named(purpose)
    with zone.store.connect() as connection:
        subjects = members_of(connection, CustomerId(customer_id))
        events = _events(connection, subjects, wanted)
    return decide(zone.policy, wanted, events, at=at, known_at=known_at)


def require(
    zone: OpenZone, customer_id: str, purpose: Purpose | str, *, at: datetime, known_at: datetime
) -> Decision:
    """Decide for a customer, and refuse where the purpose is not permitted.

    Raises:
        ConsentMissing: It is not; the message cites the rule.
        UnknownPurpose: Not one of the fixed purposes.
    """
    decision = permitted_customer(zone, customer_id, purpose, at=at, known_at=known_at)
    if not decision.is_permitted:
        raise ConsentMissing(
            f"nothing permits {purpose_named(purpose)} for this customer ({decision.rule_source})"
        )
    return decision


def _events(
    connection: Connection, subjects: Collection[str], purpose: Purpose
) -> list[LedgerEvent]:
    columns = CONSENT_EVENTS.c
    # A mistake can have been in the purpose: what corrects it is then of another one.
    of_purpose: ColumnElement[bool] = (columns.purpose == str(purpose)) | (
        columns.supersedes.is_not(None)
    )
    rows = connection.execute(
        select(CONSENT_EVENTS).where(among(connection, columns.subject_id, subjects), of_purpose)
    ).all()
    return [event_of(row) for row in rows]
