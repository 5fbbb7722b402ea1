"""What organisers set in the browser, the picture of a board, and those who may make boards."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("accent", "logo"):
        op.add_column("boards", sa.Column(name, sa.Text(), nullable=True))
    for name, nothing in (("languages", "[]"), ("blocked_words", "[]"), ("public", "{}")):
        op.add_column("boards", sa.Column(name, sa.Text(), nullable=False, server_default=nothing))
    op.add_column("boards", sa.Column("retention_days", sa.Integer(), nullable=True))
    for name in ("archived_at", "rehearsal_of"):
        op.add_column("boards", sa.Column(name, sa.BigInteger(), nullable=True))
    _make_tables()


def _make_tables() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "logos",
        sa.Column("board_id", number, sa.ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "hosts",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False, unique=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("first_only", sa.Boolean(), nullable=False),
    )
