"""One person goes, everywhere and for good; the other does not notice."""

import json
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.ipc
import pytest
from sqlalchemy import func, select

from privacy.audit.log import AuditLog
from privacy.erasure import doors
from privacy.erasure import execute as execution
from privacy.erasure.certificate import (
    is_about,
    issue,
    subject_salt,
    verify_certificate,
    verify_file,
)
from privacy.erasure.doors import close_doors
from privacy.erasure.erase import erase
from privacy.erasure.execute import execute, execute_many
from privacy.erasure.journal import State, Step, load, note, unfinished
from privacy.erasure.ledger import lines
from privacy.erasure.needles import Value
from privacy.erasure.plan import plan
from privacy.erasure.residue import scan_files
from privacy.erasure.suppression import suppressed
from privacy.erasure.verify import verify, verify_many
from privacy.errors import (
    ErasureIncomplete,
    KeyDestroyed,
    LegalHold,
    NotFound,
    Refused,
    Tampered,
    WarehouseBusy,
)
from privacy.holds import place_hold, release_hold
from privacy.opened import open_zone
from privacy.signed import file_of
from privacy.store import tables as store
from privacy.warehouse.open import warehouse_lock
from tests.sqlite_pages import plant_in_a_page


def _count(world: Any, table: Any, *conditions: Any) -> int:
    with world.zone.store.connect() as connection:
        query = select(func.count()).select_from(table).where(*conditions)
        return int(connection.execute(query).scalar_one())


def _texts(world: Any) -> dict[str, dict[str, str] | None]:
    with world.warehouse() as warehouse:
        rows = warehouse.connection.execute(
            "select interaction_id, subject_id, sealed from core.originals"
        ).fetchall()
    opened = world.zone.keyring.open_many(
        [row[1] for row in rows],
        table="originals",
        column="sealed",
        sealed=[row[2] for row in rows],
        missing="none",
    )
    return {
        row[0]: None if content is None else json.loads(content)
        for row, content in zip(rows, opened, strict=True)
    }


def test_a_plan_counts_every_place_and_changes_nothing(world: Any) -> None:
    planned = plan(world.zone, world.anna, "compliance")

    counts = {place.place: place.count for place in planned.places}
    assert counts["core.interactions"] == 3  # hers by two handles, and the bot's answer to her
    assert counts["core.originals"] == 3
    assert counts["core.orders"] == 2
    assert counts["core.mentions of others"] == 1
    assert counts["marts.agent_context"] == 1
    assert counts["profiles"] == counts["timeline_pages"] == 1
    assert counts["subject_handles"] == counts["consent_events"] == 2
    assert counts["landing"] == 2
    assert counts["data_keys"] == 4  # two subjects, the customer, and one merged into it
    assert [place.place for place in planned.places if not place.is_listed] == ["marts.surprise"]
    assert planned.count_subjects == planned.count_handles == 2
    assert "core.orders" in planned.remains
    assert "backups" in planned.not_reached
    assert load(world.zone, planned.erasure_id).state is State.PLANNED
    assert world.email not in json.dumps(planned.to_json())
    assert len([text for text in _texts(world).values() if text]) == 5


def test_an_erased_person_is_gone_and_the_certificate_proves_it(world: Any, tmp_path: Path) -> None:
    certificate = erase(world.zone, world.anna, "case 7")

    checked = verify_certificate(certificate, world.zone.keyring.verify_key)
    assert checked.zone == "eu"
    assert checked.count_erased > 20
    assert certificate["search"]["values"] == {
        "email": 1,
        "phone": 1,
        "handle_index": 2,
        "subject_id": 2,
        "customer_id": 2,
    }
    assert certificate["search"]["count_handles_searched"] == 2
    places = {place["place"]: place for place in certificate["places"]}
    assert places["core.interactions"]["before"] == 3
    assert {place["after"] for place in certificate["places"]} == {0}
    written = json.dumps(certificate)
    for part in (world.email, world.phone, world.anna, *world.annas, *world.handles.values()):
        assert part not in written

    report = scan_files([tmp_path], [Value("email", world.email), Value("phone", world.phone)])
    assert report.residues == ()
    with pytest.raises(NotFound):
        plan(world.zone, world.anna, "again")


def test_what_is_another_persons_stays(world: Any) -> None:
    erase(world.zone, world.anna, "case 7")

    texts = _texts(world)
    assert set(texts) == {world.interaction(3), world.interaction(4)}
    bobs = texts[world.interaction(3)]
    assert bobs is not None
    assert bobs["text"].startswith("My friend has \u2588")
    assert world.bobs_email in bobs["text"]
    assert world.email not in bobs["signature"]
    assert len(bobs["text"]) == len(
        f"My friend has {world.email}; I am {world.bobs_email}, my order is late"
    )
    assert world.count("select count(*) from core.mentions where identifier_index is not null") == 2
    assert world.count("select count(*) from core.interactions") == 2
    assert _count(world, store.PROFILES) == 1
    assert _count(world, store.SUBJECT_HANDLES) == 1
    assert world.count("select count(*) from marts.surprise") == 1
    assert world.count("select n from marts.resolution_kpis") == 5
    with world.zone.store.connect() as connection:
        decisions = connection.execute(select(store.IDENTITY_DECISIONS)).all()
    assert [(d.customer_id, d.from_customer_id, d.subject_ids) for d in decisions] == [
        (world.bob, None, list(world.bobs))
    ]


def test_orders_stay_as_figures_of_nobody(world: Any) -> None:
    erase(world.zone, world.anna, "case 7")

    assert world.count("select count(*) from core.orders") == 3
    assert (
        world.count(
            "select count(*) from core.orders where subject_id is null and store_id is null"
            " and item_id = 'withheld' and segment_id = 'erased' and ordered_at = date_trunc('day', ordered_at)"
        )
        == 2
    )


def test_the_keys_are_destroyed_and_tried(world: Any) -> None:
    sealed = world.zone.keyring.seal(world.annas[0], table="t", column="c", value=b"x")
    erase(world.zone, world.anna, "case 7")

    with open_zone(world.zone.layout.home, "eu") as elsewhere, pytest.raises(KeyDestroyed):
        elsewhere.keyring.open(world.annas[0], table="t", column="c", sealed=sealed)


def test_the_audit_log_forgets_and_still_proves(world: Any) -> None:
    log = AuditLog(world.zone)
    before = log.seal()
    erase(world.zone, world.anna, "case 7")

    assert log.entries_for(world.anna) == []
    assert len(log.entries_for(world.bob)) == 1
    log.verify()
    after = log.seal()
    assert log.consistency_proof(before.size, after.size)


def test_handles_are_suppressed_once(world: Any) -> None:
    erase(world.zone, world.anna, "case 7")

    with world.zone.store.connect() as connection:
        found = suppressed(connection, world.zone.keyring, list(world.handles.values()))
    assert {found[world.handles[v]].count_erased for v in (world.email, world.phone)} == {1}
    assert world.handles[world.bobs_email] not in found


def test_landed_deliveries_and_quarantine_no_longer_hold_the_person(world: Any) -> None:
    erase(world.zone, world.anna, "case 7")

    from privacy.erasure.sealed import landed, landed_files

    items = [
        i for path in landed_files(world.zone) for o in landed(world.zone, path) for i in o.ids
    ]
    assert items == [world.item(4)]
    assert _count(world, store.QUARANTINE) == 0
    assert _count(world, store.LANDING_ITEMS) == 5
    assert _count(world, store.LANDING_ITEMS, store.LANDING_ITEMS.c.owner_id.is_(None)) == 3


def test_nobody_of_that_id_is_not_an_erasure(world: Any) -> None:
    with pytest.raises(NotFound):
        plan(world.zone, "c_nobody", "x")


def test_a_legal_hold_stops_everything_until_it_is_released(world: Any) -> None:
    planned = plan(world.zone, world.anna, "x")
    hold = place_hold(world.zone, world.annas[1], reason="matter 12", placed_by="legal")

    with pytest.raises(LegalHold):
        execute(world.zone, planned.erasure_id)
    assert not world.zone.keyring.is_destroyed(world.annas[0])
    assert _count(world, store.SUBJECT_HANDLES) == 3
    assert [h.hold_id for h in plan(world.zone, world.anna, "x").holds] == [hold]

    release_hold(world.zone, hold, released_by="legal")
    execute(world.zone, planned.erasure_id)
    assert world.zone.keyring.is_destroyed(world.annas[0])
    with pytest.raises(NotFound):
        release_hold(world.zone, hold, released_by="legal")


def test_a_plan_for_who_the_customer_no_longer_is_is_refused(world: Any) -> None:
    planned = plan(world.zone, world.anna, "x")
    with world.zone.store.begin() as connection:
        connection.execute(
            store.CUSTOMER_MEMBERS.delete().where(
                store.CUSTOMER_MEMBERS.c.subject_id == world.annas[1]
            )
        )

    with pytest.raises(Refused):
        execute(world.zone, planned.erasure_id)
    assert not world.zone.keyring.is_destroyed(world.annas[0])


def test_no_certificate_before_verification(world: Any) -> None:
    planned = plan(world.zone, world.anna, "x")
    with pytest.raises(ErasureIncomplete):
        verify(world.zone, planned.erasure_id)
    with pytest.raises(ErasureIncomplete):
        issue(world.zone, planned.erasure_id)
    execute(world.zone, planned.erasure_id)
    with pytest.raises(ErasureIncomplete):
        issue(world.zone, planned.erasure_id)


def test_no_certificate_when_no_value_of_the_person_was_searched_for(world: Any) -> None:
    planned = plan(world.zone, world.anna, "x")
    execute(world.zone, planned.erasure_id)

    assert not verify(world.zone, planned.erasure_id).is_complete
    with pytest.raises(ErasureIncomplete, match="no plain value"):
        issue(world.zone, planned.erasure_id)

    strangers = [Value("email", "somebody.else@example.org")]
    assert not verify_again(world, planned.erasure_id, strangers).is_complete
    hers = [Value("email", world.email.upper())]
    assert verify_again(world, planned.erasure_id, hers).failures == ()
    assert issue(world.zone, planned.erasure_id)["search"]["count_handles_searched"] == 1


def test_ids_that_stay_in_the_store_are_no_residue_when_nothing_else_is_known(world: Any) -> None:
    certificate = erase(world.zone, world.anna, "x")
    found = verify(world.zone, certificate["erasure_id"])
    assert found.failures == (
        "no plain value of the person was searched for; give one with --known",
    )


def test_a_value_of_another_customer_erases_nothing(world: Any) -> None:
    given = world.bobs_email.upper()
    planned = plan(world.zone, world.anna, "x")
    with pytest.raises(Refused, match=r"of another customer too \(email\)") as refused:
        execute(world.zone, planned.erasure_id, values=[Value("email", given)])
    assert given not in str(refused.value)
    assert not world.zone.keyring.is_destroyed(world.annas[0])


def test_a_file_that_is_no_segment_is_named_with_the_doors_closed(world: Any) -> None:
    day = next(world.zone.layout.landing.glob("*/*.arrow")).parent
    text, table = day / "g_notes.arrow", day / "g_table.arrow"
    text.write_text("no segment")
    with pa.ipc.new_file(str(table), pa.schema([("name", pa.string())])):
        pass
    planned = plan(world.zone, world.anna, "x")
    with pytest.raises(Tampered, match=r"g_notes\.arrow, .*g_table\.arrow.* Move it out") as error:
        execute(world.zone, planned.erasure_id)
    assert f"landing/{day.name}/g_notes.arrow" in str(error.value)
    assert load(world.zone, planned.erasure_id).is_done(Step.CLOSED)
    assert world.zone.keyring.is_destroyed(world.annas[0])

    text.unlink()
    table.unlink()
    execute(world.zone, planned.erasure_id)
    assert load(world.zone, planned.erasure_id).state is State.EXECUTED


def test_of_two_erasures_of_one_person_at_once_one_is_refused(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = plan(world.zone, world.anna, "x"), plan(world.zone, world.anna, "x")
    gather = doors.gather_each

    def the_other_comes_first(*given: Any, **more: Any) -> Any:
        monkeypatch.setattr(doors, "gather_each", gather)
        execute(world.zone, first.erasure_id)
        return gather(*given, **more)

    monkeypatch.setattr(doors, "gather_each", the_other_comes_first)
    with pytest.raises(Refused, match="came first"):
        execute(world.zone, second.erasure_id)
    assert load(world.zone, second.erasure_id).state is State.PLANNED
    assert [line.erasure_id for line in lines(world.zone)] == [first.erasure_id]


def test_what_is_left_of_a_row_in_a_rearranged_page_goes_at_the_verification(world: Any) -> None:
    planned = plan(world.zone, world.anna, "x")
    done = execute(world.zone, planned.erasure_id)
    file = world.zone.layout.store
    world.zone.store.dispose()
    plant_in_a_page(file, world.email.encode())
    assert world.email.encode() in file.read_bytes()

    assert verify(world.zone, planned.erasure_id, values=done.values).is_complete
    assert world.email.encode() not in file.read_bytes()


def verify_again(world: Any, erasure_id: str, values: list[Value]) -> Any:
    execute(world.zone, erasure_id, values=values)
    return verify(world.zone, erasure_id, values=values)


@pytest.mark.parametrize(
    ("where", "content"),
    [
        ("temporary.log", "plain {}"),
        ("dbt/target/run_results.json", '{{"x": "{}"}}'),
        ("../../dagster/storage/log.txt", "{}"),
        ("../../handoff/eu/x", "{}"),
    ],
)
def test_no_certificate_while_a_copy_lies_anywhere(world: Any, where: str, content: str) -> None:
    path = world.zone.layout.root / where
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content.format(world.email))

    with pytest.raises(ErasureIncomplete) as raised:
        erase(world.zone, world.anna, "x")
    assert path.name in str(raised.value)
    assert world.email not in str(raised.value)

    path.unlink()
    with world.zone.store.connect() as connection:
        erasure_id = connection.execute(select(store.ERASURES.c.erasure_id)).scalar_one()
    assert verify_again(world, erasure_id, [Value("email", world.email)]).is_complete
    assert issue(world.zone, erasure_id)


@pytest.mark.parametrize(
    ("where", "why"),
    [("dump.sql.gz", "damaged"), ("landing/2026-05-06/torn.arrow", "not opened")],
)
def test_no_certificate_while_a_place_was_not_searched(world: Any, where: str, why: str) -> None:
    path = world.zone.layout.root / where
    planned = plan(world.zone, world.anna, "x")
    done = execute(world.zone, planned.erasure_id)
    path.write_bytes(b"\x1f\x8b\x08 and no more" if where.endswith("gz") else b"ARROW1 no more")

    found = verify(world.zone, planned.erasure_id, values=done.values)

    assert not found.scan.residues
    assert any(path.name in failure and why in failure for failure in found.failures)
    with pytest.raises(ErasureIncomplete, match="not searched"):
        issue(world.zone, planned.erasure_id)


def test_no_certificate_while_a_copy_in_the_warehouse_or_the_store_remains(world: Any) -> None:
    planned = plan(world.zone, world.anna, "x")
    done = execute(world.zone, planned.erasure_id)
    with world.warehouse() as warehouse:
        warehouse.connection.execute("create table marts.leak as select ? as note", [world.email])
    with world.zone.store.begin() as connection:
        connection.execute(
            store.CALLERS.insert().values(
                token_hash="0" * 64,
                caller_id=world.phone,
                role="agent",
                issued_at=world.zone.clock(),
                expires_at=world.zone.clock(),
            )
        )

    found = verify(world.zone, planned.erasure_id, values=done.values)

    places = {residue.place for residue in found.scan.residues}
    assert "marts.leak" in places
    assert any("store.sqlite" in place for place in places)


def test_another_customers_row_that_came_back_is_found(world: Any) -> None:
    planned = plan(world.zone, world.anna, "x")
    done = execute(world.zone, planned.erasure_id)
    with world.warehouse() as warehouse:
        warehouse.connection.execute("insert into marts.surprise values (?)", [world.anna])

    found = verify(world.zone, planned.erasure_id, values=done.values)

    assert "1 rows in marts.surprise" in found.failures
    execute(world.zone, planned.erasure_id, values=done.values)
    assert verify(world.zone, planned.erasure_id, values=done.values).is_complete


STEPS = [
    *(("doors", step) for step in ("gather_each", "suppress", "save", "erase_rows", "note")),
    *(
        ("execute", step)
        for step in (
            "count_warehouse_rows",
            "save",
            "redact_originals",
            "erase_warehouse_rows",
            "erase_store_rows",
            "drop_items",
            "drop_quarantined",
            "rewrite_warehouse",
            "_empty",
            "scrub",
            "AuditLog",
            "note",
        )
    ),
    ("verify", "save"),
    ("certificate", "save"),
]


KILLED = """
import importlib, os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from privacy.erasure.certificate import issue
from privacy.erasure.execute import execute
from privacy.erasure.needles import Value
from privacy.erasure.verify import verify
from privacy.opened import open_zone

home, erasure_id, module, step, when = sys.argv[1:]
place = importlib.import_module("privacy.erasure." + module)
itself = getattr(place, step)

def killed(*args, **kwargs):
    if when == "after":
        itself(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(place, step, killed)
zone = open_zone(Path(home), "eu", clock=lambda: datetime(2026, 5, 6, 7, 8, tzinfo=UTC))
done = execute(zone, erasure_id)
verify(zone, erasure_id, values=done.values)
issue(zone, erasure_id)
"""


@pytest.mark.slow
@pytest.mark.parametrize(("module", "step"), STEPS)
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_any_step_it_goes_on_to_the_same_end(
    world: Any, module: str, step: str, when: str
) -> None:
    planned = plan(world.zone, world.anna, "x")
    home = str(world.zone.layout.home)
    run = subprocess.run(
        [sys.executable, "-c", KILLED, home, planned.erasure_id, module, step, when],
        check=False,
        capture_output=True,
        cwd=Path(__file__).parents[3],
    )
    assert run.returncode == -signal.SIGKILL, run.stderr.decode()

    values = [Value("email", world.email), Value("phone", world.phone)]
    with open_zone(world.zone.layout.home, "eu", clock=world.zone.clock) as resumed:
        execute(resumed, planned.erasure_id, values=values)
        assert verify(resumed, planned.erasure_id, values=values).failures == ()
        certificate = issue(resumed, planned.erasure_id)
    before = {place["place"]: place["before"] for place in certificate["places"]}
    assert before["core.interactions"] == 3
    assert before["profiles"] == 1
    with world.zone.store.connect() as connection:
        found = suppressed(connection, world.zone.keyring, list(world.handles.values()))
    assert {one.count_erased for one in found.values()} == {1}
    assert len(_texts(world)) == 2


def test_two_at_once_share_one_rewrite(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    itself = execution.rewrite_warehouse
    monkeypatch.setattr(
        execution, "rewrite_warehouse", lambda *a, **k: (calls.append(1), itself(*a, **k))[1]
    )
    ids = [plan(world.zone, customer, "x").erasure_id for customer in (world.anna, world.bob)]

    for done in execute_many(world.zone, ids):
        assert verify(world.zone, done.erasure_id, values=done.values).failures == ()
        assert issue(world.zone, done.erasure_id)
    assert len(calls) == 1
    assert _texts(world) == {}


def test_an_execution_that_is_late_undoes_nothing_of_the_one_that_was_faster(world: Any) -> None:
    planned = plan(world.zone, world.anna, "case 7")
    late = load(world.zone, planned.erasure_id)
    done = execute(world.zone, planned.erasure_id)
    verify(world.zone, done.erasure_id, values=done.values)
    certificate = issue(world.zone, planned.erasure_id)
    note(world.zone, [late], Step.DELETED)
    close_doors(world.zone, [late], {}, None)
    assert late.state is State.CERTIFIED
    assert load(world.zone, planned.erasure_id).state is State.CERTIFIED
    assert issue(world.zone, planned.erasure_id) == certificate


def test_what_led_to_the_person_is_destroyed_with_the_certificate(world: Any) -> None:
    certificate = erase(world.zone, world.anna, "x")

    erasure = load(world.zone, certificate["erasure_id"])
    assert "sealed" not in erasure.progress
    assert "probes" not in erasure.progress
    assert erasure.state is State.CERTIFIED
    assert issue(world.zone, certificate["erasure_id"]) == certificate
    with sqlite3.connect(world.zone.layout.store) as connection:
        row = connection.execute("select plan, progress from erasures").fetchone()
    connection.close()
    for handle in world.handles.values():
        assert handle not in row[0] + row[1]


def test_a_certificate_is_about_whom_the_salt_shows(world: Any) -> None:
    certificate = erase(world.zone, world.anna, "x")
    salt = subject_salt(world.zone, certificate["erasure_id"])

    assert is_about(certificate, world.anna, salt)
    assert not is_about(certificate, world.bob, salt)
    assert salt not in json.dumps(certificate)


def test_a_certificate_in_a_file_is_checked_offline(world: Any, tmp_path: Path) -> None:
    certificate = erase(world.zone, world.anna, "x")
    path = tmp_path / "certificate.json"
    path.write_bytes(file_of(certificate))

    assert verify_file(path, world.zone.keyring.verify_key).erasure_id == certificate["erasure_id"]


def test_a_store_on_postgresql_is_erased_and_its_cells_searched(world_on_postgresql: Any) -> None:
    world = world_on_postgresql
    certificate = erase(world.zone, world.anna, "x")

    assert "store server" in certificate["not_searched"]
    assert {place["after"] for place in certificate["places"]} == {0}
    with world.zone.store.begin() as connection:
        connection.execute(
            store.CALLERS.insert().values(
                token_hash="0" * 64,
                caller_id=world.email,
                role="agent",
                issued_at=world.zone.clock(),
                expires_at=world.zone.clock(),
            )
        )
    found = verify(world.zone, certificate["erasure_id"], values=[Value("email", world.email)])
    assert {residue.place for residue in found.scan.residues} == {"callers"}


def test_names_are_searched_for_in_files_and_not_held_against_a_namesake(world: Any) -> None:
    values = [Value("name", "Anna Canary-Lindqvist"), Value("name", "order is late")]
    certificate = erase(world.zone, world.anna, "x", values=values)

    assert certificate["search"]["values"]["name"] == 2
    bobs = _texts(world)[world.interaction(3)]
    assert bobs is not None
    assert "order is late" in bobs["text"]


def test_a_warehouse_in_use_leaves_the_doors_closed_and_the_rest_to_do(world: Any) -> None:
    planned = plan(world.zone, world.anna, "x")
    with warehouse_lock(world.zone.layout), pytest.raises(WarehouseBusy):
        execute(world.zone, planned.erasure_id, wait_seconds=0.1)
    assert world.zone.keyring.is_destroyed(world.annas[0])
    assert _count(world, store.PROFILES) == 1

    # What was sent was read before the keys went; the operator gives it again.
    values = [Value("email", world.email)]
    assert verify_again(world, planned.erasure_id, values).is_complete


def test_a_damaged_landed_file_does_not_keep_the_doors_open(world: Any) -> None:
    torn = world.zone.layout.landing / "2026-05-06" / "torn.arrow"
    torn.write_bytes(b"ARROW1 no more")
    planned = plan(world.zone, world.anna, "x")
    with pytest.raises(Tampered, match=torn.name):
        execute(world.zone, planned.erasure_id)
    assert world.zone.keyring.is_destroyed(world.annas[0])
    torn.unlink()
    assert verify_again(world, planned.erasure_id, [Value("email", world.email)]).is_complete


def test_verifying_many_says_whose_a_residue_is(world: Any) -> None:
    ids = [plan(world.zone, customer, "x").erasure_id for customer in (world.anna, world.bob)]
    done = {one.erasure_id: one.values for one in execute_many(world.zone, ids)}
    (world.zone.layout.root / "leak.txt").write_text(world.bobs_email)

    hers, his = verify_many(world.zone, done)

    assert hers.is_complete
    assert [residue.place for residue in his.scan.residues] == ["zones/eu/leak.txt"]
    assert verify_many(world.zone, {}) == []


def test_spill_files_are_overwritten_and_removed(world: Any) -> None:
    folder = world.zone.layout.temporary / "spill"
    folder.mkdir(parents=True)
    (folder / "duckdb_temp_1").write_bytes(b"x" * 3_000_000)
    (world.zone.layout.temporary / "link").symlink_to(world.zone.layout.store)
    with (folder / "duckdb_temp_1").open("rb") as held:
        erase(world.zone, world.anna, "x")
        assert held.read() == bytes(3_000_000)

    assert list(world.zone.layout.temporary.iterdir()) == []
    assert world.zone.layout.store.stat().st_size > 0


def test_an_erasure_that_was_begun_can_be_found_again(world: Any) -> None:
    first = plan(world.zone, world.anna, "x")
    assert unfinished(world.zone, world.anna) == [first.erasure_id]
    values = [Value("email", world.email)]
    verify_again(world, first.erasure_id, values)
    issue(world.zone, first.erasure_id)
    assert unfinished(world.zone, world.anna) == []
    with pytest.raises(NotFound):
        load(world.zone, "r_none")


def test_what_another_zone_left_for_us_is_searched_too(world: Any) -> None:
    from privacy.ids import ZoneId
    from privacy.keys.handoff_file import Header, write_file

    layout = world.zone.layout
    keys = world.zone.keyring.public_keys
    header = Header("h_abcdefghijklmnop", ZoneId("us"), keys.zone, 2)
    frames = [b"of somebody else", f"for {world.email}".encode()]
    with (layout.handoff / "0.handoff").open("wb") as file:
        write_file(file, header, frames, public=keys.handoff_key, sign=world.zone.keyring.sign)
    (layout.handoff / "1.handoff").write_bytes(b"no hand-off at all")

    with pytest.raises(ErasureIncomplete, match=r"handoff/0\.handoff"):
        erase(world.zone, world.anna, "x")


def test_a_name_that_was_not_recognised_goes_from_other_peoples_redacted_texts(world: Any) -> None:
    said = "My friend ANNA LINDQVIST-BERG (a+b)* and Bob wait; Anna Lindqvist-Bergson does not"
    with world.warehouse() as warehouse:
        warehouse.connection.execute(
            "update core.interactions set text_redacted = ? where interaction_id = ?",
            [said, world.interaction(3)],
        )
    planned = plan(world.zone, world.anna, "x")
    named = [Value("name", "Anna Lindqvist-Berg"), Value("name", "(a+b)* and Bob")]

    done = execute(world.zone, planned.erasure_id, values=named)

    with world.warehouse() as warehouse:
        left = warehouse.connection.execute(
            "select text_redacted from core.interactions where interaction_id = ?",
            [world.interaction(3)],
        ).fetchall()
    assert left == [("My friend [ERASED] [ERASED] wait; Anna Lindqvist-Bergson does not",)]
    assert verify(world.zone, planned.erasure_id, values=done.values).is_complete
