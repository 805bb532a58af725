"""Settles one chunk: every candidate becomes exactly one outcome, and one transaction says so.

The order makes it safe to be killed anywhere. Sealed files and hand-offs are written first, where
nobody looks: without the transaction they are nobody's, and are written again. Two landings of the same chunk race for
the manifest's unique keys; the loser drops its file and decides again from what now stands.
"""

import logging
import time
from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, update

from pipelines.landing import handoff
from pipelines.landing.chunks import Chunk
from pipelines.landing.decide import decide
from pipelines.landing.decision import Decision, Terms
from pipelines.landing.erased import hold_erased
from pipelines.landing.held import TEXT_LIMIT, packed, sealed_places
from pipelines.landing.passing import Passed, write_passed, write_refused
from pipelines.landing.report import LandingReport
from pipelines.landing.segments import COLUMN, TABLE, SealedItem, write_segment
from pipelines.landing.subjects import register, suppression_state
from privacy.errors import KeyDestroyed, TransferForbidden
from privacy.handovers import Sent, record_received, write_sent
from privacy.ids import ZoneId
from privacy.opened import OpenZone
from privacy.store.batches import among, insert_if_absent
from privacy.store.tables import LANDING_ITEMS, LANDING_SEGMENTS, QUARANTINE

LOG = logging.getLogger(__name__)

_ATTEMPTS = 8


class _Raced(Exception):
    """Another process changed what was decided on."""


class _Known(Exception):
    """Another process settled this chunk."""


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
        decision = decide(terms, chunk, connection)
    if holds_erased:
        hold_erased(zone, decision)
    path, count_bytes = None, 0
    aside: list[handoff.Aside] = []
    try:
        if decision.sealed:
            items = _seal(zone, decision, received_at)
            count_bytes = sum(len(item.sealed) for item in items)
            path = write_segment(zone.layout, segment_id, terms.day, items)
        aside += (_hand_over(zone, other, given) for other, given in decision.handed.items())
        with zone.store.begin() as connection:
            _commit(terms, chunk, connection, decision, segment_id, path, count_bytes, received_at)
            _commit_handoffs(terms, connection, decision, segment_id, aside, received_at)
            if chunk.handed_over is not None:
                counts = _received(decision)
                record_received(connection, chunk.handed_over, counts, received_at)
    except (_Raced, _Known, KeyDestroyed):
        if path:
            (zone.layout.root / path).unlink(missing_ok=True)
        for file in aside:
            file.path.unlink(missing_ok=True)
        raise
    return _report(chunk, decision)


def _report(chunk: Chunk, decision: Decision) -> LandingReport:
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
        handed_to=Counter(
            {other: len(given.candidates) for other, given in decision.handed.items()}
        ),
    )


def _received(decision: Decision) -> dict[str, int]:
    """Give what became of the items of another zone's file; none of them is passed on again."""
    return {
        "count_taken": len(decision.sealed),
        "count_duplicate": len(decision.duplicates),
        "count_held": len(decision.held),
        "count_suppressed": len(decision.suppressed),
    }


# --- write ---------------------------------------------------------------------------------------


def _seal(zone: OpenZone, decision: Decision, received_at: datetime) -> list[SealedItem]:
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


def _hand_over(zone: OpenZone, other: ZoneId, passed: Passed) -> handoff.Aside:
    keys = handoff.keys_of(zone, other)
    if keys is None:
        raise _Raced
    return handoff.leave(zone, keys, passed.candidates)


def _commit(
    terms: Terms,
    chunk: Chunk,
    connection: Connection,
    decision: Decision,
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


def _commit_items(connection: Connection, decision: Decision, segment_id: str) -> None:
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


def _commit_handoffs(
    terms: Terms,
    connection: Connection,
    decision: Decision,
    segment_id: str,
    aside: list[handoff.Aside],
    at: datetime,
) -> None:
    """Write each file in the transfer register and in the account of hand-offs."""
    zone = terms.zone
    write_refused(zone, connection, decision.refused)
    for file in aside:
        passed = decision.handed[file.recipient]
        try:
            write_passed(zone, connection, passed, terms.policies[file.recipient], file.file_id)
        except TransferForbidden:
            raise _Raced from None
    write_sent(
        connection,
        [
            Sent(
                file.file_id,
                file.recipient,
                segment_id,
                file.digest,
                file.count_items,
                decision.handed[file.recipient].count_persons,
                at,
            )
            for file in aside
        ],
    )


def _commit_quarantine(
    zone: OpenZone, connection: Connection, decision: Decision, segment_id: str, at: datetime
) -> None:
    held = [entry for entry in decision.held if entry[0].quarantine_id is None]
    sealed = zone.keyring.seal_many(
        [None] * len(held),
        table="quarantine",
        column="sealed",
        values=[packed(candidate) for candidate, _, _, _ in held],
    )
    places = sealed_places(zone.keyring, [candidate.place for candidate, _, _, _ in held])
    rows = [
        {
            "quarantine_id": held_id,
            "source": candidate.source,
            "place": place,
            "reason": reason,
            "detail": detail[:TEXT_LIMIT],
            "stage": "landed",
            "segment_id": segment_id,
            "item_id": None,
            "sealed": value,
            "status": "held",
            "created_at": at,
            "settled_at": None,
        }
        for (candidate, held_id, reason, detail), value, place in zip(
            held, sealed, places, strict=True
        )
    ]
    insert_if_absent(connection, QUARANTINE, rows)
    for candidate, held_id, reason, detail in decision.held:
        if candidate.quarantine_id is not None:
            connection.execute(
                update(QUARANTINE)
                .where(QUARANTINE.c.quarantine_id == held_id)
                .values(reason=reason, detail=detail[:TEXT_LIMIT])
            )
    done = [c.quarantine_id for c in decision.settled() if c.quarantine_id is not None]
    if done:
        connection.execute(
            update(QUARANTINE)
            .where(among(connection, QUARANTINE.c.quarantine_id, done))
            .values(status="replayed", settled_at=at, sealed=b"", place="")
        )
