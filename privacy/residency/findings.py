"""What speaks against a zone's residency: kind, place and row, and never a value."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from privacy.ids import ZoneId

MOST_NAMED: Final = 1_000
"""Findings of one kind in one zone that are named; of more, the count is given."""


class FindingKind(StrEnum):
    """What is wrong."""

    OPENS_ELSEWHERE = "opens_elsewhere"
    """Another zone's keys open it."""
    DOES_NOT_OPEN = "does_not_open"
    """It lies in the zone, is not shredded, and the zone's own keys do not open it."""
    PERSON_OF_ANOTHER = "person_of_another_zone"
    """Its evidence names another zone's country, and no transfer on the register covers it."""
    NOT_SEALED = "not_sealed"
    """It can be read without any key, and holds or could hold personal data."""
    UNEXPECTED_FILE = "unexpected_file"
    """A file of no kind that a zone has."""
    DAMAGED = "damaged"
    """A register that says who may be where was changed by somebody else than the zone."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found.

    Attributes:
        zone: In whose part it lies.
        place: Table, or file relative to the zone's folder.
        row: Id of the row, where it is one.
        detail: In words; names kinds, zones and fields.
    """

    zone: ZoneId
    kind: FindingKind
    place: str
    row: str | None
    detail: str


@dataclass(slots=True)
class Findings:
    """Everything found in one zone, as it is found."""

    zone: ZoneId
    named: list[Finding] = field(default_factory=list)
    counts: Counter[FindingKind] = field(default_factory=Counter)

    def add(self, kind: FindingKind, place: str, row: str | None, detail: str) -> None:
        """Put one on the list, or only count it when many of its kind are named already."""
        self.counts[kind] += 1
        if self.counts[kind] <= MOST_NAMED:
            self.named.append(Finding(self.zone, kind, place, row, detail))
