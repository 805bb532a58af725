"""Check the audit log's proofs offline: a JSON file and the zone's public key are all it takes.

Imports no store and no key of the zone's, so that a stranger can run it.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from privacy.audit.checkpoint import HASH_BYTES, Checkpoint, checkpoint_from
from privacy.audit.leaves import SALT_BYTES, Leaf, canonical, commitment_of
from privacy.audit.merkle import verify_consistency_path, verify_inclusion_path
from privacy.errors import Tampered

INCLUSION_KIND = "c360.audit.inclusion/1"
CONSISTENCY_KIND = "c360.audit.consistency/1"

_LONGEST_PATH = 64
_LARGEST_FILE_BYTES = 1 << 20


def verify_inclusion(proof: Mapping[str, Any], verify_key: bytes) -> Leaf:
    """Check that an entry is in the log that the zone signed.

    Args:
        proof: What `AuditLog.inclusion_proof` gave.
        verify_key: The zone's raw Ed25519 public key, 32 bytes, from a source you trust.

    Returns:
        The entry's public part, now known to be as it was logged.

    Raises:
        Tampered: Naming what does not match.
    """
    checkpoint = _signed(proof, INCLUSION_KIND, "checkpoint", verify_key)
    try:
        leaf = Leaf(**proof["entry"])
        position = proof["position"]
        path = _hashes(proof["path"])
    except (KeyError, TypeError, ValueError):
        raise Tampered("the inclusion proof is not of its form") from None
    if (
        not all(
            isinstance(part, str) or (name == "purpose" and part is None)
            for name, part in leaf._asdict().items()
        )
        or type(position) is not int
    ):
        raise Tampered("the inclusion proof is not of its form")
    verify_inclusion_path(leaf.hash(), position, checkpoint.size, checkpoint.root, path)
    return leaf


def verify_opening(proof: Mapping[str, Any], opening: Mapping[str, Any]) -> None:
    """Check that an entry was about this customer and held this payload.

    Args:
        proof: Of inclusion, checked with `verify_inclusion`.
        opening: What `AuditLog.opening` gave.

    Raises:
        Tampered: That is not what the entry commits to.
    """
    try:
        salt = bytes.fromhex(opening["salt"])
        payload = canonical(opening["payload"])
        commitment = commitment_of(salt, opening["customer_id"], payload)
        committed = proof["entry"]["commitment"]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Tampered("the opening is not of its form") from None
    if len(salt) != SALT_BYTES or commitment.hex() != committed:
        raise Tampered("the opening is not what the entry commits to")


def verify_consistency(
    proof: Mapping[str, Any], verify_key: bytes
) -> tuple[Checkpoint, Checkpoint]:
    """Check that a later log begins with an earlier one: nothing was changed, removed, or put in.

    Args:
        proof: What `AuditLog.consistency_proof` gave.
        verify_key: The zone's raw Ed25519 public key, 32 bytes, from a source you trust.

    Returns:
        Both tree heads. Compare the earlier one with the one you kept.

    Raises:
        Tampered: Naming what does not match.
    """
    old = _signed(proof, CONSISTENCY_KIND, "old", verify_key)
    new = _signed(proof, CONSISTENCY_KIND, "new", verify_key)
    try:
        path = _hashes(proof["path"])
    except (KeyError, TypeError, ValueError):
        raise Tampered("the consistency proof is not of its form") from None
    if old.origin != new.origin:
        raise Tampered("the consistency proof joins two logs")
    verify_consistency_path(old.size, old.root, new.size, new.root, path)
    return old, new


def verify_file(path: Path, verify_key: bytes) -> None:
    """Check a proof in a JSON file, of whichever kind it is.

    Raises:
        Tampered: Naming what does not match.
    """
    proof = _read(path)
    kind = proof.get("kind") if isinstance(proof, dict) else None
    if kind == INCLUSION_KIND:
        verify_inclusion(proof, verify_key)
    elif kind == CONSISTENCY_KIND:
        verify_consistency(proof, verify_key)
    else:
        raise Tampered(f"{path.name} is not a proof of a kind we know")


def verify_consistency_file(path: Path, verify_key: bytes) -> tuple[Checkpoint, Checkpoint]:
    """Check a proof of consistency in a JSON file; see `verify_consistency`.

    Raises:
        Tampered: Naming what does not match.
    """
    return verify_consistency(_read(path), verify_key)


def _read(path: Path) -> Any:
    if path.stat().st_size > _LARGEST_FILE_BYTES:
        raise Tampered(f"{path.name} is too large for a proof")
    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        raise Tampered(f"{path.name} is not JSON") from None


def _signed(proof: Mapping[str, Any], kind: str, name: str, verify_key: bytes) -> Checkpoint:
    try:
        content, found = proof[name], proof["kind"]
    except (KeyError, TypeError):
        raise Tampered("the proof is not of its form") from None
    if found != kind:
        raise Tampered(f"the proof is not of kind {kind}")
    checkpoint = checkpoint_from(content)
    checkpoint.verify(verify_key)
    return checkpoint


def _hashes(path: Sequence[Any]) -> list[bytes]:
    if not isinstance(path, list) or len(path) > _LONGEST_PATH:
        raise ValueError
    hashes = [bytes.fromhex(one) for one in path]
    if any(len(one) != HASH_BYTES for one in hashes):
        raise ValueError
    return hashes
