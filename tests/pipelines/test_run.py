"""A small run for real: it publishes; a gate that fails stops it, and yesterday's profiles stay."""

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from pipelines.landing.report import OUTCOMES
from pipelines.run import RunReport, run_zone
from pipelines.stages.runtime import Runtime, ZoneAccess
from pipelines.synthetic.world import generate
from privacy.errors import GateFailed, PrivacyError, WarehouseBusy
from privacy.ids import ZoneId
from privacy.opened import create_zone
from privacy.store.tables import PROFILES
from privacy.warehouse.open import warehouse_lock

pytestmark = [
    pytest.mark.slow,
    # dagster-dbt's own doing, on every build.
    pytest.mark.filterwarnings("ignore:AssetExecutionContext.op is deprecated"),
]

US = ZoneId("us")
DAY = datetime.now(UTC).date()
LEAKED = "mia.lang@example.org"


@pytest.fixture(scope="module")
def access(tmp_path_factory: pytest.TempPathFactory) -> ZoneAccess:
    home = tmp_path_factory.mktemp("home")
    create_zone(home, US).store.dispose()
    world = generate(home / "world", seed=3, messages=40, until=date(2026, 11, 1), zones=[US])
    shutil.copytree(world.inbox / US, home / "inbox" / US)
    return ZoneAccess(home=home, zone_id=US, workers=0)


@pytest.fixture(scope="module")
def first(access: ZoneAccess) -> RunReport:
    """Run once, from the zone's own inbox."""
    return run_zone(access, day=DAY)


def profiles(access: ZoneAccess) -> list[tuple[Any, ...]]:
    runtime = Runtime(access)
    columns = (PROFILES.c.customer_id, PROFILES.c.digest, PROFILES.c.sealed)
    with runtime.zone.store.connect() as connection:
        rows = connection.execute(select(*columns).order_by(PROFILES.c.customer_id)).all()
    runtime.close()
    return [tuple(row) for row in rows]


def events(access: ZoneAccess) -> list[dict[str, Any]]:
    paths = sorted((access.layout.root / "lineage").glob("*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text().splitlines()]


def test_a_run_publishes_and_its_counts_add_up(access: ZoneAccess, first: RunReport) -> None:
    landed = first.landed
    assert landed["landed"] == sum(landed[outcome] for outcome in OUTCOMES) > 0
    by_source = landed["by_source"].values()
    assert landed["landed"] == sum(sum(by.values()) for by in by_source)
    reasons = landed["quarantined_by_reason"].values()
    assert landed["quarantined"] == sum(sum(by.values()) for by in reasons)
    assert first.count_checks == first.count_checks_passed > 30
    assert first.stages["published/profiles"]["dagster/row_count"] == len(profiles(access)) > 0


def test_every_step_of_a_run_is_in_the_lineage(access: ZoneAccess, first: RunReport) -> None:
    done = {event["job"]["name"] for event in events(access) if event["eventType"] == "COMPLETE"}
    steps = {"landed", "interactions", "resolved", "decided", "transformed", "published", "expired"}
    assert steps <= done
    assert {name for name in done if name.startswith("checked.")} >= {"checked.landed_batch"}
    written = {
        output["name"]: output["outputFacets"]
        for event in events(access)
        for output in event["outputs"]
    }
    for asset in first.stages:
        layer, _, things = asset.partition("/")
        if layer in ("core", "staging", "intermediate", "marts"):
            assert f"{layer}.{things}" in written
    rows = written["core.interactions"]["outputStatistics"]["rowCount"]
    assert rows == first.stages["core/interactions"]["dagster/row_count"]
    mart = next(
        event
        for event in events(access)
        if event["job"]["name"] == "transformed.agent_context" and event["eventType"] == "COMPLETE"
    )
    assert "staging.stg_consent__decisions" in {each["name"] for each in mart["inputs"]}


def test_a_failed_gate_stops_publication_and_yesterdays_profiles_stay(
    access: ZoneAccess, first: RunReport, capfd: pytest.CaptureFixture[str]
) -> None:
    before = profiles(access)
    runtime = Runtime(access)
    with runtime.warehouse() as warehouse:
        warehouse.connection.execute(
            "update core.interactions set text_redacted = text_redacted || ' ' || ?"
            " where interaction_id = (select min(interaction_id) from core.interactions)",
            [LEAKED],
        )
    runtime.close()
    count = len(events(access))
    with pytest.raises(GateFailed) as caught:
        run_zone(access, day=DAY)
    assert "interactions_day on core/interactions" in str(caught.value)
    assert LEAKED not in str(caught.value)
    assert profiles(access) == before
    jobs = {event["job"]["name"] for event in events(access)[count:]}
    assert "published" not in jobs
    assert "checked.interactions_day" in jobs
    said = capfd.readouterr()
    assert "Traceback" not in said.out + said.err
    for path in access.layout.dagster.rglob("*"):
        if path.is_file():
            assert LEAKED.encode() not in path.read_bytes(), path.name


def test_a_warehouse_cut_short_is_one_clear_error(access: ZoneAccess, first: RunReport) -> None:
    file = access.layout.warehouse
    whole = file.read_bytes()
    file.write_bytes(whole[:16_384])
    try:
        with pytest.raises(PrivacyError) as caught:
            run_zone(access, day=DAY)
    finally:
        file.write_bytes(whole)
        file.with_name(file.name + ".wal").unlink(missing_ok=True)
    assert "\n" not in str(caught.value)
    assert not isinstance(caught.value, GateFailed)


def test_a_warehouse_in_use_is_waited_for_and_named(access: ZoneAccess, first: RunReport) -> None:
    told: list[str] = []
    waiting = ZoneAccess(access.home, US, workers=0, wait_seconds=1.5)
    with (
        warehouse_lock(access.layout),
        pytest.raises(WarehouseBusy, match=r"zone us is in use by process \d+ since"),
    ):
        run_zone(waiting, day=DAY, notice=told.append)
    assert len(told) == 1
    assert "waiting for at most 2 s" in told[0]


def test_a_relative_home_is_the_same_wherever_dbt_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    access = ZoneAccess(home=Path("here"), zone_id=ZoneId("us"))
    assert access.layout.warehouse == tmp_path / "here/zones/us/warehouse.duckdb"
