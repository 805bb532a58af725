"""A home with two zones, and things to plant in it."""

import json
import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from sqlalchemy import insert

from pipelines.landing.participants import participants_in
from privacy.opened import OpenZone
from privacy.records import tables
from privacy.residency.verify import Verification, verify_residency
from privacy.store.tables import PROFILES, SUBJECT_HANDLES
from privacy.warehouse.open import open_warehouse

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 2)
GERMAN = "4915155500123"
AMERICAN = "12125550123"
PHONES = {"eu": GERMAN, "us": AMERICAN}


@dataclass
class Home:
    """The home, its zones opened."""

    path: Path
    zones: dict[str, OpenZone]

    @property
    def eu(self) -> OpenZone:
        return self.zones["eu"]

    @property
    def us(self) -> OpenZone:
        return self.zones["us"]

    def verify(self, *zones: str, **options: Any) -> Verification:
        given = [self.zones[zone] for zone in zones or self.zones]
        return verify_residency(given, by="officer", reader=participants_in, **options)

    def found(self, *zones: str, **options: Any) -> list[tuple[str, str, str, str | None]]:
        return [
            (found.zone, found.kind.value, found.place, found.row)
            for found in self.verify(*zones, **options).findings
        ]

    def insert(self, zone: str, interaction_id: str, **values: Any) -> None:
        add_interaction(self.zones[zone], interaction_id, **values)


def subject_of(zone: OpenZone) -> str:
    with zone.store.connect() as connection:
        return str(connection.execute(SUBJECT_HANDLES.select()).first().subject_id)  # type: ignore[union-attr]


def segment_of(zone: OpenZone) -> Path:
    [path] = zone.layout.landing.rglob("*.arrow")
    return path


def item_of(zone: OpenZone) -> dict[str, Any]:
    with pa.memory_map(str(segment_of(zone))) as mapped:
        [row] = pa.ipc.open_file(mapped).read_all().to_pylist()
    return dict(row)


def add_interaction(zone: OpenZone, interaction_id: str, **values: Any) -> None:
    """Write a row of ``core.interactions``, with its original where it has a subject."""
    row = {
        "interaction_id": interaction_id,
        "thread_id": "t_1",
        "subject_id": None,
        "agent_token": None,
        "item_id": "l_planted",
        "segment_id": "g_planted",
        "source": "whatsapp",
        "channel": "whatsapp",
        "direction": "inbound",
        "speaker": "customer",
        "language": "en",
        "country": None,
        "local_zone": None,
        "text_redacted": "Hello",
        "count_characters": 5,
        "count_spans": 0,
        "count_attachments": 0,
        "has_quote": False,
        "sentiment": None,
        "duration_seconds": None,
        "occurred_at": NOW,
        "received_at": NOW,
    } | values
    sealed = zone.keyring.seal(
        row["subject_id"], table="originals", column="sealed", value=b'{"text": "Hello"}'
    )
    original = {
        "interaction_id": interaction_id,
        "subject_id": row["subject_id"],
        "segment_id": row["segment_id"],
        "sealed": sealed,
    }
    with open_warehouse(zone.layout, zone.keyring.warehouse_keys) as warehouse:
        warehouse.append(
            "interactions", pa.Table.from_pylist([row], schema=tables.INTERACTIONS.arrow)
        )
        warehouse.append(
            "originals", pa.Table.from_pylist([original], schema=tables.ORIGINALS.arrow)
        )


def add_handle(zone: OpenZone, subject_id: str, segment_id: str, routed_by: str) -> None:
    row = {
        "subject_id": subject_id,
        "segment_id": segment_id,
        "kind": "phone",
        "handle_index": "0" * 64,
        "routed_by": routed_by,
        "first_seen_at": NOW,
    }
    with open_warehouse(zone.layout, zone.keyring.warehouse_keys) as warehouse:
        warehouse.append("handles", pa.Table.from_pylist([row], schema=tables.HANDLES.arrow))


def add_profile(zone: OpenZone, customer_id: str, country: str, keys: OpenZone) -> None:
    document = zlib.compress(json.dumps({"country": country}).encode())
    sealed = keys.keyring.seal(customer_id, table="profiles", column="sealed", value=document)
    with zone.store.begin() as connection:
        connection.execute(
            insert(PROFILES).values(
                customer_id=customer_id,
                digest="0" * 64,
                sealed=sealed,
                count_entries=1,
                published_at=NOW,
            )
        )


def message(number: str) -> bytes:
    """Give a WhatsApp body."""
    said = {
        "from": number,
        "id": f"wamid.{number}",
        "timestamp": "1772359200",
        "type": "text",
        "text": {"body": "Hello"},
    }
    value = {"metadata": {"phone_number_id": "7700"}, "messages": [said]}
    change = {"field": "messages", "value": value}
    body = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
    return json.dumps(body).encode() + b"\n"
