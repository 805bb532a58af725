"""The command line: every command's happy path, and errors as one clear line."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from privacy.access.model import Caller, Role
from privacy.access.tokens import issue, resolve
from privacy.errors import AccessDenied
from privacy.opened import OpenZone, create_zone
from privacy.warehouse.open import warehouse_lock
from serving.cli import app
from serving.commands import state

HANDLE = "mia.lang@example.org"
ASK = ("--zone", "eu", "--purpose", "service", "--caller", "desk-1")
OFFICER = ("--zone", "eu", "--caller", "officer-1")
Run = Callable[..., Any]


@pytest.fixture
def run(zone: OpenZone, policies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in the zone's home; keywords are more environment."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str, given: str | None = None, **environment: str) -> Any:
        known = {
            "C360_HOME": str(zone.layout.home),
            "C360_POLICIES": str(policies),
            "C360_TOKEN": "",
        }
        return CliRunner().invoke(app, arguments, input=given, env=known | environment)

    return invoke


def said(result: Any) -> str:
    assert result.exit_code == 0, result.output + result.stderr
    return str(result.stdout)


def refused(result: Any, code: int) -> str:
    """Check that a command failed as a user should see it; gives the one line."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("c360: ")
    assert "Traceback" not in lines[0]
    return str(lines[0])


# --- asking -------------------------------------------------------------------------------------


def test_a_customer_is_found_and_read(run: Run, mia: str) -> None:
    found = json.loads(said(run("customer", "find", HANDLE, *ASK, "--json")))
    assert found == {"customer_id": mia, "matched": "email"}
    assert "delivery" in said(run("customer", "context", mia, *ASK))
    assert "t_sooner" in said(run("customer", "open", mia, *ASK))
    page = json.loads(said(run("customer", "timeline", mia, *ASK, "--limit", "2", "--json")))
    assert [entry["entry_id"] for entry in page["entries"]] == ["i_00129", "i_00128"]
    more = said(
        run("customer", "timeline", mia, *ASK, "--limit", "1", "--cursor", page["next_cursor"])
    )
    assert "number 127" in more


def test_a_handle_can_come_on_standard_input_and_leaves_no_trace(run: Run, mia: str) -> None:
    assert mia in said(run("customer", "find", "-", *ASK, given=f"{HANDLE}\n"))


def test_a_handle_on_the_command_line_is_warned_of(
    run: Run, mia: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "is_terminal", lambda: True)
    result = run("customer", "find", HANDLE, *ASK)
    assert "shell's history" in result.stderr
    assert HANDLE not in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("erase", "--plan", "--customer", HANDLE),
        ("erase", "--plan", "--erasure", HANDLE),
        ("holds", "place", "--reason", "matter 12", "--subject", HANDLE),
        ("holds", "release", HANDLE),
        ("certificate", "write", "--out", "certificate.json", HANDLE),
    ],
)
def test_an_address_given_where_an_id_belongs_is_not_said_again(
    run: Run, mia: str, words: tuple[str, ...]
) -> None:
    assert HANDLE not in refused(run(*words, *OFFICER), 4)


def test_an_address_given_for_an_entry_is_not_said_again(run: Run, mia: str) -> None:
    assert HANDLE not in refused(run("audit", "prove", HANDLE, "--zone", "eu"), 4)


def test_a_token_says_who_asks(run: Run, zone: OpenZone, mia: str) -> None:
    with create_now(zone) as fresh:
        token = issue(fresh, Caller("assistant-1", Role.AI_AGENT))
    context = said(
        run(
            "customer",
            "context",
            mia,
            "--zone",
            "eu",
            "--purpose",
            "service",
            "--json",
            C360_TOKEN=token,
        )
    )
    assert "last_rating" not in json.loads(context)


def test_who_looked_is_shown_to_compliance(run: Run, mia: str) -> None:
    said(run("customer", "context", mia, *ASK))
    looks = json.loads(said(run("audit", "who", "--customer", mia, *OFFICER, "--json")))
    assert [look["caller_id"] for look in looks["accesses"]] == ["desk-1"]


def test_who_planned_an_erasure_has_looked_too(run: Run, mia: str) -> None:
    said(run("erase", *OFFICER, "--customer", mia, "--plan"))
    looks = json.loads(said(run("audit", "who", "--customer", mia, *OFFICER, "--json")))
    assert [look["action"] for look in looks["accesses"]] == ["plan_erasure"]


# --- being refused ------------------------------------------------------------------------------


def test_nobody_is_one_line_and_code_4(run: Run) -> None:
    line = refused(run("customer", "find", "nobody@example.org", *ASK), 4)
    assert line == "c360: nobody by that handle or id"


def test_a_wrong_role_is_one_line_and_code_3(run: Run, mia: str) -> None:
    line = refused(run("customer", "context", mia, *ASK, "--role", "analyst"), 3)
    assert "analyst may not read_context for the purpose service" in line


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("customer", "context", "c_x", *ASK[:2], "--purpose", "fun", "--caller", "x"), "purposes"),
        (("customer", "context", "c_x", *ASK[:4]), "say who asks"),
        (("customer", "context", "c_x", *ASK, "--role", "king"), "no such role"),
        (("customer", "find", "x y z", *ASK, "--kind", "passport"), "kind must be one of"),
        (("zone", "create", "--zone", "atlantis"), "no policy for that zone"),
        (("audit", "seal", "--zone", "atlantis"), "no policy for that zone"),
        (("audit", "verify"), "say what to check"),
        (("token", "revoke", "--zone", "eu"), "say which"),
        (("quarantine", "discard", "--zone", "eu"), "say which"),
        (("quarantine", "list", "--zone", "eu", "--status", "lost"), "--status is one of held"),
        (("quarantine", "replay", "--zone", "eu", "--reason", "lost"), "c360 quarantine reasons"),
        (("erase", *OFFICER, "--customer", "c_x"), "--plan"),
        (("erase", *OFFICER, "--plan"), "say whom"),
        (("erase", *OFFICER, "--verify", "--customer", "c_x"), "which erasure"),
        (("serve", "--zone", "eu", "--host", "0.0.0.0"), "in the clear"),
        (("mcp", "--zone", "eu", "--http", "--host", "0.0.0.0"), "in the clear"),
        (("mcp", "--zone", "eu", "--caller", "x"), "purposes"),
        (("world", "--out", "w", "--zone", "atlantis"), "no people"),
    ],
)
def test_what_a_user_gets_wrong_is_one_clear_line(
    run: Run, arguments: tuple[str, ...], line: str
) -> None:
    assert line in refused(run(*arguments), 1)


def test_a_zone_that_was_never_made_names_the_command_that_makes_it(
    run: Run, tmp_path: Path
) -> None:
    line = refused(run("audit", "seal", "--zone", "eu", C360_HOME=str(tmp_path / "none")), 1)
    assert "c360 zone create --zone eu" in line


def test_a_wrong_passphrase_is_one_clear_line(run: Run, tmp_path: Path) -> None:
    home = tmp_path / "locked"
    create_zone(home, "eu", passphrase="one").close()
    result = run("audit", "seal", "--zone", "eu", C360_HOME=str(home), C360_PASSPHRASE_EU="two")
    refused(result, 1)
    assert "two" not in result.stderr


def test_a_broken_store_is_one_clear_line(run: Run, zone: OpenZone) -> None:
    zone.close()
    zone.layout.store.write_bytes(b"half a file")
    for rest in zone.layout.root.glob("store.sqlite-*"):
        rest.unlink()
    assert "store of zone eu cannot be read" in refused(run("audit", "seal", "--zone", "eu"), 1)


def test_a_locked_warehouse_is_one_line_and_code_5(run: Run, zone: OpenZone, mia: str) -> None:
    with warehouse_lock(zone.layout):
        line = refused(run("erase", *OFFICER, "--customer", mia, "--plan", "--wait", "0.1"), 5)
    assert "in use" in line


def test_what_nobody_foresaw_is_one_line_without_its_message(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError(f"could not read {HANDLE}")

    monkeypatch.setattr("privacy.zones.loader.load_policies", fails)
    line = refused(run("zones"), 1)
    assert line == "c360: RuntimeError in fails; --debug shows more"

    shown = run("--debug", "zones")
    assert isinstance(shown.exception, RuntimeError)


def test_wrong_usage_is_code_2(run: Run) -> None:
    assert run("customer", "dance").exit_code == 2
    assert run("customer", "context").exit_code == 2


# --- the rest -----------------------------------------------------------------------------------


def test_a_zone_is_made_and_made_again(run: Run, tmp_path: Path) -> None:
    home = str(tmp_path / "new")
    for _ in range(2):
        assert "zone uk is ready" in said(
            run("--home", home, "zone", "create", "--zone", "uk", C360_POLICIES="")
        )
    zones = json.loads(said(run("--home", home, "zones", "--json", C360_POLICIES="")))
    assert {row["zone"]: row["made here"] for row in zones} == {
        "br": False,
        "cn": False,
        "eu": False,
        "uk": True,
        "us": False,
    }


def test_a_token_is_issued_and_revoked(run: Run, zone: OpenZone) -> None:
    arguments = ("--zone", "eu", "--caller", "desk-2", "--role", "agent")
    issued = [said(run("token", "issue", *arguments)).strip() for _ in range(2)]
    for token in issued:
        with create_now(zone) as fresh:
            assert resolve(fresh, token) == Caller("desk-2", Role.AGENT)
    assert said(run("token", "revoke", "--zone", "eu", "--token", given=issued[0])) == "1 revoked\n"
    assert said(run("token", "revoke", "--zone", "eu", "--caller", "desk-2")) == "1 revoked\n"
    with create_now(zone) as fresh, pytest.raises(AccessDenied):
        resolve(fresh, issued[1])


def create_now(zone: OpenZone) -> OpenZone:
    """Open the same zone with the true clock, as a command does."""
    return create_zone(zone.layout.home, "eu")


def test_a_withdrawal_closes_the_door_and_says_what_it_reached(run: Run, mia: str) -> None:
    told = said(
        run(
            "consent",
            "withdraw",
            *OFFICER,
            "--customer",
            mia,
            "--purpose",
            "service",
            "--purpose",
            "accountability",
            "--method",
            "letter",
        )
    )
    assert "service: withdrawn; closed" in told
    assert "accountability: withdrawn; open all the same" in told
    assert "nothing permits service" in refused(run("customer", "context", mia, *ASK), 3)
    shown = json.loads(said(run("consent", "show", *OFFICER, "--customer", mia, "--json")))
    decisions = {row["purpose"]: row["permitted"] for row in shown["decisions"]}
    assert (decisions["service"], decisions["accountability"]) == (False, True)
    assert len(shown["events"]) == 8


def test_what_was_permitted_then_and_what_was_known_then_can_be_asked(run: Run, mia: str) -> None:
    show = ("consent", "show", *OFFICER, "--customer", mia)
    said(
        run(
            "consent",
            "withdraw",
            *(*OFFICER, "--customer", mia, "--purpose", "service", "--method", "letter"),
        )
    )

    def service(*options: str) -> tuple[bool, int]:
        shown = json.loads(said(run(*show, *options, "--json")))
        [row] = [row for row in shown["decisions"] if row["purpose"] == "service"]
        return row["permitted"], len(shown["events"])

    assert service() == (False, 4)
    assert service("--at", "2020-01-01T12:00:00+01:00") == (True, 4)
    assert service("--known-at", "2020-01-01") == (True, 0)
    assert "What was said: none" in said(run(*show, "--known-at", "2020-01-01"))


def test_a_customer_is_taken_apart_and_put_together_again(run: Run, mia: str) -> None:
    told = said(run("identity", "split", "s_mia2", *OFFICER))
    assert "s_mia2 is customer c_" in told
    [line] = json.loads(said(run("identity", "history", mia, *OFFICER, "--json")))
    assert (line["kind"], line["by"]) == ("split", "officer-1")
    assert "undone" in said(run("identity", "undo", line["decision"], *OFFICER))
    assert "no such customer" in refused(run("identity", "history", "c_nobody", *OFFICER), 4)


def test_an_agent_may_not_take_customers_apart(run: Run) -> None:
    refused(run("identity", "split", "s_mia2", *OFFICER, "--role", "agent"), 3)


def test_the_log_is_sealed_checked_and_proven_offline(
    run: Run, zone: OpenZone, mia: str, tmp_path: Path
) -> None:
    said(run("customer", "context", mia, *ASK))
    assert "entries in the log: 1" in said(run("audit", "seal", "--zone", "eu"))
    assert "entries in the log: 1" in said(run("audit", "verify", "--zone", "eu"))
    looks = json.loads(said(run("audit", "who", *OFFICER, "--customer", mia, "--json")))
    entry_id = looks["accesses"][0]["entry_id"]
    proof = tmp_path / "proof.json"
    proof.write_text(said(run("audit", "prove", entry_id, "--zone", "eu")))
    key = zone.layout.public_keys / "eu.json"
    elsewhere = str(tmp_path / "elsewhere")
    check = ("audit", "verify", "--proof", str(proof), "--key", str(key))
    assert "holds" in said(run(*check, C360_HOME=elsewhere))
    proof.write_text(proof.read_text().replace("desk-1", "desk-2"))
    assert "c360: " in refused(run(*check, C360_HOME=elsewhere), 1)


def test_a_person_is_erased_with_a_certificate_a_stranger_can_check(
    run: Run, zone: OpenZone, mia: str, ben: str, tmp_path: Path
) -> None:
    plan = json.loads(said(run("erase", *OFFICER, "--handle", HANDLE, "--plan", "--json")))
    assert plan["customer_id"] == mia
    assert said(run("customer", "context", mia, *ASK))

    known = f"email {HANDLE}\nname Mia Lang\n"
    out = tmp_path / "certificate.json"
    options = ("--known", "-", "--out", str(out), "--yes")
    told = said(
        run("erase", *OFFICER, "--erasure", plan["erasure_id"], "--execute", *options, given=known)
    )
    assert "keys that open" in told
    assert HANDLE not in told

    refused(run("customer", "context", mia, *ASK), 4)
    refused(run("customer", "find", HANDLE, *ASK), 4)
    assert said(run("customer", "context", ben, *ASK))
    again = ("erase", *OFFICER, "--erasure", plan["erasure_id"], "--verify", "--known", "-")
    assert "Certified" in said(run(*again, given=known))
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "mail.txt").write_text(f"To: {HANDLE}")
    line = refused(run(*again, "--also", str(exports), given=known), 1)
    assert "not complete: email" in line
    assert "mail.txt" in line
    assert "--known" in refused(run(*again[:-2]), 1)

    key = zone.layout.public_keys / "eu.json"
    check = ("certificate", "verify", str(out), "--key", str(key))
    assert plan["erasure_id"] in said(run(*check, C360_HOME=str(tmp_path / "elsewhere")))
    salt = next(row for row in told.splitlines() if "salt" in row).split("│")[2].strip()
    assert said(run(*check, "--customer", mia, "--salt", salt))
    assert "not about" in refused(run(*check, "--customer", ben, "--salt", salt), 1)
    out.write_text(out.read_text()[:-40])
    refused(run(*check), 1)


def test_an_erasure_asks_before_it_erases(run: Run, mia: str) -> None:
    result = run("erase", *OFFICER, "--customer", mia, "--execute", given="n\n")
    assert result.exit_code == 1
    assert said(run("customer", "context", mia, *ASK))


def test_only_compliance_may_erase(run: Run, mia: str) -> None:
    line = refused(run("erase", *OFFICER, "--customer", mia, "--plan", "--role", "agent"), 3)
    assert "agent may not plan_erasure" in line


def test_the_quarantine_is_listed_replayed_and_discarded(run: Run, zone: OpenZone) -> None:
    from pipelines.landing.quarantine import set_aside

    held = set_aside(
        zone,
        source="email",
        place="a.eml",
        reason="malformed_item",
        detail="no date",
        stage="landed",
        payload=b"no mail at all",
    )
    listed = json.loads(said(run("quarantine", "list", "--zone", "eu", "--json")))
    assert [(row["entry"], row["reason"]) for row in listed] == [(held, "malformed_item")]
    assert "malformed_item" in said(run("quarantine", "reasons"))
    assert json.loads(said(run("quarantine", "replay", "--zone", "eu", held, "--json")))
    for act in (("replay",), ("discard", "--yes")):
        line = refused(run("quarantine", *act, "--zone", "eu", held, "q_nobody", "a@b.example"), 4)
        assert "under 2 of the ids that were given: q_nobody; nothing was done" in line
    discard = ("quarantine", "discard", "--zone", "eu", "--source", "email")
    assert run(*discard, given="n\n").exit_code == 1
    said(run(*discard, "--yes"))
    assert json.loads(said(run("quarantine", "list", "--zone", "eu", "--json"))) == []


def test_a_world_is_written(run: Run, tmp_path: Path) -> None:
    told = said(run("world", "--out", "w", "--messages", "60", "--zone", "uk", "--seed", "3"))
    assert "email" in told
    assert any((tmp_path / "w" / "inbox" / "uk").rglob("*.*"))


def test_the_settings_are_shown_without_secrets_and_with_what_is_mistyped(run: Run) -> None:
    result = run("config", C360_PASSPHRASE_EU="tarantella", C360_HOEM="/x")
    assert "set, not shown" in said(result)
    assert "tarantella" not in result.stdout + result.stderr
    assert "C360_HOEM is no setting of ours" in result.stderr


def test_the_version_is_shown(run: Run) -> None:
    assert said(run("version")).startswith("c360 ")


# --- help ---------------------------------------------------------------------------------------


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from serving.cli import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'sqlalchemy', 'duckdb', 'fastapi', 'mcp', 'dagster', 'pyarrow', 'pydantic'}\n"
        "print('heavy:', sorted(heavy & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip().endswith("heavy: []")
