"""The whole path with the zone's store on PostgreSQL: landed, published, asked for, erased."""

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.run import run_zone
from pipelines.stages.runtime import ZoneAccess
from pipelines.synthetic.world import generate
from privacy.access.model import Caller, Role
from privacy.errors import NotFound
from privacy.ids import ZoneId
from privacy.opened import create_zone
from privacy.zones.model import Purpose
from serving.erasures import execute_and_prove, planned
from serving.query import CustomerQueries

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

ZONE = ZoneId("us")


def test_a_zone_runs_answers_and_erases_with_its_store_on_postgresql(
    postgresql_url: str, tmp_path: Path
) -> None:
    world = generate(
        tmp_path / "world", seed=3, messages=120, zones=[ZONE], until=date(2026, 11, 1)
    )
    home = tmp_path / "home"
    access = ZoneAccess(home=home, zone_id=ZONE, store_url=postgresql_url, workers=0)
    zone = create_zone(home, ZONE, store_url=postgresql_url)

    report = run_zone(access, world.inbox / ZONE)

    assert report.count_checks_passed == report.count_checks > 0
    assert report.landed["landed"] > 0
    queries = CustomerQueries(zone, Caller("desk", Role.AGENT), Purpose.SERVICE)
    handles = pq.read_table(world.truth / "handles.parquet").to_pylist()
    handle = next(row["value"] for row in handles if "@" in row["value"])
    customer_id = queries.find(handle).customer_id
    assert queries.context(customer_id).customer_id == customer_id

    officer = Caller("officer", Role.COMPLIANCE)
    erasure = planned(zone, customer_id, officer, is_anew=True, wait_seconds=10)
    proven = execute_and_prove(zone, erasure.erasure_id, officer, wait_seconds=10)

    assert proven.certificate["search"]["count_found"] == 0
    with pytest.raises(NotFound):
        queries.find(handle)
    zone.close()
