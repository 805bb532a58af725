"""A rewritten warehouse has every live row, and no byte of a deleted one."""

import os
import shutil
from pathlib import Path

import pytest

from privacy.errors import WarehouseBusy, WrongKey
from privacy.ids import ZoneId
from privacy.opened import create_zone, open_zone
from privacy.warehouse import rewrite
from privacy.warehouse.open import attach, connect, open_warehouse, warehouse_lock
from privacy.warehouse.rewrite import rewrite_warehouse
from privacy.zones.layout import ZoneLayout
from tests.privacy.warehouse.fixed_key import FixedKey

KEY = FixedKey(bytes(range(32)))
OTHER_KEY = FixedKey(bytes(32))


@pytest.fixture
def layout(tmp_path: Path) -> ZoneLayout:
    layout = ZoneLayout(tmp_path, ZoneId("eu"))
    layout.make()
    with open_warehouse(layout, KEY) as warehouse:
        warehouse.connection.execute("create schema marts")
        warehouse.connection.execute(
            "create table marts.t as select i as id, repeat('canary ' || i, 9) as note "
            "from range(50000) as r(i)"
        )
        warehouse.connection.execute(
            "create view marts.v as select id from warehouse.marts.t where id > 7"
        )
    return layout


def _rows(layout: ZoneLayout, key: FixedKey = KEY) -> list[tuple[int, ...]]:
    with open_warehouse(layout, key) as warehouse:
        return warehouse.connection.execute(
            "select (select count(*) from marts.t), (select count(*) from marts.v)"
        ).fetchall()


def test_rows_and_views_survive_and_the_file_shrinks(layout: ZoneLayout) -> None:
    with open_warehouse(layout, KEY) as warehouse:
        warehouse.connection.execute("delete from marts.t where id >= 100")

    report = rewrite_warehouse(layout, KEY)

    assert _rows(layout) == [(100, 92)]
    assert report.after_bytes < report.before_bytes
    assert report.count_rows == 100
    left = {path.name for path in layout.root.iterdir() if path.is_file()}
    assert left == {"warehouse.duckdb", "warehouse.lock"}


def test_the_old_file_is_overwritten_before_it_is_let_go(layout: ZoneLayout) -> None:
    with layout.warehouse.open("rb") as held:
        size = layout.warehouse.stat().st_size
        rewrite_warehouse(layout, KEY)
        held.seek(0)
        assert held.read() == bytes(size)


def test_a_new_key_opens_the_new_file_and_the_old_one_opens_nothing(tmp_path: Path) -> None:
    with create_zone(tmp_path, "eu") as zone:
        keys = zone.keyring.warehouse_keys
        with open_warehouse(zone.layout, keys) as warehouse:
            warehouse.connection.execute("create table core.t as select 1 as n")
        [old] = keys.candidates()
        copy = tmp_path / "copy.duckdb"
        shutil.copy(zone.layout.warehouse, copy)
        rewrite_warehouse(zone.layout, keys)

        [new] = keys.candidates()
        assert new != old
        with open_warehouse(zone.layout, keys) as warehouse:
            assert warehouse.arrow("select n from core.t").num_rows == 1
        with pytest.raises(WrongKey):
            attach(connect(zone.layout.temporary), copy, new)
        with open_zone(tmp_path, "eu") as other:
            assert other.keyring.warehouse_keys.candidates() == [new]


@pytest.mark.parametrize("step", ["_check_copy", "_swap", "clear_leftovers"])
def test_a_rewrite_that_was_killed_leaves_a_file_that_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with create_zone(tmp_path, "eu") as zone:
        keys = zone.keyring.warehouse_keys
        with open_warehouse(zone.layout, keys) as warehouse:
            warehouse.connection.execute("create table core.t as select 1 as n")
        whole = getattr(rewrite, step)
        calls = 0

        def killed(*given: object) -> object:
            nonlocal calls
            calls += 1
            done = whole(*given)
            if step == "clear_leftovers" and calls == 1:
                return done
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(rewrite, step, killed)
            with pytest.raises(KeyboardInterrupt):
                rewrite_warehouse(zone.layout, keys)
        for _ in range(2):
            with open_warehouse(zone.layout, keys) as warehouse:
                assert warehouse.arrow("select n from core.t").num_rows == 1
            rewrite_warehouse(zone.layout, keys)
        assert len(keys.candidates()) == 1


def test_the_wrong_key_changes_nothing(layout: ZoneLayout) -> None:
    before = layout.warehouse.read_bytes()
    with pytest.raises(WrongKey):
        rewrite_warehouse(layout, OTHER_KEY)
    assert layout.warehouse.read_bytes() == before


def test_it_waits_for_the_writer_and_says_so(layout: ZoneLayout) -> None:
    with warehouse_lock(layout), pytest.raises(WarehouseBusy):
        rewrite_warehouse(layout, KEY, wait_seconds=0.1)


class Killed(Exception):
    """Stands for SIGKILL."""


@pytest.mark.parametrize(
    ("module", "step"),
    [
        (rewrite, "_check_copy"),
        (rewrite, "_swap"),
        (os, "link"),
        (Path, "replace"),
        (rewrite, "_overwrite"),
        (Path, "unlink"),
    ],
)
@pytest.mark.parametrize("after", [False, True])
def test_killed_at_any_step_the_next_rewrite_ends_the_same(
    layout: ZoneLayout, monkeypatch: pytest.MonkeyPatch, module: object, step: str, *, after: bool
) -> None:
    with open_warehouse(layout, KEY) as warehouse:
        warehouse.connection.execute("delete from marts.t where id >= 100")
    step_itself = getattr(module, step)

    def killed(*args: object, **kwargs: object) -> None:
        if module is Path and ".new" not in str(args[0]) and ".old" not in str(args[0]):
            return step_itself(*args, **kwargs)
        if after:
            step_itself(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(module, step, killed)
        rewrite_warehouse(layout, KEY)
    assert _rows(layout) == [(100, 92)]

    rewrite_warehouse(layout, KEY)

    assert _rows(layout) == [(100, 92)]
    left = {path.name for path in layout.root.iterdir() if path.is_file()}
    assert left == {"warehouse.duckdb", "warehouse.lock"}


def test_a_zone_without_a_warehouse_has_nothing_to_rewrite(tmp_path: Path) -> None:
    layout = ZoneLayout(tmp_path, ZoneId("uk"))
    layout.make()

    assert rewrite_warehouse(layout, KEY).count_tables == 0
