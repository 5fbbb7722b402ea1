"""Somebody who was erased has a mark in the place of a name, so that each reader sees a word of the own language. What was
erased before has the English word alone: until now there was no other. An author who was erased has no phone any more; a
recipient who was typed as "somebody" is marked, too, and reads the same."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

MARK = "\u2063"


def upgrade() -> None:
    was, now = '{"name":"somebody"}', f'{{"name":"somebody{MARK}"}}'
    to = sa.text('UPDATE posts SET "to" = replace("to", :was, :now) WHERE "to" LIKE :some')
    op.execute(to.bindparams(was=was, now=now, some=f"%{was}%"))
    gone = (
        "UPDATE posts SET author_name = :now WHERE author_name = :was AND author_team IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM participants WHERE participants.board_id = posts.board_id AND participants.id = posts.participant)"
    )
    op.execute(sa.text(gone).bindparams(was="somebody", now=f"somebody{MARK}"))
