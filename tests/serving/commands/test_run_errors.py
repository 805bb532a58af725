"""`c360 run` on what is not in order: one line on standard error, an exit code, no traceback."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from privacy.ids import ZoneId
from privacy.opened import create_zone
from privacy.zones.layout import ZoneLayout
from serving.cli import app

US = ZoneId("us")


@pytest.fixture
def layout(tmp_path: Path) -> ZoneLayout:
    return made(tmp_path / "home")


def made(home: Path) -> ZoneLayout:
    zone = create_zone(home, US)
    zone.store.dispose()
    zone.layout.inbox.mkdir(parents=True)
    return zone.layout


def line_of(layout: ZoneLayout, *arguments: str, zone: str = "us", code: int = 1) -> str:
    """Run, and give the one line on standard error."""
    result = CliRunner().invoke(
        app,
        ("run", "--zone", zone, "--workers", "0", *arguments),
        env={"C360_HOME": str(layout.home)},
    )
    assert result.exit_code == code, result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith("c360: ")
    assert result.stderr.count("\n") == 1, result.stderr
    return result.stderr


def test_a_zone_that_was_never_made_says_how_to_make_it(tmp_path: Path) -> None:
    line = line_of(ZoneLayout(tmp_path, US))
    assert "c360 zone create --zone us" in line
    assert not list(tmp_path.iterdir()), "a failed run must leave nothing"


def test_an_unknown_zone_names_those_there_are(layout: ZoneLayout) -> None:
    assert "br, cn, eu, uk, us" in line_of(layout, zone="mars")


def test_another_zones_keystore_is_a_wrong_key(layout: ZoneLayout, tmp_path: Path) -> None:
    other = made(tmp_path / "other")
    shutil.copy(other.keys / "keystore.json", layout.keys / "keystore.json")
    assert "key" in line_of(layout)


def test_a_keystore_that_is_gone_or_half_written_is_named(layout: ZoneLayout) -> None:
    keystore = layout.keys / "keystore.json"
    keystore.write_text(keystore.read_text()[:20])
    assert "keystore" in line_of(layout)
    keystore.unlink()
    assert "keystore" in line_of(layout)


@pytest.mark.parametrize("kept_bytes", [0, 40_000])
def test_a_corrupt_store_is_told_as_such(layout: ZoneLayout, kept_bytes: int) -> None:
    content = layout.store.read_bytes()[:kept_bytes]
    for path in layout.root.glob("store.sqlite*"):
        path.unlink()
    layout.store.write_bytes(content + b"garbage" * 1000)
    assert "store of zone us" in line_of(layout)


def test_an_inbox_that_is_not_there_is_wrong_usage(layout: ZoneLayout, tmp_path: Path) -> None:
    arguments = ("run", "-z", "us", "--inbox", str(tmp_path / "nowhere"))
    result = CliRunner().invoke(app, arguments, env={"C360_HOME": str(layout.home)})
    assert result.exit_code == 2
    assert "does not exist" in result.stderr


@pytest.mark.slow
def test_an_inbox_that_cannot_be_read_is_not_an_empty_one(
    layout: ZoneLayout, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = os.access

    def refused(path: Path, mode: int) -> bool:
        return path != layout.inbox and access(path, mode)

    monkeypatch.setattr("os.access", refused)
    assert "cannot be read" in line_of(layout)


@pytest.mark.slow
def test_a_damaged_warehouse_is_one_line_and_nothing_of_dagsters(layout: ZoneLayout) -> None:
    layout.warehouse.write_bytes(b"no warehouse at all" * 1000)
    result = subprocess.run(
        [sys.executable, "-m", "serving.cli", "run", "-z", "us", "--workers", "0", "--json"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "C360_HOME": str(layout.home)},
        cwd=Path(__file__).parents[3],
    )
    assert result.returncode == 1
    assert result.stdout == ""
    line = "c360: warehouse.duckdb is no warehouse that can be read: damaged, or half-written\n"
    assert result.stderr == line
    (lineage,) = (layout.root / "lineage").glob("*.jsonl")
    last = json.loads(lineage.read_text().splitlines()[-1])
    assert last["eventType"] == "FAIL"
