"""Consent by layer, and receipts of it that outlive a board."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "consents",
        sa.Column("board_id", number, sa.ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("participant", sa.Text(), primary_key=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("recap", sa.Boolean(), nullable=True),
        sa.Column("outside", sa.Boolean(), nullable=True),
        sa.Column("directory", sa.Boolean(), nullable=True),
        sqlite_with_rowid=False,
    )
    op.create_index("consents_by_person", "consents", ["board_id", "person"])
    op.create_table(
        "receipts",
        sa.Column("id", number, primary_key=True, autoincrement=True),
        sa.Column("board", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("layers", sa.Text(), nullable=False),
    )
    op.create_index("receipts_by_subject", "receipts", ["board", "subject"])
    op.create_index("receipts_by_age", "receipts", ["at"])
