"""When the phone that voted first came, so that a burst of votes by new phones can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("votes", sa.Column("came_at", sa.BigInteger(), nullable=False, server_default="0"))
