"""What a landing did, in counts: every item it met, by source and by what became of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

OUTCOMES = ("sealed", "duplicate", "quarantined", "suppressed", "handed_over")
"""What becomes of an item; together they are what landed."""


@dataclass(slots=True)
class LandingReport:
    """Counts only.

    Attributes:
        outcomes: ``(source, outcome)`` to items.
        reasons: ``(source, reason)`` to items held in quarantine.
        left: Reason to files that were left where they are.
        handed_to: Zone to items sealed to it.
        count_files: Files and members of archives that were read.
        count_known_files: Those that had landed before, and were not read again.
    """

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    handed_to: Counter[str] = field(default_factory=Counter)
    count_files: int = 0
    count_known_files: int = 0

    def count(self, outcome: str, source: str | None = None) -> int:
        """Give how many items had an outcome; ``landed`` for all of them."""
        wanted = OUTCOMES if outcome == "landed" else (outcome,)
        return sum(
            count
            for (of, which), count in self.outcomes.items()
            if which in wanted and source in (None, of)
        )

    @property
    def count_landed(self) -> int:
        """Give how many items were met."""
        return self.count("landed")

    @property
    def sources(self) -> tuple[str, ...]:
        """Give the sources anything came from."""
        return tuple(sorted({source for source, _ in self.outcomes}))

    def add(self, other: "LandingReport") -> None:
        """Add another report to this one."""
        self.outcomes.update(other.outcomes)
        self.reasons.update(other.reasons)
        self.left.update(other.left)
        self.handed_to.update(other.handed_to)
        self.count_files += other.count_files
        self.count_known_files += other.count_known_files

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield the table by source: its header, a row a source, and the totals."""
        yield ("source", "landed", *OUTCOMES)
        for source in self.sources:
            counts = (self.count(outcome, source) for outcome in ("landed", *OUTCOMES))
            yield (source, *map(str, counts))
        yield ("total", *(str(self.count(outcome)) for outcome in ("landed", *OUTCOMES)))

    def reason_rows(self) -> Iterator[tuple[str, ...]]:
        """Yield what is held in quarantine: header, and a row a source and reason."""
        yield ("source", "reason", "items")
        for (source, reason), count in sorted(self.reasons.items()):
            yield (source, reason, str(count))

    def __str__(self) -> str:
        """Give both tables as text."""
        parts = [_table(list(self.rows()))]
        if self.reasons:
            parts.append(_table(list(self.reason_rows())))
        files = f"{self.count_files} files read, {self.count_known_files} known"
        notes = [f"{count} left ({reason})" for reason, count in sorted(self.left.items())]
        notes += [f"{count} items to {zone}" for zone, count in sorted(self.handed_to.items())]
        return "\n\n".join([*parts, ", ".join([files, *notes])])


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    is_number = [all(row[i].isdigit() for row in rows[1:]) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if number else cell.ljust(width)
            for cell, width, number in zip(row, widths, is_number, strict=True)
        ).rstrip()
        for row in rows
    )
