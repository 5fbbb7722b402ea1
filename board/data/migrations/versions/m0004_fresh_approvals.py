"""When a post was approved, so that only a fresh approval is undone."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("posts", sa.Column("approved_at", sa.BigInteger(), nullable=True))
