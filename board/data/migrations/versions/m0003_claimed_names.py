"""Which person of the roster a phone says it belongs to; a person has one phone."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("participants", sa.Column("person", sa.Text(), nullable=True))
    op.create_index("participants_by_person", "participants", ["board_id", "person"], unique=True)
