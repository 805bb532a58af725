"""Examines the warehouse: whose keys open its file and its texts, whose country each row names."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from sqlalchemy import select

from privacy.errors import ConfigurationError, WarehouseBusy, WrongKey
from privacy.opened import OpenZone
from privacy.residency.examination import Examination
from privacy.residency.findings import FindingKind
from privacy.residency.jurisdiction import Stray
from privacy.residency.keys import KeyTrial
from privacy.residency.sealed_rows import of_warehouse
from privacy.store.batches import among
from privacy.store.tables import LANDING_ITEMS
from privacy.warehouse.open import Warehouse, attach, connect, open_warehouse

WAREHOUSE: Final = "warehouse"
"""Its place, in tallies and findings."""

_DATED = ("interactions", "orders")
"""Tables whose rows carry a country."""


def examine_warehouse(examination: Examination, trial: KeyTrial, *, wait_seconds: float) -> None:
    """Try keys on the file and on every text in it, and read the country of every row."""
    zone, result = examination.zone, examination.result
    layout = zone.layout
    if not layout.warehouse.exists():
        return
    try_file_keys(examination, trial, layout.warehouse)
    try:
        with open_warehouse(
            layout, zone.keyring.warehouse_keys, wait_seconds=wait_seconds
        ) as warehouse:
            trial.tally(WAREHOUSE).count_opened += 1
            for rows in of_warehouse(warehouse):
                trial.open(rows)
            for table in _DATED:
                _countries(examination, warehouse, table)
    except WarehouseBusy as busy:
        result.not_reached[WAREHOUSE] = str(busy)
    except (WrongKey, ConfigurationError) as error:
        trial.add(FindingKind.DOES_NOT_OPEN, WAREHOUSE, None, str(error))


def try_file_keys(examination: Examination, trial: KeyTrial, path: Path) -> None:
    """Try every other zone's file keys on a warehouse file."""
    not_reached = examination.result.not_reached
    tally = trial.tally(WAREHOUSE)
    tally.count += 1
    tally.count_bytes += path.stat().st_size
    connection = connect(examination.zone.layout.temporary)
    try:
        for other in examination.others:
            for key in other.keyring.warehouse_keys.candidates():
                try:
                    attach(connection, path, key, alias="tried", read_only=True)
                except WrongKey:
                    tally.count_refused += 1
                except (WarehouseBusy, ConfigurationError) as error:
                    not_reached[f"{path.name}, keys of {other.zone}"] = str(error)
                else:
                    connection.execute("detach tried")
                    detail = f"opens with the keys of zone {other.zone}"
                    trial.add(FindingKind.OPENS_ELSEWHERE, WAREHOUSE, None, detail)
    finally:
        connection.close()


def _countries(examination: Examination, warehouse: Warehouse, table: str) -> None:
    """Read the country of every row; give each of another zone's countries with its evidence."""
    persons, place = examination.result.persons, f"core.{table}"
    own = list(examination.zone.policy.countries)
    foreign = examination.jurisdictions.foreign
    counts = warehouse.connection.execute(
        f"select coalesce(country, ''), count(*) from {place} group by 1"
    ).fetchall()
    for country, count in counts:
        claim, _ = examination.jurisdictions.claim([country])
        persons.count(place, claim, count)
    key = f"{table.removesuffix('s')}_id"
    rows = warehouse.connection.execute(
        f"""
        with

        routes as (

            select subject_id, segment_id, min(routed_by) as routed_by
            from core.handles
            group by subject_id, segment_id
            having count(distinct routed_by) = 1

        ),

        abroad as (

            select {key} as row_id, item_id, subject_id, segment_id, country
            from {place}
            where country is not null
                and not list_contains(?, country)
                and list_contains(?, country)

        )

        select abroad.row_id, abroad.item_id, abroad.subject_id, abroad.country,
            routes.routed_by
        from abroad
        left join routes using (subject_id, segment_id)
        order by abroad.row_id
        """,
        [own, list(foreign)],
    ).fetchall()
    landed = _landed(examination.zone, (row[1] for row in rows))
    for row_id, item_id, subject_id, country, routed_by in rows:
        stray = Stray(place, row_id, foreign[country], subject_id, "country of the record")
        persons.found(stray, routed_by if item_id in landed else None)


def _landed(zone: OpenZone, item_ids: Iterable[str]) -> set[str]:
    """Give those of some items that came in by landing."""
    wanted = set(item_ids)
    if not wanted:
        return set()
    column = LANDING_ITEMS.c.item_id
    with zone.store.connect() as connection:
        return set(
            connection.execute(select(column).where(among(connection, column, wanted))).scalars()
        )
