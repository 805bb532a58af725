"""Decides what becomes of each candidate of a chunk; reads, and writes nothing.

A candidate goes through four questions, and leaves at the first that settles it: was it met before;
can it be read; which zone does it belong to; were its people erased since.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from pipelines.landing import handoff, reasons
from pipelines.landing.chunks import Candidate, Chunk
from pipelines.landing.decision import Decision, Routed, Terms
from pipelines.landing.erased import let_go, remaining
from pipelines.landing.held import held_id_of
from pipelines.landing.passing import refusal_of
from pipelines.landing.subjects import (
    HandleInRegion,
    Owners,
    handles_of,
    in_region,
    indexes_of,
    owners_of,
    person_of,
    registered,
)
from privacy.errors import Unroutable, WireFormatError
from privacy.ids import ZoneId
from privacy.opened import OpenZone
from privacy.records.canonical import Parsed, RoutingHints
from privacy.store.batches import among
from privacy.store.tables import LANDING_ITEMS, QUARANTINE
from privacy.zones.routing import route

LOG = logging.getLogger(__name__)

_NO_PERSON = "no_person"
_OPERATOR = "operator"
_HANDED_OVER = "handed_over"


def decide(terms: Terms, chunk: Chunk, connection: Connection) -> Decision:
    """Decide on a chunk, as of the connection's snapshot."""
    decision = Decision()
    fresh = _fresh(terms.zone, chunk, connection, decision)
    parsed = _parsed(terms, fresh, decision)
    keys = (key for entry in parsed for key in handles_of(entry[4], None))
    indexes = indexes_of(terms.zone, keys)
    mine = _routed(terms, parsed, indexes, connection, decision)
    _permitted(terms, connection, decision)
    _owned(terms, mine, indexes, connection, decision)
    let_go(terms, connection, decision)
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


def _fresh(
    zone: OpenZone, chunk: Chunk, connection: Connection, decision: Decision
) -> list[tuple[Candidate, str, str, str]]:
    """Give the candidates met for the first time: with item id, digest, and quarantine id."""
    named = []
    for candidate in chunk.candidates:
        item_id, digest = _ids(zone, candidate)
        held_id = candidate.quarantine_id or held_id_of(item_id, digest)
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
    terms: Terms, fresh: Sequence[tuple[Candidate, str, str, str]], decision: Decision
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
    decision: Decision,
) -> list[Routed]:
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
                target, evidence, country = candidate.assigned, _OPERATOR, candidate.country
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
            person = indexes.get(first) if first is not None else None
            decision.handed[target].add(candidate, held_id, contents, person)
        else:
            if not contents.records and evidence == "default":
                evidence = _NO_PERSON
            elif candidate.is_handed_over:
                evidence = _HANDED_OVER
            mine.append(Routed(candidate, item_id, digest, contents, evidence, country))
    return mine


def _permitted(terms: Terms, connection: Connection, decision: Decision) -> None:
    """Hold what no instrument lets be passed on to its zone."""
    for target, passed in list(decision.handed.items()):
        recipient = terms.policies[target]
        refusal = refusal_of(terms.zone, connection, passed, recipient)
        if refusal is None:
            continue
        del decision.handed[target]
        decision.refused.append((recipient, passed, refusal))
        decision.held += [
            (candidate, held_id, reasons.TRANSFER_FORBIDDEN, str(refusal))
            for candidate, held_id in zip(passed.candidates, passed.held_ids, strict=True)
        ]


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
    terms: Terms,
    mine: Sequence[Routed],
    indexes: Mapping[HandleInRegion, str],
    connection: Connection,
    decision: Decision,
) -> None:
    """Give each item its owner; drop what happened before its people were erased."""
    zone = terms.zone
    handles = [handles_of(routed.parsed, routed.country) for routed in mine]
    indexes = indexes_of(zone, (key for keys in handles for key in keys), indexes)
    kinds = {
        index: key[0].kind.value for keys in handles for key in keys if (index := indexes.get(key))
    }
    owners = owners_of(zone, connection, kinds)
    kept: set[str] = set()
    for routed, keys in zip(mine, handles, strict=True):
        left = remaining(terms, routed, indexes, owners) if owners.erased else routed
        if left is None:
            decision.suppressed.append(routed.candidate)
            continue
        named = [index for key in keys if (index := indexes.get(key))]
        kept.update(named)
        owner = owners.subjects[named[0]] if named else None
        decision.sealed.append((left, owner))
    new = {index: kind for index, kind in owners.new.items() if index in kept}
    decision.owners = Owners(
        {index: owners.subjects[index] for index in kept},
        new,
        {index: entry for index, entry in owners.erased.items() if index in kept},
        owners.as_of,
    )
