import json
from datetime import UTC, datetime

import pytest

from privacy.errors import ConfigurationError
from privacy.ids import ZoneId
from privacy.lineage.events import Dataset, LineageLog
from privacy.zones.layout import ZoneLayout

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def layout(tmp_path):
    return ZoneLayout(tmp_path, ZoneId("eu"))


def events(layout) -> list[dict]:
    files = sorted((layout.root / "lineage").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def test_a_run_is_a_start_and_a_completion_with_what_it_wrote(layout):
    with LineageLog(layout, lambda: NOW).run("interactions", inputs=["landing"]) as run:
        run.wrote("core.interactions", 12, columns=["interaction_id", "text_redacted"])
    start, complete = events(layout)
    assert (start["eventType"], complete["eventType"]) == ("START", "COMPLETE")
    assert start["run"]["runId"] == complete["run"]["runId"]
    assert complete["job"] == {"namespace": "c360/eu", "name": "interactions", "facets": {}}
    assert [one["name"] for one in complete["inputs"]] == ["landing"]
    [output] = complete["outputs"]
    assert output["outputFacets"]["outputStatistics"]["rowCount"] == 12
    assert [f["name"] for f in output["facets"]["schema"]["fields"]] == [
        "interaction_id",
        "text_redacted",
    ]
    assert (layout.root / "lineage" / "2026-03-01.jsonl").exists()


def test_every_event_has_what_the_specification_requires(layout):
    with LineageLog(layout).run("resolved") as run:
        run.wrote("core.customers", 3)
    for event in events(layout):
        assert {"eventType", "eventTime", "producer", "schemaURL", "run", "job"} <= set(event)
        assert event["schemaURL"].endswith("/2-0-2/OpenLineage.json#/$defs/RunEvent")
        assert datetime.fromisoformat(event["eventTime"]).tzinfo is not None
        for dataset in event["outputs"]:
            for facet in (*dataset["facets"].values(), *dataset["outputFacets"].values()):
                assert {"_producer", "_schemaURL"} <= set(facet)


def test_an_output_of_unknown_size_carries_no_count(layout):
    with LineageLog(layout).run("landed") as run:
        run.outputs.append(Dataset("landing"))
    assert events(layout)[-1]["outputs"][0]["outputFacets"] == {}


def test_a_failure_is_told_by_its_type_and_not_by_its_words(layout):
    def fails() -> None:
        with LineageLog(layout).run("interactions"):
            raise ValueError("ada@example.org")

    with pytest.raises(ValueError, match="ada"):
        fails()
    last = events(layout)[-1]
    assert last["eventType"] == "FAIL"
    assert last["run"]["facets"]["errorMessage"]["message"] == "ValueError"
    assert "ada" not in json.dumps(last)


@pytest.mark.parametrize(
    "name", ["ada@example.org", "Ada Lovelace", "", "a\nb", "+4930123456", "a..b"]
)
def test_what_is_not_the_name_of_a_table_does_not_come_in(layout, name):
    with (
        pytest.raises(ConfigurationError) as refused,
        LineageLog(layout).run("resolved", inputs=[name]),
    ):
        pass
    assert name == "" or name not in str(refused.value)
    assert not list(layout.root.rglob("*.jsonl"))


def test_the_file_can_be_read_by_its_owner_only(layout):
    with LineageLog(layout, lambda: NOW).run("resolved"):
        pass
    assert (layout.root / "lineage" / "2026-03-01.jsonl").stat().st_mode & 0o077 == 0
