"""Settles one chunk: every candidate becomes exactly one outcome, and one transaction says so.

The order makes it safe to be killed anywhere. Sealed files and hand-offs are written first: without
the transaction they are nobody's, and are written again. Two landings of the same chunk race for
the manifest's unique keys; the loser drops its file and decides again from what now stands.
"""

import json
import logging
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, delete, select, update

from pipelines.connectors.connector import Connector, is_undated, occurred_at
from pipelines.landing import handoff, reasons
from pipelines.landing.chunks import Candidate, Chunk
from pipelines.landing.report import LandingReport
from pipelines.landing.segments import COLUMN, TABLE, SealedItem, write_segment
from pipelines.landing.subjects import (
    HandleInRegion,
    Owners,
    in_region,
    indexes_of,
    owners_of,
    person_of,
    register,
    registered,
    suppression_state,
)
from privacy.errors import KeyDestroyed, Unroutable, WireFormatError
from privacy.ids import SubjectId, ZoneId
from privacy.opened import OpenZone
from privacy.records.canonical import Parsed, RoutingHints
from privacy.store.batches import among, insert_if_absent
from privacy.store.tables import LANDING_ITEMS, LANDING_SEGMENTS, QUARANTINE
from privacy.zones.model import ZonePolicy
from privacy.zones.routing import route

LOG = logging.getLogger(__name__)

_ATTEMPTS = 8
_PLACE_LIMIT = 400
_PERSONAL_IN_NAMES = re.compile(r"[^\s/!#:]+@[^\s/!#:]+|\d{9,}")
_NO_PERSON = "no_person"
_OPERATOR = "operator"
_HANDED_OVER = "handed_over"


@dataclass(frozen=True, slots=True)
class Terms:
    """What all chunks of a landing are settled by.

    Attributes:
        day: The partition the segments land in.
        default_zone: Where items go that say nothing of their jurisdiction; None to hold them.
    """

    zone: OpenZone
    connectors: Mapping[str, Connector]
    policies: Mapping[ZoneId, ZonePolicy]
    day: date
    default_zone: ZoneId | None


class _Raced(Exception):
    """Another process changed what was decided on."""


class _Known(Exception):
    """Another process settled this chunk."""


@dataclass(frozen=True, slots=True)
class _Routed:
    """A candidate that stays here, and all that is needed to seal it."""

    candidate: Candidate
    item_id: str
    content_digest: str
    parsed: Parsed
    routed_by: str
    country: str | None


@dataclass(slots=True)
class _Decision:
    """What becomes of each candidate of a chunk."""

    sealed: list[tuple[_Routed, SubjectId | None]] = field(default_factory=list)
    held: list[tuple[Candidate, str, str, str]] = field(default_factory=list)
    handed: dict[ZoneId, list[Candidate]] = field(default_factory=lambda: defaultdict(list))
    duplicates: list[Candidate] = field(default_factory=list)
    suppressed: list[Candidate] = field(default_factory=list)
    owners: Owners = field(default_factory=lambda: Owners({}, {}, {}))

    @property
    def count_handed(self) -> int:
        return sum(map(len, self.handed.values()))

    def settled(self) -> list[Candidate]:
        """Give the candidates that are not held."""
        done = [routed.candidate for routed, _ in self.sealed]
        done += self.duplicates + self.suppressed
        return done + [candidate for given in self.handed.values() for candidate in given]


def settle(terms: Terms, chunk: Chunk) -> LandingReport:
    """Settle a chunk, and say what became of its candidates.

    A chunk that another process settled meanwhile gives an empty report: it is counted there.

    Raises:
        KeyDestroyed: Subjects of the chunk were being erased, one after another, at each of
            several attempts. Safe to retry.
    """
    for attempt in range(_ATTEMPTS):
        try:
            return _settle_once(terms, chunk, holds_erased=attempt > 2)
        except _Known:
            return LandingReport()
        except (_Raced, KeyDestroyed) as error:
            LOG.info("chunk decided again: %s", type(error).__name__)
            time.sleep(0.02 * 2**attempt)
    raise KeyDestroyed("subjects of the chunk are being erased; try again")


def _settle_once(terms: Terms, chunk: Chunk, *, holds_erased: bool) -> LandingReport:
    zone = terms.zone
    segment_id = zone.keyring.index.mint("g", chunk.file_digest, str(chunk.number))
    received_at = zone.clock()
    with zone.store.connect() as connection:
        decision = _decide(terms, chunk, connection)
    if holds_erased:
        _hold_erased(zone, decision)
    path, count_bytes = None, 0
    try:
        if decision.sealed:
            items = _seal(zone, decision, received_at)
            count_bytes = sum(len(item.sealed) for item in items)
            path = write_segment(zone.layout, segment_id, terms.day, items)
        for other, candidates in decision.handed.items():
            _hand_over(zone, other, segment_id, candidates)
        with zone.store.begin() as connection:
            _commit(terms, chunk, connection, decision, segment_id, path, count_bytes, received_at)
    except (_Raced, _Known, KeyDestroyed):
        if path:
            (zone.layout.root / path).unlink(missing_ok=True)
        raise
    return _report(chunk, decision)


def _report(chunk: Chunk, decision: _Decision) -> LandingReport:
    source = chunk.source
    return LandingReport(
        outcomes=Counter(
            {
                (source, outcome): count
                for outcome, count in (
                    ("sealed", len(decision.sealed)),
                    ("duplicate", len(decision.duplicates)),
                    ("quarantined", len(decision.held)),
                    ("suppressed", len(decision.suppressed)),
                    ("handed_over", decision.count_handed),
                )
                if count
            }
        ),
        reasons=Counter((source, reason) for _, _, reason, _ in decision.held),
        handed_to=Counter({other: len(given) for other, given in decision.handed.items()}),
    )


# --- decide --------------------------------------------------------------------------------------


def _decide(terms: Terms, chunk: Chunk, connection: Connection) -> _Decision:
    decision = _Decision()
    fresh = _fresh(terms.zone, chunk, connection, decision)
    parsed = _parsed(terms, fresh, decision)
    keys = (key for entry in parsed for key in _handles(entry[4], None))
    indexes = indexes_of(terms.zone, keys)
    mine = _routed(terms, parsed, indexes, connection, decision)
    _owned(terms.zone, mine, indexes, connection, decision)
    return decision


def _ids(zone: OpenZone, candidate: Candidate) -> tuple[str, str]:
    """Give the ids of the item and of its content."""
    index = zone.keyring.index
    compared = candidate.compared if candidate.compared is not None else candidate.payload
    digest = index.digest("landed", compared)
    if candidate.item_id is not None:
        return candidate.item_id, digest
    if candidate.vendor_id is None:
        return index.mint("l", candidate.source, "content", digest), digest
    return index.mint("l", candidate.source, "id", candidate.vendor_id), digest


def _held_id(item_id: str, digest: str) -> str:
    """Give the id an item is held under: of its id and its content, both keyed hashes."""
    return f"q_{item_id.partition('_')[2]}{digest[:12]}"


def _fresh(
    zone: OpenZone, chunk: Chunk, connection: Connection, decision: _Decision
) -> list[tuple[Candidate, str, str, str]]:
    """Give the candidates met for the first time: with item id, digest, and quarantine id."""
    named = []
    for candidate in chunk.candidates:
        item_id, digest = _ids(zone, candidate)
        held_id = candidate.quarantine_id or _held_id(item_id, digest)
        named.append((candidate, item_id, digest, held_id))
    known = _digests(connection, {item_id for _, item_id, _, _ in named})
    held = _held(connection, {held_id for _, _, _, held_id in named})
    fresh = []
    for candidate, item_id, digest, held_id in named:
        is_retried = candidate.quarantine_id is not None
        if candidate.item_id is not None:
            fresh.append((candidate, item_id, known.get(item_id, digest), held_id))
        elif known.get(item_id) == digest or (held_id in held and not is_retried):
            decision.duplicates.append(candidate)
        elif item_id in known and candidate.fault is None:
            detail = "the vendor's id is known with other content"
            decision.held.append((candidate, held_id, reasons.CHANGED_CONTENT, detail))
            held.add(held_id)
        else:
            known[item_id] = digest
            held.add(held_id)
            fresh.append((candidate, item_id, digest, held_id))
    return fresh


def _digests(connection: Connection, item_ids: Iterable[str]) -> dict[str, str]:
    table = LANDING_ITEMS.c
    query = select(table.item_id, table.content_digest)
    rows = connection.execute(query.where(among(connection, table.item_id, set(item_ids))))
    return {row.item_id: row.content_digest for row in rows}


def _held(connection: Connection, quarantine_ids: Iterable[str]) -> set[str]:
    column = QUARANTINE.c.quarantine_id
    rows = connection.execute(select(column).where(among(connection, column, set(quarantine_ids))))
    return set(rows.scalars())


def _parsed(
    terms: Terms, fresh: Sequence[tuple[Candidate, str, str, str]], decision: _Decision
) -> list[tuple[Candidate, str, str, str, Parsed]]:
    found = []
    for candidate, item_id, digest, held_id in fresh:
        if candidate.fault is not None:
            decision.held.append((candidate, held_id, *candidate.fault))
            continue
        connector = terms.connectors.get(candidate.source)
        if connector is None:
            detail = "no connector of this name"
            decision.held.append((candidate, held_id, reasons.UNRECOGNISED_FILE, detail))
            continue
        try:
            parsed = connector.parse(candidate.payload)
        except WireFormatError as error:
            decision.held.append((candidate, held_id, reasons.MALFORMED_ITEM, str(error)))
        except Exception as error:  # noqa: BLE001 (one bad item must not stop the others)
            detail = f"{type(error).__name__} in connector {candidate.source}"
            LOG.warning("connector %s failed: %s", candidate.source, type(error).__name__)
            decision.held.append((candidate, held_id, reasons.CONNECTOR_FAILED, detail))
        else:
            found.append((candidate, item_id, digest, held_id, parsed))
    return found


def _handles(parsed: Parsed, region: str | None) -> list[HandleInRegion]:
    return [
        in_region(handle, person.country or region)
        for record in parsed.records
        if (person := person_of(record))
        for handle in person.handles
    ]


def _first(parsed: Parsed) -> HandleInRegion | None:
    """Give the handle that owns an item: the first of the first person in it."""
    people = filter(None, map(person_of, parsed.records))
    keys = (in_region(handle, person.country) for person in people for handle in person.handles)
    return next(keys, None)


def _routed(
    terms: Terms,
    parsed: Sequence[tuple[Candidate, str, str, str, Parsed]],
    indexes: Mapping[HandleInRegion, str],
    connection: Connection,
    decision: _Decision,
) -> list[_Routed]:
    """Give the candidates that belong here; hand over or hold the others."""
    zone = terms.zone
    here = zone.policy.id
    firsts = [_first(entry[4]) for entry in parsed]
    owning = (indexes.get(key) for key in firsts if key is not None)
    known = registered(connection, set(filter(None, owning)))
    mine = []
    routes: dict[tuple[RoutingHints, ZoneId | None, ZoneId | None], tuple[ZoneId, str, str | None]]
    routes = {}
    for first, (candidate, item_id, digest, held_id, contents) in zip(firsts, parsed, strict=True):
        is_known = first is not None and indexes.get(first, "") in known
        is_ours = candidate.is_handed_over or not contents.records
        default = here if is_ours else terms.default_zone
        key = (contents.hints, here if is_known else None, default)
        try:
            if candidate.assigned is not None:
                target, evidence, country = candidate.assigned, _OPERATOR, None
            elif key in routes:
                target, evidence, country = routes[key]
            else:
                found = route(
                    contents.hints, policies=terms.policies, known_zone=key[1], default=default
                )
                target, evidence, country = found.zone, found.evidence.value, found.country
                routes[key] = (target, evidence, country)
        except Unroutable as error:
            detail = f"evidence: {_evidence_of(contents.hints)}"
            decision.held.append((candidate, held_id, error.reason, detail))
            continue
        if target != here and candidate.is_handed_over:
            detail = f"its evidence names zone {target}"
            decision.held.append((candidate, held_id, reasons.HANDED_BACK, detail))
        elif target != here and handoff.keys_of(zone, target) is None:
            detail = f"zone {target} has published no key here"
            decision.held.append((candidate, held_id, reasons.NO_KEY_FOR_ZONE, detail))
        elif target != here:
            decision.handed[target].append(candidate)
        else:
            if not contents.records and evidence == "default":
                evidence = _NO_PERSON
            elif candidate.is_handed_over:
                evidence = _HANDED_OVER
            mine.append(_Routed(candidate, item_id, digest, contents, evidence, country))
    return mine


def _evidence_of(hints: RoutingHints) -> str:
    """Name the kinds of evidence there were; never what they say."""
    kinds = {
        "country": hints.countries,
        "store": hints.stores,
        "phone": hints.phones,
        "locale": hints.locales,
    }
    return ", ".join(kind for kind, values in kinds.items() if values) or "none"


def _owned(
    zone: OpenZone,
    mine: Sequence[_Routed],
    indexes: Mapping[HandleInRegion, str],
    connection: Connection,
    decision: _Decision,
) -> None:
    """Give each item its owner; drop what happened before its people were erased."""
    handles = [_handles(routed.parsed, routed.country) for routed in mine]
    indexes = indexes_of(zone, (key for keys in handles for key in keys), indexes)
    kinds = {
        index: key[0].kind.value for keys in handles for key in keys if (index := indexes.get(key))
    }
    owners = owners_of(zone, connection, kinds)
    kept: set[str] = set()
    for routed, keys in zip(mine, handles, strict=True):
        if owners.erased and _is_erased(routed, indexes, owners):
            decision.suppressed.append(routed.candidate)
            continue
        named = [index for key in keys if (index := indexes.get(key))]
        kept.update(named)
        owner = owners.subjects[named[0]] if named else None
        decision.sealed.append((routed, owner))
    new = {index: kind for index, kind in owners.new.items() if index in kept}
    decision.owners = Owners(
        {index: owners.subjects[index] for index in kept},
        new,
        {index: entry for index, entry in owners.erased.items() if index in kept},
        owners.as_of,
    )


def _is_erased(routed: _Routed, indexes: Mapping[HandleInRegion, str], owners: Owners) -> bool:
    """Tell whether nothing in an item happened after its people were erased.

    What has no date may have happened before, and must not come back.
    """
    is_any = False
    for record in routed.parsed.records:
        person = person_of(record)
        if person is None:
            continue
        region = person.country or routed.country
        named = (indexes.get(in_region(handle, region), "") for handle in person.handles)
        erasures = [owners.erased[index].erased_at for index in named if index in owners.erased]
        at = occurred_at(record)
        if not erasures or (at > max(erasures) and not is_undated(at)):
            return False
        is_any = True
    return is_any


def _hold_erased(zone: OpenZone, decision: _Decision) -> None:
    """Hold what belongs to a subject whose key is gone and whose handles are not, yet."""
    owners = {owner for _, owner in decision.sealed if owner is not None}
    destroyed = {owner for owner in owners if zone.keyring.is_destroyed(owner)}
    for routed, owner in decision.sealed:
        if owner in destroyed:
            held_id = routed.candidate.quarantine_id or _held_id(
                routed.item_id, routed.content_digest
            )
            detail = "the owner's key is destroyed"
            decision.held.append((routed.candidate, held_id, reasons.ERASURE_RUNNING, detail))
    decision.sealed = [entry for entry in decision.sealed if entry[1] not in destroyed]


# --- write ---------------------------------------------------------------------------------------


def _seal(zone: OpenZone, decision: _Decision, received_at: datetime) -> list[SealedItem]:
    owners = [owner for _, owner in decision.sealed]
    sealed = zone.keyring.seal_many(
        owners,
        table=TABLE,
        column=COLUMN,
        values=[routed.candidate.payload for routed, _ in decision.sealed],
    )
    return [
        SealedItem(
            routed.item_id,
            routed.candidate.source,
            owner,
            routed.routed_by,
            routed.country,
            received_at,
            value,
        )
        for (routed, owner), value in zip(decision.sealed, sealed, strict=True)
    ]


def _hand_over(
    zone: OpenZone, other: ZoneId, segment_id: str, candidates: Sequence[Candidate]
) -> None:
    keys = handoff.keys_of(zone, other)
    if keys is None:
        raise _Raced
    handoff.leave(zone, keys, segment_id, candidates)


def _commit(
    terms: Terms,
    chunk: Chunk,
    connection: Connection,
    decision: _Decision,
    segment_id: str,
    path: str | None,
    count_bytes: int,
    at: datetime,
) -> None:
    zone = terms.zone
    base = {"source": chunk.source, "day": terms.day, "landed_at": at}
    row = {
        **base,
        "segment_id": segment_id,
        "file_digest": chunk.file_digest,
        "chunk": chunk.number,
        "is_last_chunk": chunk.is_last,
        "path": path,
        "count_landed": len(chunk.candidates),
        "count_sealed": len(decision.sealed),
        "count_duplicate": len(decision.duplicates),
        "count_quarantined": len(decision.held),
        "count_suppressed": len(decision.suppressed),
        "count_handed_over": decision.count_handed,
        "count_bytes": count_bytes,
    }
    if insert_if_absent(connection, LANDING_SEGMENTS, [row]) == 0:
        raise _Known
    insert_if_absent(connection, LANDING_SEGMENTS, [_marker(zone, base, m) for m in chunk.markers])
    _commit_items(connection, decision, segment_id)
    owners = decision.owners
    if owners.subjects and suppression_state(connection) != owners.as_of:
        raise _Raced
    if not register(connection, owners, at):
        raise _Raced
    _commit_quarantine(zone, connection, decision, segment_id, at)


def _marker(zone: OpenZone, base: Mapping[str, object], digest: str) -> dict[str, object]:
    """Say that a small file was taken in as part of a delivery; the delivery's row has the counts."""
    counts = ("landed", "sealed", "duplicate", "quarantined", "suppressed", "handed_over", "bytes")
    return {
        **base,
        "segment_id": zone.keyring.index.mint("g", digest, "0"),
        "file_digest": digest,
        "chunk": 0,
        "is_last_chunk": True,
        "path": None,
        **{f"count_{name}": 0 for name in counts},
    }


def _commit_items(connection: Connection, decision: _Decision, segment_id: str) -> None:
    rows = [
        {
            "item_id": routed.item_id,
            "content_digest": routed.content_digest,
            "segment_id": segment_id,
            "owner_id": owner,
        }
        for routed, owner in decision.sealed
    ]
    again = [routed.item_id for routed, _ in decision.sealed if routed.candidate.item_id]
    if again:
        connection.execute(
            delete(LANDING_ITEMS).where(among(connection, LANDING_ITEMS.c.item_id, again))
        )
    if insert_if_absent(connection, LANDING_ITEMS, rows) < len(rows):
        raise _Raced


def _commit_quarantine(
    zone: OpenZone, connection: Connection, decision: _Decision, segment_id: str, at: datetime
) -> None:
    held = [entry for entry in decision.held if entry[0].quarantine_id is None]
    sealed = zone.keyring.seal_many(
        [None] * len(held),
        table="quarantine",
        column="sealed",
        values=[packed(candidate) for candidate, _, _, _ in held],
    )
    rows = [
        {
            "quarantine_id": held_id,
            "source": candidate.source,
            "place": shown(candidate.place),
            "reason": reason,
            "detail": detail[:_PLACE_LIMIT],
            "stage": "landed",
            "segment_id": segment_id,
            "item_id": None,
            "sealed": value,
            "status": "held",
            "created_at": at,
            "settled_at": None,
        }
        for (candidate, held_id, reason, detail), value in zip(held, sealed, strict=True)
    ]
    insert_if_absent(connection, QUARANTINE, rows)
    for candidate, held_id, reason, detail in decision.held:
        if candidate.quarantine_id is not None:
            connection.execute(
                update(QUARANTINE)
                .where(QUARANTINE.c.quarantine_id == held_id)
                .values(reason=reason, detail=detail[:_PLACE_LIMIT])
            )
    done = [c.quarantine_id for c in decision.settled() if c.quarantine_id is not None]
    if done:
        connection.execute(
            update(QUARANTINE)
            .where(among(connection, QUARANTINE.c.quarantine_id, done))
            .values(status="replayed", settled_at=at, sealed=b"")
        )


def packed(candidate: Candidate) -> bytes:
    """Put a candidate into bytes, to be sealed; `unpacked` gives it back."""
    header = {
        "place": candidate.place,
        "vendor_id": candidate.vendor_id,
        "is_file": candidate.is_file,
        "is_handed_over": candidate.is_handed_over,
        "count_compared": None if candidate.compared is None else len(candidate.compared),
    }
    head = json.dumps(header).encode()
    return b"".join((head, b"\n", candidate.compared or b"", candidate.payload))


def unpacked(source: str, content: bytes, *, quarantine_id: str) -> Candidate:
    """Give a candidate back from what was held."""
    head, _, rest = content.partition(b"\n")
    header = json.loads(head)
    count = header["count_compared"]
    return Candidate(
        source,
        header["place"],
        rest[count or 0 :],
        vendor_id=header["vendor_id"],
        compared=None if count is None else rest[:count],
        is_file=header["is_file"],
        is_handed_over=header["is_handed_over"],
        quarantine_id=quarantine_id,
    )


def shown(place: str) -> str:
    """Give a place as it may be stored and shown: file names can hold addresses and numbers."""
    with suppress(UnicodeError):
        place = place.encode("utf-8", "replace").decode()
    return _PERSONAL_IN_NAMES.sub("…", place.replace("\x00", "\ufffd"))[-_PLACE_LIMIT:]
