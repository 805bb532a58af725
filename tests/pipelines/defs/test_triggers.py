"""What starts a run: a file at rest in the inbox, once; and the clock."""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest

from pipelines.defs.landed import QUIET_SECONDS
from pipelines.defs.triggers import daily, inbox_sensor, today, what_lies_in
from pipelines.stages.runtime import Runtime, ZoneAccess
from privacy.ids import ZoneId

US = ZoneId("us")
CONSUMED = {"ops": {"us__landed__inbox_items": {"config": {"consume": True}}}}


@pytest.fixture
def runtime(tmp_path: Path) -> Runtime:
    """A runtime of a zone that does not exist: a sensor must open nothing."""
    return Runtime(ZoneAccess(home=tmp_path, zone_id=US))


class Clock:
    """Lets time pass for the sensor."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch

    def pass_seconds(self, seconds: float) -> None:
        at = datetime.fromtimestamp(time.time() + seconds, UTC)

        class Later(datetime):
            @classmethod
            def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
                return at

        self._patch.setattr("pipelines.defs.triggers.datetime", Later)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


Seen = tuple[list[dg.RunRequest], str | None, str]
Look = Callable[..., Seen]


@pytest.fixture
def look(runtime: Runtime, repository: dg.RepositoryDefinition) -> Look:
    """Tick once; give the requests, the new cursor, and why there are none."""

    def tick(cursor: str | None = None) -> Seen:
        with dg.build_sensor_context(
            cursor=cursor, resources={"runtime": runtime}, repository_def=repository
        ) as context:
            outcome = inbox_sensor(US).evaluate_tick(context)
        return list(outcome.run_requests or []), outcome.cursor, outcome.skip_message or ""

    return tick


def deliver(runtime: Runtime, name: str = "mail.eml") -> Path:
    inbox = runtime.access.layout.inbox
    path = inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    return path


def test_an_empty_inbox_starts_nothing(runtime: Runtime, look: Look) -> None:
    requests, _, why = look()
    assert not requests
    assert "empty" in why
    assert not list(runtime.access.home.iterdir())


def test_a_file_still_being_written_is_waited_for(runtime: Runtime, look: Look) -> None:
    deliver(runtime)
    requests, _, why = look()
    assert not requests
    assert "written" in why


def test_a_hidden_or_unfinished_file_is_none(runtime: Runtime, clock: Clock, look: Look) -> None:
    deliver(runtime, ".upload")
    deliver(runtime, "mail.eml.part")
    clock.pass_seconds(60)
    assert look()[0] == []


def test_a_file_at_rest_starts_one_run_that_consumes_the_zones_own_inbox(
    runtime: Runtime, clock: Clock, look: Look
) -> None:
    deliver(runtime)
    clock.pass_seconds(QUIET_SECONDS + 1)
    requests, cursor, _ = look()
    assert len(requests) == 1
    request = requests[0]
    assert request.partition_key == datetime.now(UTC).date().isoformat()
    assert request.run_config == CONSUMED
    again, _, why = look(cursor)
    assert not again
    assert "nothing new" in why


def test_another_file_starts_another_run(runtime: Runtime, clock: Clock, look: Look) -> None:
    deliver(runtime)
    clock.pass_seconds(60)
    first, cursor, _ = look()
    deliver(runtime, "more.eml")
    clock.pass_seconds(60)
    second, _, _ = look(cursor)
    assert first[0].run_key != second[0].run_key


def test_a_file_moved_in_with_its_old_time_is_seen(
    runtime: Runtime, clock: Clock, look: Look
) -> None:
    kept = deliver(runtime)
    clock.pass_seconds(60)
    _, cursor, _ = look()
    time.sleep(0.01)
    kept.unlink()
    os.utime(deliver(runtime, "old.eml"), (1_000_000_000, 1_000_000_000))
    clock.pass_seconds(60)
    assert len(look(cursor)[0]) == 1


def test_what_other_zones_handed_over_starts_a_run(
    runtime: Runtime, clock: Clock, look: Look
) -> None:
    folder = runtime.access.layout.handoff
    folder.mkdir(parents=True)
    (folder / "g_1.sealed").write_bytes(b"x")
    clock.pass_seconds(60)
    assert len(look()[0]) == 1


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert what_lies_in(tmp_path / "nowhere") == (0, 0.0)


def test_the_schedule_runs_its_own_day_once_and_consumes_the_inbox(
    repository: dg.RepositoryDefinition,
) -> None:
    schedule = daily(US)
    assert schedule.job_name == "run_us"
    assert schedule.execution_timezone == "UTC"
    at = datetime(2026, 3, 4, 1, 15, tzinfo=UTC)
    with dg.build_schedule_context(
        scheduled_execution_time=at, repository_def=repository
    ) as context:
        requests = schedule.evaluate_tick(context).run_requests
    assert requests is not None
    assert len(requests) == 1
    assert requests[0].partition_key == "2026-03-04"
    assert requests[0].run_key == "us-2026-03-04"
    assert requests[0].run_config == CONSUMED


def test_today_is_a_day_in_utc() -> None:
    assert today() == datetime.now(UTC).date().isoformat()
