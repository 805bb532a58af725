"""A step of a run: its lineage is written, and an error of others' goes on without its message."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.defs.landed import counts_of
from pipelines.defs.step import step
from pipelines.landing.report import OUTCOMES, LandingReport
from pipelines.stages.runtime import Runtime, ZoneAccess
from privacy.errors import ConfigurationError, PrivacyError, WarehouseBusy
from privacy.ids import ZoneId
from privacy.opened import create_zone

US = ZoneId("us")
SECRET = "mia.lang@example.org"


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Runtime:
    home = tmp_path_factory.mktemp("home")
    create_zone(home, US).store.dispose()
    return Runtime(ZoneAccess(home=home, zone_id=US, workers=0))


def events(runtime: Runtime, job: str) -> list[dict[str, Any]]:
    lines = (runtime.access.layout.root / "lineage").glob("*.jsonl")
    found = [json.loads(line) for path in lines for line in path.read_text().splitlines()]
    return [event for event in found if event["job"]["name"] == job]


def test_a_step_writes_what_it_read_and_wrote(runtime: Runtime) -> None:
    with step(runtime, "resolved", inputs=["core.links"]) as run:
        run.wrote("core.customers", 3)
    began, ended = events(runtime, "resolved")
    assert (began["eventType"], ended["eventType"]) == ("START", "COMPLETE")
    assert [each["name"] for each in ended["inputs"]] == ["core.links"]
    assert ended["outputs"][0]["outputFacets"]["outputStatistics"]["rowCount"] == 3


def test_our_errors_go_on_as_they_are(runtime: Runtime) -> None:
    with pytest.raises(WarehouseBusy, match="in use"), step(runtime, "decided"):
        raise WarehouseBusy("the warehouse is in use")
    assert events(runtime, "decided")[-1]["eventType"] == "FAIL"


def test_others_errors_lose_their_message_and_keep_their_place(runtime: Runtime) -> None:
    with pytest.raises(PrivacyError) as caught, step(runtime, "expired"):
        int(SECRET)
    assert str(caught.value).startswith("stage expired failed: ValueError in tests/pipelines/defs")
    assert caught.value.__suppress_context__
    assert SECRET not in str(caught.value)
    assert SECRET not in json.dumps(events(runtime, "expired"))


def test_an_error_of_the_system_says_what_the_system_says(runtime: Runtime) -> None:
    name = runtime.access.home / SECRET
    with pytest.raises(PrivacyError) as caught, step(runtime, "published"):
        name.read_bytes()
    assert "No such file or directory" in str(caught.value)
    assert SECRET not in str(caught.value)


def test_a_step_of_a_missing_zone_writes_nothing(tmp_path: Path) -> None:
    missing = Runtime(ZoneAccess(home=tmp_path, zone_id=US))
    with pytest.raises(ConfigurationError), step(missing, "landed"):
        pass
    assert not list(tmp_path.iterdir())


def test_a_landings_counts_add_up() -> None:
    report = LandingReport()
    for number, outcome in enumerate(OUTCOMES, 1):
        report.outcomes[("email", outcome)] = number
        report.outcomes[("zendesk", outcome)] = 10 * number
    report.reasons[("email", "malformed_item")] = 3
    report.handed_to["eu"] = 55
    counts = {name: value.value for name, value in counts_of(report).items()}
    assert counts["landed"] == sum(counts[outcome] for outcome in OUTCOMES) == 165
    by_source = counts["by_source"]
    assert isinstance(by_source, dict)
    for outcome in OUTCOMES:
        assert counts[outcome] == sum(by[outcome] for by in by_source.values())
    assert counts["handed_to"] == {"eu": 55}
    assert counts["quarantined_by_reason"] == {"email": {"malformed_item": 3}}
