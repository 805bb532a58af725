"""What a law or the zone's policy says of keeping, and what an erasure does about it; for plans."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from privacy.zones.model import Category, ZonePolicy

_KEPT: Final[tuple[tuple[Category, str, str], ...]] = (
    (
        Category.ORDERS,
        "core.orders",
        "amount, day and country stay as figures of nobody; a receipt that has to name its buyer is "
        "kept where it was made out, or held here first: c360 holds place --category orders",
    ),
    (
        Category.CONSENT,
        "consent_events",
        "deleted with the person; while a claim they prove is open, hold them first: "
        "c360 holds place --category consent",
    ),
    (
        Category.AUDIT,
        "audit_entries",
        "who did what and when stays, with its proof, for as long; about whom, and what it held, go",
    ),
)
"""Categories that a law may oblige to keep, where they lie, and what is done with them."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """A rule on keeping, and what the erasure does with what it is about.

    Attributes:
        count: Rows of the person's that it is about.
        period: How long, from when.
        source: The article.
        set_by: Whether the law names the number, or the controller chose it.
        confidence: How sure we are of the rule.
        outcome: What is done.
    """

    category: str
    place: str
    count: int
    period: str
    source: str
    set_by: str
    confidence: str
    outcome: str


def obligations(policy: ZonePolicy, counts: Mapping[str, int]) -> tuple[Obligation, ...]:
    """Say what is to be kept of what a person has, by which article.

    Args:
        policy: The zone's.
        counts: The person's rows, by place.
    """
    found = []
    for category, place, outcome in _KEPT:
        count = counts.get(place, 0)
        if not count:
            continue
        rule = policy.retention[category]
        length = f"{rule.days} days" if rule.days is not None else f"{rule.months} months"
        found.append(
            Obligation(
                category=category.value,
                place=place,
                count=count,
                period=f"{length} from {rule.starts}",
                source=rule.source,
                set_by=rule.set_by.value,
                confidence=rule.confidence.value,
                outcome=outcome,
            )
        )
    return tuple(found)
