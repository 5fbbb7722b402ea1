"""What becomes of a question: who owns it and until when, or why it is set aside."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("owner", "owner_person", "due", "set_aside"):
        op.add_column("posts", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("posts", sa.Column("answered_at", sa.BigInteger(), nullable=True))
