"""A zone, and batches as the marts would give them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from privacy.opened import OpenZone, create_zone

INSTANT = pa.timestamp("us", tz="UTC")
START = datetime(2026, 3, 1, 9, 0, 0, 5, tzinfo=UTC)

OPEN_THREAD = pa.struct(
    [
        ("thread_id", pa.string()),
        ("channel", pa.string()),
        ("status", pa.string()),
        ("opened_at", INSTANT),
    ]
)
CONTEXT = pa.schema(
    [
        ("customer_id", pa.string()),
        ("country", pa.string()),
        ("channels", pa.list_(pa.string())),
        ("open_threads", pa.list_(OPEN_THREAD)),
        ("count_contacts", pa.int64()),
        ("average_sentiment", pa.float64()),
        ("has_repeated_explanation", pa.bool_()),
        ("last_contact_at", INSTANT),
    ]
)
ENTRY = pa.schema(
    [
        ("entry_id", pa.string()),
        ("customer_id", pa.string()),
        ("subject_id", pa.string()),
        ("entry_kind", pa.string()),
        ("text_redacted", pa.string()),
        ("amount", pa.decimal128(18, 2)),
        ("occurred_at", INSTANT),
    ]
)

Batches = Callable[..., list[pa.RecordBatch]]


def customer(number: int) -> str:
    """A customer id that sorts by its number."""
    letters = "".join("abcdefghij"[int(digit)] for digit in f"{number:08d}")
    return f"c_{letters:a<26}"


@pytest.fixture
def zone(tmp_path: Path) -> Iterator[OpenZone]:
    with create_zone(tmp_path, "eu") as opened:
        yield opened


@pytest.fixture
def contexts() -> Batches:
    """Rows of `marts.agent_context` for customers by number, in batches of `size`."""

    def make(
        numbers: list[int], *, size: int = 3, changed: Mapping[int, Mapping[str, Any]] | None = None
    ) -> list[pa.RecordBatch]:
        rows = [
            {
                "customer_id": customer(number),
                "country": "DE",
                "channels": ["email", "whatsapp"],
                "open_threads": [
                    {"thread_id": "t_1", "channel": "email", "status": None, "opened_at": START}
                ],
                "count_contacts": number,
                "average_sentiment": 0.25,
                "has_repeated_explanation": False,
                "last_contact_at": START,
                **(changed or {}).get(number, {}),
            }
            for number in numbers
        ]
        return pa.Table.from_pylist(rows, CONTEXT).to_batches(max_chunksize=size)

    return make


@pytest.fixture
def entries() -> Batches:
    """Rows of `marts.contact_history`: so many for each customer, in batches of `size`."""

    def make(counts: Mapping[int, int], *, size: int = 7) -> list[pa.RecordBatch]:
        rows = [
            {
                "entry_id": f"i_{number}_{place}",
                "customer_id": customer(number),
                "subject_id": f"s_{number}",
                "entry_kind": "message",
                "text_redacted": f"message {place} from [PERSON-x7f2]",
                "amount": Decimal("12.50") if place % 2 else None,
                "occurred_at": START + timedelta(minutes=place),
            }
            for number, count in counts.items()
            for place in range(count)
        ]
        return pa.Table.from_pylist(rows, ENTRY).to_batches(max_chunksize=size)

    return make
