"""A zone with one well-known customer, and people who may ask about her."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from privacy.access.model import Caller, Role
from privacy.opened import OpenZone, create_zone
from privacy.profiles.publish import publish
from privacy.records.canonical import Handle, HandleKind
from privacy.records.handles import normalise
from privacy.store.tables import CUSTOMER_MEMBERS, SUBJECT_HANDLES
from privacy.zones.loader import POLICIES

INSTANT = pa.timestamp("us", tz="UTC")
START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

MIA = "c_miaaaaaaaaaaaaaaaaaaaaaaaa"
BEN = "c_benaaaaaaaaaaaaaaaaaaaaaaa"
HANDLES = {
    MIA: (
        Handle(HandleKind.EMAIL, "mia.lang@example.org"),
        Handle(HandleKind.PHONE, "+491512345678"),
        Handle(HandleKind.LOYALTY_CARD, "2912345678901", "loyalty"),
        Handle(HandleKind.VENDOR_USER, "35436", "zendesk"),
    ),
    BEN: (Handle(HandleKind.EMAIL, "ben@example.org"),),
}
CONTEXT = {
    "customer_id": MIA,
    "country": "DE",
    "preferred_channel": "email",
    "preferred_language": "de",
    "last_reason": "delivery",
    "channels": ["email", "whatsapp"],
    "languages": ["de"],
    "open_threads": [
        {
            "thread_id": "t_later",
            "channel": "whatsapp",
            "reason": None,
            "status": "open",
            "opened_at": START,
            "last_message_at": START + timedelta(hours=2),
        },
        {
            "thread_id": "t_sooner",
            "channel": "email",
            "reason": "delivery",
            "status": "pending",
            "opened_at": START,
            "last_message_at": START + timedelta(hours=1),
        },
    ],
    "count_contacts": 7,
    "count_threads": 3,
    "count_open_threads": 2,
    "count_orders": 1,
    "average_sentiment": -0.25,
    "last_rating": 4,
    "has_repeated_explanation": True,
    "first_contact_at": START,
    "last_contact_at": START + timedelta(hours=2),
    "last_order_at": None,
}
THREAD = pa.struct(
    [
        ("thread_id", pa.string()),
        ("channel", pa.string()),
        ("reason", pa.string()),
        ("status", pa.string()),
        ("opened_at", INSTANT),
        ("last_message_at", INSTANT),
    ]
)
CONTEXT_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in list(CONTEXT)[:5]),
        ("channels", pa.list_(pa.string())),
        ("languages", pa.list_(pa.string())),
        ("open_threads", pa.list_(THREAD)),
        *((name, pa.int64()) for name in list(CONTEXT)[8:12]),
        ("average_sentiment", pa.float64()),
        ("last_rating", pa.int32()),
        ("has_repeated_explanation", pa.bool_()),
        *((name, INSTANT) for name in list(CONTEXT)[15:]),
    ]
)
ENTRY_SCHEMA = pa.schema(
    [
        ("entry_id", pa.string()),
        ("customer_id", pa.string()),
        ("subject_id", pa.string()),
        ("thread_id", pa.string()),
        ("entry_kind", pa.string()),
        ("event_kind", pa.string()),
        ("channel", pa.string()),
        ("direction", pa.string()),
        ("speaker", pa.string()),
        ("language", pa.string()),
        ("reason", pa.string()),
        ("text_redacted", pa.string()),
        ("value", pa.string()),
        ("amount", pa.decimal128(18, 2)),
        ("currency", pa.string()),
        ("occurred_at", INSTANT),
    ]
)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **by: float) -> None:
        self.moment += timedelta(**by)


def entry(place: int, *, customer_id: str = MIA, minute: float | None = None) -> dict[str, object]:
    """One timeline entry, the later the larger its place."""
    is_order = place % 5 == 4
    return {
        "entry_id": f"i_{place:05d}",
        "customer_id": customer_id,
        "subject_id": "s_mia",
        "thread_id": None if is_order else "t_sooner",
        "entry_kind": "order" if is_order else "message",
        "event_kind": "purchase" if is_order else None,
        "channel": "store" if is_order else "email",
        "direction": None if is_order else "inbound",
        "speaker": "customer",
        "language": None if is_order else "de",
        "reason": None,
        "text_redacted": None if is_order else f"[PERSON-x7f2] asks, number {place}",
        "value": None,
        "amount": Decimal("12.50") if is_order else None,
        "currency": "EUR" if is_order else None,
        "occurred_at": START + timedelta(minutes=place if minute is None else minute),
    }


def batches_of(rows: list[dict[str, object]], schema: pa.Schema) -> list[pa.RecordBatch]:
    return pa.Table.from_pylist(rows, schema).to_batches()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """Policies under which a customer can close `service` by a word."""
    folder = tmp_path / "policies"
    folder.mkdir()
    shipped = (POLICIES / "eu.yaml").read_text("utf-8")
    objectable = shipped.replace(
        "basis: contract\n", "basis: legitimate_interests\n    is_objectable: true\n", 1
    )
    assert objectable != shipped
    (folder / "eu.yaml").write_text(objectable, "utf-8")
    return folder


@pytest.fixture
def zone(tmp_path: Path, clock: Clock, policies: Path) -> Iterator[OpenZone]:
    """The zone `eu`, in which Mia and Ben are known and published."""
    with create_zone(tmp_path / "home", "eu", clock=clock, policies_directory=policies) as opened:
        with opened.store.begin() as store:
            for customer_id, handles in HANDLES.items():
                for place, handle in enumerate(handles):
                    subject_id = f"s_{customer_id[2:5]}{place}"
                    index = opened.keyring.index.of(
                        handle.kind, normalise(handle), handle.namespace
                    )
                    store.execute(
                        SUBJECT_HANDLES.insert().values(
                            handle_index=index,
                            subject_id=subject_id,
                            kind=handle.kind.value,
                            first_seen_at=START,
                        )
                    )
                    store.execute(
                        CUSTOMER_MEMBERS.insert().values(
                            subject_id=subject_id, customer_id=customer_id, joined_at=START
                        )
                    )
        publish_timeline(opened, [entry(place) for place in range(130)])
        yield opened


def publish_timeline(zone: OpenZone, rows: list[dict[str, object]]) -> None:
    """Publish Mia and Ben, and a history for Mia."""
    contexts = [{**CONTEXT, "customer_id": BEN}, CONTEXT]
    rows = sorted(rows, key=lambda row: str(row["occurred_at"]))
    publish(zone, batches_of(contexts, CONTEXT_SCHEMA), batches_of(rows, ENTRY_SCHEMA))


@pytest.fixture
def republish(zone: OpenZone) -> Callable[[list[dict[str, object]]], None]:
    return lambda rows: publish_timeline(zone, rows)


@pytest.fixture
def new_entry() -> Callable[..., dict[str, object]]:
    return entry


@pytest.fixture
def agent() -> Caller:
    return Caller("desk-1", Role.AGENT)


@pytest.fixture
def ai_agent() -> Caller:
    return Caller("assistant-1", Role.AI_AGENT)


@pytest.fixture
def officer() -> Caller:
    return Caller("officer-1", Role.COMPLIANCE)


@pytest.fixture
def mia() -> str:
    return MIA


@pytest.fixture
def ben() -> str:
    return BEN
