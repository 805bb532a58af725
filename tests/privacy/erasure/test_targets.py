"""No place that speaks of a person is left off the list."""

from pathlib import Path
from typing import Any

import yaml

from privacy.erasure.targets import (
    PERSON_COLUMNS,
    STAYS,
    STORE,
    TARGETS,
    VIEWS,
    WAREHOUSE,
    Method,
)
from privacy.records.tables import TABLES
from privacy.store.tables import METADATA

MODELS = Path(__file__).parents[3] / "dbt" / "models"


def _columns_of_models() -> dict[str, set[str]]:
    described: dict[str, set[str]] = {}
    for path in MODELS.rglob("*.yml"):
        content: dict[str, Any] = yaml.safe_load(path.read_text()) or {}
        for model in content.get("models", []):
            columns = {column["name"] for column in model.get("columns", [])}
            described.setdefault(model["name"], set()).update(columns)
    return {
        f"{path.parent.name}.{path.stem}": described.get(path.stem, set())
        for path in MODELS.rglob("*.sql")
        if path.parent.name not in VIEWS
    }


def test_every_store_table_with_a_person_is_a_target_with_all_its_columns() -> None:
    found = {
        name: {column.name for column in table.columns} & PERSON_COLUMNS
        for name, table in METADATA.tables.items()
    }
    assert {name: columns for name, columns in found.items() if columns} == {
        target.place: set(target.columns) for target in STORE
    }


def test_every_table_of_ours_in_the_warehouse_with_a_person_is_a_target() -> None:
    found = {f"core.{name}": set(table.columns) & PERSON_COLUMNS for name, table in TABLES.items()}
    listed = {t.place: set(t.columns) for t in WAREHOUSE if t.place.startswith("core.")}
    assert {name: columns for name, columns in found.items() if columns} == listed


def test_every_dbt_table_with_a_person_is_a_target() -> None:
    models = _columns_of_models()
    assert [name for name, columns in models.items() if not columns] == []
    found = {name: columns & PERSON_COLUMNS for name, columns in models.items()}
    listed = {t.place: set(t.columns) for t in WAREHOUSE if not t.place.startswith("core.")}
    assert {name: columns for name, columns in found.items() if columns} == listed


def test_blind_indexes_of_persons_are_only_in_targets() -> None:
    indexes = {"handle_index", "identifier_index", "suppression_hash"}
    in_store = {name for name, t in METADATA.tables.items() if indexes & set(t.columns.keys())}
    in_warehouse = {f"core.{name}" for name, t in TABLES.items() if indexes & set(t.columns)}
    assert in_store | in_warehouse <= {target.place for target in TARGETS} | set(STAYS)


def test_whatever_stays_says_why() -> None:
    kept = {Method.KEEP, Method.ANONYMISE, Method.UNLINK, Method.FORGET, Method.SHRED_KEY}
    assert [t.place for t in TARGETS if t.method in kept and not t.reason] == []


def test_no_place_is_listed_twice() -> None:
    places = [target.place for target in TARGETS]
    assert len(set(places)) == len(places)
