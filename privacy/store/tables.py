"""The store's tables, for SQLite and PostgreSQL alike.

Anything personal in here is sealed or a keyed hash. `privacy.erasure.targets` names every table
that speaks of a person; migrations are in `migrations/`.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant; SQLite would otherwise hand it back naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC on the way in."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Attach UTC on the way out."""
        if value is None:
            return None
        instant: datetime = value
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)

# --- keys ---------------------------------------------------------------------------------------

EPOCHS = Table(
    "epochs",
    METADATA,
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("wrapped", LargeBinary),  # null once destroyed
    Column("opened_at", Instant, nullable=False),
    Column("destroyed_at", Instant),
)
"""Epoch keys, wrapped by the zone's key-encryption key."""

ZONE_SECRETS = Table(
    "zone_secrets",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
    Column("public", LargeBinary),  # the public half, where there is one
    Column("created_at", Instant, nullable=False),
)
"""The zone's own keys (index, warehouse file, landing, hand-off, signing), wrapped by the KEK."""

DATA_KEYS = Table(
    "data_keys",
    METADATA,
    Column("owner_id", String(40), primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("wrapped", LargeBinary),  # null once shredded
    Column("created_at", Instant, nullable=False),
    Column("destroyed_at", Instant),
    Index(None, "epoch"),
)
"""A data key per subject and per customer, wrapped by an epoch key."""

# --- identity -----------------------------------------------------------------------------------

SUBJECT_HANDLES = Table(
    "subject_handles",
    METADATA,
    Column("handle_index", String(64), primary_key=True),
    Column("subject_id", String(40), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("first_seen_at", Instant, nullable=False),
    Index(None, "subject_id"),
)
"""Which subject owns a handle."""

CUSTOMER_MEMBERS = Table(
    "customer_members",
    METADATA,
    Column("subject_id", String(40), primary_key=True),
    Column("customer_id", String(40), nullable=False),
    Column("joined_at", Instant, nullable=False),
    Index(None, "customer_id"),
)
"""Which customer a subject is believed to be, now."""

IDENTITY_DECISIONS = Table(
    "identity_decisions",
    METADATA,
    Column("decision_id", String(40), primary_key=True),
    Column("kind", String(16), nullable=False),  # a privacy.identity.membership.DecisionKind
    Column("customer_id", String(40), nullable=False),
    Column("from_customer_id", String(40)),
    Column("subject_ids", JSON, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("decided_by", String(80), nullable=False),
    Column("decided_at", Instant, nullable=False),
    Index(None, "customer_id"),
)
"""The journal of merges and splits; append-only."""

IDENTITY_CUTS = Table(
    "identity_cuts",
    METADATA,
    Column("subject_id", String(40), primary_key=True),
    Column("other_subject_id", String(40), primary_key=True),
    Column("decided_by", String(80), nullable=False),
    Column("decided_at", Instant, nullable=False),
)
"""Pairs that someone has ruled are not one person; links between them are ignored."""

# --- consent ------------------------------------------------------------------------------------

CONSENT_EVENTS = Table(
    "consent_events",
    METADATA,
    Column("consent_event_id", String(40), primary_key=True),
    Column("subject_id", String(40), nullable=False),
    Column("purpose", String(32), nullable=False),
    Column("action", String(16), nullable=False),
    Column("method", String(40), nullable=False),
    Column("notice_version", String(40), nullable=False),
    Column("notice_language", String(16), nullable=False),
    Column("evidence_hash", String(64), nullable=False),
    Column("valid_from", Instant, nullable=False),
    Column("valid_to", Instant),
    Column("recorded_at", Instant, nullable=False),
    Column("supersedes", String(40)),
    Index(None, "subject_id", "purpose"),
    Index(None, "recorded_at"),
)
"""The ledger: append-only, bitemporal, after ISO/IEC TS 27560."""

# --- landing ------------------------------------------------------------------------------------

LANDING_SEGMENTS = Table(
    "landing_segments",
    METADATA,
    Column("segment_id", String(40), primary_key=True),
    Column("source", String(40), nullable=False),
    Column("file_digest", String(64), nullable=False),
    Column("chunk", Integer, nullable=False),
    Column("is_last_chunk", Boolean, nullable=False),
    Column("day", Date, nullable=False),
    Column("path", String(400)),  # relative to the zone's folder; null where nothing was sealed
    Column("count_landed", Integer, nullable=False),  # items met in this chunk
    Column("count_sealed", Integer, nullable=False),
    Column("count_duplicate", Integer, nullable=False),
    Column("count_quarantined", Integer, nullable=False),
    Column("count_suppressed", Integer, nullable=False),
    Column("count_handed_over", Integer, nullable=False),
    Column("count_bytes", BigInteger, nullable=False),
    Column("landed_at", Instant, nullable=False),
    Column("removed_at", Instant),  # retention took the file
    UniqueConstraint("file_digest", "chunk"),
    Index(None, "day"),
)
"""What landed: landed = sealed + duplicate + quarantined + suppressed + handed over."""

LANDING_ITEMS = Table(
    "landing_items",
    METADATA,
    Column("item_id", String(40), primary_key=True),
    Column("content_digest", String(64), nullable=False),  # keyed
    Column("segment_id", String(40), nullable=False),
    Column("owner_id", String(40)),  # subject whose key seals it; null: the zone's
    Index(None, "segment_id"),
    Index(None, "owner_id"),
)
"""Every item once, so that a second delivery is known."""

QUARANTINE = Table(
    "quarantine",
    METADATA,
    Column("quarantine_id", String(40), primary_key=True),
    Column("source", String(40), nullable=False),
    Column("place", String(400), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("detail", String(400), nullable=False),  # names fields, never values
    Column("stage", String(24), nullable=False),  # landed or interactions
    Column("segment_id", String(40)),
    Column("item_id", String(40)),
    Column("sealed", LargeBinary, nullable=False),
    Column("status", String(16), nullable=False),  # held, replayed, discarded, expired
    Column("created_at", Instant, nullable=False),
    Column("settled_at", Instant),
    Index(None, "status", "reason"),
)
"""What could not be taken in: sealed, with a reason, until replayed."""

# --- transfers ----------------------------------------------------------------------------------

TRANSFER_LINES = Table(
    "transfer_lines",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 1, without gaps
    Column("kind", String(16), nullable=False),  # a privacy.transfers.LineKind
    Column("reference", String(120)),  # of what was handed over or received; once each
    Column("year", Integer, nullable=False),  # in the zone's time zone
    Column("count_new_persons", Integer, nullable=False),  # not counted before in that year
    Column("count_new_sensitive", Integer, nullable=False),
    Column("line", Text, nullable=False),  # JSON
    Column("seal", String(64), nullable=False),  # keyed, over the line and the one before it
    UniqueConstraint("reference"),
    Index(None, "year"),
)
"""The transfer register: documents, transfers, refusals, receipts; append-only, names nobody."""

TRANSFERRED_PERSONS = Table(
    "transferred_persons",
    METADATA,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("person_hash", String(64), primary_key=True),
    Column("is_sensitive", Boolean, primary_key=True),
)
"""Keyed hashes of whom this calendar year's transfers were about, so that each counts once."""

HANDOFFS_SENT = Table(
    "handoffs_sent",
    METADATA,
    Column("file_id", String(40), primary_key=True),
    Column("recipient", String(16), nullable=False),
    Column("segment_id", String(40), nullable=False),  # the chunk its items were met in
    Column("digest", String(64), nullable=False),  # SHA-256 of the file
    Column("count_items", Integer, nullable=False),
    Column("count_persons", Integer, nullable=False),
    Column("sealed_at", Instant, nullable=False),
    Column("delivered_at", Instant),
    Column("receipted_at", Instant),  # and what the receipt says
    Column("count_taken", Integer),
    Column("count_duplicate", Integer),
    Column("count_held", Integer),
    Column("count_suppressed", Integer),
    Index(None, "delivered_at"),
)
"""Files this zone sealed to another one, each written with the chunk it comes from."""

HANDOFFS_RECEIVED = Table(
    "handoffs_received",
    METADATA,
    Column("sender", String(16), primary_key=True),
    Column("file_id", String(40), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("count_items", Integer, nullable=False),
    Column("count_taken", Integer, nullable=False),
    Column("count_duplicate", Integer, nullable=False),
    Column("count_held", Integer, nullable=False),
    Column("count_suppressed", Integer, nullable=False),
    Column("first_at", Instant, nullable=False),
    Column("settled_at", Instant),  # of its last item
    Column("receipted_at", Instant),  # a signed receipt was left for the sender
)
"""Files other zones sealed to this one, each counted with the chunks its items landed in."""

# --- published ----------------------------------------------------------------------------------

PROFILES = Table(
    "profiles",
    METADATA,
    Column("customer_id", String(40), primary_key=True),
    Column("digest", String(64), nullable=False),  # keyed hash of the plain document
    Column("sealed", LargeBinary, nullable=False),
    Column("count_entries", Integer, nullable=False),
    Column("published_at", Instant, nullable=False),
)
"""One sealed context document per customer."""

TIMELINE_PAGES = Table(
    "timeline_pages",
    METADATA,
    Column("customer_id", String(40), primary_key=True),
    Column("page", Integer, primary_key=True, autoincrement=False),  # 0 is the oldest
    Column("digest", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("count_entries", Integer, nullable=False),
    Column("published_at", Instant, nullable=False),
)
"""A customer's history in sealed pages, oldest first, so a new entry touches the last page only."""

# --- access -------------------------------------------------------------------------------------

CALLERS = Table(
    "callers",
    METADATA,
    Column("token_hash", String(64), primary_key=True),
    Column("caller_id", String(80), nullable=False),
    Column("role", String(24), nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)
"""Bearer tokens, hashed."""

# --- erasure ------------------------------------------------------------------------------------

ERASURES = Table(
    "erasures",
    METADATA,
    Column("erasure_id", String(40), primary_key=True),
    Column("customer_id", String(40), nullable=False),
    Column("subject_ids", JSON, nullable=False),
    Column("state", String(16), nullable=False),  # a privacy.erasure.journal.State
    Column("plan", JSON, nullable=False),
    Column("progress", JSON, nullable=False),
    Column("requested_by", String(80), nullable=False),
    Column("planned_at", Instant, nullable=False),
    Column("executed_at", Instant),
    Column("certified_at", Instant),
    Column("certificate", JSON),
    Index(None, "customer_id"),
)
"""An erasure from plan to certificate. The ids are of nobody once it is done."""

LEGAL_HOLDS = Table(
    "legal_holds",
    METADATA,
    Column("hold_id", String(40), primary_key=True),
    Column("subject_id", String(40), nullable=False),
    Column("reason", String(200), nullable=False),
    Column("placed_by", String(80), nullable=False),
    Column("placed_at", Instant, nullable=False),
    Column("released_at", Instant),
    Column("category", String(24)),  # a retention category; null with thread_id: everything
    Column("thread_id", String(40)),
    Column("review_on", Date),
    Column("released_by", String(80)),
    Index(None, "subject_id"),
)
"""What must not be erased yet: everything of a subject, one category of it, or one thread."""

SUPPRESSED_HANDLES = Table(
    "suppressed_handles",
    METADATA,
    Column("suppression_hash", String(64), primary_key=True),
    Column("count_erased", Integer, nullable=False),
    Column("erased_at", Instant, nullable=False),
)
"""Keyed hashes of erased handles: what happened before `erased_at` must never come back."""

# --- audit --------------------------------------------------------------------------------------

AUDIT_ENTRIES = Table(
    "audit_entries",
    METADATA,
    Column("entry_id", String(40), primary_key=True),
    Column("position", BigInteger),  # in the Merkle tree; null until sealed into it
    Column("leaf_hash", LargeBinary),
    Column("action", String(40), nullable=False),
    Column("caller_id", String(80), nullable=False),
    Column("purpose", String(32)),
    Column("outcome", String(16), nullable=False),
    Column("customer_id", String(40)),  # nulled when the person is erased
    Column("salt", LargeBinary),  # destroyed when the person is erased
    Column("commitment", LargeBinary, nullable=False),
    Column("sealed", LargeBinary),  # the payload, under the customer's key
    Column("happened_at", Instant, nullable=False),
    UniqueConstraint("position"),
    Index(None, "customer_id"),
)
"""The log. A leaf is a salted commitment, so the content can be forgotten and the proof stands."""

AUDIT_CHECKPOINTS = Table(
    "audit_checkpoints",
    METADATA,
    Column("tree_size", BigInteger, primary_key=True, autoincrement=False),
    Column("root_hash", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("sealed_at", Instant, nullable=False),
)
"""Signed tree heads."""

AUDIT_NODES = Table(
    "audit_nodes",
    METADATA,
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("index", BigInteger, primary_key=True, autoincrement=False),
    Column("node_hash", LargeBinary, nullable=False),
)
"""Hashes of complete subtrees of 2 ** level leaves, so that sealing and proving read few leaves."""
