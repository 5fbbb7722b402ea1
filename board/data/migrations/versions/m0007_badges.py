"""What a badge is signed with, beside the secret key: another value for each entry of the roster, changed to stop a badge."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("badge", sa.Text(), nullable=False, server_default=""))
