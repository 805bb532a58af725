"""Run a suite on a batch with Great Expectations; report counts, never values.

Great Expectations is imported when the first suite runs: it takes 2 to 4 seconds. Its context lives
in memory, writes nothing, sends nothing, and draws no progress bars. It is given ids, codes, and
numbers; free text stays in Arrow.
"""

import threading
import warnings
from collections.abc import Mapping
from datetime import datetime
from types import ModuleType
from typing import Any, NamedTuple

import pyarrow as pa

from privacy.clock import now
from privacy.errors import ConfigurationError
from quality.registry import SUITES
from quality.rules import Derive, Rule, Suite

_FORMAT = {"result_format": "BASIC", "partial_unexpected_count": 0}
_importing = threading.Lock()


class Failure(NamedTuple):
    """One rule that does not hold.

    Attributes:
        count_unexpected: Rows that break it; all rows where it could not be evaluated.
    """

    expectation: str
    column: str
    count_unexpected: int


class QualityReport(NamedTuple):
    """What one suite found in one batch.

    Attributes:
        checked: Rows looked at.
    """

    suite: str
    passed: bool
    checked: int
    failures: tuple[Failure, ...]


def run_suite(name: str, frame: pa.Table, *, at: datetime | None = None) -> QualityReport:
    """Run a suite on a batch.

    Args:
        name: In `quality.registry.SUITES`.
        frame: The batch. A column that a rule names and the batch lacks breaks that rule.
        at: The present instant, for rules about time.

    Raises:
        ConfigurationError: There is no such suite.
    """
    suite = SUITES.get(name)
    if suite is None:
        raise ConfigurationError(f"there is no quality suite {name!r}")
    return evaluate(suite, frame, at=at or now())


def evaluate(suite: Suite, frame: pa.Table, *, at: datetime) -> QualityReport:
    """Run a suite that is given, not named."""
    present = set(frame.column_names)
    failures = [
        Failure("column_is_there", column, frame.num_rows)
        for column in dict.fromkeys(rule.column for rule in suite.rules)
        if column not in present
    ]
    rules = [rule for rule in suite.rules if rule.column in present]
    if frame.num_rows and rules:
        failures += _broken(suite.name, rules, frame, at)
    return QualityReport(suite.name, not failures, frame.num_rows, tuple(failures))


def _broken(name: str, rules: list[Rule], frame: pa.Table, at: datetime) -> list[Failure]:
    with warnings.catch_warnings():
        # Its own warnings are not ours to mend, and may quote values.
        warnings.simplefilter("ignore")
        gx = _great_expectations()
        context = gx.get_context(mode="ephemeral")
        context.enable_analytics(False)
        context.variables.progress_bars = _no_progress_bars()
        columns = _columns(rules, frame, at)
        expectations = [_expectation(gx, rule, place) for place, rule in enumerate(rules)]
        batch = (
            context.data_sources.add_pandas("memory")
            .add_dataframe_asset("batch")
            .add_batch_definition_whole_dataframe("whole")
            .get_batch({"dataframe": pa.table(columns).to_pandas()})
        )
        suite = gx.ExpectationSuite(name=name, expectations=expectations)
        validated = batch.validate(suite, result_format=_FORMAT)
    failures = []
    for result in validated.results:
        if not result.success:
            rule = rules[result.expectation_config.meta["place"]]
            count = result.result.get("unexpected_count", frame.num_rows)
            failures.append(Failure(rule.expectation, rule.column, int(count)))
    order = {(rule.expectation, rule.column): place for place, rule in enumerate(rules)}
    return sorted(failures, key=lambda f: order[f.expectation, f.column])


def _columns(rules: list[Rule], frame: pa.Table, at: datetime) -> Mapping[str, Any]:
    columns: dict[str, Any] = {}
    for place, rule in enumerate(rules):
        if rule.derive is None:
            columns[rule.column] = frame[rule.column]
        else:
            columns[f"derived_{place}"] = _derived(rule.derive, frame, at)
    return columns


def _derived(derive: Derive, frame: pa.Table, at: datetime) -> Any:
    try:
        return derive(frame, at)
    except KeyError:  # a second column it needs is missing: no row can be said to be right
        return pa.repeat(pa.scalar(1, pa.int32()), frame.num_rows)


def _expectation(gx: ModuleType, rule: Rule, place: int) -> Any:
    meta = {"place": place}
    if rule.derive is not None:
        # Not "between": on pandas that is a Python call for every row.
        return gx.expectations.ExpectColumnValuesToBeInSet(
            column=f"derived_{place}", value_set=[0], meta=meta
        )
    kind = getattr(gx.expectations, rule.expectation.title().replace("_", ""))
    return kind(column=rule.column, meta=meta, **rule.settings)


def _great_expectations() -> Any:
    # Two threads that import it at once find it half made.
    with _importing:
        import great_expectations

        return great_expectations


def _no_progress_bars() -> Any:
    from great_expectations.data_context.types.base import ProgressBarsConfig

    return ProgressBarsConfig(globally=False)
