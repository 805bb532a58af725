"""Decides a call by the Cedar policies of this folder, parsed and validated once a process.

A decision depends on role, action and purpose alone, so there are no more different ones than the
product of the three, and each is asked of Cedar once. What a person's consent says is no part of
it; the door asks that at every read (`privacy.consent.decision`).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cedarpy

from privacy.access.model import Action, Caller, Role
from privacy.errors import AccessDenied, PolicyError
from privacy.zones.model import Purpose, purpose_named

__all__ = ["Action", "Grant", "decide"]

DEFAULT_DENY = "default_deny"
"""The policy that decided where none matched."""

ROW_LIMIT = 100
"""Entries in one answer where no policy says fewer."""

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Grant:
    """What a caller may have.

    Attributes:
        masked_fields: To be left out of the answer.
        row_limit: Most entries in one answer.
        policy_ids: The policies that permitted it.
    """

    masked_fields: frozenset[str]
    row_limit: int
    policy_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policies:
    """Cedar policies, parsed, with what their annotations say.

    Attributes:
        annotations: By Cedar's own id of each policy.
    """

    policies: Any
    schema: Any
    entities: Any
    annotations: Mapping[str, Mapping[str, str]]

    def ask(self, role: Role, action: Action, purpose: Purpose) -> "Grant | tuple[str, ...]":
        """Ask Cedar; gives the grant, or the ids of the policies that denied it."""
        request = {
            "principal": {"type": "Role", "id": str(role)},
            "action": {"type": "Action", "id": str(action)},
            "resource": {"type": "Zone", "id": "this"},
            "context": {"purpose": str(purpose)},
        }
        result = cedarpy.is_authorized(request, self.policies, self.entities, self.schema)
        if result.diagnostics.errors:
            raise PolicyError("the access policies failed to evaluate")
        deciding = [self.annotations[reason] for reason in result.diagnostics.reasons]
        ids = tuple(sorted(held["id"] for held in deciding)) or (DEFAULT_DENY,)
        return _grant(deciding, ids) if result.allowed else ids


def load(policies: str, schema: str) -> Policies:
    """Parse and validate policies.

    Args:
        policies: Cedar policies, each with an ``@id``.
        schema: Cedar schema.

    Raises:
        PolicyError: They do not parse, do not fit the schema, one has no id or shares it, or an
            annotation is not of its form.
    """
    try:
        parsed = cedarpy.PolicySet.from_str(policies)
        vocabulary = cedarpy.Schema.from_str(schema)
        entities = cedarpy.Entities.from_json_str("[]", vocabulary)
        validation = cedarpy.validate_policies(policies, schema)
        written = json.loads(cedarpy.policies_to_json_str(policies))
    except ValueError as error:
        fault = str(error).partition("\n")[0]
        raise PolicyError(f"the access policies do not parse: {fault}") from None
    if not validation.validation_passed:
        raise PolicyError(f"the access policies do not fit their schema: {validation.errors[0]}")
    if written["templates"]:
        raise PolicyError("the access policies hold a template, which nothing fills in")
    annotations = {
        name: policy.get("annotations") or {} for name, policy in written["staticPolicies"].items()
    }
    ids = [held.get("id") for held in annotations.values()]
    if not all(ids) or len(set(ids)) != len(ids):
        raise PolicyError("every access policy needs an @id of its own")
    for held in annotations.values():
        if not held.get("row_limit", "1").isdecimal():
            raise PolicyError(f"access policy {held['id']}: @row_limit is not a number")
    return Policies(parsed, vocabulary, entities, annotations)


def decide(caller: Caller, action: Action, purpose: Purpose | str) -> Grant:
    """Decide whether a caller may do something for a purpose.

    Raises:
        AccessDenied: No; names the policy that decided.
        UnknownPurpose: Not one of the fixed purposes.
    """
    wanted = purpose_named(purpose)
    answer = _ask(caller.role, action, wanted)
    if isinstance(answer, Grant):
        return answer
    raise AccessDenied(
        f"{caller.role} may not {action} for the purpose {wanted} ({', '.join(answer)})"
    )


@cache
def _ask(role: Role, action: Action, purpose: Purpose) -> Grant | tuple[str, ...]:
    return _shipped().ask(role, action, purpose)


@cache
def _shipped() -> Policies:
    return load(
        (_FOLDER / "policies.cedar").read_text("utf-8"),
        (_FOLDER / "schema.cedarschema").read_text("utf-8"),
    )


def _grant(deciding: Iterable[Mapping[str, str]], ids: tuple[str, ...]) -> Grant:
    """Join the permits that matched: everything one of them masks, the fewest entries of any."""
    masked: set[str] = set()
    limits = [ROW_LIMIT]
    for held in deciding:
        masked |= {name.strip() for name in held.get("masks", "").split(",")} - {""}
        limits.append(int(held.get("row_limit", ROW_LIMIT)))
    return Grant(frozenset(masked), min(limits), ids)
