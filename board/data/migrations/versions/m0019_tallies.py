"""Totals of each board are stored, counted after the migration, as at every start where they are not true. And an index of open
questions by their votes."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("boards", sa.Column("tallied_seq", sa.BigInteger(), nullable=False, server_default="-1"))
    op.create_table(
        "tallies",
        sa.Column("board_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("board_id", "part", "key"),
    )
    open_ones = sa.text("CASE WHEN kind = 'question' AND state = 'visible' AND NOT answered THEN 1 END = 1")
    columns = ["board_id", "votes", "created_at", "id"]
    op.create_index("posts_voted", "posts", columns, sqlite_where=open_ones, postgresql_where=open_ones)
