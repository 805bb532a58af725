"""The grammar of asset keys, ``[zone, layer, things]``, and what every asset is described by."""

from collections.abc import Mapping

import dagster as dg

from privacy.ids import ZoneId
from privacy.records.tables import Table

DAYS = dg.DailyPartitionsDefinition(start_date="2020-01-01", end_offset=1, timezone="UTC")
"""A partition is the day items landed on, not the day they speak of."""

ENGINEERS = "team:data-engineering"
COMPLIANCE = "team:compliance"


def key(zone: ZoneId, layer: str, things: str) -> dg.AssetKey:
    """Give an asset's key."""
    return dg.AssetKey([zone, layer, things])


def warehouse_pool(zone: ZoneId) -> str:
    """Name the Dagster pool of one that keeps a warehouse to one writer."""
    return f"warehouse_{zone}"


def column_schema(table: Table) -> dg.TableSchema:
    """Give a table's columns as Dagster shows them, with the class of each field."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name=field.name,
                type=str(field.type),
                description=f"{field.description} [{field.field_class}]",
                constraints=dg.TableColumnConstraints(nullable=field.nullable),
            )
            for field in table.fields
        ]
    )


def described(columns: Mapping[str, tuple[str, str]]) -> dg.TableSchema:
    """Give the columns of what is no warehouse table: name to type and description."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(name=name, type=type_, description=description)
            for name, (type_, description) in columns.items()
        ]
    )


def table_spec(
    zone: ZoneId,
    table: Table,
    *,
    deps: list[dg.AssetKey],
    owner: str = ENGINEERS,
    partitions: dg.PartitionsDefinition[str] | None = None,
) -> dg.AssetSpec:
    """Describe one of our warehouse tables as an asset."""
    return dg.AssetSpec(
        key(zone, "core", table.name),
        deps=deps,
        description=table.grain,
        group_name="core",
        owners=[owner],
        kinds={"python", "arrow", "duckdb"},
        partitions_def=partitions,
        metadata={"dagster/column_schema": column_schema(table), "key": ", ".join(table.key)},
    )
