"""Thanks for a card: by which phone, and which of its recipients that was."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("posts", sa.Column("thanks", sa.Text(), nullable=True))
