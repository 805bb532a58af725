"""Two zones in one home, an inbox, and messages to put into it."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from pipelines.landing import chunks
from pipelines.landing import land as landing
from pipelines.landing import settle as settling
from pipelines.landing.report import LandingReport
from pipelines.landing.segments import LandedItem, read_segment
from privacy.opened import OpenZone, create_zone
from privacy.store.tables import LANDING_SEGMENTS

DAY = date(2026, 11, 2)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def zone(home: Path) -> Iterator[OpenZone]:
    with create_zone(home, "eu") as made:
        yield made


@pytest.fixture
def other(home: Path) -> Iterator[OpenZone]:
    with create_zone(home, "us") as made:
        yield made


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def message() -> Callable[..., bytes]:
    """Write one WhatsApp body."""

    def write(
        number: int = 1, *, sender: str = "4915155500123", text: str = "Hello", **more: Any
    ) -> bytes:
        message = {
            "from": sender,
            "id": f"wamid.{number}",
            "timestamp": str(1772359200 + number),
            "type": "text",
            "text": {"body": text},
        } | more
        value = {"metadata": {"phone_number_id": "7700"}, "messages": [message]}
        change = {"field": "messages", "value": value}
        body = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
        return json.dumps(body).encode() + b"\n"

    return write


@pytest.fixture
def chat() -> Callable[..., bytes]:
    """Write one web chat."""

    def write(number: int = 1, *, visitor: dict[str, str] | None = None, **more: Any) -> bytes:
        said = {
            "message_id": "m1",
            "at": "2026-03-01T10:00:00Z",
            "speaker": "customer",
            "text": "x",
        }
        chat = {
            "conversation_id": f"wc-{number}",
            "visitor": visitor or {"email": f"p{number}@mail.example"},
            "messages": [said],
        } | more
        return json.dumps(chat).encode() + b"\n"

    return write


@pytest.fixture
def land(inbox: Path) -> Callable[..., LandingReport]:
    """Land the inbox."""

    def run(zone: OpenZone, **options: Any) -> LandingReport:
        report = landing.land(zone, options.pop("inbox", inbox), day=DAY, **options)
        outcomes = ("sealed", "duplicate", "quarantined", "suppressed", "handed_over")
        assert report.count_landed == sum(map(report.count, outcomes))
        return report

    return run


@pytest.fixture
def landed() -> Callable[[OpenZone], list[LandedItem]]:
    """Read back everything that is sealed in a zone."""

    def read(zone: OpenZone) -> list[LandedItem]:
        query = select(LANDING_SEGMENTS.c.segment_id).where(LANDING_SEGMENTS.c.path.is_not(None))
        with zone.store.connect() as connection:
            segments = list(connection.execute(query).scalars())
        items = [item for segment in segments for item in read_segment(zone, segment)]
        return sorted(items, key=lambda item: item.item_id)

    return read


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> int:
    """Make chunks of ten items."""
    monkeypatch.setattr(landing, "ITEMS_PER_CHUNK", 10)
    monkeypatch.setattr(chunks, "ITEMS_PER_CHUNK", 10)
    monkeypatch.setattr(settling.time, "sleep", lambda _: None)
    return 10
