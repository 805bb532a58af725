"""The consent ledger: append-only, bitemporal, after ISO/IEC TS 27560.

An event is never changed. A mistake is corrected by a later event that `supersedes` it; what was
known before the correction can still be asked for.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import pyarrow as pa
from sqlalchemy import ColumnElement, Row, select

from privacy.clock import as_utc
from privacy.errors import WireFormatError
from privacy.opened import OpenZone
from privacy.records.canonical import ConsentAction
from privacy.records.tables import CONSENT_EVENTS as WAREHOUSE_EVENTS
from privacy.store.batches import among, insert_if_absent
from privacy.store.tables import CONSENT_EVENTS
from privacy.zones.model import purpose_named

EVENTS_A_TRANSACTION = 5_000


@dataclass(frozen=True, slots=True)
class LedgerEvent:
    """What one person said of one purpose.

    Attributes:
        consent_event_id: Minted from source and vendor's id: the same event always has the same.
        purpose: One of `privacy.zones.model.Purpose`.
        action: One of `privacy.records.canonical.ConsentAction`.
        evidence_hash: Keyed digest of the raw proof.
        valid_from: From when it holds.
        valid_to: Until when, exclusive, where it names an end.
        recorded_at: When we learned of it.
        supersedes: The event of the same subject that it corrects; that one counts no more from
            `recorded_at` on.
    """

    consent_event_id: str
    subject_id: str
    purpose: str
    action: str
    method: str
    notice_version: str
    notice_language: str
    evidence_hash: str
    valid_from: datetime
    valid_to: datetime | None
    recorded_at: datetime
    supersedes: str | None = None


class ConsentLedger:
    """The ledger of one zone."""

    def __init__(self, zone: OpenZone) -> None:
        self._store = zone.store

    def record_many(self, events: Sequence[LedgerEvent]) -> int:
        """Append events; those already in the ledger stay as they were first recorded.

        Returns:
            How many were new.

        Raises:
            UnknownPurpose: An event names none of the fixed purposes. Nothing was written.
            WireFormatError: An event is not of its form; names the event and the field. Nothing
                was written.
        """
        rows = [_row_of(event) for event in events]
        count = 0
        for start in range(0, len(rows), EVENTS_A_TRANSACTION):
            with self._store.begin() as connection:
                count += insert_if_absent(
                    connection, CONSENT_EVENTS, rows[start : start + EVENTS_A_TRANSACTION]
                )
        return count

    def history(self, subject_ids: Collection[str]) -> list[LedgerEvent]:
        """Give every event of these subjects, in the order they were recorded."""
        columns = CONSENT_EVENTS.c
        with self._store.connect() as connection:
            rows = connection.execute(
                select(CONSENT_EVENTS)
                .where(among(connection, columns.subject_id, subject_ids))
                .order_by(columns.recorded_at, columns.valid_from, columns.consent_event_id)
            ).all()
        return [event_of(row) for row in rows]

    def arrow(self) -> pa.Table:
        """Give the whole ledger as `privacy.records.tables.CONSENT_EVENTS`, for the warehouse."""
        wanted: list[ColumnElement[Any]] = [
            CONSENT_EVENTS.c[name] for name in WAREHOUSE_EVENTS.columns
        ]
        with self._store.connect() as connection:
            rows = connection.execute(select(*wanted)).all()
        return columns_of(rows, WAREHOUSE_EVENTS.arrow)


def columns_of(rows: Sequence[Row[Any]], schema: pa.Schema) -> pa.Table:
    """Turn rows, their values in the order of a schema's fields, into an Arrow table."""
    values: Any = zip(*rows, strict=True) if rows else ([] for _ in schema)
    arrays = [pa.array(column, field.type) for column, field in zip(values, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def event_of(row: Row[Any]) -> LedgerEvent:
    """Read an event from its row."""
    return LedgerEvent(**row._mapping)


_FIELDS = tuple(field.name for field in fields(LedgerEvent))
_LENGTHS = {
    column.name: length
    for column in CONSENT_EVENTS.columns
    if (length := getattr(column.type, "length", None)) is not None
}


def _row_of(event: LedgerEvent) -> dict[str, Any]:
    row = {name: getattr(event, name) for name in _FIELDS}
    row["purpose"] = str(purpose_named(event.purpose))
    try:
        row["action"] = str(ConsentAction(event.action))
    except ValueError:
        raise WireFormatError(f"{event.consent_event_id}: action is not one we know") from None
    for name, most in _LENGTHS.items():
        if row[name] is not None and len(row[name]) > most:
            raise WireFormatError(
                f"{event.consent_event_id}: {name} is longer than {most} characters"
            )
    for name in ("valid_from", "valid_to", "recorded_at"):
        if row[name] is not None:
            try:
                row[name] = as_utc(row[name])
            except ValueError:
                raise WireFormatError(
                    f"{event.consent_event_id}: {name} names no time zone"
                ) from None
    return row
