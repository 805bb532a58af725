"""An inbox is taken in: every item once, in its own zone, accounted for."""

import os
import threading
from collections.abc import Callable
from contextlib import suppress as suppress_kill
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from pipelines.connectors.registry import CONNECTORS
from pipelines.landing import handoff
from pipelines.landing import land as landing
from pipelines.landing import settle as settling
from pipelines.landing.manifest import account, sweep
from pipelines.landing.quarantine import list_held
from pipelines.landing.report import LandingReport
from pipelines.landing.segments import LandedItem, read_segment
from pipelines.landing.subjects import erased_at, indexes_of, subjects_by_index
from privacy.clock import now
from privacy.erasure.suppression import suppress
from privacy.errors import ConfigurationError, NotFound
from privacy.handovers import received, sent
from privacy.ids import ZoneId
from privacy.opened import OpenZone, open_zone
from privacy.records.canonical import Handle, HandleKind
from privacy.store.tables import LANDING_ITEMS, LANDING_SEGMENTS, QUARANTINE, SUBJECT_HANDLES
from privacy.transfers import TransferRegister

Write = Callable[..., bytes]
Land = Callable[..., LandingReport]
Landed = Callable[[OpenZone], list[LandedItem]]


def _reasons(report: LandingReport) -> dict[str, int]:
    return {reason: count for (_, reason), count in report.reasons.items()}


def _everything(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


def _count(zone: OpenZone, table: Any) -> int:
    with zone.store.connect() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _index(zone: OpenZone, kind: HandleKind, value: str) -> str:
    key = (Handle(kind, value), None)
    return indexes_of(zone, [key])[key]


def test_items_are_sealed_under_their_owners_keys_with_the_evidence(
    zone: OpenZone, inbox: Path, land: Land, landed: Landed, message: Write, chat: Write
) -> None:
    (inbox / "wa.jsonl").write_bytes(message(1) + message(2))
    (inbox / "chat.jsonl").write_bytes(chat(1, country="FR"))
    report = land(zone)
    assert report.count("sealed") == 3
    items = landed(zone)
    assert {(item.source, item.routed_by, item.country) for item in items} == {
        ("whatsapp", "phone", "DE"),
        ("web_chat", "country", "FR"),
    }
    assert len({item.owner_id for item in items}) == 2
    owners = subjects_by_index(zone, [_index(zone, HandleKind.PHONE, "+4915155500123")])
    assert set(owners.values()) <= {item.owner_id for item in items}
    assert all(item.payload and CONNECTORS[item.source].parse(item.payload) for item in items)


def test_nothing_is_written_in_the_clear(
    zone: OpenZone, other: OpenZone, home: Path, inbox: Path, land: Land, message: Write
) -> None:
    canary = "Zq9canaryXv7"
    (inbox / f"{canary}@mail.example.jsonl").write_bytes(
        message(1, text=canary)
        + message(2, text=canary, sender="12125550142")
        + message(3, text=canary, sender="972501234567")
        + b'{"object": "whatsapp_business_account", "broken": "'
        + canary.encode()
        + b'"\n'
    )
    (inbox / "odd.bin").write_bytes(canary.encode())
    report = land(zone)
    assert report.count("sealed") == 1
    assert report.count("handed_over") == 1
    assert report.count("quarantined") == 3
    assert canary.encode() not in _everything(home)
    assert all(canary not in held.place + held.detail for held in list_held(zone))


def test_a_second_run_changes_nothing(
    zone: OpenZone, inbox: Path, land: Land, landed: Landed, message: Write
) -> None:
    (inbox / "a.jsonl").write_bytes(message(1) + b"broken\n")
    (inbox / "readme.txt").write_text("a note")
    land(zone)
    before, rows = landed(zone), _count(zone, LANDING_SEGMENTS)
    again = land(zone)
    assert (again.count_landed, again.count_known_files) == (0, 2)
    assert landed(zone) == before
    assert _count(zone, LANDING_SEGMENTS) == rows


def test_an_item_is_sealed_once_wherever_it_is_delivered_again(
    zone: OpenZone, inbox: Path, land: Land, landed: Landed, message: Write
) -> None:
    (inbox / "a.jsonl").write_bytes(message(1) + message(2) + message(1))
    (inbox / "b.jsonl").write_bytes(message(2))
    report = land(zone)
    assert (report.count("sealed"), report.count("duplicate")) == (2, 2)
    (inbox / "c.jsonl").write_bytes(message(2) + message(3))
    report = land(zone)
    assert (report.count("sealed"), report.count("duplicate")) == (1, 1)
    assert len(landed(zone)) == 3


def test_a_known_id_with_other_content_is_held(
    zone: OpenZone, inbox: Path, land: Land, message: Write
) -> None:
    (inbox / "a.jsonl").write_bytes(message(1, text="one"))
    land(zone)
    (inbox / "b.jsonl").write_bytes(message(1, text="two") + message(1, text="two"))
    report = land(zone)
    assert _reasons(report) == {"changed_content": 1}
    assert report.count("duplicate") == 1
    (inbox / "c.jsonl").write_bytes(message(1, text="two"))
    assert land(zone).count("duplicate") == 1


def test_what_cannot_be_routed_is_held_with_its_reason(
    zone: OpenZone, inbox: Path, land: Land, chat: Write, message: Write
) -> None:
    (inbox / "a.jsonl").write_bytes(
        chat(1, country="DE", visitor={"phone": "+12125550142"})
        + chat(2, country="JP")
        + chat(3)
        + chat(4, locale="de-DE")
    )
    report = land(zone)
    assert _reasons(report) == {
        "conflicting_evidence": 1,
        "no_zone_for_country": 1,
        "no_evidence": 1,
    }
    assert report.count("sealed") == 1
    held = {entry.reason: entry.detail for entry in list_held(zone)}
    assert held["conflicting_evidence"] == "evidence: country, phone"


def test_a_known_handle_says_where_its_next_message_belongs(
    zone: OpenZone, inbox: Path, land: Land, landed: Landed, chat: Write
) -> None:
    (inbox / "a.jsonl").write_bytes(chat(1, country="DE"))
    land(zone)
    (inbox / "b.jsonl").write_bytes(chat(2, visitor={"email": "P1@MAIL.example"}))
    assert land(zone).count("sealed") == 1
    assert {item.routed_by for item in landed(zone)} == {"country", "known_handle"}
    assert len({item.owner_id for item in landed(zone)}) == 1


def test_the_inboxs_default_takes_what_says_nothing(
    zone: OpenZone, inbox: Path, land: Land, landed: Landed, chat: Write
) -> None:
    (inbox / "a.jsonl").write_bytes(chat(1))
    land(zone, default_zone=ZoneId("eu"))
    assert [item.routed_by for item in landed(zone)] == ["default"]


def test_an_item_about_nobody_stays_under_the_zones_own_key(
    zone: OpenZone, inbox: Path, land: Land, landed: Landed
) -> None:
    update = b'{"field": "account_update", "value": {"event": "X"}}'
    (inbox / "a.json").write_bytes(
        b'{"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": ['
        + update
        + b"]}]}"
    )
    assert land(zone).count("sealed") == 1
    (item,) = landed(zone)
    assert (item.owner_id, item.routed_by) == (None, "no_person")


# --- other zones ---------------------------------------------------------------------------------


def test_a_zone_without_a_key_here_gets_nothing_and_the_item_waits(
    zone: OpenZone, inbox: Path, land: Land, message: Write
) -> None:
    (inbox / "a.jsonl").write_bytes(message(1, sender="12125550142"))
    assert _reasons(land(zone)) == {"no_key_for_zone": 1}
    assert not (zone.layout.home / "handoff" / "us").exists()


# --- erased people -------------------------------------------------------------------------------


def test_what_happened_before_an_erasure_never_comes_back(
    zone: OpenZone, inbox: Path, land: Land, landed: Landed, message: Write
) -> None:
    index = _index(zone, HandleKind.PHONE, "+4915155500123")
    (inbox / "a.jsonl").write_bytes(message(1))
    land(zone)
    old = landed(zone)[0].owner_id
    assert old is not None
    erased = datetime.fromisoformat("2026-03-01T12:00:00+00:00")
    with zone.store.begin() as connection:
        connection.execute(SUBJECT_HANDLES.delete())
        suppress(connection, zone.keyring, [index], at=erased)
    zone.keyring.destroy([old])
    late = message(2)
    after = message(3, timestamp=str(int((erased + timedelta(hours=1)).timestamp())))
    (inbox / "b.jsonl").write_bytes(late + after)
    report = land(zone)
    assert (report.count("suppressed"), report.count("sealed")) == (1, 1)
    items = {item.payload is None: item for item in landed(zone)}
    assert items[True].owner_id == old
    assert items[False].owner_id != old
    assert erased_at(zone, [index]) == {index: erased}
    (inbox / "c.jsonl").write_bytes(b"\n" + late)
    assert land(zone).count("suppressed") == 1


def test_what_has_no_date_does_not_come_back_either(
    zone: OpenZone, inbox: Path, land: Land
) -> None:
    index = _index(zone, HandleKind.EMAIL, "greta@mail.example")
    with zone.store.begin() as connection:
        suppress(connection, zone.keyring, [index], at=now() - timedelta(days=1))
    (inbox / "a.eml").write_text("From: greta@mail.example\n\nHello")
    assert land(zone, default_zone=ZoneId("eu")).count("suppressed") == 1
    assert subjects_by_index(zone, [index]) == {}


def test_nor_does_what_says_it_is_yet_to_happen(
    zone: OpenZone, inbox: Path, land: Land, message: Write
) -> None:
    index = _index(zone, HandleKind.PHONE, "+4915155500123")
    with zone.store.begin() as connection:
        suppress(connection, zone.keyring, [index], at=now() - timedelta(days=1))
    (inbox / "a.jsonl").write_bytes(message(1, timestamp="4102444800"))
    assert land(zone).count("suppressed") == 1
    assert subjects_by_index(zone, [index]) == {}


def test_an_item_of_somebody_who_is_being_erased_right_now_is_held(
    zone: OpenZone, inbox: Path, land: Land, landed: Landed, message: Write, small_chunks: int
) -> None:
    (inbox / "a.jsonl").write_bytes(message(1))
    land(zone)
    owner = landed(zone)[0].owner_id
    assert owner is not None
    zone.keyring.destroy([owner])
    (inbox / "b.jsonl").write_bytes(message(2) + message(3, sender="4915155500999"))
    report = land(zone)
    assert _reasons(report) == {"erasure_running": 1}
    assert report.count("sealed") == 1


def test_an_erasure_between_deciding_and_writing_is_noticed(
    zone: OpenZone,
    inbox: Path,
    land: Land,
    landed: Landed,
    message: Write,
    monkeypatch: pytest.MonkeyPatch,
    small_chunks: int,
) -> None:
    index = _index(zone, HandleKind.PHONE, "+4915155500123")
    write, calls = settling.write_segment, []

    def erase_meanwhile(*arguments: Any) -> str:
        if not calls:
            with zone.store.begin() as connection:
                suppress(connection, zone.keyring, [index], at=now())
        calls.append(1)
        return write(*arguments)

    monkeypatch.setattr(settling, "write_segment", erase_meanwhile)
    (inbox / "a.jsonl").write_bytes(message(1))
    assert land(zone).count("suppressed") == 1
    assert landed(zone) == []
    assert not list(zone.layout.landing.rglob("*.arrow"))
    assert subjects_by_index(zone, [index]) == {}


# --- crashes and races ---------------------------------------------------------------------------


class Killed(BaseException):
    """Stands for the process's end: nothing in the code may catch it."""


def _fill(inbox: Path, message: Write) -> None:
    lines = [message(i, sender=f"49151555{i % 7:05d}") for i in range(35)]
    lines += [message(3), message(4, text="other"), b"broken\n", message(90, sender="12125550142")]
    (inbox / "a.jsonl").write_bytes(b"".join(lines))
    for i in range(12):
        (inbox / f"m{i}.eml").write_text(f"From: p{i}@mail.example\nMessage-ID: <{i}@x>\n\nHi {i}")
    (inbox / "note.txt").write_text("a note")


def _state(zone: OpenZone, landed: Landed) -> Any:
    items = [(item.item_id, item.owner_id, item.routed_by, item.payload) for item in landed(zone)]
    with zone.store.connect() as connection:
        handles = connection.execute(
            select(SUBJECT_HANDLES.c.handle_index, SUBJECT_HANDLES.c.subject_id)
        ).all()
        known = connection.execute(
            select(
                LANDING_ITEMS.c.item_id, LANDING_ITEMS.c.owner_id, LANDING_ITEMS.c.content_digest
            )
        ).all()
        held = connection.execute(select(QUARANTINE.c.quarantine_id, QUARANTINE.c.reason)).all()
    files = {path.stem.partition(".")[0] for path in zone.layout.landing.rglob("*.arrow")}
    outcomes = {key: n for key, n in account(zone).outcomes.items() if key[1] != "duplicate"}
    return items, sorted(handles), sorted(known), sorted(held), len(files), outcomes


STEPS = {
    "before a segment is written": (settling, "write_segment", False),
    "after a segment is written": (settling, "write_segment", True),
    "before a hand-off is left": (handoff, "leave", False),
    "after a hand-off is left": (handoff, "leave", True),
    "before the transaction": (settling, "_commit", False),
    "in the transaction, after the manifest's row": (settling, "_commit_items", False),
    "in the transaction, after the items": (settling, "register", False),
    "in the transaction, before the quarantine": (settling, "_commit_quarantine", False),
    "at the end of the transaction": (settling, "_commit", True),
    "after the transaction": (landing, "settle", True),
    "in the transaction, before the hand-offs": (settling, "write_passed", False),
    "at the end of the transaction, after the hand-offs": (settling, "write_sent", True),
    "before a hand-off is delivered": (handoff, "mark_delivered", False),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("nth", [1, 3])
def test_a_landing_killed_anywhere_and_run_again_gives_the_same(
    step: str,
    nth: int,
    tmp_path: Path,
    zone: OpenZone,
    other: OpenZone,
    inbox: Path,
    land: Land,
    landed: Landed,
    message: Write,
    small_chunks: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _fill(inbox, message)
    module, name, is_after = STEPS[step]
    original, calls = getattr(module, name), []

    def killed(*arguments: Any, **named: Any) -> Any:
        calls.append(1)
        if len(calls) != nth:
            return original(*arguments, **named)
        if is_after:
            original(*arguments, **named)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(module, name, killed)
        with suppress_kill(Killed):
            land(zone, default_zone=ZoneId("eu"))
    land(zone, default_zone=ZoneId("eu"))
    disturbed = _state(zone, landed)
    assert land(zone, default_zone=ZoneId("eu")).count_landed == 0
    land(other, inbox=tmp_path / "inbox" / "note.txt")
    assert len([item for item in landed(other) if item.source == "whatsapp"]) == 1
    # Counted once on either side, and delivered.
    (sent_once,) = sent(zone)
    (taken_once,) = received(other)
    assert (sent_once.count_items, taken_once.count_taken) == (1, 1)
    assert sent_once.delivered_at is not None
    register = [line["transfer"] for line in TransferRegister(zone).lines()]
    assert register == [sent_once.file_id] == [taken_once.file_id]
    # The same keys on an empty store: what an undisturbed run gives.
    with zone.store.begin() as connection:
        for table in (LANDING_ITEMS, LANDING_SEGMENTS, QUARANTINE, SUBJECT_HANDLES):
            connection.execute(table.delete())
    for path in zone.layout.landing.rglob("*.arrow"):
        path.unlink()
    land(zone, default_zone=ZoneId("eu"))
    undisturbed = _state(zone, landed)
    assert disturbed[:4] == undisturbed[:4]
    assert disturbed[5] == undisturbed[5]


def test_two_landings_at_once_give_what_one_gives(
    home: Path,
    zone: OpenZone,
    other: OpenZone,
    inbox: Path,
    land: Land,
    landed: Landed,
    message: Write,
    small_chunks: int,
) -> None:
    _fill(inbox, message)
    reports: list[LandingReport] = []
    errors: list[BaseException] = []
    barrier = threading.Barrier(3)

    def run() -> None:
        try:
            with open_zone(home, "eu") as mine:
                barrier.wait()
                reports.append(land(mine, default_zone=ZoneId("eu")))
        except BaseException as error:  # noqa: BLE001
            errors.append(error)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert sum(report.count("sealed") for report in reports) == 47
    assert len(landed(zone)) == 47
    assert account(zone).count("sealed") == 47
    standing = {path.name for path in zone.layout.landing.rglob("*.arrow")}
    with zone.store.connect() as connection:
        named = {
            Path(path).name
            for path in connection.execute(select(LANDING_SEGMENTS.c.path)).scalars()
            if path
        }
    assert standing == named


def test_files_of_a_killed_landing_are_swept_once_they_are_old(
    zone: OpenZone, inbox: Path, land: Land, message: Write
) -> None:
    (inbox / "a.jsonl").write_bytes(message(1))
    land(zone)
    folder = zone.layout.landing / date(2026, 11, 2).isoformat()
    orphan, young = folder / "g_x.00.arrow", folder / "g_y.00.arrow"
    for path in (orphan, young):
        path.write_bytes(b"sealed")
    os.utime(orphan, (1, 1))
    assert sweep(zone, now=now()) == 1
    assert not orphan.exists()
    assert young.exists()
    assert len(list(folder.glob("*.arrow"))) == 2


# --- files ---------------------------------------------------------------------------------------


def test_what_was_taken_in_is_consumed_and_what_was_not_stays(
    zone: OpenZone, inbox: Path, land: Land, message: Write
) -> None:
    (inbox / "sub").mkdir()
    (inbox / "sub" / "a.jsonl").write_bytes(message(1))
    (inbox / "b.jsonl.part").write_bytes(message(2))
    (inbox / ".hidden").write_bytes(b"x")
    (inbox / "link").symlink_to(inbox / "sub" / "a.jsonl")
    report = land(zone, consume=True)
    assert dict(report.left) == {"being_written": 2, "not_a_file": 1}
    assert sorted(p.name for p in inbox.rglob("*")) == [".hidden", "b.jsonl.part", "link", "sub"]


def test_a_file_that_is_still_being_written_is_left_to_the_next_run(
    zone: OpenZone, inbox: Path, land: Land, message: Write
) -> None:
    (inbox / "a.jsonl").write_bytes(message(1))
    assert dict(land(zone, settle_seconds=60).left) == {"being_written": 1}
    os.utime(inbox / "a.jsonl", (1, 1))
    assert land(zone, settle_seconds=60).count("sealed") == 1


def test_a_file_that_changed_while_it_was_read_is_not_consumed(
    zone: OpenZone, inbox: Path, land: Land, message: Write
) -> None:
    (inbox / "a.jsonl").write_bytes(message(1))

    def grow(_stage: str, _count: int) -> None:
        with (inbox / "a.jsonl").open("ab") as stream:
            stream.write(message(2))

    land(zone, consume=True, progress=grow)
    assert (inbox / "a.jsonl").exists()
    report = land(zone, consume=True)
    assert (report.count("sealed"), report.count("duplicate")) == (1, 1)
    assert not (inbox / "a.jsonl").exists()


def test_an_unreadable_file_does_not_stop_the_others(
    zone: OpenZone, inbox: Path, land: Land, message: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.jsonl").write_bytes(message(1))
    (inbox / "b.jsonl").write_bytes(message(2))
    original = landing._hashed

    def refused(file: Any) -> Any:
        if file.name == "a.jsonl":
            raise PermissionError
        return original(file)

    monkeypatch.setattr(landing, "_hashed", refused)
    report = land(zone, consume=True)
    assert report.left["unreadable"] == 1
    assert report.count("sealed") == 1
    assert (inbox / "a.jsonl").exists()


def test_a_connectors_defect_holds_one_item_and_no_other(
    zone: OpenZone, inbox: Path, land: Land, message: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse = CONNECTORS["whatsapp"].parse

    def defective(payload: bytes) -> Any:
        if b"wamid.2" in payload:
            raise ZeroDivisionError
        return parse(payload)

    monkeypatch.setattr(CONNECTORS["whatsapp"], "parse", defective)
    (inbox / "a.jsonl").write_bytes(message(1) + message(2) + message(3))
    report = land(zone)
    assert _reasons(report) == {"connector_failed": 1}
    assert report.count("sealed") == 2
    assert list_held(zone)[0].detail == "ZeroDivisionError in connector whatsapp"


def test_a_file_that_breaks_off_gives_what_came_before_and_is_held(
    zone: OpenZone, inbox: Path, land: Land, message: Write
) -> None:
    (inbox / "a.json").write_bytes(b"[" + message(1).strip() + b",\n" + message(2).strip() + b",")
    report = land(zone)
    assert report.count("sealed") == 2
    assert _reasons(report) == {"malformed_file": 1}


def test_a_missing_inbox_is_a_mistake_of_the_settings(zone: OpenZone, land: Land) -> None:
    with pytest.raises(ConfigurationError, match="no inbox"):
        land(zone, inbox=Path("/nowhere/at/all"))


def test_an_empty_inbox_lands_nothing(zone: OpenZone, inbox: Path, land: Land) -> None:
    (inbox / "empty.csv").write_bytes(b"utterance,intent,\n")
    assert land(zone).count_landed == 0
    assert land(zone).count_known_files == 1


def test_a_segment_that_is_not_there_is_not_found(zone: OpenZone) -> None:
    with pytest.raises(NotFound):
        read_segment(zone, "g_none")


def test_the_account_of_the_store_is_that_of_the_reports(
    zone: OpenZone, inbox: Path, land: Land, message: Write
) -> None:
    (inbox / "a.jsonl").write_bytes(message(1) + message(1) + b"broken\n")
    first = land(zone)
    (inbox / "b.jsonl").write_bytes(message(1))
    first.add(land(zone))
    assert account(zone).outcomes == first.outcomes
    assert account(zone, day=date(2026, 1, 1)).count_landed == 0
    text = str(first)
    assert text.splitlines()[0].split() == [
        *("source", "landed", "sealed", "duplicate", "quarantined", "suppressed", "handed_over")
    ]
    assert "whatsapp       4       1          2            1           0            0" in text
    assert "malformed_item" in text
