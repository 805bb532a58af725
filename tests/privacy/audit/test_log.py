"""The log holds what was done, shows any change, and forgets a person without losing a proof."""

import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, event, insert, select, update

from privacy.audit import sealing
from privacy.audit.entries import Act
from privacy.audit.log import AuditLog
from privacy.audit.verify import verify_consistency, verify_inclusion, verify_opening
from privacy.errors import KeyDestroyed, NotFound, Tampered
from privacy.opened import OpenZone, create_zone, open_zone
from privacy.store.engine import scrub
from privacy.store.tables import AUDIT_CHECKPOINTS, AUDIT_ENTRIES, AUDIT_NODES

ENTRY = AUDIT_ENTRIES.c


def _read(customer_id: str | None = "c_a", **payload: object) -> Act:
    return Act("read_context", "agent-7", "service", "allowed", customer_id, payload)


def _record(log: AuditLog, customer_id: str | None = "c_a", **payload: object) -> str:
    return log.record_many([_read(customer_id, **payload)])[0]


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seal a few entries a transaction, so that a test needs few to cross batches."""
    monkeypatch.setattr(sealing, "BATCH", 7)


# --- recording ------------------------------------------------------------------------------------


def test_what_was_recorded_is_read_back(log: AuditLog) -> None:
    entry_id = log.record(
        action="find_customer",
        caller_id="desk-1",
        purpose="service",
        outcome="allowed",
        customer_id="c_a",
        payload={"kind": "email", "fields": ["country"]},
    )
    (entry,) = log.entries_for("c_a")
    assert entry == log.entry(entry_id)
    assert (entry.action, entry.caller_id, entry.outcome) == ("find_customer", "desk-1", "allowed")
    assert entry.payload == {"kind": "email", "fields": ["country"]}
    assert entry.position is None


def test_an_act_needs_no_payload(log: AuditLog) -> None:
    entry_id = log.record(action="x", caller_id="y", purpose=None, outcome="done")
    assert log.entry(entry_id).payload == {}


def test_who_looked_is_told_for_one_customer_oldest_first(log: AuditLog) -> None:
    for number in range(3):
        _record(log, "c_a", n=number)
        _record(log, "c_b", n=number)
    payloads = [entry.payload for entry in log.entries_for("c_a")]
    assert payloads == [{"n": 0}, {"n": 1}, {"n": 2}]
    assert log.entries_for("c_nobody") == []


def test_an_act_may_be_about_nobody(log: AuditLog, verify_key: bytes) -> None:
    entry_id = _record(log, None, day="2026-03-29")
    assert log.entry(entry_id).payload == {"day": "2026-03-29"}
    log.seal()
    proof = log.inclusion_proof(entry_id)
    verify_inclusion(proof, verify_key)
    verify_opening(proof, log.opening(entry_id))


def test_recording_is_one_write(log: AuditLog, zone: OpenZone) -> None:
    _record(log)
    writes: list[str] = []

    def note(*arguments: object) -> None:
        if not str(arguments[2]).lower().startswith(("select", "begin")):
            writes.append(str(arguments[2]))

    event.listen(zone.store, "before_cursor_execute", note)
    _record(log)
    assert len(writes) == 1


def test_a_payload_lies_in_the_store_sealed(log: AuditLog, zone: OpenZone) -> None:
    _record(log, "c_a", seen="canary-7f3a")
    scrub(zone.store)
    assert b"canary-7f3a" not in zone.layout.store.read_bytes()


@pytest.mark.parametrize("payload", [{"at": datetime.now(UTC)}, {"x": b"bytes"}, {"x": {1, 2}}])
def test_a_payload_that_is_no_json_is_refused(log: AuditLog, payload: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        _record(log, **payload)


def test_an_entry_nobody_wrote_is_not_found(log: AuditLog) -> None:
    for ask in (log.entry, log.inclusion_proof, log.opening):
        with pytest.raises(NotFound):
            ask("n_nothing")


# --- sealing --------------------------------------------------------------------------------------


def test_an_empty_log_has_a_signed_head_too(log: AuditLog, verify_key: bytes) -> None:
    head = log.seal()
    head.verify(verify_key)
    assert (head.size, log.verify()) == (0, 0)
    _record(log)
    assert (log.seal().size, log.verify()) == (1, 1)


def test_sealing_with_nothing_pending_gives_the_last_head(log: AuditLog) -> None:
    _record(log)
    assert log.seal() == log.seal()
    assert len(log.checkpoints()) == 1


def test_an_entry_is_proven_once_it_is_sealed(log: AuditLog, verify_key: bytes) -> None:
    entry_id = _record(log, "c_a", n=1)
    with pytest.raises(NotFound, match="not sealed yet"):
        log.inclusion_proof(entry_id)
    log.seal()
    leaf = verify_inclusion(log.inclusion_proof(entry_id), verify_key)
    assert (leaf.entry_id, leaf.caller_id) == (entry_id, "agent-7")


@pytest.mark.usefixtures("small_batches")
def test_every_entry_and_every_head_is_proven_across_batches(
    log: AuditLog, verify_key: bytes
) -> None:
    entry_ids = []
    for size in (1, 6, 7, 8, 20, 300):
        entry_ids += log.record_many([_read("c_a", n=n) for n in range(size)])
        log.seal()
    heads = log.checkpoints()
    assert log.verify() == len(entry_ids) == heads[-1].size
    for entry_id in entry_ids[::23]:
        verify_inclusion(log.inclusion_proof(entry_id), verify_key)
    for old, new in zip(heads, heads[5:], strict=False):
        verify_consistency(log.consistency_proof(old.size, new.size), verify_key)


def test_sealing_reads_few_rows_of_what_is_sealed_already(log: AuditLog, zone: OpenZone) -> None:
    log.record_many([_read("c_a", n=n) for n in range(3000)])
    log.seal()
    _record(log)
    count = 0

    def note(*arguments: object) -> None:
        nonlocal count
        count += 1

    event.listen(zone.store, "before_cursor_execute", note)
    log.seal()
    assert count < 20
    with zone.store.connect() as connection:
        assert len(connection.execute(select(AUDIT_NODES)).all()) == 11 + 5 + 2 + 1


def test_a_seal_that_fails_leaves_the_entries_pending(
    log: AuditLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    _record(log)

    def fail(*_arguments: object) -> bytes:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(log._keyring, "sign", fail)
        with pytest.raises(RuntimeError):
            log.seal()
    assert log.checkpoints() == []
    assert log.seal().size == 1


def test_there_is_no_consistency_proof_of_sizes_nobody_signed(log: AuditLog) -> None:
    _record(log)
    log.seal()
    for old, new in ((0, 1), (1, 2), (2, 1), (-1, 1)):
        with pytest.raises(NotFound):
            log.consistency_proof(old, new)


def test_many_may_record_and_seal_at_once(tmp_path: Path, either_url: str) -> None:
    zones = [create_zone(tmp_path, "eu", store_url=either_url) for _ in range(3)]
    failures: list[Exception] = []

    def work(zone: OpenZone) -> None:
        log = AuditLog(zone)
        try:
            for number in range(15):
                _record(log, "c_a", n=number)
                log.seal()
        except Exception as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=work, args=(zone,)) for zone in zones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    log = AuditLog(zones[0])
    assert log.seal().size == log.verify() == 45
    proof = log.consistency_proof(log.checkpoints()[0].size, 45)
    verify_consistency(proof, zones[0].keyring.verify_key)
    for zone in zones:
        zone.close()


_OTHER_PROCESS = """
import sys
from pathlib import Path
from privacy.audit.log import AuditLog
from privacy.opened import open_zone
with open_zone(Path(sys.argv[1]), "eu") as zone:
    log = AuditLog(zone)
    print("ready", flush=True)
    while True:
        log.record(action="x", caller_id="y", purpose=None, outcome="done", customer_id="c_a")
        log.seal()
"""


def test_a_process_killed_while_sealing_leaves_a_whole_log(zone: OpenZone, log: AuditLog) -> None:
    for _ in range(2):
        process = subprocess.Popen(
            [sys.executable, "-c", _OTHER_PROCESS, zone.layout.home], stdout=subprocess.PIPE
        )
        with process:
            assert process.stdout is not None
            process.stdout.readline()
            for _ in range(20):
                _record(log)
            process.kill()
        assert log.seal().size == log.verify()


# --- changes show ---------------------------------------------------------------------------------


def _execute(zone: OpenZone, statement: object) -> None:
    with zone.store.begin() as connection:
        connection.execute(statement)  # type: ignore[call-overload]


CHANGES: dict[str, Callable[[], object]] = {
    "an action": lambda: update(AUDIT_ENTRIES).where(ENTRY.position == 3).values(action="x"),
    "a caller": lambda: update(AUDIT_ENTRIES).where(ENTRY.position == 3).values(caller_id="x"),
    "a purpose": lambda: update(AUDIT_ENTRIES).where(ENTRY.position == 3).values(purpose=None),
    "an outcome": lambda: update(AUDIT_ENTRIES).where(ENTRY.position == 3).values(outcome="x"),
    "a commitment": lambda: (
        update(AUDIT_ENTRIES).where(ENTRY.position == 3).values(commitment=bytes(32))
    ),
    "a time": lambda: (
        update(AUDIT_ENTRIES)
        .where(ENTRY.position == 3)
        .values(happened_at=datetime(2020, 1, 1, tzinfo=UTC))
    ),
    "a leaf": lambda: update(AUDIT_ENTRIES).where(ENTRY.position == 3).values(leaf_hash=bytes(32)),
    "an entry gone": lambda: delete(AUDIT_ENTRIES).where(ENTRY.position == 3),
    "the last entry gone": lambda: delete(AUDIT_ENTRIES).where(ENTRY.position == 9),
    "an entry put aside": lambda: (
        update(AUDIT_ENTRIES).where(ENTRY.position == 9).values(position=None, leaf_hash=None)
    ),
    "a root": lambda: update(AUDIT_CHECKPOINTS).values(root_hash=bytes(32)),
    "a signature": lambda: update(AUDIT_CHECKPOINTS).values(signature=bytes(64)),
    "a head's time": lambda: update(AUDIT_CHECKPOINTS).values(
        sealed_at=datetime(2020, 1, 1, tzinfo=UTC)
    ),
    "the head gone": lambda: delete(AUDIT_CHECKPOINTS),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_any_change_behind_the_logs_back_is_found(
    zone: OpenZone, log: AuditLog, change: Callable[[], object]
) -> None:
    log.record_many([_read("c_a", n=n) for n in range(10)])
    log.seal()
    assert log.verify() == 10
    _execute(zone, change())
    with pytest.raises(Tampered):
        log.verify()


@pytest.mark.parametrize(
    "name",
    ["a leaf", "an entry gone", "the last entry gone", "a root", "a signature", "the head gone"],
)
def test_nothing_is_sealed_onto_a_log_that_was_changed(
    zone: OpenZone, log: AuditLog, name: str
) -> None:
    log.record_many([_read("c_a", n=n) for n in range(10)])
    log.seal()
    _execute(zone, CHANGES[name]())
    _record(log)
    with pytest.raises(Tampered):
        log.seal()


def test_a_head_that_is_signed_but_not_of_these_entries_is_found(
    zone: OpenZone, log: AuditLog
) -> None:
    _record(log)
    head = replace(log.seal(), root=bytes(32))
    signature = zone.keyring.sign(head.body())
    _execute(zone, update(AUDIT_CHECKPOINTS).values(root_hash=head.root, signature=signature))
    for check in (log.verify, log.seal):
        with pytest.raises(Tampered):
            check()


def test_an_entry_slipped_in_with_a_position_is_found(zone: OpenZone, log: AuditLog) -> None:
    _record(log)
    log.seal()
    with zone.store.begin() as connection:
        row = dict(connection.execute(select(AUDIT_ENTRIES)).mappings().one())
        slipped = row | {"entry_id": "n_slipped", "position": 1}
        connection.execute(insert(AUDIT_ENTRIES), [slipped])
    with pytest.raises(Tampered):
        log.verify()
    with pytest.raises(Tampered):
        log.inclusion_proof("n_slipped")
    with pytest.raises(Tampered):
        log.seal()


def test_a_missing_subtree_is_named(zone: OpenZone, log: AuditLog) -> None:
    entry_ids = log.record_many([_read("c_a", n=n) for n in range(600)])
    log.seal()
    _execute(zone, delete(AUDIT_NODES))
    with pytest.raises(Tampered, match="subtree"):
        log.inclusion_proof(entry_ids[0])
    assert log.verify() == 600


# --- forgetting -----------------------------------------------------------------------------------


def test_forgetting_a_customer_keeps_every_proof(
    zone: OpenZone, log: AuditLog, verify_key: bytes
) -> None:
    about_a = log.record_many([_read("c_a", n=n) for n in range(300)])
    about_b = _record(log, "c_b", n=1)
    log.seal()
    before = log.inclusion_proof(about_a[7])
    pending = _record(log, "c_a", n=301)
    assert log.forget(["c_a"]) == 301
    assert log.entries_for("c_a") == []
    assert log.verify() == 301
    assert log.inclusion_proof(about_a[7]) == before
    log.seal()
    for entry_id in (about_a[7], about_b, pending):
        verify_inclusion(log.inclusion_proof(entry_id), verify_key)
    assert log.entry(about_b).payload == {"n": 1}
    with zone.store.connect() as connection:
        query = select(ENTRY.customer_id, ENTRY.salt, ENTRY.sealed)
        row = connection.execute(query.where(ENTRY.entry_id == about_a[7])).one()
    assert tuple(row) == (None, None, None)


def test_forgetting_twice_changes_nothing(log: AuditLog) -> None:
    _record(log)
    assert log.forget(["c_a"]) == 1
    assert log.forget(["c_a"]) == 0
    assert log.forget([]) == 0


def test_what_was_forgotten_cannot_be_opened(log: AuditLog) -> None:
    entry_id = _record(log, n=1)
    log.forget(["c_a"])
    entry = log.entry(entry_id)
    assert (entry.customer_id, entry.payload) == (None, None)
    with pytest.raises(KeyDestroyed):
        log.opening(entry_id)


def test_shredding_the_key_alone_closes_the_payload(zone: OpenZone, log: AuditLog) -> None:
    _record(log, n=1)
    zone.keyring.destroy(["c_a"])
    (entry,) = log.entries_for("c_a")
    assert entry.payload is None
    with pytest.raises(KeyDestroyed):
        log.opening(entry.entry_id)


def test_asking_for_someone_erased_is_recorded_without_whom(
    zone: OpenZone, log: AuditLog, verify_key: bytes
) -> None:
    zone.keyring.destroy(["c_gone"])
    acts = [_read("c_a", n=1), _read("c_gone", n=2), _read(None, n=3)]
    entry_ids = log.record_many(acts)
    log.seal()
    entries = [log.entry(entry_id) for entry_id in entry_ids]
    assert [entry.customer_id for entry in entries] == ["c_a", None, None]
    assert [entry.payload for entry in entries] == [{"n": 1}, None, {"n": 3}]
    verify_inclusion(log.inclusion_proof(entry_ids[1]), verify_key)


def test_no_file_holds_what_was_forgotten(zone: OpenZone, log: AuditLog) -> None:
    _record(log, "c_somebody", n=1)
    with zone.store.connect() as connection:
        salt, sealed = connection.execute(select(ENTRY.salt, ENTRY.sealed)).one()
    log.forget(["c_somebody"])
    scrub(zone.store)
    files = [file.read_bytes() for file in zone.layout.root.rglob("*") if file.is_file()]
    for trace in (salt, sealed):
        assert not any(trace in content for content in files)


def test_the_log_works_on_postgresql(tmp_path: Path, postgresql_url: str) -> None:
    with create_zone(tmp_path, "eu", store_url=postgresql_url) as zone:
        log = AuditLog(zone)
        entry_ids = log.record_many([_read(f"c_{n % 3}", n=n) for n in range(600)])
        log.seal()
        _record(log)
        log.seal()
        assert log.forget(["c_1"]) == 200
        verify_inclusion(log.inclusion_proof(entry_ids[1]), zone.keyring.verify_key)
        verify_consistency(log.consistency_proof(600, 601), zone.keyring.verify_key)
        assert log.verify() == 601
    with open_zone(tmp_path, "eu", store_url=postgresql_url) as again:
        assert AuditLog(again).verify() == 601
