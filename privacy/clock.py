"""UTC instants, and the two times of every fact: when it was valid, when it was recorded."""

from collections.abc import Callable
from datetime import UTC, date, datetime

Clock = Callable[[], datetime]
"""Gives the present instant, aware, in UTC. Passed as an argument, so tests can hold time still."""


def now() -> datetime:
    """Give the present instant, in UTC, to the microsecond."""
    return datetime.now(UTC)


def as_utc(instant: datetime) -> datetime:
    """Convert an aware instant to UTC.

    Raises:
        ValueError: The instant is naive: it names no place on the time line.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(UTC)


def day_of(instant: datetime) -> date:
    """Give the UTC calendar day an instant falls on."""
    return as_utc(instant).date()
