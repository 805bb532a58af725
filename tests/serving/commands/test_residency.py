"""`c360 residency`: what an operator sees, and with which exit code."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from privacy.opened import OpenZone
from serving.cli import app

Run = Callable[..., Any]


@pytest.fixture
def run(zone: OpenZone) -> Run:
    environment = {"C360_HOME": str(zone.layout.home), "C360_TOKEN": "", "COLUMNS": "200"}
    return lambda *line: CliRunner().invoke(app, ("residency", *line), env=environment)


def test_a_zone_is_verified_and_the_report_checked_by_a_stranger(
    run: Run, zone: OpenZone, tmp_path: Path
) -> None:
    out = tmp_path / "report.json"
    done = run("verify", "--caller", "officer", "--out", str(out))
    assert done.exit_code == 0, done.stderr
    assert "against no other zone's keys" in done.stdout
    assert "Findings: none" in done.stdout
    key = str(zone.layout.public_keys / "eu.json")
    checked = run("check-report", str(out), "--key", key)
    assert checked.exit_code == 0, checked.stderr
    report = json.loads(out.read_text())
    out.write_text(json.dumps({**report, "count_findings": 1}))
    changed = run("check-report", str(out), "--key", key)
    assert (changed.exit_code, changed.stdout) == (1, "")
    assert "not signed by this key" in changed.stderr


def test_what_speaks_against_residency_is_named_and_the_exit_code_says_so(
    run: Run, zone: OpenZone
) -> None:
    (zone.layout.root / "export.csv").write_text("name\nMia\n")
    done = run("verify", "--zone", "eu", "--caller", "officer")
    assert done.exit_code == 1
    assert "export.csv" in done.stdout
    assert "Mia" not in done.stdout
    told = run("verify", "--zone", "eu", "--caller", "officer", "--json")
    assert told.exit_code == 1
    assert [found["place"] for found in json.loads(told.stdout)["findings"]] == ["export.csv"]


def test_what_lies_among_the_zones_and_is_none_is_named_and_the_zones_are_examined(
    run: Run, zone: OpenZone
) -> None:
    (zone.layout.root.parent / "eu.old").mkdir()
    done = run("verify", "--caller", "officer")
    assert done.exit_code == 1
    assert "unexpected, and not examined: eu.old" in done.stdout
    assert "Findings: none" in done.stdout
    told = json.loads(run("verify", "--zone", "eu", "--caller", "officer", "--json").stdout)
    assert (told["of_no_zone"], told["zones_not_examined"]) == (["eu.old"], [])


def test_only_who_may_read_the_log_may_verify(run: Run) -> None:
    done = run("verify", "--zone", "eu", "--caller", "desk-7", "--role", "agent")
    assert done.exit_code == 3


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (("verify", "--caller", "x", "--backup", "/nowhere"), "there is no folder"),
        (("verify", "--zone", "eu", "--zone", "uk", "--caller", "x", "--backup", "b"), "say whose"),
        (("move", "--zone", "eu", "--to", "eu", "--customer", "c"), "moves to another zone"),
        (("move", "--zone", "uk", "--to", "eu", "--customer", "c"), "say where in zone eu"),
    ],
)
def test_what_is_missing_from_a_command_is_said(run: Run, line: tuple[str, ...], why: str) -> None:
    done = run(*line, *(() if "--caller" in line else ("--caller", "officer")))
    assert done.exit_code == 1
    assert why in done.stderr


def test_a_home_without_zones_has_nothing_to_verify(tmp_path: Path) -> None:
    line = ("--home", str(tmp_path), "residency", "verify", "--caller", "officer")
    done = CliRunner().invoke(app, line, env={"C360_TOKEN": ""})
    assert done.exit_code == 1
    assert "there is no zone" in done.stderr


def test_a_customer_nobody_can_read_does_not_move_and_nobody_is_received(
    run: Run, zone: OpenZone
) -> None:
    unknown = run(
        "move", "--zone", "eu", "--to", "uk", "--customer", "c_nobody", "--caller", "officer"
    )
    assert unknown.exit_code == 4
    received = run("receive", "--zone", "eu", "--caller", "officer")
    assert (received.exit_code, received.stdout.strip()) == (0, "Taken in by zone eu: none")
    zone.layout.handoff.mkdir(parents=True, exist_ok=True)
    bad = zone.layout.handoff / "m_bad.move"
    bad.write_bytes(b"no hand-off")
    try:
        refused = run("receive", "--zone", "eu", "--caller", "officer")
    finally:
        bad.unlink()
    assert (refused.exit_code, refused.stdout.strip()) == (1, "Taken in by zone eu: none")
    assert "not taken in: m_bad.move" in refused.stderr
