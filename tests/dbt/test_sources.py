"""dbt's sources are the tables of `privacy.records.tables`, column by column.

Run as a program, this file writes the YAML it checks.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from privacy.records.tables import _DUCKDB, TABLES, Table

SOURCES = Path(__file__).parents[2] / "dbt/models/staging/_sources.yml"

HEAD = """\
# The tables the pipeline writes, as `privacy/records/tables.py` declares them.
# Written by `python tests/dbt/test_sources.py`; do not edit.
"""


def source_of(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "description": f"{table.grain} Key: {', '.join(table.key)}.",
        "columns": [
            {
                "name": field.name,
                "description": field.description,
                "data_type": _DUCKDB[field.type],
                "config": {"meta": {"class": str(field.field_class)}},
            }
            for field in table.fields
        ],
    }


def document() -> dict[str, Any]:
    return {
        "sources": [
            {
                "name": "core",
                "description": "What the pipeline writes: pseudonymised, redacted, sealed.",
                "database": "warehouse",
                "schema": "core",
                "tables": [source_of(table) for table in TABLES.values()],
            }
        ]
    }


@pytest.mark.parametrize("name", TABLES)
def test_a_source_has_the_columns_of_its_table(name: str) -> None:
    written = yaml.safe_load(SOURCES.read_text(encoding="utf-8"))["sources"][0]["tables"]
    assert next(t for t in written if t["name"] == name) == source_of(TABLES[name])


def test_every_table_is_a_source_and_every_source_a_table() -> None:
    assert yaml.safe_load(SOURCES.read_text(encoding="utf-8")) == document()


if __name__ == "__main__":
    body = yaml.safe_dump(document(), sort_keys=False, allow_unicode=True, width=96)
    SOURCES.write_text(HEAD + body, encoding="utf-8")
