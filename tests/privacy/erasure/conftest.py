"""A small zone with two customers: one to erase, one who must not notice."""

import json
import shutil
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from sqlalchemy import insert

from pipelines.landing.held import sealed_places
from pipelines.landing.segments import COLUMN, TABLE, SealedItem, write_segment
from privacy.audit.log import AuditLog
from privacy.opened import OpenZone, create_zone, open_zone
from privacy.records import tables
from privacy.store import tables as store
from privacy.warehouse.open import Warehouse, open_warehouse

NOW = datetime(2026, 5, 6, 7, 8, tzinfo=UTC)
EMAIL = "anna.canary@example-shop.de"
PHONE = "+4930901820"
BOBS_EMAIL = "bob@other.example"
TEXT = f"Hello, write to {EMAIL} or call {PHONE}, Anna Canary-Lindqvist"
BOBS_TEXT = f"My friend has {EMAIL}; I am {BOBS_EMAIL}, my order is late"


@dataclass(slots=True)
class World:
    """What was put into the zone."""

    zone: OpenZone
    anna: str
    bob: str
    annas: tuple[str, str]
    bobs: tuple[str, ...]
    handles: dict[str, str] = field(default_factory=dict)
    email: str = EMAIL
    phone: str = PHONE
    bobs_email: str = BOBS_EMAIL

    def item(self, number: int) -> str:
        return self.zone.keyring.index.mint("l", "web_chat", str(number))

    def interaction(self, number: int) -> str:
        return self.zone.keyring.index.mint("i", "web_chat", str(number))

    def warehouse(self) -> Any:
        return open_warehouse(self.zone.layout, self.zone.keyring.warehouse_keys)

    def count(self, query: str, *parameters: Any) -> int:
        with self.warehouse() as warehouse:
            row = warehouse.connection.execute(query, list(parameters)).fetchone()
            return int(row[0])


@pytest.fixture(scope="session")
def make_world(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], World]:
    """Give a copy of the zone in a folder; filling one takes longer than copying it."""
    template = tmp_path_factory.mktemp("template")
    filled = build(template)
    filled.zone.close()

    def copy(home: Path) -> World:
        shutil.copytree(template, home, dirs_exist_ok=True)
        return replace(filled, zone=open_zone(home, "eu", clock=lambda: NOW))

    return copy


@pytest.fixture
def world_on_postgresql(tmp_path: Path, postgresql_url: str) -> Iterator[World]:
    """The same zone with its store on a real PostgreSQL."""
    built = build(tmp_path, postgresql_url)
    yield built
    built.zone.close()


@pytest.fixture
def world(tmp_path: Path, make_world: Callable[[Path], World]) -> Iterator[World]:
    copied = make_world(tmp_path)
    yield copied
    copied.zone.close()


def build(home: Path, store_url: str | None = None) -> World:
    zone = create_zone(home, "eu", store_url=store_url, clock=lambda: NOW)
    index = zone.keyring.index
    handles = {
        EMAIL: index.of("email", EMAIL),
        PHONE: index.of("phone", PHONE),
        BOBS_EMAIL: index.of("email", BOBS_EMAIL),
    }
    subjects = {value: index.mint("s", handle, "0") for value, handle in handles.items()}
    anna = index.mint("c", min(subjects[EMAIL], subjects[PHONE]))
    bob = index.mint("c", subjects[BOBS_EMAIL])
    world = World(
        zone,
        anna,
        bob,
        tuple(sorted((subjects[EMAIL], subjects[PHONE]))),  # type: ignore[arg-type]
        (subjects[BOBS_EMAIL],),
        handles,
    )
    _fill_store(world, subjects)
    _fill_landing(world, subjects)
    with world.warehouse() as warehouse:
        _fill_warehouse(world, warehouse, subjects)
    return world


def _fill_store(world: World, subjects: dict[str, str]) -> None:
    zone, keyring = world.zone, world.zone.keyring
    customers = {world.anna: world.annas, world.bob: world.bobs}
    keyring.ensure_keys([*subjects.values(), *customers])
    former = keyring.index.mint("c", "former")
    keyring.ensure_keys([former])
    with zone.store.begin() as connection:
        for value, handle in world.handles.items():
            connection.execute(
                insert(store.SUBJECT_HANDLES).values(
                    handle_index=handle,
                    subject_id=subjects[value],
                    kind="phone" if value.startswith("+") else "email",
                    first_seen_at=NOW,
                )
            )
        for customer, members in customers.items():
            for subject in members:
                connection.execute(
                    insert(store.CUSTOMER_MEMBERS).values(
                        subject_id=subject, customer_id=customer, joined_at=NOW
                    )
                )
                connection.execute(
                    insert(store.CONSENT_EVENTS).values(
                        consent_event_id=keyring.index.mint("e", subject),
                        subject_id=subject,
                        purpose="marketing",
                        action="given",
                        method="web_form",
                        notice_version="1",
                        notice_language="de",
                        evidence_hash="0" * 64,
                        valid_from=NOW,
                        recorded_at=NOW,
                    )
                )
        for number, (customer, came_from, moved, evidence) in enumerate(
            [
                (world.anna, None, list(world.annas[:1]), {}),
                (world.anna, former, list(world.annas[1:]), {"with": list(world.annas[:1])}),
                (world.bob, world.anna, list(world.bobs), {"with": list(world.annas)}),
            ]
        ):
            connection.execute(
                insert(store.IDENTITY_DECISIONS).values(
                    decision_id=f"d_{number}",
                    kind=["created", "merged", "split"][number],
                    customer_id=customer,
                    from_customer_id=came_from,
                    subject_ids=moved,
                    evidence=evidence,
                    decided_by="resolution",
                    decided_at=NOW,
                )
            )
        connection.execute(
            insert(store.IDENTITY_CUTS).values(
                subject_id=world.annas[0],
                other_subject_id=world.bobs[0],
                decided_by="x",
                decided_at=NOW,
            )
        )
        for customer in customers:
            sealed = keyring.seal(
                customer,
                table="profiles",
                column="sealed",
                value=zlib.compress(json.dumps({"customer_id": customer}).encode()),
            )
            connection.execute(
                insert(store.PROFILES).values(
                    customer_id=customer,
                    digest="0" * 64,
                    sealed=sealed,
                    count_entries=1,
                    published_at=NOW,
                )
            )
            page = keyring.seal(
                customer, table="timeline_pages", column="sealed", value=zlib.compress(b"[]")
            )
            connection.execute(
                insert(store.TIMELINE_PAGES).values(
                    customer_id=customer,
                    page=0,
                    digest="0" * 64,
                    sealed=page,
                    count_entries=1,
                    published_at=NOW,
                )
            )
        held = json.dumps({"payload": TEXT}).encode()
        connection.execute(
            insert(store.QUARANTINE).values(
                quarantine_id="q_1",
                source="web_chat",
                place=sealed_places(keyring, ["file.jsonl:7"])[0],
                reason="wire_format",
                detail="field x",
                stage="landed",
                sealed=keyring.seal(None, table="quarantine", column="sealed", value=held),
                status="held",
                created_at=NOW,
            )
        )
    log = AuditLog(zone)
    for customer in (*customers, former):
        log.record(
            action="read_context",
            caller_id="agent",
            purpose="service",
            outcome="allowed",
            customer_id=customer,
            payload={"handle": BOBS_EMAIL if customer == world.bob else EMAIL},
        )
    log.seal()


def _fill_landing(world: World, subjects: dict[str, str]) -> None:
    zone = world.zone
    said = [
        (subjects[EMAIL], TEXT),
        (subjects[PHONE], f"again from {PHONE}"),
        (None, f"an answer of the bot to {EMAIL}"),
        (subjects[BOBS_EMAIL], BOBS_TEXT),
        (subjects[BOBS_EMAIL], f"bob once more, {BOBS_EMAIL}"),
    ]
    owners = [owner for owner, _ in said]
    sealed = zone.keyring.seal_many(
        owners,
        table=TABLE,
        column=COLUMN,
        values=[json.dumps({"text": t}).encode() for _, t in said],
    )
    items = [
        SealedItem(world.item(n), "web_chat", owner, "country", "DE", NOW, blob)
        for n, (owner, blob) in enumerate(zip(owners, sealed, strict=True))
    ]
    path = write_segment(zone.layout, "g_1", date(2026, 5, 6), items)
    with zone.store.begin() as connection:
        connection.execute(
            insert(store.LANDING_SEGMENTS).values(
                segment_id="g_1",
                source="web_chat",
                file_digest="0" * 64,
                chunk=0,
                is_last_chunk=True,
                day=date(2026, 5, 6),
                path=path,
                count_landed=5,
                count_sealed=5,
                count_duplicate=0,
                count_quarantined=0,
                count_suppressed=0,
                count_handed_over=0,
                count_bytes=100,
                landed_at=NOW,
            )
        )
        for item in items:
            connection.execute(
                insert(store.LANDING_ITEMS).values(
                    item_id=item.item_id,
                    content_digest="0" * 64,
                    segment_id="g_1",
                    owner_id=item.owner_id,
                )
            )


def _fill_warehouse(world: World, warehouse: Warehouse, subjects: dict[str, str]) -> None:
    zone = world.zone
    rows = [
        ("t_anna", subjects[EMAIL], TEXT, "customer"),
        ("t_anna_phone", subjects[PHONE], f"again from {PHONE}", "customer"),
        ("t_anna", None, f"an answer of the bot to {EMAIL}", "bot"),
        ("t_bob", subjects[BOBS_EMAIL], BOBS_TEXT, "customer"),
        ("t_bob", subjects[BOBS_EMAIL], f"bob once more, {BOBS_EMAIL}", "customer"),
    ]
    warehouse.append(
        "interactions",
        pa.Table.from_pylist(
            [
                {
                    "interaction_id": world.interaction(n),
                    "thread_id": thread,
                    "subject_id": owner,
                    "agent_token": None,
                    "item_id": world.item(n),
                    "segment_id": "g_1",
                    "source": "web_chat",
                    "channel": "web_chat",
                    "direction": "inbound",
                    "speaker": speaker,
                    "language": "en",
                    "country": "DE",
                    "local_zone": None,
                    "text_redacted": "Hello, [EMAIL-abcd]",
                    "count_characters": len(text),
                    "count_spans": 1,
                    "count_attachments": 0,
                    "has_quote": False,
                    "sentiment": None,
                    "duration_seconds": None,
                    "occurred_at": NOW + timedelta(minutes=n),
                    "received_at": NOW,
                }
                for n, (thread, owner, text, speaker) in enumerate(rows)
            ],
            schema=tables.INTERACTIONS.arrow,
        ),
    )
    sealed = zone.keyring.seal_many(
        [owner for _, owner, _, _ in rows],
        table="originals",
        column="sealed",
        values=[
            json.dumps({"text": text, "quoted": "", "signature": f"-- {text}"}).encode()
            for _, _, text, _ in rows
        ],
    )
    warehouse.append(
        "originals",
        pa.Table.from_pylist(
            [
                {
                    "interaction_id": world.interaction(n),
                    "subject_id": row[1],
                    "segment_id": "g_1",
                    "sealed": blob,
                }
                for n, (row, blob) in enumerate(zip(rows, sealed, strict=True))
            ],
            schema=tables.ORIGINALS.arrow,
        ),
    )
    mentions = []
    for n, (_, owner, text, _) in enumerate(rows):
        for value, handle in world.handles.items():
            start = text.find(value)
            if start >= 0:
                mentions.append(
                    {
                        "interaction_id": world.interaction(n),
                        "subject_id": owner,
                        "segment_id": "g_1",
                        "entity": "EMAIL_ADDRESS",
                        "recognizer": "email",
                        "identifier_index": handle,
                        "start_offset": start,
                        "end_offset": start + len(value),
                        "score": 1.0,
                    }
                )
    warehouse.append("mentions", pa.Table.from_pylist(mentions, schema=tables.MENTIONS.arrow))
    connection = warehouse.connection
    for value, subject in subjects.items():
        customer = world.bob if value == BOBS_EMAIL else world.anna
        kind = "phone" if value.startswith("+") else "email"
        connection.execute(
            "insert into core.thread_events by name select ? as event_id, 't_' || ? as thread_id,"
            " ? as subject_id, ? as item_id, 'g_1' as segment_id, 'web_chat' as source,"
            " 'web_chat' as channel, 'opened' as kind, 'system' as actor, ? as occurred_at,"
            " ? as received_at",
            [f"e_{value}"[:9], value[:4], subject, world.item(0), NOW, NOW],
        )
        connection.execute(
            "insert into core.orders by name select ? as order_id, ? as subject_id,"
            " ? as item_id, 'g_1' as segment_id, 'poslog' as source, 'store' as channel,"
            " 'p_1' as store_id, 'EUR' as currency, ? as total_amount, 1 as count_lines,"
            " false as is_return, ? as ordered_at, ? as received_at",
            [f"e_o{subject[:9]}", subject, world.item(0), Decimal("9.99"), NOW, NOW],
        )
        connection.execute(
            "insert into core.handles by name select ? as subject_id, 'g_1' as segment_id,"
            " ? as kind, ? as handle_index, 'country' as routed_by, ? as first_seen_at",
            [subject, kind, world.handles[value], NOW],
        )
        connection.execute(
            "insert into core.customers by name select ? as subject_id, ? as customer_id,"
            " ? as resolved_at",
            [subject, customer, NOW],
        )
        connection.execute(
            "insert into core.decisions by name select ? as subject_id, 'service' as purpose,"
            " 'contract' as legal_basis, 'x' as rule_source, true as is_permitted, ? as decided_at",
            [subject, NOW],
        )
    connection.execute(
        "insert into core.links by name select ? as subject_id, ? as other_subject_id,"
        " ? as item_id, 'g_1' as segment_id, 'same_message' as evidence, ? as first_seen_at",
        [*world.annas, world.item(0), NOW],
    )
    connection.execute("create schema marts; create schema staging")
    connection.execute("create view staging.stg_handles as select * from warehouse.core.handles")
    connection.execute(
        "create table marts.agent_context as select distinct customer_id, 'DE' as country"
        " from core.customers"
    )
    # Nobody listed this one.
    connection.execute(
        "create table marts.surprise as select customer_id as customer_id from core.customers"
    )
    connection.execute(
        "create table marts.resolution_kpis as select date '2026-05-06' as day, 5 as n"
    )
