"""Run a zone from the inbox to published profiles: Dagster's own job, in this process."""

import os
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import dagster as dg

from pipelines.definitions import build_defs
from pipelines.defs.instance import instance_at
from pipelines.defs.names import key
from pipelines.landing.land import Progress
from pipelines.stages.runtime import LOG, Notice, Runtime, ZoneAccess
from privacy.detection.executor import Executor
from privacy.errors import GateFailed, PrivacyError


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did, stage by stage; counts only.

    Attributes:
        landed: Counts of the landing, by outcome, source and reason.
        loaded: Counts of the load, and spans found by entity.
        stages: Row counts of the later assets, by ``layer/things``.
        checks: Asset checks that ran, and how many passed.
        seconds: Time of each step.
    """

    zone: str
    day: date
    landed: Mapping[str, Any] = field(default_factory=dict)
    loaded: Mapping[str, Any] = field(default_factory=dict)
    spans: Mapping[str, int] = field(default_factory=dict)
    stages: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    count_checks: int = 0
    count_checks_passed: int = 0
    seconds: Mapping[str, float] = field(default_factory=dict)


def run_zone(
    access: ZoneAccess,
    inbox: Path | None = None,
    *,
    day: date | None = None,
    consume: bool = False,
    progress: Progress | None = None,
    executor: Executor | None = None,
    notice: Notice | None = None,
) -> RunReport:
    """Run one zone's job for one day, in this process.

    Args:
        access: The zone, and how to open it.
        inbox: A folder to land from; the zone's own inbox by default.
        day: The partition; today by default.
        consume: Delete what was landed from the inbox.
        progress: Told how far each stage has come.
        executor: Detection workers to share between runs; started and stopped here by default.
        notice: Told what a person should know meanwhile, such as who is waited for.

    Raises:
        GateFailed: A quality gate or a dbt test stopped the run; profiles stay as they were.
        PrivacyError: What a stage raised.
    """
    partition = day or datetime.now(UTC).date()
    runtime = Runtime(
        access, progress=progress, shared_executor=executor, notice=notice or LOG.warning
    )
    try:
        # What is wrong with the zone is told before Dagster and its storage are begun.
        _ = runtime.zone
        definitions = build_defs(access.zone_id, runtime)
        job = definitions.resolve_job_def(f"run_{access.zone_id}")
        landing = key(access.zone_id, "landed", "inbox_items").to_python_identifier()
        config = {"inbox": str(inbox) if inbox else "", "consume": consume}
        # dagster-dbt echoes dbt's own lines to standard output; a command's output is its report.
        with (
            instance_at(access.layout) as instance,
            Path(os.devnull).open("w") as nowhere,
            redirect_stdout(nowhere),
        ):
            result = job.execute_in_process(
                instance=instance,
                partition_key=partition.isoformat(),
                run_config={
                    "ops": {landing: {"config": config}},
                    "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
                },
                raise_on_error=False,
            )
        report = _report(access, partition, result)
        if not result.success:
            _raise(result)
        return report
    finally:
        runtime.close()


def _report(access: ZoneAccess, day: date, result: dg.ExecuteInProcessResult) -> RunReport:
    stages: dict[str, dict[str, Any]] = {}
    for event in result.get_asset_materialization_events():
        materialization = event.step_materialization_data.materialization
        path = materialization.asset_key.path
        stages["/".join(path[1:])] = {
            name: value.value for name, value in materialization.metadata.items()
        }
    evaluations = result.get_asset_check_evaluations()
    seconds = {}
    for event in result.all_events:
        if event.event_type == dg.DagsterEventType.STEP_SUCCESS and event.step_key:
            seconds[event.step_key] = event.step_success_data.duration_ms / 1000
    interactions = stages.get("core/interactions", {})
    return RunReport(
        zone=access.zone_id,
        day=day,
        landed=stages.get("landed/inbox_items", {}),
        loaded={
            name: interactions.get(name, 0)
            for name in ("items", "new", "quarantined", "suppressed")
        },
        spans=stages.get("core/mentions", {}).get("spans", {}),
        stages=stages,
        count_checks=len(evaluations),
        count_checks_passed=sum(evaluation.passed for evaluation in evaluations),
        seconds=seconds,
    )


def _raise(result: dg.ExecuteInProcessResult) -> None:
    """Raise what went wrong, as ours where it is ours."""
    stopped = [
        evaluation
        for evaluation in result.get_asset_check_evaluations()
        if not evaluation.passed and evaluation.severity == dg.AssetCheckSeverity.ERROR
    ]
    if stopped:
        names = sorted(f"{e.check_name} on {'/'.join(e.asset_key.path[1:])}" for e in stopped)
        raise GateFailed("not published, because these checks failed: " + ", ".join(names))
    ours = {cls.__name__: cls for cls in _tree(PrivacyError)}
    for event in result.all_events:
        if event.event_type != dg.DagsterEventType.STEP_FAILURE:
            continue
        error = event.step_failure_data.error
        name = "error"
        while error is not None:
            name = error.cls_name or name
            if name in ours:
                raised = ours[name].__new__(ours[name])
                # Said already: an error's own constructor would say it again.
                raised.args = (error.message.split(": ", 1)[-1].strip(),)
                raise raised
            error = error.cause
        raise PrivacyError(f"step {event.step_key} failed with {name}")
    raise PrivacyError("the run was stopped before it was done")


def _tree(root: type[PrivacyError]) -> Iterator[type[PrivacyError]]:
    yield root
    for child in root.__subclasses__():
        yield from _tree(child)
