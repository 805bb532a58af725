"""A store restored from a backup has forgotten an erasure; the ledger has not."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from privacy.erasure.erase import erase
from privacy.erasure.execute import execute
from privacy.erasure.journal import State, load
from privacy.erasure.ledger import append, is_behind, lines
from privacy.erasure.plan import plan
from privacy.erasure.restored import check_restored, erase_again, not_erased_again
from privacy.erasure.suppression import suppressed
from privacy.errors import ConfigurationError, NotFound, Tampered
from privacy.holds import list_holds, place_hold, release_hold
from privacy.opened import OpenZone, open_zone
from privacy.store import tables as store

NEVER = "2099-01-01T00:00:00+00:00"
BACKED_UP = ("store.sqlite", "warehouse.duckdb")


def _backup(zone: OpenZone, to: Path) -> None:
    zone.close()
    to.mkdir()
    for name in BACKED_UP:
        shutil.copy2(zone.layout.root / name, to / name)


def _restored(zone: OpenZone, backup: Path) -> OpenZone:
    zone.close()
    for path in zone.layout.root.glob("store.sqlite-*"):
        path.unlink()
    for name in BACKED_UP:
        shutil.copy2(backup / name, zone.layout.root / name)
    return open_zone(zone.layout.home, "eu", clock=zone.clock)


@pytest.fixture
def restored(world: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The world after an erasure, with store and warehouse from before it."""
    backup = tmp_path_factory.mktemp("backups") / "before"
    _backup(world.zone, backup)
    erase(world.zone, world.anna, "case 7")
    world.zone = _restored(world.zone, backup)
    return world


def test_a_store_that_is_behind_its_ledger_opens_no_door_until_it_is_mended(
    restored: Any,
) -> None:
    zone = restored.zone
    assert not zone.keyring.is_destroyed(restored.annas[0]), "the backup brought the key back"
    with pytest.raises(ConfigurationError, match="--again"):
        check_restored(zone)

    (done,) = erase_again(zone)

    check_restored(zone)
    assert load(zone, done.erasure_id).state is State.EXECUTED
    assert all(zone.keyring.is_destroyed(owner) for owner in (*restored.annas, restored.anna))
    assert restored.count("select count(*) from core.interactions") == 2
    assert (
        restored.count("select count(*) from core.mentions where identifier_index is not null") == 2
    )
    with pytest.raises(NotFound):
        plan(zone, restored.anna, "x")
    with zone.store.connect() as connection:
        found = suppressed(connection, zone.keyring, list(restored.handles.values()))
        profiles = connection.execute(select(func.count()).select_from(store.PROFILES)).scalar()
    assert {one.count_erased for one in found.values()} == {1}
    assert len(found) == 2
    assert profiles == 1
    assert erase_again(zone) == []


def test_a_copy_of_the_ledger_mends_where_the_zones_own_was_lost(
    restored: Any, tmp_path: Path
) -> None:
    copy = tmp_path / "kept-elsewhere"
    shutil.move(restored.zone.layout.ledger, copy)
    assert not is_behind(restored.zone)
    newer = replace(lines(restored.zone, path=copy)[0], erasure_id="r_2", erased_at=NEVER)
    append(restored.zone, [newer])
    assert len(erase_again(restored.zone, ledger=copy)) == 1
    assert restored.zone.keyring.is_destroyed(restored.annas[0])
    assert lines(restored.zone) == [*lines(restored.zone, path=copy), newer], "it has them again"


def test_whom_a_hold_was_placed_on_since_is_not_touched(restored: Any) -> None:
    later = restored.zone.clock() + timedelta(hours=1)
    with open_zone(restored.zone.layout.home, "eu", clock=lambda: later) as zone:
        place_hold(zone, restored.annas[0], reason="matter 12", placed_by="legal-1")
        assert erase_again(zone) == []
        assert not_erased_again(zone) == [line.erasure_id for line in lines(zone)]
        # Somebody whom the store does know is erased afterwards; the one before is back all the same.
        bobs = plan(zone, restored.bob, "case 8").erasure_id
        execute(zone, bobs)
        assert lines(zone)[-1].erasure_id == bobs
        with pytest.raises(ConfigurationError, match="--again"):
            check_restored(zone)
    assert not restored.zone.keyring.is_destroyed(restored.annas[0])


def test_a_hold_that_the_backup_brought_back_holds_nothing(
    world: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    hold = place_hold(world.zone, world.annas[0], reason="matter 12", placed_by="legal-1")
    backup = tmp_path_factory.mktemp("backups") / "held"
    _backup(world.zone, backup)
    release_hold(world.zone, hold, released_by="legal-1")
    planned = plan(world.zone, world.anna, "case 7")
    execute(world.zone, planned.erasure_id)
    zone = _restored(world.zone, backup)
    assert list_holds(zone)
    assert [done.erasure_id for done in erase_again(zone)] == [planned.erasure_id]
    assert zone.keyring.is_destroyed(world.annas[0])
    assert list_holds(zone) == ()


def test_killed_after_the_doors_it_goes_on(restored: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from privacy.erasure import restored as module

    def killed(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "execute_many", killed)
    with pytest.raises(KeyboardInterrupt):
        erase_again(restored.zone)
    monkeypatch.undo()
    assert len(erase_again(restored.zone)) == 1
    assert restored.zone.keyring.is_destroyed(restored.annas[0])


def test_the_ledger_names_nobody_and_is_not_changed_unnoticed(restored: Any) -> None:
    path = restored.zone.layout.ledger
    content = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    for part in (restored.anna, *restored.annas, restored.email, *restored.handles.values()):
        assert part.encode() not in content
    (line,) = lines(restored.zone)
    assert line.subject_ids == restored.annas

    path.write_bytes(content + b"half of a line")
    assert len(lines(restored.zone)) == 1, "what a crash left was never acted upon"
    place = len(content) // 2
    path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    with pytest.raises(Tampered):
        check_restored(restored.zone)
