"""A run killed anywhere and run again gives what an undisturbed run gives; so do two at once."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from pipelines.landing.manifest import account
from pipelines.synthetic.world import generate
from privacy.ids import ZoneId
from privacy.opened import create_zone, open_zone
from privacy.records.tables import TABLES
from privacy.store.tables import CONSENT_EVENTS, CUSTOMER_MEMBERS, PROFILES, TIMELINE_PAGES
from privacy.warehouse.open import open_warehouse
from tests.pipelines.forking import Forking

pytestmark = pytest.mark.slow

ZONE = ZoneId("us")
DAY = date(2026, 11, 2)
Statuses = Callable[..., list[int]]

VOLATILE = {
    "sealed",  # another nonce every time
    "received_at",
    "recorded_at",
    "first_seen_at",
    "resolved_at",
    "decided_at",
    "loaded_at",
    "joined_at",
}
"""When something was done, and under which nonce, may differ; what was done may not."""

POINTS = (
    "after:pipelines.landing.settle:write_segment:2",
    "after:pipelines.landing.land:settle:3",
    "before:pipelines.stages.interactions:_record_consents:1",
    "before:privacy.warehouse.open:Warehouse.append:3",
    "after:pipelines.stages.interactions:_load:2",
    "after:privacy.identity.resolve:write:1",
    "before:pipelines.defs.decided:decide_purposes:1",
    "stage:transformed:9",
    "after:privacy.profiles.changes:ProfileWriter.write:1",
    "before:pipelines.defs.expired:expire:1",
)
"""Where the run is killed, one after the other, each run going on where the last was killed."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    generate(folder, seed=11, messages=160, zones=[ZONE], until=date(2026, 11, 1))
    return folder / "inbox" / ZONE


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Three copies of one new zone: the same keys, so the same ids."""
    folder = tmp_path_factory.mktemp("homes")
    create_zone(folder / "undisturbed", ZONE).close()
    shutil.copytree(folder / "undisturbed", folder / "killed")
    shutil.copytree(folder / "undisturbed", folder / "raced")
    return folder / "undisturbed", folder / "killed", folder / "raced"


@pytest.fixture(scope="module")
def statuses(tmp_path_factory: pytest.TempPathFactory, world: Path) -> Iterator[Statuses]:
    """Run a home once for each point, one after the other; give how each run ended."""
    output = tmp_path_factory.mktemp("output") / "output.log"
    with Forking(ZONE, output) as process:
        yield lambda home, *points: process.statuses(home, world, DAY, *points)


@pytest.fixture(scope="module")
def undisturbed(homes: tuple[Path, Path, Path], statuses: Statuses) -> dict[str, Any]:
    assert statuses(homes[0], "never") == [0]
    return final_state(homes[0])


def final_state(home: Path) -> dict[str, Any]:
    """Everything a user could see of a zone, in an order that does not depend on how it got there."""
    state: dict[str, Any] = {}
    zone = open_zone(home, ZONE)
    with open_warehouse(zone.layout, zone.keyring.warehouse_keys) as warehouse:
        marts = warehouse.arrow(
            "select table_schema || '.' || table_name as name from information_schema.tables"
            " where table_catalog = 'warehouse' and table_schema in ('marts', 'intermediate')"
        )["name"].to_pylist()
        for name in sorted([f"core.{table}" for table in TABLES] + marts):
            columns = warehouse.arrow(f"select * from {name} limit 0").column_names
            kept = [column for column in columns if column not in VOLATILE]
            rows = warehouse.connection.execute(f"select {', '.join(kept)} from {name}").fetchall()
            state[name] = sorted(map(repr, rows))
    with zone.store.connect() as connection:
        for table in (PROFILES, TIMELINE_PAGES, CUSTOMER_MEMBERS, CONSENT_EVENTS):
            kept_columns = [
                column
                for column in table.c
                if column.name not in VOLATILE | {"published_at", "supersedes"}
            ]
            rows = connection.execute(select(*kept_columns)).all()
            state[f"store.{table.name}"] = sorted(map(repr, rows))
        state["held"] = connection.execute(select(func.count()).select_from(PROFILES)).scalar_one()
    report = account(zone)
    state["account"] = sorted((*key, count) for key, count in report.outcomes.items())
    state["reasons"] = sorted((*key, count) for key, count in report.reasons.items())
    zone.close()
    return state


def differences(one: dict[str, Any], other: dict[str, Any]) -> dict[str, tuple[int, int]]:
    return {
        name: (len(one[name]), len(other[name])) for name in one if one[name] != other.get(name)
    }


def test_killed_at_every_stage_and_run_again_it_gives_what_an_undisturbed_run_gives(
    homes: tuple[Path, Path, Path], statuses: Statuses, undisturbed: dict[str, Any]
) -> None:
    ended = statuses(homes[1], *POINTS, "never")
    survived = [point for point, status in zip(POINTS, ended, strict=False) if status != -9]
    assert survived == []
    assert ended[-1] == 0
    assert differences(undisturbed, final_state(homes[1])) == {}


def test_two_runs_of_one_day_at_once_give_what_one_gives(
    homes: tuple[Path, Path, Path], statuses: Statuses, undisturbed: dict[str, Any]
) -> None:
    assert statuses(homes[2], "never+never") == [0, 0]
    assert differences(undisturbed, final_state(homes[2])) == {}


def test_a_run_of_the_same_day_again_changes_nothing(
    homes: tuple[Path, Path, Path], statuses: Statuses, undisturbed: dict[str, Any]
) -> None:
    assert statuses(homes[0], "never") == [0]
    assert differences(undisturbed, final_state(homes[0])) == {}


def test_an_undisturbed_run_took_in_every_kind_of_row(undisturbed: dict[str, Any]) -> None:
    empty = {name for name, rows in undisturbed.items() if not rows}
    # Nobody was erased, and nothing need be wrong.
    assert empty - {"reasons"} == {"core.erased_totals"}
