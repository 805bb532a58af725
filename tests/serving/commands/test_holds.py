"""`c360 holds`, and the log's consistency, as compliance sees them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from privacy.audit.log import AuditLog
from privacy.erasure.ledger import Line, append
from privacy.erasure.waiting import resume
from privacy.opened import OpenZone
from serving.cli import app

OFFICER = ("--zone", "eu", "--caller", "officer-1")
Run = Callable[..., Any]


@pytest.fixture
def run(zone: OpenZone) -> Run:
    environment = {"C360_HOME": str(zone.layout.home), "C360_TOKEN": ""}
    return lambda *line, **more: CliRunner().invoke(app, line, env=environment, **more)


def test_a_held_erasure_waits_and_goes_on_by_itself(
    run: Run, zone: OpenZone, ben: str, tmp_path: Path
) -> None:
    words = ("--customer", ben, "--reason", "matter 12", "--category", "orders")
    placed = run("holds", "place", *OFFICER, *words, "--until", "2026-01-01")
    assert placed.exit_code == 0, placed.stderr
    hold = placed.stdout.split(":")[0]
    (row,) = json.loads(run("holds", "list", *OFFICER, "--json").stdout)
    assert (row["hold"], row["on"], row["is_due_for_review"]) == (hold, "orders", True)

    erase = run("erase", *OFFICER, "--customer", ben, "--execute", "--yes")
    assert erase.exit_code == 3
    assert f"waits for hold {hold} on orders" in erase.stderr

    released = run("holds", "release", hold, *OFFICER)
    assert "goes on by itself at the next run" in released.stdout
    assert json.loads(run("holds", "list", *OFFICER, "--json").stdout) == []
    # Nothing of this customer was ever landed, so that there is no value to search for.
    (erasure_id,) = resume(zone).incomplete
    assert erasure_id in released.stdout
    proven = run(
        "erase", *OFFICER, "--erasure", erasure_id, "--execute", "--yes", "--known", "-",
        input="email ben@example.org\n",
    )  # fmt: skip
    assert proven.exit_code == 0, proven.stderr
    repeated = run("erase", *OFFICER, "--erasure", erasure_id, "--execute", "--yes")
    assert repeated.exit_code == 0, repeated.stderr
    assert "Certified before" in repeated.stdout
    out = tmp_path / "certificate.json"
    written = run("certificate", "write", erasure_id, *OFFICER, "--out", str(out))
    assert written.exit_code == 0, written.stderr
    key = str(zone.layout.public_keys / "eu.json")
    assert run("certificate", "verify", str(out), "--key", key).exit_code == 0


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("place", "--reason", "x"), 1),
        (("place", "--reason", "x", "--customer", "c_nobody"), 4),
        (("place", "--reason", "x\x1b[31m", "--subject", "s_x"), 3),
        (("place", "--reason", "x", "--subject", "s_x", "--category", "hats"), 1),
        (("release", "h_none"), 4),
        (("list", "--role", "agent"), 3),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(run: Run, line: tuple[str, ...], code: int) -> None:
    result = run("holds", *line, *OFFICER)
    assert result.exit_code == code
    assert result.stderr.startswith("c360: ")


def test_the_log_is_shown_to_begin_with_what_it_was(
    run: Run, zone: OpenZone, mia: str, tmp_path: Path
) -> None:
    log = AuditLog(zone)
    for _ in range(3):
        log.record(action="x", caller_id="x", purpose=None, outcome="done", customer_id=mia)
    kept = log.seal()
    log.record(action="x", caller_id="x", purpose=None, outcome="done", customer_id=mia)
    log.forget([mia])
    proof = tmp_path / "consistency.json"
    said = run("audit", "consistency", "--zone", "eu", "--from", "3", "--out", str(proof))
    assert said.exit_code == 0, said.stderr
    assert len(json.loads(run("audit", "heads", "--zone", "eu", "--json").stdout)) == 2

    key = str(zone.layout.public_keys / "eu.json")
    check = ("audit", "verify-consistency", str(proof), "--key", key, "--head")
    checked = run(*check, kept.root.hex())
    assert checked.exit_code == 0, checked.stderr
    assert "the 3 entries" in checked.stdout
    assert "the head you kept" in run(*check, "00" * 32).stderr
    content = json.loads(proof.read_text())
    content["path"][0] = "00" * 32
    proof.write_text(json.dumps(content))
    assert run(*check, kept.root.hex()).exit_code == 1


def test_no_door_opens_a_store_that_has_forgotten_an_erasure(
    run: Run, zone: OpenZone, ben: str
) -> None:
    line = Line("r_1", ben, (), ("s_ben0",), {"0" * 64: 1}, "x", "2026-05-01T00:00:00+00:00")
    append(zone, [line])
    asked = ("customer", "find", "ben@example.org", "--purpose", "service")
    refused = run(*asked, "--zone", "eu", "--caller", "desk-1")
    assert refused.exit_code == 1
    assert "c360 erase --zone eu --again" in refused.stderr

    hold = run("holds", "place", *OFFICER, "--subject", "s_ben0", "--reason", "matter 12").stdout
    held = run("erase", *OFFICER, "--again")
    assert held.exit_code == 3
    assert "r_1; the zone stays shut until you release it" in held.stderr
    assert run("holds", "release", *OFFICER, hold.split(":")[0]).exit_code == 0

    mended = run("erase", *OFFICER, "--again")
    assert mended.exit_code == 0, mended.stderr
    assert "erased again: r_1" in mended.stdout
    assert run(*asked, "--zone", "eu", "--caller", "desk-1").exit_code == 4
