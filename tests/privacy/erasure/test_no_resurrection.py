"""Who was erased does not come back by a merge, an old reader, a running publication, or a backup.

Deliveries, replays and backfills are in `tests/pipelines/test_no_resurrection.py`.
"""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from sqlalchemy import select

from privacy.erasure.certificate import issue
from privacy.erasure.execute import execute
from privacy.erasure.plan import plan
from privacy.erasure.restored import check_restored, erase_again
from privacy.erasure.verify import verify
from privacy.errors import ConfigurationError, KeyDestroyed, NotFound, WarehouseBusy
from privacy.identity.journal import undo
from privacy.identity.resolve import reconcile
from privacy.opened import OpenZone, open_zone
from privacy.profiles.publish import publish
from privacy.profiles.read import read_context, read_page
from privacy.store.tables import CUSTOMER_MEMBERS, PROFILES, TIMELINE_PAGES
from privacy.warehouse.open import warehouse_lock


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for nobody who has the warehouse."""
    monkeypatch.setattr("privacy.erasure.known_values._WAREHOUSE_WAIT_SECONDS", 0.05)


def _ids(zone: OpenZone, column: Any) -> set[str]:
    with zone.store.connect() as connection:
        return set(connection.execute(select(column)).scalars())


def _close_doors(world: Any) -> str:
    """Erase as far as an erasure comes while somebody else has the warehouse."""
    erasure_id: str = plan(world.zone, world.anna, "case 7").erasure_id
    with warehouse_lock(world.zone.layout), pytest.raises(WarehouseBusy):
        execute(world.zone, erasure_id, wait_seconds=0.05)
    return erasure_id


# --- a merge with somebody who was not erased ----------------------------------------------------


def test_a_merge_with_a_handle_that_was_not_erased_brings_nobody_back(world: Any) -> None:
    planned = plan(world.zone, world.anna, "case 7")
    done = execute(world.zone, planned.erasure_id)
    links = pa.table(
        {
            "subject_id": [world.bobs[0], *world.annas],
            "other_subject_id": [world.annas[0], world.bobs[0], world.bobs[0]],
            "evidence": ["same_contact"] * 3,
        }
    )
    resolution = reconcile(world.zone, links, [*world.annas, *world.bobs])
    undone = undo(world.zone, "d_2", by="officer")

    assert resolution.customers.column("subject_id").to_pylist() == list(world.bobs)
    assert undone.customer_id not in {world.anna, world.bob}
    assert _ids(world.zone, CUSTOMER_MEMBERS.c.subject_id) == set(world.bobs)
    assert verify(world.zone, planned.erasure_id, values=done.values).failures == ()


# --- an old profile in a reader's hands ----------------------------------------------------------


def test_a_reader_who_had_the_profile_open_reads_nobody_at_the_next_read(world: Any) -> None:
    with open_zone(world.zone.layout.home, "eu") as reader:
        assert read_context(reader, world.anna) == {"customer_id": world.anna}
        with reader.store.connect() as held:
            query = select(PROFILES.c.sealed).where(PROFILES.c.customer_id == world.anna)
            before = held.execute(query).scalar_one()
            _close_doors(world)
            # Its transaction still sees the row; the key is asked for anew, and is gone.
            assert held.execute(query).scalar_one() == before
            with pytest.raises(KeyDestroyed):
                reader.keyring.open(world.anna, table="profiles", column="sealed", sealed=before)
        for read in (
            lambda: read_context(reader, world.anna),
            lambda: read_page(reader, world.anna, 0),
        ):
            with pytest.raises(NotFound):
                read()
        assert read_context(reader, world.bob) == {"customer_id": world.bob}


def test_a_publication_that_was_running_when_the_doors_closed_writes_nothing_back(
    world: Any,
) -> None:
    schema = pa.schema([("customer_id", pa.string()), ("country", pa.string())])
    history = pa.schema(
        [
            ("customer_id", pa.string()),
            ("subject_id", pa.string()),
            ("entry_id", pa.string()),
            ("occurred_at", pa.timestamp("us", "UTC")),
        ]
    )
    both = sorted([world.anna, world.bob])
    closed: list[str] = []

    def contexts() -> Iterator[pa.RecordBatch]:
        rows = [{"customer_id": one, "country": "FR"} for one in both]
        yield pa.RecordBatch.from_pylist(rows, schema)
        closed.append(_close_doors(world))

    entries = [
        {"customer_id": one, "subject_id": "s", "entry_id": "i", "occurred_at": world.zone.clock()}
        for one in both
    ]
    report = publish(world.zone, contexts(), [pa.RecordBatch.from_pylist(entries, history)])

    assert (report.count_destroyed, report.count_profiles_written) == (1, 1)
    assert _ids(world.zone, PROFILES.c.customer_id) == {world.bob}
    assert _ids(world.zone, TIMELINE_PAGES.c.customer_id) == {world.bob}


# --- an older backup -----------------------------------------------------------------------------


def _restore(zone: OpenZone, backup: Path) -> None:
    """Put back warehouse, landed files, and store as they were, its log too; never the keystore."""
    for name in ("store.sqlite", "store.sqlite-wal", "store.sqlite-shm", "warehouse.duckdb"):
        (zone.layout.root / name).unlink(missing_ok=True)
        if (backup / name).exists():
            shutil.copy(backup / name, zone.layout.root / name)
    shutil.copytree(backup / "landing", zone.layout.landing, dirs_exist_ok=True)


@pytest.fixture
def restored(world: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A zone that Anna was erased from with a certificate, and a backup from before."""
    backup = tmp_path_factory.mktemp("backup") / "eu"
    planned = plan(world.zone, world.anna, "case 7")
    shutil.copytree(world.zone.layout.root, backup)
    done = execute(world.zone, planned.erasure_id)
    assert verify(world.zone, planned.erasure_id, values=done.values).failures == ()
    issue(world.zone, planned.erasure_id)
    return backup


def test_a_backup_of_everything_put_back_is_shut_until_its_people_are_erased_again(
    world: Any, restored: Path
) -> None:
    assert (restored / "store.sqlite-wal").stat().st_size > 0, "copied while it was in use"
    world.zone.close()
    _restore(world.zone, restored)

    with open_zone(world.zone.layout.home, "eu", clock=world.zone.clock) as zone:
        with pytest.raises(ConfigurationError, match="--again"):
            check_restored(zone)
        [done] = erase_again(zone)
        check_restored(zone)
        with pytest.raises(NotFound):
            read_context(zone, world.anna)
        assert {value.text for value in done.values} >= {world.email, world.phone}
        assert verify(zone, done.erasure_id, values=done.values).failures == ()


def test_a_backup_of_everything_opens_for_nobody_once_its_generation_has_ended(
    world: Any, restored: Path
) -> None:
    layout = world.zone.layout
    later = world.zone.clock() + timedelta(days=31)
    with open_zone(layout.home, "eu", clock=lambda: later) as zone:
        zone.rotation.rotate()
    much_later = later + timedelta(days=62)
    with open_zone(layout.home, "eu", clock=lambda: much_later) as zone:
        assert zone.rotation.end_due() == [1]
    world.zone.close()
    _restore(world.zone, restored)

    with pytest.raises(KeyDestroyed):
        open_zone(layout.home, "eu")


# --- what the documentation says -----------------------------------------------------------------


def test_every_test_that_the_documentation_names_is_there() -> None:
    project = Path(__file__).parents[3]
    page = (project / "docs" / "erasure.md").read_text()
    table = page.partition("## How each way back is closed")[2].partition("\n## ")[0]
    names = set(re.findall(r"`(?:tests/[\w/]+/)?(test_\w+(?:\.py)?)`", table))
    files = list((project / "tests").rglob("test_*.py"))
    defined = {path.name for path in files}
    for path in files:
        defined |= set(re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE))

    assert len(names) > 10
    assert sorted(names - defined) == []
