"""Transformed: dbt builds the zone's models in its warehouse; dbt tests are asset checks."""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliResource, DbtProject, dbt_assets

from pipelines.defs.dbt_project import manifest, project_directory
from pipelines.defs.names import COMPLIANCE, ENGINEERS
from pipelines.defs.resources import environment
from pipelines.stages.runtime import DBT, Runtime
from privacy.ids import ZoneId

BUILD = ("--no-populate-cache", "build", "--exclude-resource-type", "unit_test")
"""Unit tests prove the models' logic, on made-up rows; they run in ``make test``, not every day."""


class ZoneTranslator(DagsterDbtTranslator):
    """Names dbt's resources by the grammar of asset keys."""

    def __init__(self, zone: ZoneId) -> None:
        super().__init__()
        self._zone = zone

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """Give ``[zone, layer, things]``."""
        return dg.AssetKey(
            [self._zone, self._layer(dbt_resource_props), dbt_resource_props["name"]]
        )

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """Group by layer."""
        return self._layer(dbt_resource_props)

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:
        """Give what the model's YAML says, else the engineers; compliance owns consent lineage."""
        if dbt_resource_props["name"] == "consent_lineage":
            return [COMPLIANCE]
        return [ENGINEERS]

    def get_tags(self, dbt_resource_props: Mapping[str, Any]) -> dict[str, str]:
        """Show the purpose a mart is built for."""
        meta = dbt_resource_props.get("config", {}).get("meta", {})
        return {"purpose": str(meta["purpose"])} if "purpose" in meta else {}

    @staticmethod
    def _layer(resource: Mapping[str, Any]) -> str:
        if resource["resource_type"] == "source":
            return str(resource["source_name"])
        return str(resource["fqn"][1])


def transformed(zone: ZoneId, pool: str | None) -> dg.AssetsDefinition:
    """Define one zone's dbt build."""
    project = project_directory()

    @dbt_assets(
        manifest=manifest(),
        name=f"{zone}__transformed",
        dagster_dbt_translator=ZoneTranslator(zone),
        project=DbtProject(project_dir=project, profiles_dir=project),
        pool=pool,
    )
    def transform(
        context: dg.AssetExecutionContext, runtime: dg.ResourceParam[Runtime]
    ) -> Iterator[Any]:
        target = runtime.access.layout.dbt_target
        dbt = DbtCliResource(
            project_dir=str(project),
            profiles_dir=str(project),
            dbt_executable=str(DBT),
            global_config_flags=["--log-level-file", "none"],
        )
        with runtime.dbt_environment() as variables, environment(variables):
            invocation = dbt.cli(list(BUILD), context=context, target_path=target)
            for event in invocation.stream():
                runtime.report("transformed", 1)
                yield event

    return transform
