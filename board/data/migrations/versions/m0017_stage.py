"""The stage and the microphone: notes from the desk, the rule of a session, and which question is being answered."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("boards", sa.Column("notes", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("sessions", sa.Column("floor", sa.Text()))
    op.add_column("posts", sa.Column("voice", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("posts", sa.Column("taken_at", sa.BigInteger()))
    op.add_column("posts", sa.Column("later_at", sa.BigInteger()))
    voice, taken = sa.column("voice", sa.Boolean()), sa.column("taken_at").is_not(None)
    columns = ["board_id", "session"]
    op.create_index("posts_at_floor", "posts", columns, sqlite_where=voice, postgresql_where=voice)
    op.create_index("posts_taken", "posts", columns, sqlite_where=taken, postgresql_where=taken)
