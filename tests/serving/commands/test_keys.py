"""`c360 keys`: rotation as an operator sees it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import CliRunner

from privacy.opened import OpenZone
from serving.cli import app

Run = Callable[..., Any]


@pytest.fixture
def run(zone: OpenZone) -> Run:
    environment = {"C360_HOME": str(zone.layout.home), "C360_TOKEN": ""}
    return lambda *line: CliRunner().invoke(app, ("keys", *line, "--zone", "eu"), env=environment)


def test_a_rotation_opens_an_epoch_and_the_status_shows_both(run: Run) -> None:
    rotated = run("rotate")
    assert rotated.exit_code == 0, rotated.stderr
    assert rotated.stdout.startswith("zone eu: epoch 2, ")
    first, second = json.loads(run("status", "--json").stdout)
    assert (first["count_keys"], first["generation"], second["generation"]) == (0, "1", "2")
    assert second["count_keys"] > 0
    assert first["superseded_at"] == second["opened_at"]
    assert first["ends_at"] > second["opened_at"]


def test_an_epoch_whose_backups_must_be_readable_is_not_ended(run: Run) -> None:
    run("rotate")
    assert run("end").stdout == "zone eu: epochs ended: none was due\n"
