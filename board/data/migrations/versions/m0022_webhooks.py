"""Webhooks, and the messages that wait for them."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("boards", sa.Column("hooked", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "webhooks",
        sa.Column("board_id", number, sa.ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("events", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("paused_until", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("held_until", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("tried_at", sa.BigInteger(), nullable=True),
        sa.Column("disabled_at", sa.BigInteger(), nullable=True),
    )
    op.create_table(
        "messages",
        sa.Column("board_id", number, sa.ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("webhook", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_index("messages_by_webhook", "messages", ["board_id", "webhook", "id"])
