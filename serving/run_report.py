"""A run's report on the terminal: what came in, what was found, what was published."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from serving.present import cell, show, show_facts

if TYPE_CHECKING:
    from pipelines.run import RunReport

_OUTCOMES = ("sealed", "duplicate", "quarantined", "suppressed", "handed_over")


def show_run(report: "RunReport") -> None:
    """Write the report: counts only, never a value."""
    landed = report.landed
    sources: Mapping[str, Mapping[str, int]] = landed.get("by_source", {})
    counts = [
        {"source": source, "landed": sum(by.values()), **_by_outcome(by)}
        for source, by in sources.items()
    ]
    total = {"source": "total", "landed": landed.get("landed", 0), **_by_outcome(landed)}
    show([*counts, total], title=f"Landed in {report.zone} on {report.day}")
    held = [
        {"source": source, "reason": reason, "items": count}
        for source, by_reason in landed.get("quarantined_by_reason", {}).items()
        for reason, count in by_reason.items()
    ]
    if held:
        show(held, title="Quarantined")
    if report.spans:
        found = sorted(report.spans.items(), key=lambda item: -item[1])
        rows = [{"entity": entity, "found": count} for entity, count in found]
        show(rows, title="Personal data found in texts")
    stages = [
        {"asset": name, "rows": facts["dagster/row_count"]}
        for name, facts in report.stages.items()
        if "dagster/row_count" in facts
    ]
    show(stages, title="In the zone now")
    facts = {
        "files read": f"{cell(landed.get('files'))}, {cell(landed.get('files_known'))} known before",
        "items loaded": cell(report.loaded.get("new")),
        "checks": f"{report.count_checks_passed} of {report.count_checks} passed",
        "seconds in steps": f"{sum(report.seconds.values()):.1f}",
    }
    show_facts(facts, title="Run")


def _by_outcome(counts: Mapping[str, Any]) -> dict[str, int]:
    return {outcome: counts.get(outcome, 0) for outcome in _OUTCOMES}
