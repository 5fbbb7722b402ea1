"""Several large screens, each with a room, a scene and a link of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("boards", sa.Column("screens", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("links", sa.Column("screen", sa.Text(), nullable=True))
