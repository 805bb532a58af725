"""OpenLineage run events, written to a file of the zone: which job read and wrote what, and how much.

One JSON object a line, after the OpenLineage specification 2-0-2, so any consumer of OpenLineage can
be fed the file. Names and counts only: a name that is not of the form of a job's or a table's is
refused, so no value of a record can come in, and a failure is told by the error's type alone.
"""

import json
import os
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from privacy.clock import Clock, now
from privacy.errors import ConfigurationError
from privacy.zones.layout import ZoneLayout

PRODUCER = "urn:c360"
_SPECIFICATION = "https://openlineage.io/spec"
_RUN_EVENT = f"{_SPECIFICATION}/2-0-2/OpenLineage.json#/$defs/RunEvent"
_STATISTICS = (
    f"{_SPECIFICATION}/facets/1-0-2/OutputStatisticsOutputDatasetFacet.json"
    "#/$defs/OutputStatisticsOutputDatasetFacet"
)
_SCHEMA = f"{_SPECIFICATION}/facets/1-1-1/SchemaDatasetFacet.json#/$defs/SchemaDatasetFacet"
_ERROR = f"{_SPECIFICATION}/facets/1-0-1/ErrorMessageRunFacet.json#/$defs/ErrorMessageRunFacet"
_NAME = re.compile(r"[a-z][a-z0-9_]*([./:-][a-z0-9_]+)*")


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table or folder that a run reads or writes.

    Attributes:
        name: As ``core.interactions`` or ``store.profiles``.
        count_rows: Written by the run, where known.
        columns: Names of columns, where they matter.
    """

    name: str
    count_rows: int | None = None
    columns: tuple[str, ...] = ()


@dataclass(slots=True)
class Run:
    """A run under way; what it wrote is added as it becomes known."""

    run_id: str
    outputs: list[Dataset] = field(default_factory=list)

    def wrote(self, name: str, count_rows: int, *, columns: Sequence[str] = ()) -> None:
        """Say that the run wrote rows to a dataset."""
        self.outputs.append(Dataset(name, count_rows, tuple(columns)))


class LineageLog:
    """The zone's lineage events, a file a day below its folder."""

    def __init__(self, layout: ZoneLayout, clock: Clock = now) -> None:
        self._folder = layout.root / "lineage"
        self._namespace = f"c360/{layout.zone}"
        self._clock = clock

    @contextmanager
    def run(self, job: str, *, inputs: Sequence[str] = ()) -> Iterator[Run]:
        """Write START, then COMPLETE when the block ends, FAIL when it raises.

        Args:
            job: The job's name, as ``interactions``.
            inputs: Names of the datasets read.

        Raises:
            ConfigurationError: A name is not of the form of one.
        """
        run = Run(str(uuid.uuid4()))
        read = [Dataset(name) for name in inputs]
        self._emit("START", job, run, read)
        try:
            yield run
        except BaseException as error:
            self._emit("FAIL", job, run, read, failure=type(error).__name__)
            raise
        self._emit("COMPLETE", job, run, read)

    def _emit(
        self,
        event_type: str,
        job: str,
        run: Run,
        inputs: Sequence[Dataset],
        *,
        failure: str | None = None,
    ) -> None:
        at = self._clock()
        facets = {}
        if failure is not None:
            facets["errorMessage"] = _facet(_ERROR, message=failure, programmingLanguage="PYTHON")
        event = {
            "eventType": event_type,
            "eventTime": at.isoformat(),
            "producer": PRODUCER,
            "schemaURL": _RUN_EVENT,
            "run": {"runId": run.run_id, "facets": facets},
            "job": {"namespace": self._namespace, "name": _checked(job), "facets": {}},
            "inputs": [self._dataset(dataset) for dataset in inputs],
            "outputs": [
                {**self._dataset(dataset), "outputFacets": _statistics(dataset)}
                for dataset in run.outputs
            ],
        }
        line = json.dumps(event, separators=(",", ":")).encode() + b"\n"
        self._folder.mkdir(parents=True, exist_ok=True)
        # One write to a file opened for appending: lines of two processes do not mix.
        path = self._folder / f"{at.date().isoformat()}.jsonl"
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, line)
        finally:
            os.close(descriptor)

    def _dataset(self, dataset: Dataset) -> dict[str, Any]:
        facets = {}
        if dataset.columns:
            fields = [{"name": _checked(name)} for name in dataset.columns]
            facets["schema"] = _facet(_SCHEMA, fields=fields)
        return {"namespace": self._namespace, "name": _checked(dataset.name), "facets": facets}


def _statistics(dataset: Dataset) -> dict[str, Any]:
    if dataset.count_rows is None:
        return {}
    return {"outputStatistics": _facet(_STATISTICS, rowCount=dataset.count_rows)}


def _facet(schema: str, **content: Any) -> Mapping[str, Any]:
    return {"_producer": PRODUCER, "_schemaURL": schema, **content}


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ConfigurationError("a name in lineage is one of a job, a table or a column")
    return name
