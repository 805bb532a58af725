"""A run's report on the terminal: what came in, what was found, what was published."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from serving.present import cell, show, show_facts

if TYPE_CHECKING:
    from pipelines.run import RunReport


def show_run(report: "RunReport") -> None:
    """Write the report: counts only, never a value."""
    show_facts(_plain(report.landed), title=f"Landed in {report.zone} on {report.day}")
    show_facts(_plain(report.loaded), title="Loaded")
    if report.spans:
        rows = [
            {"entity": entity, "found": count}
            for entity, count in sorted(report.spans.items(), key=lambda item: -item[1])
        ]
        show(rows, title="Personal data found in texts")
    rows = [
        {"asset": name, "rows": facts.get("dagster/row_count")}
        for name, facts in report.stages.items()
    ]
    show(rows, title="Stages")
    passed = f"{report.count_checks_passed} of {report.count_checks} checks passed"
    seconds = sum(report.seconds.values())
    show_facts({"checks": passed, "seconds in steps": f"{seconds:.1f}"}, title="Run")


def _plain(facts: Mapping[str, Any]) -> dict[str, str]:
    return {name: cell(value) for name, value in facts.items()}
