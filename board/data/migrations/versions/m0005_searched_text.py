"""What a moderator's search looks at, folded, beside each post; filled for the posts that are there."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from board.data import rows, search

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

POSTS_AT_ONCE = 500
_posts = sa.table(
    "posts", *(sa.column(name) for name in ("board_id", "id", "text", "author_name", "author_team", "to", "answer", "reason"))
)


def upgrade() -> None:
    op.add_column("posts", sa.Column("folded", sa.Text(), nullable=True))
    connection = op.get_bind()
    keys = (_posts.c.board_id, _posts.c.id)
    fill = sa.text("UPDATE posts SET folded = :folded WHERE board_id = :board_id AND id = :id")
    after: tuple[int, str] | None = None
    while chunk := _chunk(connection, keys, after):
        connection.execute(fill, [_folded(row) for row in chunk])
        after = (chunk[-1].board_id, chunk[-1].id)


def _chunk(connection: sa.Connection, keys: Any, after: tuple[int, str] | None) -> Sequence[sa.Row[Any]]:
    """The next posts, at most so many: a large database must not be read into memory at once."""
    wanted = sa.select(_posts).order_by(*keys).limit(POSTS_AT_ONCE)
    return connection.execute(wanted if after is None else wanted.where(sa.tuple_(*keys) > after)).all()


def _folded(row: sa.Row[Any]) -> dict[str, Any]:
    to = rows.recipients_from(row.to)
    searched = search.Searched(row.text, row.author_name, row.author_team, to, row.answer, row.reason)
    return {"board_id": row.board_id, "id": row.id, "folded": search.folded(searched)}
