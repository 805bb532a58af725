"""On which basis a person's rows exist: the mart ``consent_lineage``, asked for one customer.

Reads rows that are given to it; opening the warehouse does not belong here.
"""

from collections.abc import Collection
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

_GROUND = ("mart", "purpose", "legal_basis", "rule_source", "consent_event_id")


@dataclass(frozen=True, slots=True)
class Ground:
    """Why some rows of one mart are there.

    Attributes:
        consent_event_id: The event that let them in, where one did.
        count_rows: How many of the mart's rows rest on it.
        row_keys: Their keys, in order.
    """

    mart: str
    purpose: str
    legal_basis: str
    rule_source: str
    consent_event_id: str | None
    count_rows: int
    row_keys: tuple[str, ...]


def grounds_of(lineage: pa.Table, subject_ids: Collection[str]) -> list[Ground]:
    """Say which rows of which mart exist on which basis, for the subjects of one customer.

    Args:
        lineage: Rows of ``marts.consent_lineage``, of this customer or of everybody.
        subject_ids: The customer's subjects.

    Returns:
        One ground for each mart, basis and event, ordered by mart and purpose.
    """
    rows = _of(lineage, subject_ids)
    found: dict[tuple[str, str, str, str, str | None], set[str]] = {}
    columns = [rows.column(name).to_pylist() for name in (*_GROUND, "row_key")]
    for mart, purpose, basis, source, event, key in zip(*columns, strict=True):
        found.setdefault((mart, purpose, basis, source, event), set()).add(key)
    grounds = [Ground(*ground, len(keys), tuple(sorted(keys))) for ground, keys in found.items()]
    return sorted(grounds, key=lambda ground: (*_key(ground), ground.consent_event_id or ""))


def no_longer_permitted(lineage: pa.Table, decisions: pa.Table) -> pa.Table:
    """Give the rows of the marts that were built on a basis that has gone since.

    They are closed to readers already, and go at the next build.

    Args:
        lineage: Rows of ``marts.consent_lineage``.
        decisions: Rows of `privacy.records.tables.DECISIONS`, decided now.
    """
    closed = decisions.filter(pc.invert(decisions.column("is_permitted")))
    return lineage.join(
        closed.select(["subject_id", "purpose"]),
        keys=["subject_id", "purpose"],
        join_type="left semi",
    )


def _of(lineage: pa.Table, subject_ids: Collection[str]) -> pa.Table:
    wanted = pa.array(sorted(subject_ids), pa.string())
    return lineage.filter(pc.is_in(lineage.column("subject_id"), value_set=wanted))


def _key(ground: Ground) -> tuple[str, str, str, str]:
    return ground.mart, ground.purpose, ground.legal_basis, ground.rule_source
