"""An item that grows may hold what an erasure has taken: that part of it never comes back."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipelines.connectors.connector import Trimmer, occurred_at
from pipelines.connectors.registry import CONNECTORS
from pipelines.landing.report import LandingReport
from pipelines.landing.segments import LandedItem
from pipelines.landing.subjects import indexes_of
from privacy.erasure.suppression import suppress
from privacy.ids import ZoneId
from privacy.opened import OpenZone
from privacy.records.canonical import Handle, HandleKind

ERASED = datetime.fromisoformat("2026-03-02T00:00:00+00:00")
SAMPLES = Path(__file__).parents[1] / "connectors" / "samples"
Land = Callable[..., LandingReport]
Landed = Callable[[OpenZone], list[LandedItem]]


def _suppress(zone: OpenZone, *emails: str) -> None:
    keys = [(Handle(HandleKind.EMAIL, email), None) for email in emails]
    with zone.store.begin() as connection:
        suppress(connection, zone.keyring, list(indexes_of(zone, keys).values()), at=ERASED)


def _ticket() -> dict[str, Any]:
    bundle: dict[str, Any] = json.loads((SAMPLES / "zendesk.jsonl").read_bytes())
    return bundle


def test_a_ticket_that_went_on_after_the_erasure_lands_without_what_was_before(
    zone: OpenZone, inbox: Path, land: Land, landed: Landed
) -> None:
    _suppress(zone, "greta.muster@mail.example")
    bundle = _ticket()
    bundle["comments"].append(
        {"id": 9, "author_id": 501, "body": "One more thing", "created_at": "2026-03-06T09:00:00Z"}
    )
    (inbox / "t.jsonl").write_bytes(json.dumps(bundle).encode())
    assert land(zone).count("sealed") == 1
    (item,) = landed(zone)
    assert item.payload is not None
    assert b"jacket" not in item.payload
    assert b"Label attached" not in item.payload
    records = CONNECTORS["zendesk"].parse(item.payload).records
    assert records
    assert all(occurred_at(record) > ERASED for record in records)
    assert {record.vendor_id for record in records} >= {"comment:9", "rating:4711:88"}
    assert land(zone).count_landed == 0


def test_a_ticket_that_ended_before_the_erasure_is_dropped_whole(
    zone: OpenZone, inbox: Path, land: Land, landed: Landed
) -> None:
    _suppress(zone, "greta.muster@mail.example")
    bundle = _ticket()
    bundle["ticket"]["updated_at"] = "2026-03-01T11:00:00Z"
    bundle["field_history"] = bundle["field_history"][:4]
    bundle.pop("satisfaction_rating")
    (inbox / "t.jsonl").write_bytes(json.dumps(bundle).encode())
    assert land(zone).count("suppressed") == 1
    assert landed(zone) == []


def test_a_conversation_across_the_erasure_keeps_its_later_part(
    zone: OpenZone, inbox: Path, land: Land, landed: Landed, chat: Callable[..., bytes]
) -> None:
    _suppress(zone, "p1@mail.example")
    said = [
        {
            "message_id": str(day),
            "at": f"2026-03-0{day}T10:00:00Z",
            "speaker": "customer",
            "text": f"day {day}",
        }
        for day in (1, 3)
    ]
    (inbox / "c.jsonl").write_bytes(chat(1, messages=said, started_at="2026-03-01T10:00:00Z"))
    assert land(zone, default_zone=ZoneId("eu")).count("sealed") == 1
    (item,) = landed(zone)
    assert item.payload is not None
    assert b"day 3" in item.payload
    assert b"day 1" not in item.payload


def test_what_cannot_be_cut_is_dropped_whole(
    zone: OpenZone, inbox: Path, land: Land, landed: Landed
) -> None:
    assert not isinstance(CONNECTORS["contact_lens"], Trimmer)
    record = {
        "ContactId": "c",
        "CustomerEndpoint": {"Type": "EMAIL_ADDRESS", "Address": "p1@mail.example"},
        "InitiationTimestamp": "2026-03-01T10:00:00Z",
        "DisconnectTimestamp": "2026-03-03T10:00:00Z",
    }
    _suppress(zone, "p1@mail.example")
    (inbox / "c.json").write_bytes(json.dumps(record).encode())
    assert land(zone, default_zone=ZoneId("eu")).count("suppressed") == 1
    assert landed(zone) == []


@pytest.mark.parametrize("name", [n for n, c in CONNECTORS.items() if isinstance(c, Trimmer)])
def test_what_is_cut_at_the_end_of_time_holds_nothing_that_was_said(name: str) -> None:
    connector: Any = CONNECTORS[name]
    for line in next(SAMPLES.glob(f"{name}.*")).read_bytes().splitlines():
        payload = connector.trimmed(line, datetime.fromisoformat("2099-01-01T00:00:00+00:00"))
        left = connector.parse(payload).records
        assert not [record for record in left if hasattr(record, "text")]
        assert connector.trimmed(line, datetime.fromisoformat("1999-01-01T00:00:00+00:00"))
