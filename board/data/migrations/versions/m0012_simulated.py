"""Simulated attendees of a rehearsal: until when they act, and which worker acts for them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "simulations",
        sa.Column("board_id", number, sa.ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("acts", sa.Integer(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("held_until", sa.BigInteger(), nullable=False),
    )
