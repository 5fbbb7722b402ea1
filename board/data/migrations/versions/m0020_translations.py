"""Answers in other languages stand beside the answer."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("posts", sa.Column("answer_translations", sa.Text(), nullable=True))
