"""Breaks on an agenda, and when a staff link was used last."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sessions", sa.Column("kind", sa.Text(), nullable=True))
    op.add_column("links", sa.Column("used_at", sa.BigInteger(), nullable=True))
