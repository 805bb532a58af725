"""Landed segments become redacted interactions in the warehouse, a segment at a time.

A segment is loaded in one transaction together with the row that says so: whole or not at all, and
never twice. While worker processes look for personal data in one segment, the next one is parsed
here and the one before is written.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
from sqlalchemy import select

from pipelines.connectors.connector import Connector
from pipelines.connectors.registry import CONNECTORS
from pipelines.landing.land import Progress
from pipelines.landing.quarantine import set_aside
from pipelines.landing.segments import read_segment
from pipelines.stages.columns import as_arrow
from pipelines.stages.drafts import Draft, SegmentDrafts, draft_segment
from privacy.consent.ledger import ConsentLedger, LedgerEvent
from privacy.detection.executor import Executor
from privacy.detection.identifiers import identifier_of
from privacy.detection.known import find_again
from privacy.detection.language import detect_languages
from privacy.detection.spans import Span
from privacy.opened import OpenZone
from privacy.records import tables
from privacy.redaction import redact
from privacy.store.tables import LANDING_SEGMENTS
from privacy.tokens.stand_ins import StandIns
from privacy.warehouse.open import Warehouse

UNKNOWN = "und"
"""BCP 47 for a language nobody can tell."""

SHORT_CHARACTERS = 40
"""A shorter text is too short to overrule the vendor on its language."""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did; counts only.

    Attributes:
        spans: How many spans of each entity were found.
    """

    segments: int = 0
    items: int = 0
    interactions: int = 0
    quarantined: int = 0
    suppressed: int = 0
    spans: tuple[tuple[str, int], ...] = ()

    def plus(self, other: "LoadReport") -> "LoadReport":
        """Add two reports."""
        spans = dict(self.spans)
        for entity, count in other.spans:
            spans[entity] = spans.get(entity, 0) + count
        return LoadReport(
            self.segments + other.segments,
            self.items + other.items,
            self.interactions + other.interactions,
            self.quarantined + other.quarantined,
            self.suppressed + other.suppressed,
            tuple(sorted(spans.items())),
        )


def pending_segments(zone: OpenZone, warehouse: Warehouse, day: date) -> list[str]:
    """Give the segments that landed on a day and are not loaded yet, in landing order."""
    query = (
        select(LANDING_SEGMENTS.c.segment_id)
        .where(LANDING_SEGMENTS.c.day == day)
        .where(LANDING_SEGMENTS.c.path.is_not(None))
        .where(LANDING_SEGMENTS.c.removed_at.is_(None))
        .order_by(LANDING_SEGMENTS.c.landed_at, LANDING_SEGMENTS.c.segment_id)
    )
    with zone.store.connect() as connection:
        landed: list[str] = list(connection.execute(query).scalars())
    loaded = warehouse.connection.execute(
        "select segment_id from core.loaded_segments where day = ?", [day]
    ).fetchall()
    done = {row[0] for row in loaded}
    return [segment for segment in landed if segment not in done]


def load_day(
    zone: OpenZone,
    warehouse: Warehouse,
    day: date,
    *,
    executor: Executor,
    connectors: Mapping[str, Connector] = CONNECTORS,
    progress: Progress | None = None,
) -> LoadReport:
    """Load every segment of a day that is not in the warehouse yet.

    Args:
        zone: Whose.
        warehouse: Open, and ours alone.
        day: The day the segments landed on.
        executor: What looks for personal data.
        connectors: What to read items with.
        progress: Told after every segment.
    """
    report = LoadReport()
    segments = pending_segments(zone, warehouse, day)
    for drafts, spans, languages in _detected(zone, segments, executor, connectors):
        loaded = _load(zone, warehouse, day, drafts, spans, languages)
        report = report.plus(loaded)
        if progress:
            progress("interactions", loaded.items)
    return report


def _detected(
    zone: OpenZone,
    segments: Sequence[str],
    executor: Executor,
    connectors: Mapping[str, Connector],
) -> Iterator[tuple[SegmentDrafts, list[list[Span]], list[str]]]:
    """Give drafts with their spans, detection running one segment ahead of the writer."""
    with ThreadPoolExecutor(1, thread_name_prefix="detection") as thread:
        running: tuple[SegmentDrafts, list[str], Future[list[list[Span]]]] | None = None
        for segment_id in segments:
            drafts = draft_segment(zone, segment_id, read_segment(zone, segment_id), connectors)
            languages = _languages(drafts.drafts, zone.policy.languages)
            following = (
                drafts,
                languages,
                thread.submit(
                    executor.detect,
                    [draft.text for draft in drafts.drafts],
                    languages,
                    [draft.known for draft in drafts.drafts],
                ),
            )
            if running:
                yield running[0], _throughout(running[0], running[2].result()), running[1]
            running = following
        if running:
            yield running[0], _throughout(running[0], running[2].result()), running[1]


def _throughout(drafts: SegmentDrafts, spans: list[list[Span]]) -> list[list[Span]]:
    """Find in the segment's threads again what was found once, so that it is redacted in all."""
    return find_again(
        [draft.text for draft in drafts.drafts],
        spans,
        [draft.thread_id for draft in drafts.drafts],
    )


def _languages(drafts: Sequence[Draft], allowed: Sequence[str]) -> list[str]:
    """Give each text's language: of a long one what it looks like, of a short one what is stated.

    Vendors state the language of the app, not of the message; but a short message looks like many.
    """
    found = detect_languages([draft.text for draft in drafts], allowed)
    languages = []
    for draft, seen in zip(drafts, found, strict=True):
        stated = (draft.interaction.language or "").split("-")[0].lower()
        is_told = bool(stated) and (seen == UNKNOWN or len(draft.text) < SHORT_CHARACTERS)
        languages.append(stated if is_told else seen)
    return languages


def _load(
    zone: OpenZone,
    warehouse: Warehouse,
    day: date,
    drafts: SegmentDrafts,
    spans: list[list[Span]],
    languages: list[str],
) -> LoadReport:
    """Redact, seal, and write one segment."""
    for refusal in drafts.refusals:
        set_aside(
            zone,
            source=refusal.item.source,
            place=f"segment {drafts.segment_id}, item {refusal.item.item_id}",
            reason="wire_format",
            detail=refusal.detail,
            stage="interactions",
            payload=refusal.item.payload or b"",
            segment_id=drafts.segment_id,
            item_id=refusal.item.item_id,
        )
    _record_consents(zone, drafts)
    interactions, mentions = _redacted(zone, drafts, spans, languages)
    originals = _originals(zone, drafts)
    with warehouse.transaction():
        count_new = _append_new(warehouse, "interactions", interactions)
        _append_new(warehouse, "originals", originals)
        warehouse.append("mentions", mentions)
        _append_new(warehouse, "thread_events", _thread_events(zone, drafts))
        _append_new(warehouse, "orders", _orders(zone, drafts))
        warehouse.append("handles", _handles(zone, drafts))
        warehouse.append("links", _links(zone, drafts))
        warehouse.append(
            "loaded_segments",
            as_arrow(
                tables.LOADED_SEGMENTS,
                [
                    (
                        drafts.segment_id,
                        day,
                        drafts.count_items - len(drafts.refusals) - drafts.count_suppressed,
                        len(drafts.refusals),
                        drafts.count_suppressed,
                        zone.clock(),
                    )
                ],
            ),
        )
    counts: dict[str, int] = {}
    for found in spans:
        for span in found:
            counts[span.entity] = counts.get(span.entity, 0) + 1
    return LoadReport(
        1,
        drafts.count_items,
        count_new,
        len(drafts.refusals),
        drafts.count_suppressed,
        tuple(sorted(counts.items())),
    )


def _append_new(warehouse: Warehouse, table: str, rows: pa.Table) -> int:
    """Append the rows whose key is not in the table yet, one row a key.

    A ticket exported again brings its old comments along; they are there already.
    """
    if not rows.num_rows:
        return 0
    key = tables.TABLES[table].key[0]
    columns = ", ".join(tables.TABLES[table].columns)
    connection = warehouse.connection
    connection.register("c360_incoming", rows)
    try:
        written = connection.execute(
            f"""
            insert into core.{table} ({columns})
            select {columns} from c360_incoming
            where {key} not in (select {key} from core.{table} semi join c360_incoming using ({key}))
            qualify row_number() over (partition by {key}) = 1
            """
        ).fetchone()
    finally:
        connection.unregister("c360_incoming")
    return int(written[0]) if written else 0


def _redacted(
    zone: OpenZone, drafts: SegmentDrafts, spans: list[list[Span]], languages: list[str]
) -> tuple[pa.Table, pa.Table]:
    """Give the rows of ``interactions`` and of ``mentions``."""
    rows = []
    mentions = []
    stand_ins: dict[str, StandIns] = {}
    mint = zone.keyring.index.mint
    index_of = zone.keyring.index.of
    countries = zone.policy.countries
    only_country = countries[0] if len(countries) == 1 else None
    seen: set[str] = set()
    for draft, found, language in zip(drafts.drafts, spans, languages, strict=True):
        interaction = draft.interaction
        stand_in = stand_ins.setdefault(
            draft.thread_id, StandIns(zone.keyring.index, draft.thread_id)
        )
        country = (interaction.customer.country if interaction.customer else None) or (
            draft.item.country
        )
        agent = interaction.agent_vendor_id
        rows.append(
            (
                draft.interaction_id,
                draft.thread_id,
                draft.subject_id,
                mint("a", draft.item.source, agent) if agent else None,
                draft.item.item_id,
                drafts.segment_id,
                draft.item.source,
                interaction.channel.value,
                interaction.direction.value,
                interaction.speaker.value,
                language,
                country,
                interaction.local_zone,
                redact(draft.text, found, stand_in),
                len(draft.text),
                len(found),
                interaction.count_attachments,
                bool(interaction.quoted),
                interaction.sentiment,
                interaction.duration_seconds,
                interaction.occurred_at,
                draft.item.received_at,
            )
        )
        if draft.interaction_id in seen:
            continue
        seen.add(draft.interaction_id)
        for span in found:
            identifier = identifier_of(
                span.entity, draft.text[span.start : span.end], country or only_country
            )
            mentions.append(
                (
                    draft.interaction_id,
                    draft.subject_id,
                    drafts.segment_id,
                    span.entity,
                    span.recognizer,
                    index_of(*identifier) if identifier else None,
                    span.start,
                    span.end,
                    span.score,
                )
            )
    return as_arrow(tables.INTERACTIONS, rows), as_arrow(tables.MENTIONS, mentions)


def _originals(zone: OpenZone, drafts: SegmentDrafts) -> pa.Table:
    """Give the texts as written, each sealed under its subject's key."""
    owners = [draft.subject_id for draft in drafts.drafts]
    values = [
        json.dumps(
            {
                "text": draft.text,
                "quoted": draft.interaction.quoted,
                "signature": draft.interaction.signature,
            },
            ensure_ascii=False,
        ).encode("utf-8", "surrogatepass")
        for draft in drafts.drafts
    ]
    sealed = zone.keyring.seal_many(owners, table="originals", column="sealed", values=values)
    return as_arrow(
        tables.ORIGINALS,
        (
            (draft.interaction_id, draft.subject_id, drafts.segment_id, blob)
            for draft, blob in zip(drafts.drafts, sealed, strict=True)
        ),
    )


def _thread_events(zone: OpenZone, drafts: SegmentDrafts) -> pa.Table:
    mint = zone.keyring.index.mint
    return as_arrow(
        tables.THREAD_EVENTS,
        (
            (
                mint("e", item.source, event.vendor_id),
                mint("t", item.source, event.thread_vendor_id),
                subject,
                mint("a", item.source, event.agent_vendor_id) if event.agent_vendor_id else None,
                item.item_id,
                drafts.segment_id,
                item.source,
                event.channel.value,
                event.kind.value,
                event.value,
                event.actor.value,
                event.occurred_at,
                item.received_at,
            )
            for item, event, subject in drafts.events
        ),
    )


def _orders(zone: OpenZone, drafts: SegmentDrafts) -> pa.Table:
    mint = zone.keyring.index.mint
    return as_arrow(
        tables.ORDERS,
        (
            (
                mint("e", item.source, order.vendor_id),
                subject,
                item.item_id,
                drafts.segment_id,
                item.source,
                order.channel.value,
                mint("p", item.source, order.store_vendor_id) if order.store_vendor_id else None,
                order.currency,
                (order.customer.country if order.customer else None) or item.country,
                order.local_zone,
                order.total_amount,
                order.count_lines,
                order.is_return,
                order.ordered_at,
                item.received_at,
            )
            for item, order, subject in drafts.orders
        ),
    )


def _handles(zone: OpenZone, drafts: SegmentDrafts) -> pa.Table:
    at = zone.clock()
    return as_arrow(
        tables.HANDLES,
        (
            (subject, drafts.segment_id, kind, index, routed_by, at)
            for subject, kind, index, routed_by in sorted(_one_per_subject(drafts.handles))
        ),
    )


def _one_per_subject(
    handles: Iterable[tuple[str, str, str, str]],
) -> Iterable[tuple[str, str, str, str]]:
    return {handle[0]: handle for handle in sorted(handles)}.values()


def _links(zone: OpenZone, drafts: SegmentDrafts) -> pa.Table:
    at = zone.clock()
    return as_arrow(
        tables.LINKS,
        (
            (one, other, item_id, drafts.segment_id, evidence, at)
            for (one, other), (item_id, evidence) in sorted(drafts.links.items())
        ),
    )


def _record_consents(zone: OpenZone, drafts: SegmentDrafts) -> None:
    """Write the segment's consent events to the ledger; those already there stay as they are."""
    if not drafts.consents:
        return
    index = zone.keyring.index
    recorded_at = zone.clock()
    ConsentLedger(zone).record_many(
        [
            LedgerEvent(
                consent_event_id=index.mint("e", item.source, event.vendor_id),
                subject_id=subject,
                purpose=event.purpose,
                action=event.action,
                method=event.method,
                notice_version=event.notice_version,
                notice_language=event.notice_language,
                evidence_hash=index.digest("consent-evidence", event.evidence.encode()),
                valid_from=event.occurred_at,
                valid_to=event.expires_at,
                recorded_at=recorded_at,
            )
            for item, event, subject in drafts.consents
        ]
    )
