"""An entry of the audit log: as it is handed in, and as it can still be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from privacy.store.tables import AUDIT_ENTRIES

_E = AUDIT_ENTRIES.c

PUBLIC_COLUMNS = (
    _E.entry_id,
    _E.action,
    _E.caller_id,
    _E.purpose,
    _E.outcome,
    _E.happened_at,
    _E.commitment,
)
"""The columns of a leaf, in the order of `privacy.audit.leaves.leaf_of`."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done, as it is recorded.

    Attributes:
        action: What, in one word of a fixed vocabulary; up to 40 characters.
        caller_id: Who did it; up to 80 characters.
        purpose: For which purpose; None where none applies.
        outcome: ``allowed``, ``refused``, ``done``, …; up to 16 characters.
        customer_id: About whom; None for nobody in particular.
        payload: JSON values; sealed, and forgotten with the customer. Where there is no customer,
            nothing personal may be in it.
    """

    action: str
    caller_id: str
    purpose: str | None
    outcome: str
    customer_id: str | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """An entry as it can still be read.

    Attributes:
        entry_id: Its id.
        position: In the tree; None until it is sealed.
        action: What was done.
        caller_id: Who did it.
        purpose: For which purpose.
        outcome: How it ended.
        customer_id: About whom; None for nobody in particular, or for someone forgotten.
        payload: What was recorded with it; None once it is forgotten.
        happened_at: When.
    """

    entry_id: str
    position: int | None
    action: str
    caller_id: str
    purpose: str | None
    outcome: str
    customer_id: str | None
    payload: Mapping[str, Any] | None
    happened_at: datetime
