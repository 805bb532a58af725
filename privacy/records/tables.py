"""The warehouse tables of ours, one definition each: Arrow, DuckDB, and the class of every field.

dbt reads these as sources; `privacy.erasure.targets` names every one that has a ``subject_id``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa


class FieldClass(StrEnum):
    """How personal a field is, and so who may see it."""

    PSEUDONYM = "pseudonym"
    """Opaque id of a person; personal data under GDPR Art. 4(5)."""
    BLIND_INDEX = "blind_index"
    """Keyed hash of an identifier."""
    SEALED = "sealed"
    """Ciphertext under a subject's key."""
    REDACTED_TEXT = "redacted_text"
    """Free text with stand-ins for what was found personal."""
    REFERENCE = "reference"
    """Opaque id of a thing."""
    CODE = "code"
    """One of few values."""
    MEASURE = "measure"
    """A number or flag."""
    TIME = "time"
    """An instant or a day."""


INSTANT = pa.timestamp("us", tz="UTC")

_DUCKDB = {
    pa.string(): "varchar",
    pa.int32(): "integer",
    pa.int64(): "bigint",
    pa.float64(): "double",
    pa.bool_(): "boolean",
    pa.binary(): "blob",
    pa.date32(): "date",
    pa.decimal128(18, 2): "decimal(18, 2)",
    INSTANT: "timestamptz",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One column."""

    name: str
    type: pa.DataType
    field_class: FieldClass
    description: str
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its grain in words, its key, its columns."""

    name: str
    grain: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def arrow(self) -> pa.Schema:
        """Give the Arrow schema, column order as declared."""
        return pa.schema([pa.field(f.name, f.type, nullable=f.nullable) for f in self.fields])

    @property
    def columns(self) -> tuple[str, ...]:
        """Give the column names, in order."""
        return tuple(f.name for f in self.fields)

    @property
    def ddl(self) -> str:
        """Give the DuckDB statement that creates the table in schema ``core`` of the database in use.

        No primary key: DuckDB's key index slows bulk loads and refuses delete-then-insert of one
        key in one transaction; loads are idempotent by segment, and dbt tests the keys.
        """
        lines = [
            f"    {f.name} {_DUCKDB[f.type]}{'' if f.nullable else ' not null'}"
            for f in self.fields
        ]
        return f"create table if not exists core.{self.name} (\n" + ",\n".join(lines) + "\n)"


def _ref(name: str, description: str, *, nullable: bool = False) -> Field:
    return Field(name, pa.string(), FieldClass.REFERENCE, description, nullable)


def _code(name: str, description: str, *, nullable: bool = False) -> Field:
    return Field(name, pa.string(), FieldClass.CODE, description, nullable)


def _count(name: str, description: str) -> Field:
    return Field(name, pa.int32(), FieldClass.MEASURE, description)


def _total(name: str, description: str) -> Field:
    return Field(name, pa.int64(), FieldClass.MEASURE, description)


def _number(name: str, description: str) -> Field:
    return Field(name, pa.float64(), FieldClass.MEASURE, description, nullable=True)


def _flag(name: str, description: str) -> Field:
    return Field(name, pa.bool_(), FieldClass.MEASURE, description)


def _at(name: str, description: str, *, nullable: bool = False) -> Field:
    return Field(name, INSTANT, FieldClass.TIME, description, nullable)


def _subject(*, nullable: bool = False) -> Field:
    return Field(
        "subject_id",
        pa.string(),
        FieldClass.PSEUDONYM,
        "Owner of the handle the record came under; null where no customer is known.",
        nullable,
    )


_SOURCE = _code("source", "Connector that read the item.")
_ITEM = _ref("item_id", "Landed item the row came from.")
_SEGMENT = _ref(
    "segment_id", "Landed segment the row came from; a segment is loaded whole or not at all."
)
_CHANNEL = _code("channel", "Where the customer met us.")
_AGENT = Field(
    "agent_token",
    pa.string(),
    FieldClass.PSEUDONYM,
    "Member of staff, as a keyed hash of the vendor's id.",
    nullable=True,
)

INTERACTIONS = Table(
    "interactions",
    "One row per message, turn, or call segment.",
    ("interaction_id",),
    (
        _ref("interaction_id", "Keyed hash of source and vendor's id."),
        _ref(
            "thread_id", "Keyed hash of source and the vendor's conversation, ticket, or contact."
        ),
        _subject(nullable=True),
        _AGENT,
        _ITEM,
        _SEGMENT,
        _SOURCE,
        _CHANNEL,
        _code("direction", "inbound, outbound, or internal."),
        _code("speaker", "customer, agent, bot, or system."),
        _code(
            "language", "BCP 47 primary tag: stated by the vendor, else detected; und if unknown."
        ),
        _code(
            "country", "ISO 3166-1 alpha-2 of the customer as far as the item shows.", nullable=True
        ),
        _code("local_zone", "Time zone the vendor wrote the time in.", nullable=True),
        Field(
            "text_redacted",
            pa.string(),
            FieldClass.REDACTED_TEXT,
            "What was said, with typed stand-ins for what was found personal.",
        ),
        _count("count_characters", "Length of the original text in code points."),
        _count("count_spans", "Personal data found in the text."),
        _count("count_attachments", "Files that came with it; their content is not kept."),
        _flag("has_quote", "Quoted history was cut from the text."),
        _number("sentiment", "-1 to 1, where the vendor scored it."),
        _number("duration_seconds", "Length of a call segment, in seconds."),
        _at("occurred_at", "When it was said."),
        _at("received_at", "When it landed."),
    ),
)

ORIGINALS = Table(
    "originals",
    "One row per interaction whose text is kept: the text as written, sealed under its subject's key.",
    ("interaction_id",),
    (
        _ref("interaction_id", "The interaction."),
        _subject(nullable=True),
        _SEGMENT,
        Field(
            "sealed",
            pa.binary(),
            FieldClass.SEALED,
            "JSON of subject line, text, quote, signature.",
        ),
    ),
)

MENTIONS = Table(
    "mentions",
    "One row per span of personal data found in an interaction's text.",
    ("interaction_id", "start_offset", "entity"),
    (
        _ref("interaction_id", "The interaction."),
        _subject(nullable=True),
        _SEGMENT,
        _code("entity", "What kind of personal data."),
        _code("recognizer", "What found it."),
        Field(
            "identifier_index",
            pa.string(),
            FieldClass.BLIND_INDEX,
            "Blind index of the normalised identifier; null for what is not one (a name, a place).",
            nullable=True,
        ),
        _count("start_offset", "First code point of the span in the original text."),
        _count("end_offset", "Code point after the span."),
        Field("score", pa.float64(), FieldClass.MEASURE, "Confidence, 0 to 1."),
    ),
)

THREAD_EVENTS = Table(
    "thread_events",
    "One row per thing that happened to a thread.",
    ("event_id",),
    (
        _ref("event_id", "Keyed hash of source and vendor's id."),
        _ref("thread_id", "The thread."),
        _subject(nullable=True),
        _AGENT,
        _ITEM,
        _SEGMENT,
        _SOURCE,
        _CHANNEL,
        _code(
            "kind", "opened, assigned, transferred, escalated, solved, reopened, closed, rated, ..."
        ),
        _code("value", "New status, rating 1 to 5, reason code, queue.", nullable=True),
        _code("actor", "customer, agent, bot, or system."),
        _at("occurred_at", "When it happened."),
        _at("received_at", "When it landed."),
    ),
)

ORDERS = Table(
    "orders",
    "One row per purchase or return.",
    ("order_id",),
    (
        _ref("order_id", "Keyed hash of source and vendor's id."),
        _subject(nullable=True),
        _ITEM,
        _SEGMENT,
        _SOURCE,
        _CHANNEL,
        _ref("store_id", "Keyed hash of the store's vendor id.", nullable=True),
        _code("currency", "ISO 4217."),
        _code("country", "ISO 3166-1 alpha-2 as far as the item shows.", nullable=True),
        _code("local_zone", "Time zone the vendor wrote the time in.", nullable=True),
        Field(
            "total_amount",
            pa.decimal128(18, 2),
            FieldClass.MEASURE,
            "Total; negative for a return.",
        ),
        _count("count_lines", "Lines sold or returned."),
        _flag("is_return", "Goods came back."),
        _at("ordered_at", "When it was paid."),
        _at("received_at", "When it landed."),
    ),
)

HANDLES = Table(
    "handles",
    "One row per handle seen in an item: who is reached by what.",
    ("subject_id", "segment_id"),
    (
        Field("subject_id", pa.string(), FieldClass.PSEUDONYM, "Owner of the handle."),
        _SEGMENT,
        _code("kind", "email, phone, loyalty_card, ..."),
        Field("handle_index", pa.string(), FieldClass.BLIND_INDEX, "Blind index of the handle."),
        _code("routed_by", "Evidence that put the record in this zone."),
        _at("first_seen_at", "When the segment that showed it was loaded."),
    ),
)

LINKS = Table(
    "links",
    "One row per pair of subjects an item shows to be one person.",
    ("subject_id", "other_subject_id", "segment_id"),
    (
        Field(
            "subject_id", pa.string(), FieldClass.PSEUDONYM, "The smaller subject id of the pair."
        ),
        Field("other_subject_id", pa.string(), FieldClass.PSEUDONYM, "The larger one."),
        _ITEM,
        _SEGMENT,
        _code("evidence", "What shows it: same_contact, same_message, same_order."),
        _at("first_seen_at", "When the segment that showed it was loaded."),
    ),
)

CUSTOMERS = Table(
    "customers",
    "One row per subject: the customer it is believed to be, now.",
    ("subject_id",),
    (
        Field("subject_id", pa.string(), FieldClass.PSEUDONYM, "The subject."),
        Field("customer_id", pa.string(), FieldClass.PSEUDONYM, "The customer."),
        _at("resolved_at", "When the subject joined this customer."),
    ),
)

DECISIONS = Table(
    "decisions",
    "One row per subject and purpose: may we, on what ground, as known at the last run.",
    ("subject_id", "purpose"),
    (
        Field("subject_id", pa.string(), FieldClass.PSEUDONYM, "The subject."),
        _code("purpose", "One of the fixed purposes."),
        _code(
            "legal_basis", "consent, contract, legal_obligation, legitimate_interests, ...; none."
        ),
        _ref("consent_event_id", "Consent event that decided, where one did.", nullable=True),
        _code("rule_source", "Article the decision rests on."),
        _flag("is_permitted", "The purpose is permitted."),
        _at("valid_from", "Since when.", nullable=True),
        _at("decided_at", "As known at."),
    ),
)

CONSENT_EVENTS = Table(
    "consent_events",
    "One row per consent event, as the ledger in the store has it.",
    ("consent_event_id",),
    (
        _ref("consent_event_id", "Keyed hash of source and vendor's id."),
        Field("subject_id", pa.string(), FieldClass.PSEUDONYM, "Who said it."),
        _code("purpose", "Of what."),
        _code("action", "given, refused, withdrawn, or objected."),
        _code("method", "How it was given."),
        _code("notice_version", "Which notice the person saw."),
        _code("notice_language", "In which language."),
        _at("valid_from", "From when it holds."),
        _at("valid_to", "Until when, where it names an end.", nullable=True),
        _at("recorded_at", "When we learned of it."),
    ),
)

LOADED_SEGMENTS = Table(
    "loaded_segments",
    "One row per landed segment that is in the warehouse.",
    ("segment_id",),
    (
        _ref("segment_id", "The segment."),
        Field("day", pa.date32(), FieldClass.TIME, "Day it landed."),
        _count("count_items", "Items loaded."),
        _count("count_quarantined", "Items set aside while loading."),
        _count("count_suppressed", "Items dropped because their subject was erased."),
        _at("loaded_at", "When it was loaded."),
    ),
)

ERASED_TOTALS = Table(
    "erased_totals",
    "One row per day, channel, language, country and reason: what the problems of erased people add "
    "to the totals of that day, added up over all of them.",
    ("day", "channel", "language", "country", "reason"),
    (
        Field("day", pa.date32(), FieldClass.TIME, "UTC day the problems opened."),
        _CHANNEL,
        _code("language", "BCP 47 primary tag; und where unknown."),
        _code("country", "ISO 3166-1 alpha-2; ZZ where unknown."),
        _code("reason", "What they were about; unknown where nobody said."),
        _total("count_resolution_threads", "Problems that opened."),
        _total("count_contacts", "Contacts they took."),
        _total("count_messages", "Messages in those."),
        _total("count_finished", "Problems whose last contact was not open."),
        _total("count_solved", "Of those, solved."),
        _total("count_solved_at_first_contact", "Of those, in one contact never reopened."),
        _total("count_self_service", "Of those, by a bot alone."),
        _total("count_repeated_explanation", "Problems asked about in more than one contact."),
        _total("count_asked", "Problems with a question."),
        _total("count_answered", "Of those, answered in the contact that asked."),
        _total("count_answered_fast", "Of those, within 90 seconds."),
        _total("count_escalations", "Escalations."),
        _total("count_handoffs", "Times a contact changed hands."),
        _total("count_reopenings", "Reopenings."),
        _total("count_ratings", "Problems with a rating."),
        _total("sum_rating", "Sum of those."),
        _total("count_sentiments", "Messages with a sentiment."),
        Field("sum_sentiment", pa.float64(), FieldClass.MEASURE, "Sum of those."),
        Field("sum_handling_seconds", pa.float64(), FieldClass.MEASURE, "Handling time."),
    ),
)

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        INTERACTIONS,
        ORIGINALS,
        MENTIONS,
        THREAD_EVENTS,
        ORDERS,
        HANDLES,
        LINKS,
        CUSTOMERS,
        DECISIONS,
        CONSENT_EVENTS,
        LOADED_SEGMENTS,
        ERASED_TOTALS,
    )
}
"""Every table of ours in the warehouse, by name."""
