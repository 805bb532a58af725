"""What belongs to another zone goes there, signed; it is taken in once, whole, or set aside."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipelines.landing import chunks, handoff, receive
from pipelines.landing import land as landing
from pipelines.landing import settle as settling
from pipelines.landing.chunks import Candidate
from pipelines.landing.land import land as land_inbox
from pipelines.landing.quarantine import list_held, replay
from pipelines.landing.report import LandingReport
from privacy.errors import Tampered
from privacy.handovers import State, received, sent
from privacy.ids import ZoneId
from privacy.keys.handoff_file import Header, frames_of, write_file
from privacy.opened import OpenZone, create_zone
from privacy.signed import read_document
from privacy.transfers import Document, TransferRegister

DAY = date(2026, 11, 2)
AMERICAN = "12125550142"

Write = Callable[..., bytes]
Land = Callable[..., LandingReport]


def _reasons(report: LandingReport) -> dict[str, int]:
    return {reason: count for (_, reason), count in report.reasons.items()}


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


@pytest.fixture
def left(zone: OpenZone, other: OpenZone, inbox: Path, land: Land, message: Write) -> Path:
    """A file with three items that `zone` left for `other`."""
    (inbox / "a.jsonl").write_bytes(b"".join(message(n, sender=AMERICAN) for n in (1, 2, 3)))
    assert land(zone).count("handed_over") == 3
    (path,) = handoff.waiting(other)
    return path


def _leave(
    sender: OpenZone, recipient: OpenZone, frames: list[bytes], *, count_items: int = 1
) -> Path:
    """Leave a file that is signed and sealed as it should be, with anything in it."""
    header = Header("h_abcdefghijklmnop", sender.zone, recipient.zone, count_items)
    path = recipient.layout.handoff / "h_abcdefghijklmnop.handoff"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        public = recipient.keyring.public_keys.handoff_key
        write_file(out, header, frames, public=public, sign=sender.keyring.sign)
    return path


# --- there and back ------------------------------------------------------------------------------


def test_another_zones_items_are_sealed_to_it_and_taken_in_once(
    zone: OpenZone,
    other: OpenZone,
    inbox: Path,
    land: Land,
    landed: Callable[[OpenZone], Any],
    message: Write,
    empty: Path,
) -> None:
    (inbox / "a.jsonl").write_bytes(message(1) + message(2, sender=AMERICAN))
    report = land(zone)
    assert (report.count("sealed"), report.count("handed_over")) == (1, 1)
    assert dict(report.handed_to) == {"us": 1}
    (path,) = handoff.waiting(other)
    with path.open("rb") as stream, pytest.raises(Tampered):
        list(frames_of(stream, zone.keyring.open_handoff))
    content = path.read_bytes()
    assert land(other, inbox=empty).count("sealed") == 1
    assert not handoff.waiting(other)
    assert [item.routed_by for item in landed(other)] == ["handed_over"]
    for name in (path.name, "renamed.handoff"):
        path.with_name(name).write_bytes(content)
        again = land(other, inbox=empty)
        assert (again.count_landed, again.count_known_files) == (0, 1)
    assert len(landed(other)) == 1


def test_both_zones_account_for_a_file_and_the_receipt_settles_it(
    zone: OpenZone, other: OpenZone, left: Path, land: Land, empty: Path
) -> None:
    (file,) = sent(zone)
    assert (file.recipient, file.count_items, file.count_persons) == ("us", 3, 1)
    assert file.state is State.NO_RECEIPT
    land(other, inbox=empty)
    (taken,) = received(other)
    assert (taken.sender, taken.file_id, taken.digest) == ("eu", file.file_id, file.digest)
    assert (taken.count_taken, taken.count_duplicate, taken.count_held) == (3, 0, 0)
    land(zone, inbox=empty)
    (file,) = sent(zone)
    assert file.state is State.TAKEN_IN
    assert file.count_taken == 3
    assert not list(zone.layout.handoff.glob("*.receipt"))


def test_each_file_is_one_line_of_the_transfer_register_and_names_nobody(
    zone: OpenZone, left: Path, inbox: Path, land: Land, message: Write
) -> None:
    (line,) = TransferRegister(zone).lines()
    assert line["transfer"] == left.stem
    assert (line["kind"], line["recipient"], line["destination"]) == ("transfer", "zone us", "US")
    assert (line["count_persons"], line["count_items"]) == (1, 3)
    assert line["categories"] == ["interactions"]
    assert line["instrument"] == zone.policy.transfers.handed_over_under
    assert "EDPB" in line["rule_source"]
    assert AMERICAN not in str(line)
    land(zone)
    assert len(TransferRegister(zone).lines()) == 1


def test_an_item_that_is_not_ours_after_all_is_held_not_sent_round_in_circles(
    zone: OpenZone, other: OpenZone, empty: Path, land: Land, message: Write
) -> None:
    candidate = Candidate("whatsapp", "x", message(1), vendor_id="message:1")
    aside = handoff.leave(zone, other.keyring.public_keys, [candidate])
    aside.path.rename(aside.path.with_name("x.handoff"))
    assert _reasons(land(other, inbox=empty)) == {"handed_back": 1}
    (taken,) = received(other)
    assert (taken.count_taken, taken.count_held) == (0, 1)


def test_a_file_larger_than_a_chunk_is_settled_in_several_and_counted_once(
    zone: OpenZone,
    other: OpenZone,
    left: Path,
    empty: Path,
    land: Land,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chunks, "ITEMS_PER_CHUNK", 2)
    settle, calls = settling.settle, []

    def killed(*arguments: Any) -> LandingReport:
        calls.append(1)
        if len(calls) == 2:
            raise InterruptedError
        return settle(*arguments)

    with monkeypatch.context() as patch, pytest.raises(InterruptedError):
        patch.setattr(landing, "settle", killed)
        land(other, inbox=empty)
    (taken,) = received(other)
    assert (taken.count_taken, taken.settled_at) == (2, None)
    assert not list(zone.layout.handoff.glob("*.receipt"))
    assert land(other, inbox=empty).count("sealed") == 1
    (taken,) = received(other)
    assert taken.count_taken == 3
    assert taken.settled_at is not None
    assert len(list(zone.layout.handoff.glob("*.receipt"))) == 1


STEPS = {
    "before its chunk is accounted for": (settling, "record_received", False),
    "before the transaction's end": (settling, "record_received", True),
    "after its chunk": (landing, "settle", True),
    "before the receipt": (receive, "leave_receipts", False),
    "between the receipt and its mark": (receive, "mark_receipted", False),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_receiver_killed_anywhere_counts_a_file_once_and_signs_for_it(
    step: str,
    zone: OpenZone,
    other: OpenZone,
    left: Path,
    empty: Path,
    land: Land,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module, name, is_after = STEPS[step]
    original = getattr(module, name)

    def killed(*arguments: Any, **named: Any) -> Any:
        if is_after:
            original(*arguments, **named)
        raise InterruptedError

    with monkeypatch.context() as patch, pytest.raises(InterruptedError):
        patch.setattr(module, name, killed)
        land(other, inbox=empty)
    land(other, inbox=empty)
    (taken,) = received(other)
    assert (taken.count_taken, taken.count_duplicate) == (3, 0)
    assert taken.receipted_at is not None
    assert not handoff.waiting(other)
    land(zone, inbox=empty)
    assert [file.state for file in sent(zone)] == [State.TAKEN_IN]


# --- set aside -----------------------------------------------------------------------------------


def _one_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _to_another(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"to":"us"', b'"to":"uk"', 1))


def _from_another(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"from":"eu"', b'"from":"us"', 1))


def _garbage(path: Path) -> None:
    path.write_bytes(b"\x01 not a hand-off")


@pytest.mark.parametrize("harm", [_one_bit, _cut, _to_another, _from_another, _garbage])
def test_a_file_that_is_not_as_it_was_signed_is_set_aside_whole(
    other: OpenZone, left: Path, empty: Path, land: Land, harm: Callable[[Path], None]
) -> None:
    content = left.read_bytes()
    harm(left)
    changed = left.read_bytes()
    assert changed != content
    report = land(other, inbox=empty)
    assert (report.count_landed, _reasons(report)) == (1, {"broken_handoff": 1})
    assert received(other) == []
    assert not handoff.waiting(other)
    assert land(other, inbox=empty).count_landed == 0
    assert replay(other, day=DAY).count("sealed") == 0
    (held,) = list_held(other)
    assert (held.source, held.reason) == ("handoff", "broken_handoff")
    left.write_bytes(content)
    assert land(other, inbox=empty).count("sealed") == 3


def test_a_file_of_a_sender_nobody_knows_waits_in_quarantine_for_its_keys(
    zone: OpenZone, other: OpenZone, left: Path, empty: Path, land: Land
) -> None:
    published = zone.layout.public_keys / "eu.json"
    content = published.read_bytes()
    published.unlink()
    assert _reasons(land(other, inbox=empty)) == {"unknown_sender": 1}
    assert replay(other, day=DAY).count("sealed") == 0
    published.write_bytes(content)
    assert replay(other, day=DAY).count("sealed") == 3
    assert list_held(other) == []
    (taken,) = received(other)
    assert taken.count_taken == 3
    assert replay(other, day=DAY).count_landed == 0
    land(zone, inbox=empty)
    assert [file.state for file in sent(zone)] == [State.TAKEN_IN]


def test_a_file_signed_by_another_zone_than_it_names_is_set_aside(
    zone: OpenZone, other: OpenZone, left: Path, empty: Path, land: Land
) -> None:
    """Whoever has the public keys can seal; only the zone can sign."""
    published = zone.layout.public_keys
    forged = (published / "us.json").read_text().replace('"zone": "us"', '"zone": "eu"')
    (published / "eu.json").write_text(forged)
    assert _reasons(land(other, inbox=empty)) == {"broken_handoff": 1}


def test_an_id_that_comes_again_with_other_content_is_set_aside(
    zone: OpenZone, other: OpenZone, empty: Path, land: Land, message: Write
) -> None:
    first = Candidate("whatsapp", "x", message(1, sender=AMERICAN), vendor_id="message:1")
    for count in (1, 2):
        frame = handoff._frame([replace(first, vendor_id=f"message:{count}")])
        _leave(zone, other, [frame])
        report = land(other, inbox=empty)
    assert _reasons(report) == {"broken_handoff": 1}
    assert [one.count_taken for one in received(other)] == [1]


@pytest.mark.parametrize(
    ("row", "count_items"),
    [
        ({"place": b"\xff", "vendor_id": b"\xff", "payload": b"x", "source": "email"}, 1),
        ({"place": b"x", "payload": b"x", "source": "Mia Lang <mia@mail.example>"}, 1),
        ({"place": b"x", "payload": None, "source": "email"}, 1),
        ({"place": b"x", "payload": b"x", "source": "email"}, 2),
        (None, 1),
    ],
    ids=["no text", "a source that is none", "no payload", "an item is missing", "no Arrow"],
)
def test_a_signed_file_that_is_not_of_its_form_is_set_aside_and_stops_nobody(
    zone: OpenZone,
    other: OpenZone,
    inbox: Path,
    land: Land,
    message: Write,
    row: dict[str, Any] | None,
    count_items: int,
) -> None:
    import pyarrow as pa

    frame = b"no Arrow"
    if row is not None:
        sink = pa.BufferOutputStream()
        schema = pa.schema([field.with_nullable(True) for field in handoff._SCHEMA])
        with pa.ipc.new_stream(sink, schema) as writer:
            writer.write_table(pa.Table.from_pylist([row], schema=schema))
        frame = sink.getvalue().to_pybytes()
    _leave(zone, other, [frame], count_items=count_items)
    (other.layout.handoff / "folder.handoff").mkdir()
    (inbox / "a.jsonl").write_bytes(message(1, sender=AMERICAN))
    report = land(other)
    assert _reasons(report) == {"broken_handoff": 1}
    assert report.count("sealed") == 1
    assert [entry.source for entry in list_held(other)] == ["handoff"]


def test_a_broken_file_too_large_for_quarantine_stays_where_it_is(
    other: OpenZone, left: Path, empty: Path, land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    _one_bit(left)
    monkeypatch.setattr(landing, "_HELD_BYTES", 100)
    assert dict(land(other, inbox=empty).left) == {"too_large_to_hold": 1}
    assert handoff.waiting(other) == [left]


def test_a_forged_receipt_changes_nothing_and_is_told(
    zone: OpenZone, other: OpenZone, left: Path, empty: Path, land: Land
) -> None:
    land(other, inbox=empty)
    (path,) = zone.layout.handoff.glob("*.receipt")
    honest = path.read_bytes()
    path.write_bytes(honest.replace(b'"count_taken":3', b'"count_taken":2'))
    assert path.read_bytes() != honest
    assert dict(land(zone, inbox=empty).left) == {"broken_receipt": 1}
    assert [file.state for file in sent(zone)] == [State.NO_RECEIPT]
    assert read_document(path, what="receipt")["zone"] == "us"
    path.write_bytes(honest)
    assert not land(zone, inbox=empty).left
    assert [file.state for file in sent(zone)] == [State.TAKEN_IN]


# --- aside until it is counted --------------------------------------------------------------------


def test_what_was_sealed_and_never_counted_is_removed_after_an_hour(
    zone: OpenZone, other: OpenZone, empty: Path, land: Land, message: Write
) -> None:
    candidate = Candidate("whatsapp", "x", message(1, sender=AMERICAN), vendor_id="message:1")
    aside = handoff.leave(zone, other.keyring.public_keys, [candidate])
    assert not handoff.waiting(other)
    land(zone, inbox=empty)
    assert aside.path.exists()
    clock = zone.clock
    land(replace(zone, clock=lambda: clock() + timedelta(hours=2)), inbox=empty)
    assert not aside.path.exists()


# --- by which rule -------------------------------------------------------------------------------


@pytest.fixture
def strict(home: Path) -> Iterator[OpenZone]:
    """A zone whose policy asks for a document with the zone that is handed to."""
    with create_zone(home, "eu") as made:
        rules = made.policy.transfers.model_copy(
            update={"handed_over_under": "standard_contractual_clauses"}
        )
        yield replace(made, policy=made.policy.model_copy(update={"transfers": rules}))


def test_without_an_instrument_nothing_is_handed_over_until_one_is_filed(
    strict: OpenZone, other: OpenZone, inbox: Path, land: Land, message: Write, empty: Path
) -> None:
    (inbox / "a.jsonl").write_bytes(message(1) + message(2, sender=AMERICAN))
    report = land(strict)
    assert (report.count("sealed"), _reasons(report)) == (1, {"transfer_forbidden": 1})
    assert not list(other.layout.handoff.iterdir())
    (held,) = list_held(strict)
    assert "2021/914" in held.detail
    assert replay(strict, day=DAY).count("quarantined") == 1
    register = TransferRegister(strict)
    assert [line["kind"] for line in register.lines()] == ["refusal", "refusal"]
    clauses = Document(
        "standard_contractual_clauses", "zone us", "US", "contracts/9", date(2026, 1, 1)
    )
    register.file(clauses, by="officer")
    assert replay(strict, day=DAY).count("handed_over") == 1
    assert register.lines()[-1]["reference"] == "contracts/9"
    assert land(other, inbox=empty).count("sealed") == 1
    assert list_held(strict) == []


def test_a_policy_that_names_no_rule_hands_nothing_over(
    zone: OpenZone, other: OpenZone, inbox: Path, land: Land, message: Write
) -> None:
    rules = zone.policy.transfers.model_copy(update={"handed_over_under": None})
    silent = replace(zone, policy=zone.policy.model_copy(update={"transfers": rules}))
    (inbox / "a.jsonl").write_bytes(message(2, sender=AMERICAN))
    assert _reasons(land(silent)) == {"transfer_forbidden": 1}


def test_a_rule_that_ends_between_decision_and_transaction_holds_the_item(
    zone: OpenZone,
    other: OpenZone,
    inbox: Path,
    land: Land,
    message: Write,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (inbox / "a.jsonl").write_bytes(message(2, sender=AMERICAN))
    silent = zone.policy.transfers.model_copy(update={"handed_over_under": None})
    original = settling.write_passed

    def late(of: OpenZone, *rest: Any) -> None:
        of.policy.__dict__["transfers"] = silent
        original(of, *rest)

    shown = zone.policy.model_copy()
    monkeypatch.setattr(settling, "write_passed", late)
    monkeypatch.setattr(settling.time, "sleep", lambda _: None)
    assert _reasons(land(replace(zone, policy=shown))) == {"transfer_forbidden": 1}
    assert sent(zone) == []
    assert not list(other.layout.handoff.iterdir())


def test_china_counts_whom_it_hands_over_each_person_once(
    home: Path, other: OpenZone, inbox: Path, land: Land, message: Write
) -> None:
    with create_zone(home, "cn") as cn:
        for number in (1, 2):
            (inbox / f"{number}.jsonl").write_bytes(message(number, sender=AMERICAN))
            land_inbox(cn, inbox, day=DAY)
        assert len(TransferRegister(cn).lines()) == 2
        volume = TransferRegister(cn).volume()
        assert (volume.persons, volume.sensitive) == (1, 0)


def test_the_receiver_reads_a_frame_at_a_time(
    zone: OpenZone, other: OpenZone, message: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handoff, "_ITEMS_PER_FRAME", 2)
    candidates = [
        Candidate("whatsapp", "x", message(n, sender=AMERICAN), vendor_id=f"message:{n}")
        for n in range(5)
    ]
    aside = handoff.leave(zone, other.keyring.public_keys, candidates)
    with aside.path.open("rb") as stream:
        frames = [len(handoff.rows_of(f)) for f in frames_of(stream, other.keyring.open_handoff)]
        delivery = receive.checked(other, stream)
        found = [
            (source, [candidate.vendor_id for candidate in items])
            for source, _, items in receive.deliveries(other, stream, delivery)
        ]
    assert frames == [2, 2, 1]
    assert found == [("whatsapp", [candidate.vendor_id for candidate in candidates])]
    assert delivery.sender == ZoneId("eu")
