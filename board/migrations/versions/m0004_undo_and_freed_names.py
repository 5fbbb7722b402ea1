"""When a post was approved, so that only a fresh approval is undone; names freed together with their posts."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("posts", sa.Column("approved_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "freed_names",
        sa.Column(
            "board_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.ForeignKey("boards.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("person", sa.Text(), primary_key=True),
        sa.Column("participant", sa.Text(), nullable=False),
    )
