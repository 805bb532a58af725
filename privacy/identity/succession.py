"""Says how customers go on when components have changed: which keep their id, which merge, which part.

Reads the store only to see whether an id was used before; writes nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from privacy.identity.differences import Node
from privacy.identity.membership import (
    Change,
    DecisionKind,
    IdentityDecision,
    erased_among,
    new_decision_id,
)
from privacy.ids import CustomerId, SubjectId
from privacy.opened import OpenZone
from privacy.store.batches import among
from privacy.store.tables import IDENTITY_DECISIONS

_IDS_A_QUERY = 10_000


class _Home(NamedTuple):
    root: int
    since: datetime


def changes(
    zone: OpenZone,
    nodes: Sequence[Node],
    evidence: Mapping[int, Mapping[str, int]],
    *,
    decided_by: str,
    at: datetime,
) -> Iterator[Change]:
    """Say what must be written for the changed components."""
    parts: dict[int, list[Node]] = defaultdict(list)
    for node in nodes:
        parts[node.root].append(node)
    homes = _homes(nodes)
    heirs = _heirs(homes)
    names = _new_ids(
        zone, [part[0].subject_id for root, part in parts.items() if root not in heirs]
    )
    for root, part in parts.items():
        is_new = root not in heirs
        customer = names[part[0].subject_id] if is_new else heirs[root]
        arrivals: dict[CustomerId | None, list[SubjectId]] = defaultdict(list)
        for node in part:
            if node.customer_id != customer:
                arrivals[node.customer_id].append(node.subject_id)
        if not arrivals:
            continue
        shown: dict[str, Any] = {"links": dict(evidence.get(root, {}))}
        lines = []
        for left, subjects in arrivals.items():
            if left is None:
                kind = DecisionKind.CREATED if is_new else DecisionKind.JOINED
            else:
                is_whole = left != heirs.get(homes[left].root) and homes[left].root == root
                kind = DecisionKind.MERGED if is_whole else DecisionKind.SPLIT
            joined = set(subjects)
            beside = [node.subject_id for node in part if node.subject_id not in joined]
            lines.append(
                IdentityDecision(
                    decision_id=new_decision_id(),
                    kind=kind,
                    customer_id=customer,
                    from_customer_id=left,
                    subject_ids=tuple(subjects),
                    evidence=shown if kind is DecisionKind.CREATED else {**shown, "with": beside},
                    decided_by=decided_by,
                    decided_at=at,
                )
            )
        moves = {subject: left for left, subjects in arrivals.items() for subject in subjects}
        stay = [node.subject_id for node in part if node.customer_id == customer]
        yield Change(customer, moves, lines, stay)


def _homes(nodes: Sequence[Node]) -> dict[CustomerId, _Home]:
    """Say in which component each present customer goes on, unless an older one does.

    It is the one that holds most of its subjects; where two hold as many, the one with the subject
    that joined first.
    """
    shares: dict[CustomerId, dict[int, list[datetime]]] = defaultdict(lambda: defaultdict(list))
    for node in nodes:
        if node.customer_id is not None and node.joined_at is not None:
            shares[node.customer_id][node.root].append(node.joined_at)
    return {
        customer: _Home(
            min(held, key=lambda root: (-len(held[root]), min(held[root]), root)),
            min(map(min, held.values())),
        )
        for customer, held in shares.items()
    }


def _heirs(homes: Mapping[CustomerId, _Home]) -> dict[int, CustomerId]:
    """Give the oldest of the customers that would go on in each component."""
    claims: dict[int, list[tuple[datetime, CustomerId]]] = defaultdict(list)
    for customer, home in homes.items():
        claims[home.root].append((home.since, customer))
    return {root: min(found)[1] for root, found in claims.items()}


def _new_ids(zone: OpenZone, smallest: Sequence[SubjectId]) -> dict[SubjectId, CustomerId]:
    """Mint a customer's id from its smallest subject; another one where that was used before."""
    mint = zone.keyring.index.mint
    names = {subject: CustomerId(mint("c", subject)) for subject in smallest}
    wanted = list(names.values())
    used: set[str] = set()
    column = IDENTITY_DECISIONS.c.customer_id
    with zone.store.connect() as connection:
        for start in range(0, len(wanted), _IDS_A_QUERY):
            batch = wanted[start : start + _IDS_A_QUERY]
            used |= set(
                connection.execute(
                    select(column).where(among(connection, column, batch)).distinct()
                ).scalars()
            )
            # An erasure took the journal's lines along; the id's key stays destroyed.
            used |= erased_among(connection, batch)
    return {
        subject: CustomerId(mint("c", subject, new_decision_id())) if name in used else name
        for subject, name in names.items()
    }
