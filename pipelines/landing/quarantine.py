"""What could not be taken in: sealed under the zone's key, listed by reason, tried again, discarded.

What is settled keeps its row and its reason, and loses its content and its place.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from sqlalchemy import select, update

from pipelines.connectors.connector import Connector, Malformed, SourceFile
from pipelines.connectors.registry import CONNECTORS
from pipelines.landing import handoff, reasons, receive
from pipelines.landing.chunks import Candidate, Chunk, parts_of
from pipelines.landing.decision import Terms
from pipelines.landing.held import opened_places, packed, sealed_places, unpacked
from pipelines.landing.report import LandingReport
from pipelines.landing.settle import settle
from pipelines.landing.sources import HEAD_BYTES, opener_of
from privacy.errors import NotFound, WireFormatError
from privacy.ids import ZoneId
from privacy.opened import OpenZone
from privacy.store.batches import among, insert_if_absent
from privacy.store.tables import QUARANTINE
from privacy.zones.loader import load_policies

_BATCH = 500
_LIMIT = 400
_ID = re.compile(r"q_[a-z0-9]{1,64}")


@dataclass(frozen=True, slots=True)
class Held:
    """One entry, without its content.

    Attributes:
        place: Where it was found, the end of it; sealed in the store, for a file may be called
            after a person. Addresses and numbers in it are masked. Empty once it is settled.
        detail: What is wrong; names fields, never values.
        stage: ``landed`` or ``interactions``.
    """

    quarantine_id: str
    source: str
    place: str
    reason: str
    detail: str
    stage: str
    status: str
    created_at: datetime


def list_held(
    zone: OpenZone,
    *,
    reason: str | None = None,
    source: str | None = None,
    status: str = "held",
    limit: int = 1000,
) -> list[Held]:
    """Give what is held, oldest first."""
    table = QUARANTINE.c
    query = select(*(table[name] for name in Held.__slots__)).where(table.status == status)
    if reason is not None:
        query = query.where(table.reason == reason)
    if source is not None:
        query = query.where(table.source == source)
    query = query.order_by(table.created_at, table.quarantine_id).limit(limit)
    with zone.store.connect() as connection:
        held = [Held(**row._mapping) for row in connection.execute(query)]
    places = opened_places(zone.keyring, [each.place for each in held])
    return [replace(each, place=place) for each, place in zip(held, places, strict=True)]


def set_aside(
    zone: OpenZone,
    *,
    source: str,
    place: str,
    reason: str,
    detail: str,
    stage: str,
    payload: bytes,
    segment_id: str | None = None,
    item_id: str | None = None,
    vendor_id: str | None = None,
) -> str:
    """Hold an item that a later stage could not take; once, however often it is called.

    Returns:
        The entry's id.
    """
    keyring = zone.keyring
    digest = keyring.index.digest("landed", payload)
    quarantine_id = keyring.index.mint("q", stage, item_id or "", digest)
    candidate = Candidate(source, place, payload, vendor_id=vendor_id)
    row = {
        "quarantine_id": quarantine_id,
        "source": source,
        "place": sealed_places(keyring, [place])[0],
        "reason": reason,
        "detail": detail[:_LIMIT],
        "stage": stage,
        "segment_id": segment_id,
        "item_id": item_id,
        "sealed": keyring.seal(None, table="quarantine", column="sealed", value=packed(candidate)),
        "status": "held",
        "created_at": zone.clock(),
        "settled_at": None,
    }
    with zone.store.begin() as connection:
        insert_if_absent(connection, QUARANTINE, [row])
    return quarantine_id


def replay(
    zone: OpenZone,
    *,
    day: date,
    quarantine_ids: Collection[str] | None = None,
    reason: str | None = None,
    source: str | None = None,
    assign_zone: ZoneId | None = None,
    default_zone: ZoneId | None = None,
    connectors: Mapping[str, Connector] = CONNECTORS,
    policies_directory: Path | None = None,
) -> LandingReport:
    """Try held items again, after a fix of a connector or policy, or an operator's decision.

    What fails again stays held, with its new reason. A replay is a delivery of its own in the
    account: its items were counted as quarantined when they were met first.

    Args:
        zone: Whose quarantine.
        day: The partition what succeeds lands in.
        quarantine_ids: Which entries; all that are held if None.
        reason: Only those held for it.
        source: Only those of it.
        assign_zone: The zone they belong to, as an operator decided; kept as the evidence
            ``operator``. Another zone's are handed over to it.
        default_zone: As of `pipelines.landing.land.land`.
        connectors: What to read them with.
        policies_directory: Policies to route by; those that are shipped by default.
    """
    policies = load_policies(directory=policies_directory)
    terms = Terms(zone, connectors, policies, day, default_zone)
    report = LandingReport()
    for batch in _batches(_wanted(zone, quarantine_ids, reason, source)):
        taken_in = _take_in(terms, batch, report)
        left = [held_id for held_id in batch if held_id not in taken_in]
        for chunk in _chunks(zone, left, connectors, assign_zone):
            report.add(settle(terms, chunk))
    receive.leave_receipts(zone)
    handoff.deliver(zone)
    return report


def _take_in(terms: Terms, ids: Sequence[str], report: LandingReport) -> set[str]:
    """Take in the files of other zones that were held and are acceptable now; give their ids.

    An entry is settled after the last of its items, so that none is lost between two of them.
    """
    zone = terms.zone
    taken_in = set()
    for row in _rows(zone, ids, source=receive.SOURCE):
        stream = BytesIO(_candidate(zone, row).payload)
        try:
            delivery = receive.checked(zone, stream)
        except receive.Unacceptable:
            continue
        for source, digest, candidates in receive.deliveries(zone, stream, delivery):
            for number, (part, is_last) in enumerate(parts_of(candidates)):
                chunk = Chunk(source, digest, number, is_last, part, (), delivery)
                report.add(settle(terms, chunk))
        with zone.store.begin() as connection:
            connection.execute(
                update(QUARANTINE)
                .where(QUARANTINE.c.quarantine_id == row.quarantine_id)
                .values(status="replayed", settled_at=zone.clock(), sealed=b"", place="")
            )
        taken_in.add(row.quarantine_id)
    return taken_in


def discard(zone: OpenZone, quarantine_ids: Collection[str]) -> int:
    """Give entries up: their content is wiped, their row stays. Give how many were held."""
    with zone.store.begin() as connection:
        result = connection.execute(
            update(QUARANTINE)
            .where(among(connection, QUARANTINE.c.quarantine_id, set(quarantine_ids)))
            .where(QUARANTINE.c.status == "held")
            .values(status="discarded", settled_at=zone.clock(), sealed=b"", place="")
        )
        return result.rowcount


def must_be_held(zone: OpenZone, quarantine_ids: Collection[str]) -> None:
    """Refuse ids under which nothing is held.

    Raises:
        NotFound: There are such; names those that have an id's form.
    """
    held = set(_wanted(zone, quarantine_ids, None, None))
    missing = [each for each in dict.fromkeys(quarantine_ids) if each not in held]
    if missing:
        named = ", ".join(each for each in missing if _ID.fullmatch(each))
        raise NotFound(
            f"nothing is held in quarantine under {len(missing)} of the ids that were given"
            f"{f': {named}' if named else ''}; nothing was done"
        )


def open_held(zone: OpenZone, quarantine_ids: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the content of held entries, in the clear, with their ids: to search it, or to fix it.

    Raises:
        NotFound: One of them is not held.
    """
    rows = _rows(zone, quarantine_ids)
    if len(rows) < len(set(quarantine_ids)):
        raise NotFound("an entry of that id is not held in quarantine")
    for row in rows:
        yield row.quarantine_id, _candidate(zone, row).payload


@dataclass(frozen=True, slots=True)
class _Row:
    quarantine_id: str
    source: str
    item_id: str | None
    sealed: bytes


def _wanted(
    zone: OpenZone, ids: Collection[str] | None, reason: str | None, source: str | None
) -> list[str]:
    table = QUARANTINE.c
    query = select(table.quarantine_id).where(table.status == "held")
    if reason is not None:
        query = query.where(table.reason == reason)
    if source is not None:
        query = query.where(table.source == source)
    with zone.store.connect() as connection:
        if ids is not None:
            query = query.where(among(connection, table.quarantine_id, set(ids)))
        return list(connection.execute(query.order_by(table.source, table.created_at)).scalars())


def _rows(zone: OpenZone, ids: Collection[str], *, source: str | None = None) -> list[_Row]:
    table = QUARANTINE.c
    with zone.store.connect() as connection:
        query = (
            select(*(table[name] for name in _Row.__slots__))
            .where(among(connection, table.quarantine_id, set(ids)))
            .where(table.status == "held")
            .order_by(table.quarantine_id)
        )
        if source is not None:
            query = query.where(table.source == source)
        return [_Row(**row._mapping) for row in connection.execute(query)]


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]


def _candidate(zone: OpenZone, row: _Row) -> Candidate:
    content = zone.keyring.open(None, table="quarantine", column="sealed", sealed=row.sealed)
    return unpacked(row.source, content, quarantine_id=row.quarantine_id)


def _chunks(
    zone: OpenZone,
    ids: Sequence[str],
    connectors: Mapping[str, Connector],
    assign_zone: ZoneId | None,
) -> Iterator[Chunk]:
    by_source: dict[str, list[Candidate]] = defaultdict(list)
    for row in _rows(zone, ids):
        candidate = replace(_candidate(zone, row), assigned=assign_zone, item_id=row.item_id)
        for found in _found(zone, candidate, connectors):
            by_source[found.source].append(found)
    index = zone.keyring.index
    for source, candidates in sorted(by_source.items()):
        # A replay is not a file: its digest names when it was tried, and what.
        named = ",".join([zone.clock().isoformat(), *(c.quarantine_id or "" for c in candidates)])
        yield Chunk(source, index.digest("replay", named.encode()), 0, True, candidates)


def _found(
    zone: OpenZone, candidate: Candidate, connectors: Mapping[str, Connector]
) -> Iterator[Candidate]:
    """Look for items in what was held as a file; an item is one already."""
    if not candidate.is_file:
        yield candidate
        return
    if candidate.source == receive.SOURCE:
        yield replace(candidate, fault=receive.fault_of(zone, candidate.payload))
        return
    file = SourceFile(candidate.place, opener_of(candidate.payload), len(candidate.payload))
    head = candidate.payload[:HEAD_BYTES]
    connector = connectors.get(candidate.source) or next(
        (known for known in connectors.values() if known.recognises(candidate.place, head)), None
    )
    if connector is None:
        fault = (reasons.UNRECOGNISED_FILE, "no connector knows this file's format")
        yield replace(candidate, fault=fault)
        return
    items: list[Candidate] = []
    try:
        for item in connector.items(file):
            if isinstance(item, Malformed):
                yield replace(candidate, fault=(reasons.MALFORMED_ITEM, item.reason))
                return
            items.append(
                replace(
                    candidate,
                    source=connector.name,
                    place=item.place,
                    payload=item.payload,
                    vendor_id=item.vendor_id,
                    compared=item.compared,
                    is_file=False,
                    quarantine_id=None,
                )
            )
    except WireFormatError as error:
        yield replace(candidate, fault=(reasons.MALFORMED_FILE, str(error)))
        return
    except Exception as error:  # noqa: BLE001 (one bad entry must not stop the others)
        detail = f"{type(error).__name__} in connector {connector.name}"
        yield replace(candidate, fault=(reasons.CONNECTOR_FAILED, detail))
        return
    if items:
        # The entry is settled with its first item; the others are ordinary items of the file.
        yield replace(items[0], quarantine_id=candidate.quarantine_id)
        yield from items[1:]
    else:
        yield replace(candidate, fault=(reasons.MALFORMED_FILE, "file holds no item"))
