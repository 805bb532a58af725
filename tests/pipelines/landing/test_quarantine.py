"""What is held can be listed, tried again after a fix, and given up."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from pipelines.connectors.registry import CONNECTORS
from pipelines.landing import quarantine, reasons
from pipelines.landing.quarantine import discard, list_held, open_held, replay, set_aside
from pipelines.landing.report import LandingReport
from pipelines.landing.segments import LandedItem
from privacy.errors import NotFound, WireFormatError
from privacy.ids import ZoneId
from privacy.opened import OpenZone, create_zone
from privacy.store.tables import QUARANTINE

DAY = date(2026, 11, 3)
Write = Callable[..., bytes]
Land = Callable[..., LandingReport]
Landed = Callable[[OpenZone], list[LandedItem]]


def _rows(zone: OpenZone) -> list[Any]:
    with zone.store.connect() as connection:
        return list(connection.execute(select(QUARANTINE.c.status, QUARANTINE.c.sealed)).all())


def test_an_item_is_taken_in_after_its_connector_was_fixed(
    zone: OpenZone,
    inbox: Path,
    land: Land,
    landed: Landed,
    message: Write,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_payload: bytes) -> Any:
        raise WireFormatError("messages.type is new to us")

    with monkeypatch.context() as patch:
        patch.setattr(CONNECTORS["whatsapp"], "parse", broken)
        (inbox / "a.jsonl").write_bytes(message(1) + message(2))
        assert land(zone).count("quarantined") == 2
        report = replay(zone, day=DAY)
        assert report.count("quarantined") == 2
    held = list_held(zone, reason="malformed_item", source="whatsapp")
    assert [entry.detail for entry in held] == ["messages.type is new to us"] * 2
    report = replay(zone, day=DAY, quarantine_ids=[held[0].quarantine_id])
    assert report.count("sealed") == 1
    assert replay(zone, day=DAY).count("sealed") == 1
    assert list_held(zone) == []
    assert len(landed(zone)) == 2
    assert _rows(zone) == [("replayed", b"")] * 2
    (inbox / "b.jsonl").write_bytes(message(1))
    assert land(zone).count("duplicate") == 1
    assert replay(zone, day=DAY).count_landed == 0


def test_a_connector_that_still_fails_on_a_file_keeps_it_held_and_stops_no_other(
    zone: OpenZone, inbox: Path, land: Land, message: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def defective(_file: Any) -> Any:
        raise ZeroDivisionError("Mia Lang")

    (inbox / "a.jsonl").write_bytes(message(1))
    with monkeypatch.context() as patch:
        patch.setattr(CONNECTORS["whatsapp"], "items", defective)
        assert land(zone).count("quarantined") == 1
        assert replay(zone, day=DAY).count("quarantined") == 1
        (held,) = list_held(zone)
        assert held.detail == "ZeroDivisionError in connector whatsapp"
    assert replay(zone, day=DAY).count("sealed") == 1


def test_an_operator_decides_where_an_item_belongs(
    zone: OpenZone, other: OpenZone, inbox: Path, land: Land, landed: Landed, chat: Write
) -> None:
    (inbox / "a.jsonl").write_bytes(chat(1) + chat(2))
    land(zone)
    first, second = (entry.quarantine_id for entry in list_held(zone, reason="no_evidence"))
    assert (
        replay(zone, day=DAY, quarantine_ids=[first], assign_zone=ZoneId("eu")).count("sealed") == 1
    )
    report = replay(zone, day=DAY, quarantine_ids=[second], assign_zone=ZoneId("us"))
    assert dict(report.handed_to) == {"us": 1}
    assert [item.routed_by for item in landed(zone)] == ["operator"]
    assert land(other, default_zone=None).count("sealed") == 1
    assert [item.routed_by for item in landed(other)] == ["handed_over"]
    assert list_held(zone) == []


def test_an_item_waits_for_its_zone_to_be_made(
    zone: OpenZone, home: Path, inbox: Path, land: Land, message: Write
) -> None:
    (inbox / "a.jsonl").write_bytes(message(1, sender="12125550142"))
    land(zone)
    with create_zone(home, "us") as us:
        assert replay(zone, day=DAY).count("handed_over") == 1
        assert land(us).count("sealed") == 1


def test_a_file_is_read_after_its_connector_was_written(
    zone: OpenZone,
    inbox: Path,
    land: Land,
    landed: Landed,
    message: Write,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(CONNECTORS["whatsapp"], "recognises", lambda _name, _head: False)
        (inbox / "a.jsonl").write_bytes(message(1) + message(2) + message(3))
        assert land(zone).reasons == {("unrecognised", "unrecognised_file"): 1}
        assert replay(zone, day=DAY).count("quarantined") == 1
    assert replay(zone, day=DAY).count("sealed") == 3
    assert list_held(zone) == []
    assert len(landed(zone)) == 3


def test_what_is_given_up_loses_its_content_and_is_known_when_it_comes_again(
    zone: OpenZone, inbox: Path, land: Land
) -> None:
    (inbox / "a.txt").write_text("a note")
    land(zone)
    (entry,) = list_held(zone)
    assert list(open_held(zone, [entry.quarantine_id])) == [(entry.quarantine_id, b"a note")]
    assert discard(zone, [entry.quarantine_id, "q_none"]) == 1
    assert discard(zone, [entry.quarantine_id]) == 0
    assert _rows(zone) == [("discarded", b"")]
    with pytest.raises(NotFound):
        list(open_held(zone, [entry.quarantine_id]))
    assert [e.quarantine_id for e in list_held(zone, status="discarded")] == [entry.quarantine_id]
    (inbox / "b.txt").write_text("a note")
    assert land(zone).count("duplicate") == 1


def test_an_item_set_aside_while_it_was_loaded_lands_again_under_its_id(
    zone: OpenZone, inbox: Path, land: Land, landed: Landed, message: Write
) -> None:
    (inbox / "a.jsonl").write_bytes(message(1))
    land(zone)
    (item,) = landed(zone)
    assert item.payload is not None
    named: dict[str, Any] = {
        "source": "whatsapp",
        "place": "segment",
        "reason": reasons.WIRE_FORMAT,
        "detail": "messages.type",
        "stage": "interactions",
        "payload": item.payload,
        "item_id": item.item_id,
    }
    assert set_aside(zone, **named) == set_aside(zone, **named)
    assert len(list_held(zone)) == 1
    assert replay(zone, day=DAY).count("sealed") == 1
    again = landed(zone)
    assert [entry.item_id for entry in again] == [item.item_id] * 2
    assert list_held(zone) == []


def test_places_do_not_show_addresses_or_numbers_of_file_names(
    zone: OpenZone, inbox: Path, land: Land
) -> None:
    (inbox / "greta@mail.example-4915155500123-20260301.txt").write_text("x")
    land(zone)
    place = list_held(zone)[0].place
    assert "greta" not in place
    assert "4915155500123" not in place


def test_a_place_is_sealed_in_the_store_and_goes_with_the_content(
    zone: OpenZone, inbox: Path, land: Land
) -> None:
    folder = "Rechnung für Greta Müster "
    (inbox / (folder * 3)).mkdir()
    (inbox / (folder * 3) / f"{folder * 6}.txt").write_text("x")
    land(zone)
    (held,) = list_held(zone)
    assert held.place.endswith("Rechnung für Greta Müster .txt")
    with zone.store.connect() as connection:
        stored = connection.execute(select(QUARANTINE.c.place)).scalar_one()
    assert "Greta" not in stored
    assert len(stored) <= 400
    discard(zone, [held.quarantine_id])
    assert [entry.place for entry in list_held(zone, status="discarded")] == [""]
    files = [file.read_bytes() for file in zone.layout.root.rglob("*") if file.is_file()]
    assert not [content for content in files if "Greta" in content.decode("latin-1")]


def test_every_reason_has_a_meaning() -> None:
    codes = {
        value for name, value in vars(reasons).items() if name.isupper() and isinstance(value, str)
    }
    assert codes == set(reasons.MEANINGS) | set(reasons.LEFT)
    assert all(
        meaning.endswith(".") for meaning in (*reasons.MEANINGS.values(), *reasons.LEFT.values())
    )


def test_replaying_twice_at_once_takes_an_item_in_once(
    zone: OpenZone, inbox: Path, land: Land, landed: Landed, chat: Write
) -> None:
    (inbox / "a.jsonl").write_bytes(chat(1))
    land(zone)
    chunks = list(
        quarantine._chunks(zone, [list_held(zone)[0].quarantine_id], CONNECTORS, ZoneId("eu"))
    )
    terms = quarantine.Terms(zone, CONNECTORS, quarantine.load_policies(), DAY, None)
    assert quarantine.settle(terms, chunks[0]).count("sealed") == 1
    assert quarantine.settle(terms, chunks[0]).count_landed == 0
    assert len(landed(zone)) == 1
