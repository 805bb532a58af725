"""A customer goes to another zone: gathered from what landed, sealed to the zone they go to.

What moves is what the other zone can take in: deliveries as vendors sent them, and consents as
receipts. What is older than landing is kept has no handle in the clear and cannot be read again
elsewhere; it is counted, and stays until the customer is erased here. Erasing is done by whoever
holds a receipt (`serving.moves`).
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select

from pipelines.connectors.connector import Connector
from pipelines.landing.handoff import keys_of
from pipelines.landing.moving import MovedItem, Terms, frames_with, move_path
from pipelines.landing.subjects import HandleInRegion, in_region, indexes_of, person_of
from privacy.consent.ledger import ConsentLedger, LedgerEvent
from privacy.erasure.person import Person, find_person
from privacy.erasure.sealed import landed_files
from privacy.erasure.warehouse_rows import looking_for
from privacy.errors import ConfigurationError, WireFormatError
from privacy.ids import SubjectId, ZoneId
from privacy.keys.handoff_file import Header, write_file
from privacy.opened import OpenZone
from privacy.records.canonical import ConsentEvent, Handle, HandleKind, Record
from privacy.records.handles import normalise
from privacy.residency.sealed_rows import of_segment
from privacy.store.batches import among
from privacy.store.tables import SUBJECT_HANDLES
from privacy.warehouse.open import open_warehouse
from privacy.whole_files import whole_file

RECEIPTS: Final = "consent_receipts"
"""Connector that consents are written for."""


@dataclass(frozen=True, slots=True)
class Belongings:
    """What a customer can take along.

    Attributes:
        items: Deliveries, and consents that no delivery holds, as receipts.
        categories: What sort of data that is, in codes.
        left_behind: What cannot be taken in elsewhere, counted by kind.
        digest: Of which deliveries and consents these are: another one, when there are more.
    """

    person: Person
    items: tuple[MovedItem, ...]
    categories: tuple[str, ...]
    left_behind: Mapping[str, int]
    digest: str


def move_id_of(zone: OpenZone, customer_id: str, target: ZoneId) -> str:
    """Name the move of a customer to a zone: the same whenever it is asked for."""
    return zone.keyring.index.mint("m", customer_id, target)


def belongings(
    zone: OpenZone,
    customer_id: str,
    connectors: Mapping[str, Connector],
    *,
    wait_seconds: float = 600,
) -> Belongings:
    """Gather what a customer can take along.

    Raises:
        NotFound: No customer has this id.
        WarehouseBusy: Another process had the warehouse all the while. Safe to retry.
    """
    person = find_person(zone, customer_id)
    gathering = _Gathering(zone, person, connectors)
    gathering.read_landed()
    lost = gathering.add_consents()
    left = {**gathering.not_landed(wait_seconds), "consents": lost}
    return Belongings(
        person,
        tuple(gathering.items),
        tuple(sorted(gathering.categories)),
        {kind: count for kind, count in left.items() if count},
        zone.keyring.index.digest("move", "\n".join(sorted(gathering.item_ids)).encode()),
    )


def leave(zone: OpenZone, target: ZoneId, terms: Terms, found: Belongings) -> str:
    """Sign and seal a customer's belongings to a zone, and leave them there; again is no harm.

    Returns:
        SHA-256 of the file, in hexadecimal.

    Raises:
        ConfigurationError: The zone has published no keys here.
    """
    keys = keys_of(zone, target)
    if keys is None:
        raise ConfigurationError(f"zone {target} has published no keys here to seal to")
    path = move_path(zone.layout.home, target, terms.move_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    header = Header(f"h_{terms.move_id[2:]}", zone.zone, target, len(found.items))
    with whole_file(path) as out:
        return write_file(
            out,
            header,
            frames_with(terms, found.items),
            public=keys.handoff_key,
            sign=zone.keyring.sign,
        )


class _Gathering:
    def __init__(self, zone: OpenZone, person: Person, connectors: Mapping[str, Connector]) -> None:
        self._zone = zone
        self._person = person
        self._connectors = connectors
        self.items: list[MovedItem] = []
        self.categories: set[str] = set()
        self.item_ids: set[str] = set()
        self._consents: set[str] = set()
        self._handles: dict[str, HandleInRegion] = {}

    def read_landed(self) -> None:
        """Take every delivery that one of the customer's keys seals."""
        own = set(self._person.subject_ids)
        root = self._zone.layout.root
        for path in landed_files(self._zone):
            for rows in of_segment(path, path.relative_to(root).as_posix()):
                theirs = [n for n, owner in enumerate(rows.owner_ids) if owner in own]
                table, column = rows.bound_to
                payloads = self._zone.keyring.open_many(
                    [rows.owner_ids[n] for n in theirs],
                    table=table,
                    column=column,
                    sealed=[rows.sealed[n] for n in theirs],
                    missing="none",
                )
                for n, payload in zip(theirs, payloads, strict=True):
                    if payload is not None and rows.ids[n] not in self.item_ids:
                        self.item_ids.add(rows.ids[n])
                        item = MovedItem(rows.facts[n].source, rows.facts[n].country, payload)
                        self.items.append(item)
                        self._note(*item)

    def _note(self, source: str, country: str | None, payload: bytes) -> None:
        """See which consents and which handles a delivery holds."""
        connector = self._connectors.get(source)
        if connector is None:
            return
        with suppress(WireFormatError):
            for record in connector.parse(payload).records:
                self.categories.add(_category_of(record))
                if isinstance(record, ConsentEvent):
                    mint = self._zone.keyring.index.mint
                    self._consents.add(mint("e", source, record.vendor_id))
                person = person_of(record)
                for handle in person.handles if person else ():
                    key = in_region(handle, (person.country if person else None) or country)
                    for index in indexes_of(self._zone, [key]).values():
                        self._handles.setdefault(index, key)

    def add_consents(self) -> int:
        """Write a receipt for each consent that no delivery holds; give how many cannot be."""
        by_subject = self._handles_by_subject()
        lost = 0
        subjects = [SubjectId(one) for one in self._person.subject_ids]
        for event in ConsentLedger(self._zone).history(subjects):
            if event.consent_event_id in self._consents:
                continue
            self.item_ids.add(event.consent_event_id)
            own = by_subject.get(event.subject_id)
            if not own:
                lost += 1
                continue
            others = [h for s, hs in by_subject.items() if s != event.subject_id for h in hs]
            self.items.append(MovedItem(RECEIPTS, None, _receipt(event, [*own, *others])))
            self.categories.add("consents")
        return lost

    def _handles_by_subject(self) -> dict[str, list[HandleInRegion]]:
        table = SUBJECT_HANDLES.c
        with self._zone.store.connect() as connection:
            rows = connection.execute(
                select(table.subject_id, table.handle_index)
                .where(among(connection, table.subject_id, self._person.subject_ids))
                .order_by(table.subject_id, table.handle_index)
            ).all()
        found: dict[str, list[HandleInRegion]] = {}
        for row in rows:
            if row.handle_index in self._handles:
                found.setdefault(row.subject_id, []).append(self._handles[row.handle_index])
        return found

    def not_landed(self, wait_seconds: float) -> dict[str, int]:
        """Count what is in the warehouse and came from a delivery that is gone."""
        counts: dict[str, int] = {}
        file_keys = self._zone.keyring.warehouse_keys
        with (
            open_warehouse(self._zone.layout, file_keys, wait_seconds=wait_seconds) as warehouse,
            looking_for(warehouse, self._person),
        ):
            for table in ("interactions", "orders", "thread_events"):
                row = warehouse.connection.execute(
                    f"""
                    select count(*) from core.{table}
                    where list_contains(?, subject_id) and not list_contains(?, item_id)
                    """,
                    [list(self._person.subject_ids), sorted(self.item_ids)],
                ).fetchone()
                counts[table] = int(row[0]) if row else 0
        return counts


def _category_of(record: Record) -> str:
    name = type(record).__name__
    return {
        "Interaction": "interactions",
        "ThreadEvent": "interactions",
        "Order": "orders",
        "ConsentEvent": "consents",
    }.get(name, "contacts")


def _receipt(event: LedgerEvent, handles: list[HandleInRegion]) -> bytes:
    """Write a consent as a receipt; see ``docs/formats/consent_receipts.md``."""
    purpose = {"purpose": event.purpose, "action": event.action}
    if event.valid_to is not None:
        purpose["expires_at"] = _instant(event.valid_to)
    content = {
        "record_id": event.consent_event_id,
        "schema_version": "1",
        "pii_principal": {"handles": [_named(handle, region) for handle, region in handles]},
        "notice": {"version": event.notice_version, "language": event.notice_language},
        "purposes": [purpose],
        "event_time": _instant(event.valid_from),
        "method": event.method,
        "evidence": f"ledger of the zone it came from, hash {event.evidence_hash}",
    }
    return json.dumps(content, ensure_ascii=True, sort_keys=True).encode("ascii")


def _named(handle: Handle, region: str | None) -> dict[str, str]:
    """Name a handle so that it reads the same anywhere: a national number in its full form."""
    value = normalise(handle, region=region) if handle.kind is HandleKind.PHONE else handle.value
    named = {"kind": handle.kind.value, "value": value}
    return {**named, "namespace": handle.namespace} if handle.namespace else named


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
