"""The dbt project keeps its own rules: described, keyed, one door for decisions, lint-clean."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from privacy.records.tables import ERASED_TOTALS

PROJECT = Path(__file__).parents[2] / "dbt"
LAYERS = ("staging", "intermediate", "marts")
PURPOSES = {
    "service",
    "quality",
    "analytics",
    "personalisation",
    "marketing",
    "model_training",
    "third_party_sharing",
    "accountability",
}


def described() -> dict[str, dict[str, Any]]:
    documents = (
        yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted((PROJECT / "models").rglob("*.yml"))
    )
    return {m["name"]: m for document in documents for m in document.get("models", [])}


def files() -> dict[str, Path]:
    return {path.stem: path for path in sorted((PROJECT / "models").rglob("*.sql"))}


def test_there_is_no_python_in_the_dbt_project() -> None:
    assert not list(PROJECT.rglob("*.py"))


def test_every_model_is_described_and_every_description_has_a_model() -> None:
    assert described().keys() == files().keys()


@pytest.mark.parametrize("name", files())
def test_a_model_states_its_grain_its_key_and_every_column(name: str) -> None:
    model = described()[name]
    assert model["description"].lower().startswith("one row per ")
    assert files()[name].read_text(encoding="utf-8").lower().startswith("-- one row per ")
    assert any("is_key" in test for test in model["data_tests"])
    for column in model["columns"]:
        assert column.get("description"), f"{name}.{column['name']}"


@pytest.mark.parametrize(
    "path", sorted((PROJECT / "models/marts").glob("*.sql")), ids=lambda p: p.stem
)
def test_a_mart_has_a_purpose_typed_columns_and_asks_permission_for_it(path: Path) -> None:
    model = described()[path.stem]
    purpose = model["config"]["meta"]["purpose"]
    assert purpose in PURPOSES
    assert all(column["data_type"] for column in model["columns"])
    asked = path.read_text(encoding="utf-8").count("permitted_for(")
    assert asked >= 1


def test_what_a_problem_adds_is_what_the_kpis_count_and_what_an_erasure_keeps() -> None:
    added, counted = (
        {name for name in columns if name.startswith(("count_", "sum_"))}
        for columns in (
            [column["name"] for column in described()[model]["columns"]]
            for model in ("stg_resolution__contributions", "resolution_kpis")
        )
    )
    assert added == set(ERASED_TOTALS.columns) - set(ERASED_TOTALS.key)
    assert counted == added | {"count_orders"}


def test_decisions_are_joined_in_permitted_for_and_nowhere_else() -> None:
    naming = [
        str(path.relative_to(PROJECT))
        for folder in ("models", "macros", "tests")
        for path in sorted((PROJECT / folder).rglob("*.sql"))
        if "stg_consent__decisions" in path.read_text(encoding="utf-8")
        or "'decisions'" in path.read_text(encoding="utf-8")
    ]
    assert naming == [
        "models/staging/stg_consent__decisions.sql",
        "macros/permitted_for.sql",
        "macros/purposes.sql",
    ]


def test_nothing_sealed_is_read() -> None:
    for name, path in files().items():
        text = path.read_text(encoding="utf-8")
        assert "'originals'" not in text, name
        assert "sealed" not in text, name


@pytest.mark.slow
def test_parsing_needs_no_key_and_no_path(tmp_path: Path) -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("C360_", "DBT_ENV_SECRET_"))
    }
    done = subprocess.run(
        [
            *(str(Path(sys.executable).parent / "dbt"), "--warn-error", "parse"),
            *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
            *("--target-path", str(tmp_path / "target"), "--log-path", str(tmp_path / "logs")),
        ],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    nodes = json.loads((tmp_path / "target/manifest.json").read_text(encoding="utf-8"))["nodes"]
    schemas = {n["schema"] for n in nodes.values() if n["resource_type"] == "model"}
    assert schemas == set(LAYERS)


def _edited(project: Path, folder: Path, file: str, old: str, new: str) -> Path:
    copy = folder / "dbt"
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns("target", "logs"))
    path = copy / "models/marts" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return copy


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "customer_360.yml",
            "meta: {purpose: analytics}",
            "meta: {}",
            "mart customer_360 names no purpose",
        ),
        (
            "customer_360.yml",
            "meta: {purpose: analytics}",
            "meta: {purpose: curiosity}",
            "mart customer_360 names an unknown purpose: curiosity",
        ),
        (
            "customer_360.sql",
            "{{ permitted_for('analytics') }}",
            "select subject_id, customer_id from {{ ref('stg_identity__customers') }}",
            "mart customer_360 does not ask permitted_for('analytics')",
        ),
        (
            "customer_360.sql",
            "{{ permitted_for('analytics') }}",
            "{{ permitted_for('service') }}",
            "customer_360 declares purpose analytics and asks for service",
        ),
    ],
    ids=["no purpose", "unknown purpose", "asks nobody", "asks for another purpose"],
)
def test_a_mart_that_lets_rows_through_on_its_own_fails_the_build(
    file: str,
    old: str,
    new: str,
    message: str,
    tmp_path: Path,
    project: Path,
    world_of: Callable[[Path], Any],
) -> None:
    world = world_of(tmp_path)
    world.fill({})
    copy = _edited(project, tmp_path, file, old, new)
    run = world.dbt("build", "--exclude-resource-type", "unit_test", project=copy)
    assert run.code != 0
    assert message in " ".join(run.output.split())
    assert not world.rows(
        "select table_name from information_schema.tables where table_name = 'customer_360'"
    )


@pytest.mark.slow
def test_a_wrong_key_opens_nothing_and_is_not_shown(
    tmp_path: Path, world_of: Callable[[Path], Any]
) -> None:
    world = world_of(tmp_path)
    world.fill({})
    wrong = "5e" * 32
    run = world.dbt("run", key=wrong)
    assert run.code != 0
    written = [p.read_text(encoding="utf-8") for p in (tmp_path / "logs").rglob("*") if p.is_file()]
    assert all(wrong not in text for text in (run.output, *written))


@pytest.fixture(scope="module")
def shown(
    tmp_path_factory: pytest.TempPathFactory, world_of: Callable[[Path], Any]
) -> tuple[Any, dict[str, Any]]:
    """A warehouse that dbt made, and the settings dbt has in it."""
    world = world_of(tmp_path_factory.mktemp("zone"))
    settings = ("temp_file_encryption", "temp_directory", "timezone")
    query = "select " + ", ".join(f"current_setting('{s}') as {s}" for s in settings)
    run = world.dbt("show", "--quiet", "--output", "json", "--inline", query)
    assert run.code == 0, run.output
    (row,) = json.loads(run.output[run.output.index("{") :])["show"]
    return world, row


@pytest.mark.slow
def test_dbt_spills_encrypted_and_inside_the_zone(shown: tuple[Any, dict[str, Any]]) -> None:
    world, settings = shown
    assert settings == {
        "temp_file_encryption": True,
        "temp_directory": str(world.root / "temporary"),
        "timezone": "UTC",
    }


@pytest.mark.slow
def test_dbts_cipher_is_the_warehouses(shown: tuple[Any, dict[str, Any]]) -> None:
    found = shown[0].rows(
        "select encrypted, cipher from duckdb_databases() where database_name = 'warehouse'"
    )
    assert found == [{"encrypted": True, "cipher": "GCM"}]
