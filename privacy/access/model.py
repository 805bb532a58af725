"""Callers, roles and actions: the words the access policy is written in."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a caller is here for."""

    AGENT = "agent"
    """A person who helps customers."""
    AI_AGENT = "ai_agent"
    """A program that helps customers."""
    ANALYST = "analyst"
    """Looks at totals, never at one person."""
    COMPLIANCE = "compliance"
    """Answers to the law: audit and erasure."""
    ENGINEER = "engineer"
    """Runs the pipelines; reads nobody's data."""


class Action(StrEnum):
    """What can be asked."""

    FIND_CUSTOMER = "find_customer"
    READ_CONTEXT = "read_context"
    READ_TIMELINE = "read_timeline"
    LIST_OPEN = "list_open"
    READ_AUDIT = "read_audit"
    READ_CONSENT = "read_consent"
    RECORD_CONSENT = "record_consent"
    RULE_IDENTITY = "rule_identity"
    HOLD_DATA = "hold_data"
    RULE_TRANSFERS = "rule_transfers"
    PLAN_ERASURE = "plan_erasure"
    EXECUTE_ERASURE = "execute_erasure"
    READ_KPIS = "read_kpis"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks.

    Attributes:
        caller_id: Names one person or program, for the audit log; at most 80 characters.
        role: What the policy knows of them.
    """

    caller_id: str
    role: Role
