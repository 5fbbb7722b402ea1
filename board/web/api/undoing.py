"""A change of organisers taken back by HTTP."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from board.actions import undoing as acts
from board.model.undoing import LinkUndo
from board.web.api.parts import answer_json, organiser_of
from board.web.api.roster import shown


async def post_undo(request: Request) -> Response:
    context, board, actor = await organiser_of(request)
    undo_id = request.path_params["id"]
    undo, at = await acts.kept(context.store, board.id, undo_id)
    if isinstance(undo, LinkUndo):
        done = await acts.take_back(context.store, board, actor, undo_id, undo, at)
    else:
        namesakes = (await context.rosters.of(board.id)).namesakes(undo.was.name)
        done = await acts.take_back(context.store, board, actor, undo_id, undo, at, namesakes)
        await shown(context, board)
    return answer_json({"undone": {"kind": done.kind, "id": done.about}})
