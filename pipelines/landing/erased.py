"""What came of people who were erased: dropped, cut out of what comes later, or not held either."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from pipelines.connectors.connector import Trimmer, is_undated, occurred_at
from pipelines.landing import reasons
from pipelines.landing.chunks import Candidate
from pipelines.landing.decision import Decision, Routed, Terms
from pipelines.landing.held import held_id_of
from pipelines.landing.subjects import (
    HandleInRegion,
    Owners,
    handles_of,
    in_region,
    indexes_of,
    owners_of,
    person_of,
    suppression_state,
)
from privacy.errors import WireFormatError
from privacy.opened import OpenZone

_CLOCKS_DIFFER = timedelta(days=1)
_READABLE = frozenset(
    {
        reasons.CHANGED_CONTENT,
        reasons.CONFLICTING_EVIDENCE,
        reasons.NO_ZONE_FOR_COUNTRY,
        reasons.NO_EVIDENCE,
        reasons.HANDED_BACK,
        reasons.NO_KEY_FOR_ZONE,
        reasons.TRANSFER_FORBIDDEN,
    }
)
"""Reasons to hold an item that was read, or can be."""


def remaining(
    terms: Terms, routed: Routed, indexes: Mapping[HandleInRegion, str], owners: Owners
) -> Routed | None:
    """Give what of an item happened after its people were erased; None if nothing did.

    An item that grows, such as a ticket, may hold both: what happened before is cut out of it, or
    the whole is dropped where its connector cannot do that.
    """
    now = terms.zone.clock()
    erased_at, is_all = _erasure(routed, indexes, owners, now)
    if erased_at is None:
        return routed
    connector = terms.connectors[routed.candidate.source]
    if is_all or not isinstance(connector, Trimmer):
        return None
    try:
        payload = connector.trimmed(routed.candidate.payload, erased_at)
        trimmed = replace(
            routed,
            candidate=replace(routed.candidate, payload=payload),
            parsed=connector.parse(payload),
        )
    except WireFormatError:
        return None
    is_clean = trimmed.parsed.records and _erasure(trimmed, indexes, owners, now)[0] is None
    return trimmed if is_clean else None


def _erasure(
    routed: Routed, indexes: Mapping[HandleInRegion, str], owners: Owners, now: datetime
) -> tuple[datetime | None, bool]:
    """Give when the people of an item were erased, if any of it happened before; and if all did.

    What has no date may have happened before, and must not come back; nor may what says it is yet
    to happen.
    """
    latest: datetime | None = None
    is_all = True
    for record in routed.parsed.records:
        person = person_of(record)
        region = (person.country if person else None) or routed.country
        handles = person.handles if person else ()
        named = (indexes.get(in_region(handle, region), "") for handle in handles)
        erasures = [owners.erased[index].erased_at for index in named if index in owners.erased]
        at = occurred_at(record)
        is_dated = not is_undated(at) and at <= now + _CLOCKS_DIFFER
        if erasures and (at <= max(erasures) or not is_dated):
            latest = max(erasures) if latest is None else max(latest, *erasures)
        else:
            is_all = False
    return latest, is_all


def let_go(terms: Terms, connection: Connection, decision: Decision) -> None:
    """Hold nothing that happened before its people were erased, as far as it can be read.

    What says nothing of its jurisdiction, or comes again with other content, would lie in
    quarantine, where an erased person's keys seal nothing.
    """
    if not any(entry[2] in _READABLE for entry in decision.held):
        return
    if not suppression_state(connection)[0]:
        return
    held = []
    for candidate, held_id, reason, detail in decision.held:
        left = _unheld(terms, connection, candidate) if reason in _READABLE else candidate
        if left is None:
            decision.suppressed.append(candidate)
        else:
            held.append((left, held_id, reason, detail))
    decision.held = held


def _unheld(terms: Terms, connection: Connection, candidate: Candidate) -> Candidate | None:
    """Give what of a candidate may be held; None if its people were erased since."""
    connector = terms.connectors.get(candidate.source)
    try:
        parsed = connector.parse(candidate.payload) if connector else None
    except Exception:  # noqa: BLE001 (it is held for what cannot be read of it)
        parsed = None
    if parsed is None:
        return candidate
    for country in parsed.hints.countries or (None,):
        keys = handles_of(parsed, country)
        indexes = indexes_of(terms.zone, keys)
        kinds = {index: key[0].kind.value for key in keys if (index := indexes.get(key))}
        owners = owners_of(terms.zone, connection, kinds)
        routed = Routed(candidate, "", "", parsed, "", country)
        left = remaining(terms, routed, indexes, owners) if owners.erased else routed
        if left is None:
            return None
        if left is not routed:
            # What a vendor's item is compared by holds what was just cut out of it.
            candidate, parsed = replace(left.candidate, compared=None), left.parsed
    return candidate


def hold_erased(zone: OpenZone, decision: Decision) -> None:
    """Hold what belongs to a subject whose key is gone and whose handles are not, yet."""
    owners = {owner for _, owner in decision.sealed if owner is not None}
    destroyed = {owner for owner in owners if zone.keyring.is_destroyed(owner)}
    for routed, owner in decision.sealed:
        if owner in destroyed:
            held_id = routed.candidate.quarantine_id or held_id_of(
                routed.item_id, routed.content_digest
            )
            detail = "the owner's key is destroyed"
            decision.held.append((routed.candidate, held_id, reasons.ERASURE_RUNNING, detail))
    decision.sealed = [entry for entry in decision.sealed if entry[1] not in destroyed]
