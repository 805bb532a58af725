"""The vocabulary suites are written in: one rule, one column, what must be true of every row.

A rule either names an expectation of Great Expectations, or derives a column of small numbers from
the batch (how many identifiers stand in this text, how many seconds does this lie in the future)
and expects each to be zero. So no free text is ever handed over.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from quality.identifiers import KINDS, count_identifiers

Derive = Callable[[pa.Table, datetime], pa.Array | pa.ChunkedArray]
"""Makes a column of whole numbers from a batch and the present instant; zero is as it should be."""

_CLOCK_DIFFERENCE: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that must be true of every row.

    Attributes:
        expectation: What a report calls it; the name in Great Expectations unless `derive` is set.
        column: Of the batch; reports name it.
        settings: Arguments of the expectation; of a derived one, what to tell of it.
        derive: Makes the column that must be zero everywhere.
    """

    expectation: str
    column: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    derive: Derive | None = None


@dataclass(frozen=True, slots=True)
class Suite:
    """What must be true of one kind of batch.

    Attributes:
        guards: What is stopped when it is not.
    """

    name: str
    guards: str
    rules: tuple[Rule, ...]


def not_null(*columns: str) -> tuple[Rule, ...]:
    """Expect a value in every row."""
    return tuple(Rule("expect_column_values_to_not_be_null", column) for column in columns)


def unique(column: str) -> Rule:
    """Expect no value twice."""
    return Rule("expect_column_values_to_be_unique", column)


def one_of(column: str, codes: type[StrEnum] | Collection[str]) -> Rule:
    """Expect one of few codes, or null."""
    return Rule(
        "expect_column_values_to_be_in_set", column, {"value_set": sorted(str(c) for c in codes)}
    )


def shaped(column: str, pattern: str) -> Rule:
    """Expect text that fits a regular expression from its first to its last character, or null."""
    return Rule("expect_column_values_to_match_regex", column, {"regex": rf"^(?:{pattern})\Z"})


def between(column: str, least: float | None, most: float | None) -> Rule:
    """Expect a number within bounds, both included, or null."""

    def derive(batch: pa.Table, _at: datetime) -> Any:
        outside = pa.repeat(pa.scalar(False), batch.num_rows)
        if least is not None:
            outside = pc.or_(outside, pc.fill_null(pc.less(batch[column], least), False))
        if most is not None:
            outside = pc.or_(outside, pc.fill_null(pc.greater(batch[column], most), False))
        return pc.cast(outside, pa.int32())

    bounds = {"least": least, "most": most}
    return Rule("is_within_bounds", column, bounds, derive)


def is_true(column: str) -> Rule:
    """Expect true in every row; null is not true."""

    def derive(batch: pa.Table, _at: datetime) -> Any:
        return pc.cast(pc.invert(pc.fill_null(batch[column], False)), pa.int32())

    return Rule("is_true", column, derive=derive)


def not_in_the_future(column: str) -> Rule:
    """Expect an instant that has passed, but for a few minutes' difference between two clocks."""

    def derive(batch: pa.Table, at: datetime) -> Any:
        limit = pa.scalar(at + _CLOCK_DIFFERENCE, batch[column].type)
        return pc.cast(pc.fill_null(pc.greater(batch[column], limit), False), pa.int32())

    return Rule("is_not_in_the_future", column, derive=derive)


def no_identifier(*columns: str) -> tuple[Rule, ...]:
    """Expect free text without e-mail address, phone, card, account, or national number."""
    return tuple(
        Rule(
            f"holds_no_{kind}",
            column,
            derive=lambda batch, _at, column=column, kind=kind: count_identifiers(  # type: ignore[misc]
                kind, batch[column]
            ),
        )
        for column in columns
        for kind in KINDS
    )


def follows(column: str, expectation: str, derive: Derive) -> Rule:
    """Expect what a function of the batch says to be zero in every row."""
    return Rule(expectation, column, derive=derive)
