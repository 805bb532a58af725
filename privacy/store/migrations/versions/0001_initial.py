"""The first form of every table in the store."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_checkpoints",
        sa.Column("tree_size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root_hash", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tree_size", name=op.f("pk_audit_checkpoints")),
    )
    op.create_table(
        "audit_entries",
        sa.Column("entry_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=True),
        sa.Column("leaf_hash", sa.LargeBinary(), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("caller_id", sa.String(length=80), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_audit_entries")),
        sa.UniqueConstraint("position", name=op.f("uq_audit_entries_position")),
    )
    op.create_index(
        op.f("ix_audit_entries_customer_id"), "audit_entries", ["customer_id"], unique=False
    )
    op.create_table(
        "audit_nodes",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("node_hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "index", name=op.f("pk_audit_nodes")),
    )
    op.create_table(
        "callers",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("caller_id", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_callers")),
    )
    op.create_table(
        "consent_events",
        sa.Column("consent_event_id", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("notice_version", sa.String(length=40), nullable=False),
        sa.Column("notice_language", sa.String(length=16), nullable=False),
        sa.Column("evidence_hash", sa.String(length=64), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("supersedes", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("consent_event_id", name=op.f("pk_consent_events")),
    )
    op.create_index(
        op.f("ix_consent_events_recorded_at"), "consent_events", ["recorded_at"], unique=False
    )
    op.create_index(
        op.f("ix_consent_events_subject_id_purpose"),
        "consent_events",
        ["subject_id", "purpose"],
        unique=False,
    )
    op.create_table(
        "customer_members",
        sa.Column("subject_id", sa.String(length=40), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_customer_members")),
    )
    op.create_index(
        op.f("ix_customer_members_customer_id"), "customer_members", ["customer_id"], unique=False
    )
    op.create_table(
        "data_keys",
        sa.Column("owner_id", sa.String(length=40), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("owner_id", name=op.f("pk_data_keys")),
    )
    op.create_index(op.f("ix_data_keys_epoch"), "data_keys", ["epoch"], unique=False)
    op.create_table(
        "epochs",
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("epoch", name=op.f("pk_epochs")),
    )
    op.create_table(
        "erasures",
        sa.Column("erasure_id", sa.String(length=40), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=False),
        sa.Column("subject_ids", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("progress", sa.JSON(), nullable=False),
        sa.Column("requested_by", sa.String(length=80), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("executed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("certified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("certificate", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("erasure_id", name=op.f("pk_erasures")),
    )
    op.create_index(op.f("ix_erasures_customer_id"), "erasures", ["customer_id"], unique=False)
    op.create_table(
        "identity_cuts",
        sa.Column("subject_id", sa.String(length=40), nullable=False),
        sa.Column("other_subject_id", sa.String(length=40), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject_id", "other_subject_id", name=op.f("pk_identity_cuts")),
    )
    op.create_table(
        "identity_decisions",
        sa.Column("decision_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=False),
        sa.Column("from_customer_id", sa.String(length=40), nullable=True),
        sa.Column("subject_ids", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_identity_decisions")),
    )
    op.create_index(
        op.f("ix_identity_decisions_customer_id"),
        "identity_decisions",
        ["customer_id"],
        unique=False,
    )
    op.create_table(
        "landing_items",
        sa.Column("item_id", sa.String(length=40), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("segment_id", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_landing_items")),
    )
    op.create_index(op.f("ix_landing_items_owner_id"), "landing_items", ["owner_id"], unique=False)
    op.create_index(
        op.f("ix_landing_items_segment_id"), "landing_items", ["segment_id"], unique=False
    )
    op.create_table(
        "landing_segments",
        sa.Column("segment_id", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("file_digest", sa.String(length=64), nullable=False),
        sa.Column("chunk", sa.Integer(), nullable=False),
        sa.Column("is_last_chunk", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("path", sa.String(length=400), nullable=True),
        sa.Column("count_landed", sa.Integer(), nullable=False),
        sa.Column("count_sealed", sa.Integer(), nullable=False),
        sa.Column("count_duplicate", sa.Integer(), nullable=False),
        sa.Column("count_quarantined", sa.Integer(), nullable=False),
        sa.Column("count_suppressed", sa.Integer(), nullable=False),
        sa.Column("count_handed_over", sa.Integer(), nullable=False),
        sa.Column("count_bytes", sa.BigInteger(), nullable=False),
        sa.Column("landed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("segment_id", name=op.f("pk_landing_segments")),
        sa.UniqueConstraint(
            "file_digest", "chunk", name=op.f("uq_landing_segments_file_digest_chunk")
        ),
    )
    op.create_index(op.f("ix_landing_segments_day"), "landing_segments", ["day"], unique=False)
    op.create_table(
        "legal_holds",
        sa.Column("hold_id", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("placed_by", sa.String(length=80), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("hold_id", name=op.f("pk_legal_holds")),
    )
    op.create_index(op.f("ix_legal_holds_subject_id"), "legal_holds", ["subject_id"], unique=False)
    op.create_table(
        "profiles",
        sa.Column("customer_id", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("count_entries", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_profiles")),
    )
    op.create_table(
        "quarantine",
        sa.Column("quarantine_id", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=400), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.String(length=400), nullable=False),
        sa.Column("stage", sa.String(length=24), nullable=False),
        sa.Column("segment_id", sa.String(length=40), nullable=True),
        sa.Column("item_id", sa.String(length=40), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("quarantine_id", name=op.f("pk_quarantine")),
    )
    op.create_index(
        op.f("ix_quarantine_status_reason"), "quarantine", ["status", "reason"], unique=False
    )
    op.create_table(
        "subject_handles",
        sa.Column("handle_index", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("handle_index", name=op.f("pk_subject_handles")),
    )
    op.create_index(
        op.f("ix_subject_handles_subject_id"), "subject_handles", ["subject_id"], unique=False
    )
    op.create_table(
        "suppressed_handles",
        sa.Column("suppression_hash", sa.String(length=64), nullable=False),
        sa.Column("count_erased", sa.Integer(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("suppression_hash", name=op.f("pk_suppressed_handles")),
    )
    op.create_table(
        "timeline_pages",
        sa.Column("customer_id", sa.String(length=40), nullable=False),
        sa.Column("page", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("count_entries", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", "page", name=op.f("pk_timeline_pages")),
    )
    op.create_table(
        "zone_secrets",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_zone_secrets")),
    )


def downgrade() -> None:
    op.drop_table("zone_secrets")
    op.drop_table("timeline_pages")
    op.drop_table("suppressed_handles")
    op.drop_index(op.f("ix_subject_handles_subject_id"), table_name="subject_handles")
    op.drop_table("subject_handles")
    op.drop_index(op.f("ix_quarantine_status_reason"), table_name="quarantine")
    op.drop_table("quarantine")
    op.drop_table("profiles")
    op.drop_index(op.f("ix_legal_holds_subject_id"), table_name="legal_holds")
    op.drop_table("legal_holds")
    op.drop_index(op.f("ix_landing_segments_day"), table_name="landing_segments")
    op.drop_table("landing_segments")
    op.drop_index(op.f("ix_landing_items_segment_id"), table_name="landing_items")
    op.drop_index(op.f("ix_landing_items_owner_id"), table_name="landing_items")
    op.drop_table("landing_items")
    op.drop_index(op.f("ix_identity_decisions_customer_id"), table_name="identity_decisions")
    op.drop_table("identity_decisions")
    op.drop_table("identity_cuts")
    op.drop_index(op.f("ix_erasures_customer_id"), table_name="erasures")
    op.drop_table("erasures")
    op.drop_table("epochs")
    op.drop_index(op.f("ix_data_keys_epoch"), table_name="data_keys")
    op.drop_table("data_keys")
    op.drop_index(op.f("ix_customer_members_customer_id"), table_name="customer_members")
    op.drop_table("customer_members")
    op.drop_index(op.f("ix_consent_events_subject_id_purpose"), table_name="consent_events")
    op.drop_index(op.f("ix_consent_events_recorded_at"), table_name="consent_events")
    op.drop_table("consent_events")
    op.drop_table("callers")
    op.drop_table("audit_nodes")
    op.drop_index(op.f("ix_audit_entries_customer_id"), table_name="audit_entries")
    op.drop_table("audit_entries")
    op.drop_table("audit_checkpoints")
