"""Retention: which board is being erased, its warnings, and since when a post is taken back.

Of posts that were taken back before, nobody knows when. They count from the time at which they were written: their texts go
sooner, never later.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    some = sa.text("withdrawn_at IS NOT NULL")
    op.add_column("boards", sa.Column("erased_at", sa.BigInteger(), nullable=True))
    op.add_column("posts", sa.Column("withdrawn_at", sa.BigInteger(), nullable=True))
    op.execute("UPDATE posts SET withdrawn_at = created_at WHERE state = 'withdrawn'")
    op.create_index("posts_by_withdrawal", "posts", ["withdrawn_at"], sqlite_where=some, postgresql_where=some)
    op.create_table(
        "warnings",
        sa.Column("board_id", number, sa.ForeignKey("boards.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=True),
    )
