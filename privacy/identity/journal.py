"""Rulings on identity by people: split, undo, and what was decided before."""

from collections.abc import Iterable

from sqlalchemy import Connection, or_, select

from privacy.errors import ConfigurationError, NotFound
from privacy.identity.membership import (
    Change,
    DecisionKind,
    IdentityDecision,
    customers_of,
    cut,
    decision_of,
    erased_among,
    members_of,
    new_decision_id,
    uncut,
    write_in,
)
from privacy.ids import CustomerId, SubjectId
from privacy.opened import OpenZone
from privacy.store.tables import IDENTITY_DECISIONS


def history(zone: OpenZone, customer_id: CustomerId) -> list[IdentityDecision]:
    """Give every line of the journal that speaks of a customer, oldest first.

    Raises:
        NotFound: There is no such customer, and was none that became part of another.
    """
    columns = IDENTITY_DECISIONS.c
    with zone.store.connect() as connection:
        rows = connection.execute(
            select(IDENTITY_DECISIONS)
            .where(or_(columns.customer_id == customer_id, columns.from_customer_id == customer_id))
            .order_by(columns.decided_at, columns.decision_id)
        ).all()
        if not rows and not members_of(connection, customer_id):
            raise NotFound("there is no such customer")
    return [decision_of(row) for row in rows]


def split(
    zone: OpenZone,
    subject_id: SubjectId,
    *,
    others: Iterable[SubjectId] | None = None,
    by: str,
) -> IdentityDecision:
    """Rule that a subject is not the same person as others, and give it a customer of its own.

    The ruling outlives later links: the two sides never come to one customer again, until `undo`.

    Args:
        zone: Whose.
        subject_id: Who is someone else.
        others: Than whom; all other subjects of its customer by default.
        by: Who rules it.

    Raises:
        NotFound: The subject has no customer, or none but itself is in it.
    """
    at = zone.clock()
    with zone.store.begin() as connection:
        customer = customers_of(connection, [subject_id]).get(subject_id)
        if customer is None:
            raise NotFound("that subject is no customer's")
        beside = [member for member in members_of(connection, customer) if member != subject_id]
        if not beside:
            raise NotFound("that subject's customer has no other subject")
        apart = sorted(set(beside if others is None else others) - {subject_id})
        cut(connection, ((subject_id, other) for other in apart), by=by, at=at)
        decision_id = new_decision_id()
        fresh = CustomerId(zone.keyring.index.mint("c", subject_id, decision_id))
        line = IdentityDecision(
            decision_id=decision_id,
            kind=DecisionKind.SPLIT,
            customer_id=fresh,
            from_customer_id=customer,
            subject_ids=(subject_id,),
            evidence={"with": [], "apart_from": apart},
            decided_by=by,
            decided_at=at,
        )
        if not write_in(connection, [Change(fresh, {subject_id: customer}, [line])], at=at):
            raise NotFound("that subject is being erased")
    return line


def undo(zone: OpenZone, decision_id: str, *, by: str) -> IdentityDecision:
    """Take a decision back: the subjects it moved return to the customer they came from.

    A merge that is undone is ruled out for the future, for the same links would bring it about
    again; a split that is undone is no ruling any more. Subjects that have moved on since stay
    where they are.

    Raises:
        NotFound: There is no such decision, or nothing of it is left to undo.
        ConfigurationError: The decision is of a kind that cannot be undone.
    """
    at = zone.clock()
    with zone.store.begin() as connection:
        decision = _decision(connection, decision_id)
        if decision.kind not in {DecisionKind.MERGED, DecisionKind.SPLIT, DecisionKind.JOINED}:
            raise ConfigurationError(f"a decision of kind {decision.kind} cannot be undone")
        present = customers_of(connection, decision.subject_ids)
        former = decision.from_customer_id
        gone = erased_among(connection, [*decision.subject_ids, *filter(None, [former])])
        there = [
            subject
            for subject in decision.subject_ids
            if present.get(subject) == decision.customer_id and subject not in gone
        ]
        if not there:
            raise NotFound("nothing of that decision is left to undo")
        undone_id = new_decision_id()
        home = (
            former
            if former and former not in gone
            else CustomerId(zone.keyring.index.mint("c", min(there), undone_id))
        )
        pairs = [
            (subject, other)
            for subject in decision.subject_ids
            for other in decision.evidence.get("with", [])
        ]
        if decision.kind is DecisionKind.SPLIT:
            uncut(
                connection,
                [
                    (subject, other)
                    for subject in decision.subject_ids
                    for other in decision.evidence.get("apart_from", [])
                ],
            )
        else:
            cut(connection, pairs, by=by, at=at)
        line = IdentityDecision(
            decision_id=undone_id,
            kind=DecisionKind.UNDONE,
            customer_id=home,
            from_customer_id=decision.customer_id,
            subject_ids=tuple(there),
            evidence={"decision_id": decision_id},
            decided_by=by,
            decided_at=at,
        )
        moves = dict.fromkeys(there, decision.customer_id)
        write_in(connection, [Change(home, moves, [line])], at=at)
    return line


def _decision(connection: Connection, decision_id: str) -> IdentityDecision:
    row = connection.execute(
        select(IDENTITY_DECISIONS).where(IDENTITY_DECISIONS.c.decision_id == decision_id)
    ).one_or_none()
    if row is None:
        raise NotFound("there is no such decision")
    return decision_of(row)
