"""`c360 transfers`: the register, the count, and the hand-offs, as compliance sees them."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from privacy.handovers import Delivery, Sent, record_received, write_sent
from privacy.ids import ZoneId
from privacy.opened import OpenZone, create_zone
from serving.cli import app

Run = Callable[..., Any]
NOW = datetime(2026, 11, 2, tzinfo=UTC)
FILE = "h_abcdefghijklmnop"
AUTHORISE = (
    *("authorise", "--recipient", "Print Ltd", "--to", "US"),
    *("--purpose", "service", "--category", "contact"),
)


@pytest.fixture(scope="module")
def zones(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, OpenZone]]:
    home = tmp_path_factory.mktemp("home")
    made = {name: create_zone(home, name) for name in ("cn", "eu", "us")}
    yield made
    for zone in made.values():
        zone.close()


@pytest.fixture
def run(zones: dict[str, OpenZone]) -> Run:
    environment = {"C360_HOME": str(zones["cn"].layout.home), "C360_TOKEN": ""}

    def invoke(*line: str, zone: str = "cn", role: str = "compliance") -> Any:
        told = ("transfers", *line, "--zone", zone, "--caller", "dpo", "--role", role)
        return CliRunner().invoke(app, told, env=environment)

    return invoke


def test_a_transfer_is_refused_filed_for_authorised_and_counted(run: Run, tmp_path: Path) -> None:
    ids = tmp_path / "ids"
    ids.write_text("c_one\nc_two\n\nc_one\n")
    sensitive = (*AUTHORISE, "--ids", str(ids), "--sensitive")
    refused = run(*sensitive)
    assert refused.exit_code == 3
    assert "needs standard_contract or certification or security_assessment" in refused.stderr

    filed = run(
        *("file", "--instrument", "standard_contract", "--recipient", "Print Ltd", "--to", "US"),
        *("--reference", "legal/7", "--from", "2026-01-01", "--until", "2030-01-01"),
    )
    assert filed.stdout == "zone cn: standard_contract with Print Ltd is on file\n"
    for _ in range(2):
        permit = json.loads(run(*sensitive, "--reference", "print-7", "--json").stdout)
        assert (permit["instrument"], permit["reference"]) == ("standard_contract", "legal/7")
    counted = json.loads(run("counters", "--json").stdout)
    assert (counted["persons"], counted["persons_with_sensitive_data"]) == (0, 2)
    assert counted["instruments_that_suffice"][0] == "standard_contract"

    lines = json.loads(run("list", "--json").stdout)
    assert [line["kind"] for line in lines] == ["refusal", "document", "transfer"]
    assert "c_one" not in run("list", "--json").stdout
    shown = run("list", "--kind", "transfer").stdout
    assert "Print Ltd" in shown
    assert "1 row" in shown


def test_where_the_law_does_not_count_the_counters_say_so(run: Run) -> None:
    assert json.loads(run("counters", "--json", zone="us").stdout)["is_counted"] is False


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (AUTHORISE, 1),  # how many people, nobody said
        ((*AUTHORISE[:4], "United States", *AUTHORISE[5:], "--persons", "1"), 1),
        (("list", "--kind", "bribe"), 1),
        (("counters", "--role", "agent"), 3),
        (("list", "--role", "engineer"), 3),
    ],
)
def test_what_cannot_be_asked_is_refused(run: Run, line: tuple[str, ...], code: int) -> None:
    role = line[-1] if line[-2] == "--role" else "compliance"
    asked = line[:-2] if line[-2] == "--role" else line
    assert run(*asked, role=role).exit_code == code


def test_handoffs_are_reconciled_with_the_other_zones_receipt(
    run: Run, zones: dict[str, OpenZone], tmp_path: Path
) -> None:
    sent = Sent(FILE, "us", "g_1", "d" * 64, 3, 2, NOW, NOW)
    other = Sent("h_other", "us", "g_2", "e" * 64, 1, 1, NOW, NOW)
    with zones["eu"].store.begin() as connection:
        write_sent(connection, [sent, other])
    delivery = Delivery(ZoneId("eu"), FILE, "d" * 64, 3)
    with zones["us"].store.begin() as connection:
        record_received(connection, delivery, {"count_taken": 2, "count_duplicate": 1}, NOW)

    outstanding = json.loads(run("handoffs", "--open", "--json", zone="eu").stdout)
    assert [row["file_id"] for row in outstanding["sent"]] == [FILE, "h_other"]
    came = json.loads(run("handoffs", "--json", zone="us").stdout)["received"]
    assert [(row["sender"], row["count_taken"]) for row in came] == [("eu", 2)]

    out = tmp_path / "us.json"
    written = run("receipt", "--sender", "eu", "--out", str(out), zone="us")
    assert "for 1 files of eu" in written.stdout
    left = json.loads(run("handoffs", "--open", "--receipt", str(out), "--json", zone="eu").stdout)
    assert [(row["file_id"], row["state"]) for row in left["sent"]] == [("h_other", "no receipt")]
    assert "h_other" in run("handoffs", "--open", zone="eu").stdout


def test_a_receipt_for_what_was_never_sent_is_told(
    run: Run, zones: dict[str, OpenZone], tmp_path: Path
) -> None:
    delivery = Delivery(ZoneId("cn"), "h_never", "f" * 64, 1)
    with zones["us"].store.begin() as connection:
        record_received(connection, delivery, {"count_taken": 1}, NOW)
    out = tmp_path / "us.json"
    run("receipt", "--sender", "cn", "--out", str(out), zone="us")
    told = run("handoffs", "--receipt", str(out), "--json")
    assert told.exit_code == 1
    assert json.loads(told.stdout)["not_ours"] == {"h_never": "never sent"}
    forged = tmp_path / "forged.json"
    forged.write_text(out.read_text().replace('"count_taken":1', '"count_taken":2'))
    assert "not signed by this key" in run("handoffs", "--receipt", str(forged)).stderr
