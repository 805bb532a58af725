"""What Dagster loads for a zone: named by one grammar, described, guarded, and only that zone's."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import dagster as dg
import pytest
import yaml

import pipelines.definitions
from pipelines.defs import landed, published
from pipelines.defs.checks import GATES
from pipelines.defs.interactions import LOADED
from pipelines.defs.names import DAYS, key
from pipelines.defs.triggers import job_name
from pipelines.stages.checked import FRAMES
from privacy.ids import ZoneId
from privacy.records.tables import TABLES
from privacy.store.tables import LANDING_ITEMS, PROFILES
from privacy.zones.loader import load_policies
from quality.registry import SUITES

ROOT = Path(__file__).parents[3]
ZONES = tuple(sorted(load_policies()))
LAYERS = ("landed", "core", "staging", "intermediate", "marts", "published", "expired")
IS_NO_TABLE = {"expired/retention"}


def specs(defs: dg.Definitions) -> list[dg.AssetSpec]:
    graph = defs.resolve_asset_graph()
    return [
        spec
        for spec in defs.resolve_all_asset_specs()
        if spec.key in graph.materializable_asset_keys
    ]


def test_asset_keys_are_zone_layer_things(defs: dg.Definitions, zone: str) -> None:
    keys = [spec.key.path for spec in specs(defs)]
    assert len(keys) > 25
    for path in keys:
        assert len(path) == 3, path
        assert path[0] == zone
        assert path[1] in LAYERS
        assert re.fullmatch(r"[a-z][a-z0-9_]*", path[2]), path


def test_nothing_in_a_zone_is_of_another_zone(defs: dg.Definitions, zone: str) -> None:
    graph = defs.resolve_asset_graph()
    assert {each.path[0] for each in graph.get_all_asset_keys()} == {zone}


def test_every_asset_is_described_owned_and_grouped(defs: dg.Definitions) -> None:
    for spec in specs(defs):
        assert spec.description, spec.key
        assert len(spec.description.split("\n")[0]) > 20, spec.key
        assert spec.owners, spec.key
        assert spec.kinds, spec.key
        assert spec.group_name == spec.key.path[1], spec.key


def test_every_asset_shows_the_columns_of_its_table(defs: dg.Definitions) -> None:
    without = set()
    for spec in specs(defs):
        schema = spec.metadata.get("dagster/column_schema")
        if schema is None:
            without.add("/".join(spec.key.path[1:]))
            continue
        assert schema.columns, spec.key
        for column in schema.columns:
            assert column.description, (spec.key, column.name)
            assert column.type, (spec.key, column.name)
    assert without == IS_NO_TABLE


def test_core_assets_are_the_tables_of_the_records(defs: dg.Definitions) -> None:
    everything = defs.resolve_all_asset_specs()
    shown = {spec.key.path[2]: spec for spec in everything if spec.key.path[1] == "core"}
    assert set(shown) == set(TABLES)
    built = {spec.key.path[2] for spec in specs(defs) if spec.key.path[1] == "core"}
    assert set(TABLES) - built == {"erased_totals"}, "which erasures write"
    for name, table in TABLES.items():
        schema = shown[name].metadata["dagster/column_schema"]
        assert tuple(column.name for column in schema.columns) == table.columns


def test_columns_written_out_by_hand_are_those_of_the_store() -> None:
    assert tuple(landed.COLUMNS) == tuple(LANDING_ITEMS.columns.keys())
    assert tuple(published.COLUMNS) == tuple(PROFILES.columns.keys())


def test_compliance_owns_what_proves_compliance(defs: dg.Definitions, zone: str) -> None:
    owners = {spec.key: list(spec.owners) for spec in specs(defs)}
    for layer, things in (
        ("marts", "consent_lineage"),
        ("core", "decisions"),
        ("expired", "retention"),
    ):
        assert owners[key(ZoneId(zone), layer, things)] == ["team:compliance"]


def test_marts_of_people_say_their_purpose(defs: dg.Definitions) -> None:
    marts = [spec for spec in specs(defs) if spec.key.path[1] == "marts"]
    assert marts
    for spec in marts:
        assert spec.tags.get("purpose"), spec.key


def test_gates_block_and_publication_is_downstream_of_each(defs: dg.Definitions, zone: str) -> None:
    graph = defs.resolve_asset_graph()
    profiles = key(ZoneId(zone), "published", "profiles")
    before = graph.get_ancestor_asset_keys(profiles)
    for gate in GATES:
        guarded = key(ZoneId(zone), gate.layer, gate.things)
        check = graph.get(dg.AssetCheckKey(guarded, gate.suite))
        assert check.blocking, gate
        assert guarded in before, gate


def test_every_suite_is_a_gate() -> None:
    assert {gate.suite for gate in GATES} == set(FRAMES) == set(SUITES)


def test_dbt_tests_are_asset_checks_of_the_models(defs: dg.Definitions, zone: str) -> None:
    graph = defs.resolve_asset_graph()
    suites = {gate.suite for gate in GATES}
    tested = {
        check.asset_key.path[2] for check in graph.asset_check_keys if check.name not in suites
    }
    models = {s.key.path[2] for s in specs(defs) if s.key.path[1] in ("marts", "intermediate")}
    assert models <= tested


def test_the_job_runs_everything_for_one_day(defs: dg.Definitions, zone: str) -> None:
    job = defs.resolve_job_def(job_name(ZoneId(zone)))
    assert job.partitions_def == DAYS
    assert isinstance(DAYS, dg.DailyPartitionsDefinition)
    assert job.asset_layer.executable_asset_keys == {spec.key for spec in specs(defs)}
    assert set(job.asset_layer.asset_graph.asset_check_keys) == set(
        defs.resolve_asset_graph().asset_check_keys
    )


def test_today_is_a_partition() -> None:
    from pipelines.defs.triggers import today

    assert DAYS.get_last_partition_key() == today()


def test_what_opens_the_warehouse_waits_in_its_pool(defs: dg.Definitions, zone: str) -> None:
    graph = defs.resolve_asset_graph()
    for spec in specs(defs):
        pools = graph.get(spec.key).pools
        expected = set() if spec.key.path[1] == "landed" else {f"warehouse_{zone}"}
        assert pools == expected, spec.key


def test_interactions_write_what_the_records_say() -> None:
    assert {table.name for table in LOADED} <= set(TABLES)


def test_every_stage_has_a_definition() -> None:
    stages = {path.stem for path in (ROOT / "pipelines" / "stages").glob("*.py")}
    defined = {path.stem: path.read_text() for path in (ROOT / "pipelines" / "defs").glob("*.py")}
    everything = "\n".join(defined.values()) + "\n".join(
        path.read_text() for path in (ROOT / "pipelines" / "stages").glob("*.py")
    )
    for stage in stages - {"__init__"}:
        assert f"from pipelines.stages.{stage} import" in everything, stage
    outcomes = {"landed", "interactions", "resolved", "decided", "transformed", "published"}
    assert outcomes | {"expired", "checks"} <= set(defined)


def test_every_step_is_in_the_lineage() -> None:
    for path in (ROOT / "pipelines" / "defs").glob("*.py"):
        text = path.read_text()
        if re.search(r"@dg\.(multi_)?asset|@dbt_assets", text):
            assert "step(" in text, path.name


def test_the_workspace_has_one_code_location_a_zone() -> None:
    workspace = yaml.safe_load((ROOT / "workspace.yaml").read_text())
    modules = [entry["python_module"] for entry in workspace["load_from"]]
    assert sorted(module["attribute"] for module in modules) == list(ZONES)
    for module in modules:
        assert module["location_name"] == module["attribute"]
        assert module["module_name"] == "pipelines.definitions"
        assert hasattr(pipelines.definitions, module["attribute"])


def test_a_code_location_builds_its_own_zone(definitions: Mapping[str, dg.Definitions]) -> None:
    for zone in ZONES:
        built = getattr(pipelines.definitions, zone)()
        assert {s.key.path[0] for s in built.resolve_all_asset_specs()} == {zone}


@pytest.mark.slow
def test_loading_definitions_imports_no_model_and_no_gate() -> None:
    heavy = ("spacy", "presidio_analyzer", "great_expectations", "pandas", "mcp", "fastapi")
    program = (
        "import sys, pipelines.definitions as d; d.build_defs('eu');"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert result.stdout.strip() == "[]"
    assert not result.stderr
