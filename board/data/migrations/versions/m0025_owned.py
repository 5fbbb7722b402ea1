"""Questions are found by their owner on the roster."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    owned = sa.text("owner_person IS NOT NULL")
    op.create_index("posts_owned", "posts", ["board_id", "owner_person"], sqlite_where=owned, postgresql_where=owned)
