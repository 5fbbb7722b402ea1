"""The visible cards of a board, as far as its ending needs them."""

from __future__ import annotations

from sqlalchemy import Connection, select

from board.data import rows, schema
from board.model.models import Board, Kind, State
from board.model.story import CARDS_MOST, StoryCard


def story_cards(connection: Connection, board: Board) -> list[StoryCard]:
    """Oldest first; of more cards than a picture can show, the newest."""
    table = schema.posts.c
    wanted = (
        select(table.theme, table.author_name, table.author_team, table.to, table.created_at)
        .where(table.board_id == board.id, table.kind == Kind.CARD, table.state == State.VISIBLE)
        .order_by(table.created_at.desc(), table.id.desc())
        .limit(CARDS_MOST)
    )
    read = connection.execute(wanted)
    return [StoryCard(theme, name, team, rows.recipients_from(to), at) for theme, name, team, to, at in read][::-1]
