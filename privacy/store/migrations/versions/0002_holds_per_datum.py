"""A legal hold says what of a person it is on, until when it is to be looked at, and who let it go."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ADDED = (
    ("category", sa.String(length=24)),
    ("thread_id", sa.String(length=40)),
    ("review_on", sa.Date()),
    ("released_by", sa.String(length=80)),
)


def upgrade() -> None:
    for name, kind in _ADDED:
        op.add_column("legal_holds", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for name, _ in reversed(_ADDED):
        op.drop_column("legal_holds", name)
