"""What organisers read and do by HTTP with a board as a whole."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from board.actions import lifecycle
from board.data import boards, checklist, rows
from board.data.store import Connection
from board.model import views
from board.model.models import NotFound
from board.web.api.parts import answer_json, organiser_reads


async def get_settings(request: Request) -> Response:
    """As they are stored now, not as this worker has heard of them: an organiser changes them by what is shown here."""
    context, board = await organiser_reads(request)

    def read(connection: Connection) -> bytes:
        found = rows.read_board(connection, board.id)
        if found is None:
            raise NotFound("board-gone")
        return views.encode({"settings": views.settings_view(found, boards.created_at(connection, board.id))})

    return Response(await context.store.read(read), media_type="application/json")


async def get_checklist(request: Request) -> Response:
    """What a board still lacks before its gathering."""
    context, board = await organiser_reads(request)
    counts = await context.store.read(lambda connection: checklist.counted(connection, board.id))
    return answer_json({"items": views.checklist_view(board, counts._asdict(), lifecycle.DEFAULT_THEMES)})
