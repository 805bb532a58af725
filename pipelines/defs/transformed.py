"""Transformed: dbt builds the zone's models in its warehouse; dbt tests are asset checks."""

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import metadata
from typing import Any, NamedTuple

import dagster as dg
from dagster_dbt import (
    DagsterDbtTranslator,
    DbtCliInvocation,
    DbtCliResource,
    DbtProject,
    dbt_assets,
)
from dagster_dbt.errors import DagsterDbtCliRuntimeError
from packaging.version import Version

from pipelines.defs.dbt_project import manifest, project_directory
from pipelines.defs.names import COMPLIANCE, ENGINEERS
from pipelines.defs.resources import environment
from pipelines.defs.step import step
from pipelines.stages.runtime import DBT, Runtime
from privacy.errors import PrivacyError
from privacy.ids import ZoneId
from privacy.lineage.events import Dataset, LineageLog
from privacy.zones.model import Purpose

BUILD = ("--no-populate-cache", "build", "--exclude-resource-type", "unit_test")
"""Unit tests prove the models' logic, on made-up rows; they run in ``make test``, not every day."""


class OurDbt(DbtCliResource):
    """dbt as it is installed beside us: its version is known without starting it to ask."""

    @cached_property
    def _cli_version(self) -> Version:
        return Version(metadata.version("dbt-core"))


class ZoneTranslator(DagsterDbtTranslator):
    """Names dbt's resources by the grammar of asset keys."""

    def __init__(self, zone: ZoneId) -> None:
        super().__init__()
        self._zone = zone

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """Give ``[zone, layer, things]``."""
        return dg.AssetKey([self._zone, self.layer(dbt_resource_props), dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """Group by layer."""
        return self.layer(dbt_resource_props)

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:
        """Give whom the model's YAML names; what proves our compliance is compliance's."""
        if self._purpose(dbt_resource_props) == Purpose.ACCOUNTABILITY:
            return [COMPLIANCE]
        return list(super().get_owners(dbt_resource_props) or [ENGINEERS])

    def get_tags(self, dbt_resource_props: Mapping[str, Any]) -> dict[str, str]:
        """Show the purpose a mart is built for."""
        purpose = self._purpose(dbt_resource_props)
        return {"purpose": purpose} if purpose else {}

    @staticmethod
    def _purpose(resource: Mapping[str, Any]) -> str | None:
        purpose = resource.get("config", {}).get("meta", {}).get("purpose")
        return str(purpose) if purpose else None

    @staticmethod
    def layer(resource: Mapping[str, Any]) -> str:
        """Give the layer a resource is in: its folder, or the source's name."""
        if resource["resource_type"] == "source":
            return str(resource["source_name"])
        return str(resource["fqn"][1])


def transformed(zone: ZoneId, pool: str | None) -> dg.AssetsDefinition:
    """Define one zone's dbt build."""
    project = project_directory()
    path = manifest()
    nodes = nodes_of(json.loads(path.read_text()))

    @dbt_assets(
        manifest=path,
        name=f"{zone}__transformed",
        dagster_dbt_translator=ZoneTranslator(zone),
        project=DbtProject(project_dir=project, profiles_dir=project),
        pool=pool,
    )
    def transform(
        context: dg.AssetExecutionContext, runtime: dg.ResourceParam[Runtime]
    ) -> Iterator[Any]:
        target = runtime.access.layout.dbt_target
        dbt = OurDbt(
            project_dir=str(project),
            profiles_dir=str(project),
            dbt_executable=str(DBT),
            global_config_flags=["--log-level-file", "none", "--no-use-colors"],
        )
        with (
            step(runtime, "transformed", inputs=sorted(_read(nodes))) as run,
            runtime.dbt_environment() as variables,
            environment(variables),
        ):
            invocation = dbt.cli(list(BUILD), context=context, target_path=target)
            try:
                for event in invocation.stream():
                    runtime.report("transformed", 1)
                    built = nodes.get(_node_of(event))
                    if built:
                        _tell(runtime, built)
                        run.outputs.append(Dataset(built.name))
                    yield event
            except DagsterDbtCliRuntimeError:
                raise PrivacyError(_failure(invocation)) from None

    return transform


class Node(NamedTuple):
    """A model, and what it reads: names as ``layer.things``."""

    name: str
    inputs: tuple[str, ...]


def nodes_of(project: Mapping[str, Any]) -> dict[str, Node]:
    """Give the models of a manifest by their unique ids."""
    known = {**project["nodes"], **project["sources"]}
    names = {
        unique_id: f"{ZoneTranslator.layer(node)}.{node['name']}"
        for unique_id, node in known.items()
        if node["resource_type"] in {"model", "source"}
    }
    return {
        unique_id: Node(
            names[unique_id],
            tuple(sorted(names[each] for each in node["depends_on"]["nodes"] if each in names)),
        )
        for unique_id, node in project["nodes"].items()
        if node["resource_type"] == "model"
    }


def _read(nodes: Mapping[str, Node]) -> set[str]:
    """Give what the models read that is no model."""
    read = {name for node in nodes.values() for name in node.inputs}
    return read - {node.name for node in nodes.values()}


def _node_of(event: Any) -> str:
    """Give the model that an event says is built, if it does."""
    if not isinstance(event, dg.Output | dg.AssetMaterialization | dg.MaterializeResult):
        return ""
    unique_id = (event.metadata or {}).get("unique_id")
    return str(getattr(unique_id, "value", unique_id) or "")


def _tell(runtime: Runtime, node: Node) -> None:
    zone = runtime.zone
    job = f"transformed.{node.name.partition('.')[2]}"
    with LineageLog(zone.layout, zone.clock).run(job, inputs=node.inputs) as run:
        run.outputs.append(Dataset(node.name))


def _failure(invocation: DbtCliInvocation) -> str:
    """Say what failed by name; dbt's own message may hold a value."""
    try:
        results = invocation.get_artifact("run_results.json")["results"]
    except (OSError, KeyError, ValueError):
        results = []
    failed = [
        result["unique_id"].split(".")[2]
        for result in results
        if result["status"] in {"error", "fail"}
    ]
    return f"dbt could not build: {', '.join(failed) or 'the project'}"
