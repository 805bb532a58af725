"""Suites pass what is right, name what is wrong, and never show a value."""

import contextlib
import io
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from privacy.errors import ConfigurationError
from privacy.records.tables import INTERACTIONS
from quality.registry import SUITES
from quality.runner import Failure, run_suite

NOW = datetime(2026, 5, 6, 7, 8, tzinfo=UTC)
CANARY = "canary.person@example.com"


def _id(prefix: str, number: int) -> str:
    code = "".join("abcdefghijklmnopqrstuvwxyz234567"[(number >> 5 * i) & 31] for i in range(26))
    return f"{prefix}_{code}"


def interaction(number: int, **changed: Any) -> dict[str, Any]:
    row = {
        "interaction_id": _id("i", number),
        "thread_id": _id("t", 1),
        "subject_id": _id("s", 1) if number % 3 else None,
        "agent_token": None,
        "item_id": _id("l", number),
        "segment_id": "g_1",
        "source": "web_chat",
        "channel": "web_chat",
        "direction": "inbound",
        "speaker": "customer",
        "language": "en",
        "country": "DE" if number % 2 else None,
        "local_zone": None,
        "text_redacted": "I am [PERSON-x7f2], order 4111111111111112, total 12.50",
        "count_characters": 40,
        "count_spans": 1,
        "count_attachments": 0,
        "has_quote": False,
        "sentiment": None,
        "duration_seconds": None,
        "occurred_at": NOW,
        "received_at": NOW,
    }
    return row | changed


def interactions(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=INTERACTIONS.arrow)


def context(number: int, **changed: Any) -> dict[str, Any]:
    row = {
        "customer_id": _id("c", number),
        "country": "DE",
        "preferred_channel": "email",
        "preferred_language": "de",
        "last_reason": "late_delivery",
        "count_contacts": 1,
        "count_threads": 1,
        "count_open_threads": 0,
        "count_orders": 0,
        "average_sentiment": 0.5,
        "last_rating": 5,
        "is_permitted": True,
    }
    return row | changed


def test_a_right_day_of_interactions_passes() -> None:
    report = run_suite("interactions_day", interactions(*map(interaction, range(50))), at=NOW)

    assert report.failures == ()
    assert report.passed
    assert report.checked == 50


@pytest.mark.parametrize(
    ("changed", "expectation", "column"),
    [
        ({"text_redacted": f"I am {CANARY} [A-abcd]"}, "holds_no_email_address", "text_redacted"),
        ({"text_redacted": "+4930901820 [A-abcd]"}, "holds_no_phone_number", "text_redacted"),
        ({"text_redacted": "nothing stands in"}, "is_consistent_with_the_text", "count_spans"),
        ({"interaction_id": _id("i", 1)}, "expect_column_values_to_be_unique", "interaction_id"),
        ({"interaction_id": "17"}, "expect_column_values_to_match_regex", "interaction_id"),
        ({"subject_id": CANARY}, "expect_column_values_to_match_regex", "subject_id"),
        ({"channel": "pigeon"}, "expect_column_values_to_be_in_set", "channel"),
        ({"sentiment": 1.5}, "is_within_bounds", "sentiment"),
        ({"count_spans": -1}, "is_within_bounds", "count_spans"),
        ({"received_at": NOW + timedelta(hours=1)}, "is_not_in_the_future", "received_at"),
    ],
)
def test_one_wrong_row_fails_its_rule_by_name_and_count(
    changed: dict[str, Any], expectation: str, column: str
) -> None:
    rows = [*map(interaction, range(1, 20)), interaction(77, **changed)]
    report = run_suite("interactions_day", interactions(*rows), at=NOW)

    count = 2 if expectation.endswith("unique") else 1
    assert report.failures == (Failure(expectation, column, count),)
    assert not report.passed
    assert CANARY not in repr(report)


def test_a_null_that_may_not_be_is_found() -> None:
    rows = [context(1), context(2, customer_id=None)]
    report = run_suite("publication_contexts", pa.Table.from_pylist(rows), at=NOW)

    assert report.failures == (Failure("expect_column_values_to_not_be_null", "customer_id", 1),)


@pytest.mark.parametrize("is_permitted", [False, None])
def test_a_context_that_is_not_permitted_stops_publication(is_permitted: bool | None) -> None:
    rows = [context(1), context(2, is_permitted=is_permitted)]
    report = run_suite("publication_contexts", pa.Table.from_pylist(rows), at=NOW)

    assert report.failures == (Failure("is_true", "is_permitted", 1),)


def test_a_missing_column_is_a_failure() -> None:
    frame = interactions(interaction(1)).drop_columns(["text_redacted"])
    report = run_suite("interactions_day", frame, at=NOW)

    assert Failure("column_is_there", "text_redacted", 1) in report.failures


@pytest.mark.parametrize("suite", SUITES)
def test_no_rows_break_no_rule(suite: str) -> None:
    columns = {rule.column for rule in SUITES[suite].rules}
    frame = pa.table({column: pa.array([], pa.string()) for column in columns})

    assert run_suite(suite, frame).passed


def test_an_unknown_suite_is_refused() -> None:
    with pytest.raises(ConfigurationError):
        run_suite("nope", pa.table({}))


def test_nothing_is_drawn_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), caplog.at_level(0):
        run_suite("interactions_day", interactions(interaction(1, text_redacted=CANARY)), at=NOW)

    assert out.getvalue() + err.getvalue() == ""
    assert CANARY not in caplog.text
    assert list(tmp_path.iterdir()) == []


def test_importing_the_runner_does_not_import_great_expectations() -> None:
    code = "import sys, quality.runner; sys.exit('great_expectations' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.filterwarnings("ignore")
def test_every_expectation_that_is_named_exists() -> None:
    import great_expectations.expectations as expectations

    named = {r.expectation for s in SUITES.values() for r in s.rules if r.derive is None}
    assert [n for n in named if not hasattr(expectations, n.title().replace("_", ""))] == []
