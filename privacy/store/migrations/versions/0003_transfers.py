"""The transfer register, whom transfers were about, and hand-offs sent and received."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _instant(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _count(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "transfer_lines",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=True),
        _count("year"),
        _count("count_new_persons"),
        _count("count_new_sensitive"),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_transfer_lines")),
        sa.UniqueConstraint("reference", name=op.f("uq_transfer_lines_reference")),
    )
    op.create_index(op.f("ix_transfer_lines_year"), "transfer_lines", ["year"])
    op.create_table(
        "transferred_persons",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_hash", sa.String(length=64), nullable=False),
        sa.Column("is_sensitive", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint(
            "year", "person_hash", "is_sensitive", name=op.f("pk_transferred_persons")
        ),
    )
    op.create_table(
        "handoffs_sent",
        sa.Column("file_id", sa.String(length=40), nullable=False),
        sa.Column("recipient", sa.String(length=16), nullable=False),
        sa.Column("segment_id", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        _count("count_items"),
        _count("count_persons"),
        _instant("sealed_at", nullable=False),
        _instant("delivered_at"),
        _instant("receipted_at"),
        _count("count_taken", nullable=True),
        _count("count_duplicate", nullable=True),
        _count("count_held", nullable=True),
        _count("count_suppressed", nullable=True),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_handoffs_sent")),
    )
    op.create_index(op.f("ix_handoffs_sent_delivered_at"), "handoffs_sent", ["delivered_at"])
    op.create_table(
        "handoffs_received",
        sa.Column("sender", sa.String(length=16), nullable=False),
        sa.Column("file_id", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        _count("count_items"),
        _count("count_taken"),
        _count("count_duplicate"),
        _count("count_held"),
        _count("count_suppressed"),
        _instant("first_at", nullable=False),
        _instant("settled_at"),
        _instant("receipted_at"),
        sa.PrimaryKeyConstraint("sender", "file_id", name=op.f("pk_handoffs_received")),
    )


def downgrade() -> None:
    for name in ("handoffs_received", "handoffs_sent", "transferred_persons", "transfer_lines"):
        op.drop_table(name)
