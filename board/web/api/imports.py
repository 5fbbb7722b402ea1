"""Files that organisers bring by HTTP: looked at, answered, applied, undone."""

from __future__ import annotations

from typing import cast

from starlette.requests import Request
from starlette.responses import Response

from board.model import importing
from board.model.models import Invalid
from board.transfer.imports.bringing import File
from board.transfer.imports.found import Kind
from board.web.api.parts import body_of, organiser_of, text_asked, upload_of, uploader_of


async def post_import(request: Request) -> Response:
    """Makes the preview. The organiser's link is checked before the first byte of the file is read."""
    context, board, actor = await uploader_of(request)
    kind = cast(Kind, importing.kind(request.query_params.get("kind", "")))
    name = text_asked(request, "name", importing.FILE_NAME_CODE_POINTS)
    context.limits.read_file(actor.link_id)
    data = await upload_of(request, importing.FILE_BYTES)
    if not data:
        raise Invalid("file-empty")
    return _json(await context.imports.make(board, actor, File(kind, data, name), context.catalogue(request)), 201)


async def patch_import(request: Request) -> Response:
    context, board, actor = await organiser_of(request)
    change = await body_of(request, importing.ImportChange)
    context.limits.read_file(actor.link_id)
    return _json(await context.imports.change(board, actor, _id(request), change, context.catalogue(request)))


async def post_applied(request: Request) -> Response:
    context, board, actor = await organiser_of(request)
    applied = await context.imports.apply(board, actor, _id(request), context.catalogue(request))
    context.roster_changed(board.id)
    return _json(applied)


async def post_undone(request: Request) -> Response:
    context, board, actor = await organiser_of(request)
    undone = await context.imports.undo(board, actor, _id(request))
    context.roster_changed(board.id)
    return _json(undone)


def _id(request: Request) -> str:
    return str(request.path_params["id"])


def _json(body: bytes, status: int = 200) -> Response:
    return Response(body, status, media_type="application/json")
