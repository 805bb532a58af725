"""What a leaf of the audit tree says, and how it commits to what may later be forgotten.

A leaf is canonical JSON of an entry's public part: who did what, when, for which purpose, with which
outcome, and a commitment. The commitment is a salted hash of the customer's id and the payload.
Whoever has salt, id and payload can show that they are what was logged; once the salt is destroyed,
nobody can even test a guess, and the leaf still proves that the entry was there.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from privacy.audit.merkle import leaf_hash
from privacy.clock import as_utc

SALT_BYTES = 32

_LABEL = b"c360 audit commitment v1"


class Leaf(NamedTuple):
    """The public part of an entry; it holds nothing personal of a customer."""

    entry_id: str
    action: str
    caller_id: str
    purpose: str | None
    outcome: str
    happened_at: str
    commitment: str

    def hash(self) -> bytes:
        """Give the leaf's hash in the tree."""
        return leaf_hash(canonical(self._asdict()))


def leaf_of(
    entry_id: str,
    action: str,
    caller_id: str,
    purpose: str | None,
    outcome: str,
    happened_at: datetime,
    commitment: bytes,
) -> Leaf:
    """Give the leaf of an entry as the store has it."""
    at = as_utc(happened_at).isoformat(timespec="microseconds")
    return Leaf(entry_id, action, caller_id, purpose, outcome, at, commitment.hex())


def commitment_of(salt: bytes, customer_id: str | None, payload: bytes) -> bytes:
    """Commit to whom an entry was about and what it held.

    Args:
        salt: 32 random bytes, used once; whoever lacks them cannot test a guess.
        customer_id: Whom; None for nobody in particular.
        payload: In its canonical form.

    Returns:
        32 bytes.
    """
    about = b"\x00" if customer_id is None else b"\x01" + customer_id.encode("utf-8")
    framed = len(about).to_bytes(4, "big") + about + payload
    return sha256(_LABEL + salt + framed).digest()


def canonical(content: Mapping[str, Any]) -> bytes:
    """Give JSON with sorted keys, no spaces, ASCII only: the same bytes wherever it is made.

    Raises:
        TypeError: Something in it is no JSON value.
        ValueError: A number is not finite.
    """
    text = json.dumps(
        dict(content), sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
    )
    return text.encode("ascii")
