"""docs/kpis.md says what the dbt project says of its KPIs.

Run as a program, this file writes the document it checks.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "dbt/models/marts/resolution_kpis.yml"
DOCUMENT = ROOT / "docs/kpis.md"

HEAD = """\
# KPIs

Each figure of `marts.resolution_kpis`, with its definition. A row is a UTC day, channel, language,
country and reason; its figures are of the problems (resolution threads) that *opened* then. To have
a figure over several rows, use its formula: counts and sums add up, medians, averages and shares do
not. Only customers whom the purpose `quality` is permitted for are counted. The reasons behind the
definitions are in [the decision log](../dbt/DECISIONLOG.md).

Written by `python tests/dbt/test_kpi_document.py` from `dbt/models/marts/resolution_kpis.yml`.
"""


def model() -> dict[str, Any]:
    (found,) = yaml.safe_load(MODEL.read_text(encoding="utf-8"))["models"]
    return dict(found)


def one_line(text: str) -> str:
    return " ".join(text.split())


def document() -> str:
    lines = [HEAD]
    for kpi in model()["config"]["meta"]["kpis"]:
        lines += [
            f"## {kpi['name']}",
            "",
            one_line(kpi["definition"]),
            "",
            f"`{kpi['formula']}`",
            "",
        ]
    lines += ["## Columns", "", "| column | what it is |", "|---|---|"]
    lines += [f"| `{c['name']}` | {one_line(c['description'])} |" for c in model()["columns"]]
    return "\n".join(lines) + "\n"


def test_the_document_is_what_the_model_says() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document()


@pytest.mark.parametrize("kpi", model()["config"]["meta"]["kpis"], ids=lambda kpi: kpi["name"])
def test_a_kpi_is_made_of_columns_the_model_has(kpi: dict[str, str]) -> None:
    columns = {column["name"] for column in model()["columns"]}
    named = {word.strip("()") for word in kpi["formula"].replace("sum(", "").split()} - {"/"}
    assert named <= columns


def test_every_measure_belongs_to_a_kpi_or_is_derived_from_one() -> None:
    formulas = " ".join(k["formula"] for k in model()["config"]["meta"]["kpis"])
    counts = [c["name"] for c in model()["columns"] if c["name"].startswith(("count_", "sum_"))]
    unused = {"count_messages", "count_answered"}  # denominators for readers' own figures
    assert [c for c in counts if c not in formulas and c not in unused] == []


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
