"""What organisers read and do by HTTP with a board as a whole."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.concurrency import iterate_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from board.actions import lifecycle, simulated, whole
from board.data import boards, checklist, retention, rows, simulations
from board.data.folder import taken
from board.data.store import Connection
from board.model import preparing, requests, views
from board.model.catalogue import Catalogue
from board.model.models import Audience, Board, Invalid, NotFound
from board.transfer import exports
from board.transfer.zipped import zipped
from board.web.api.parts import answer_json, body_of, bytes_of, organiser_of, organiser_reads
from board.web.context import Context
from board.web.folder import Folder

PART_BYTES = 64 * 1024
PAGES_HEADER = "Board-Pages"
"""With the folder to take home: how many pages it has. They are the first files of the archive."""


async def get_settings(request: Request) -> Response:
    """As they are stored now, not as this worker has heard of them: an organiser changes them by what is shown here."""
    context, board = await organiser_reads(request)

    def read(connection: Connection) -> bytes:
        found = rows.read_board(connection, board.id)
        if found is None:
            raise NotFound("board-gone")
        settings = views.settings_view(found, boards.created_at(connection, board.id))
        kept = retention.keeping_of(connection, board.id)
        assert kept is not None
        return views.encode({"settings": settings, "retention": views.retention_view(kept, context.store.now())})

    return Response(await context.store.read(read), media_type="application/json")


async def get_checklist(request: Request) -> Response:
    """What a board still lacks before its gathering."""
    context, board = await organiser_reads(request)
    counts = await context.store.read(lambda connection: checklist.counted(connection, board.id))
    return answer_json({"items": views.checklist_view(board, counts._asdict(), lifecycle.DEFAULT_THEMES)})


async def put_archive(request: Request) -> Response:
    """POST: read-only from now on; DELETE: no longer."""
    context, board, actor = await organiser_of(request)
    changed = await whole.archive(context.store, board, actor, request.method == "POST")
    return answer_json({"board": views.board_view(changed, Audience.MODERATORS)})


async def post_duplicate(request: Request) -> Response:
    context, board, actor = await organiser_of(request)
    body = await bytes_of(request)
    wanted = requests.parse(body, preparing.Duplicate) if body.strip() else preparing.Duplicate()
    context.limits.host_board(actor.link_id)  # a link may have fallen into wrong hands
    return _made(context, request, await whole.duplicate(context.store, board, actor, wanted.code))


async def post_rehearsal(request: Request) -> Response:
    context, board, actor = await organiser_of(request)
    body = await bytes_of(request)
    wanted = requests.parse(body, preparing.Rehearsal) if body.strip() else preparing.Rehearsal()
    context.limits.host_board(actor.link_id)
    return _made(context, request, await whole.rehearse(context.store, board, actor, simulated=wanted.simulated))


async def get_rehearsal(request: Request) -> Response:
    """The rehearsal of this board, or the board itself if it is one; and until when simulated attendees act there."""
    context, board = await organiser_reads(request)
    now = context.store.now()

    def read(connection: Connection) -> tuple[str, int | None] | None:
        found = simulated.found(connection, board.id, board.code)
        return found and (found[1], simulations.until(connection, found[0], now))

    rehearsal = await context.store.read(read)
    return answer_json({"rehearsal": rehearsal and views.rehearsal_view(*rehearsal)})


async def put_simulated(request: Request) -> Response:
    """PUT: simulated attendees act for an hour; DELETE: they stop."""
    context, board, actor = await organiser_of(request)
    act = simulated.start if request.method == "PUT" else simulated.stop
    return answer_json({"rehearsal": views.rehearsal_view(*await act(context.store, board, actor))})


async def delete_rehearsal(request: Request) -> Response:
    context, board, actor = await organiser_of(request)
    return answer_json({"erased": await whole.end_rehearsal(context.store, board, actor)})


async def post_purge(request: Request) -> Response:
    context, board, actor = await organiser_of(request)
    wanted = await body_of(request, preparing.Purge)
    await whole.purge(context.store, board, actor, wanted.code)
    context.known.forget(board)
    return answer_json({"erased": [board.code]})


async def get_export(request: Request) -> Response:
    """Everything of a board, as a file; as the command line writes it."""
    context, board = await organiser_reads(request)
    shape = request.query_params.get("format", "json")
    if shape == "html":
        with context.exporting.one(board.id):
            return await _folder(context, board, context.catalogue(request))
    if shape not in exports.MEDIA_TYPES:
        raise Invalid("choice-wrong", field="format", choices=", ".join([*exports.MEDIA_TYPES, "html"]))
    word = context.catalogue(request).say("erased-person")
    with context.exporting.one(board.id):
        data = await context.store.read(lambda connection: exports.export(connection, board.id, shape, word))
    headers = {"Content-Disposition": f'attachment; filename="{board.code}.{shape}"'}
    headers["Content-Length"] = str(len(data))
    sending = context.exporting.sending(board.id, in_parts(data))
    return StreamingResponse(sending, media_type=exports.MEDIA_TYPES[shape], headers=headers)


async def in_parts(data: bytes) -> AsyncIterator[bytes]:
    """Several megabytes at once would be copied in one step of the event loop. A slow reader delays only this request."""
    for start in range(0, len(data), PART_BYTES):
        yield data[start : start + PART_BYTES]


async def _folder(context: Context, board: Board, catalogue: Catalogue) -> Response:
    """One archive, sent while it is made, a page at a time and beside the event loop: a slow reader delays nobody else."""
    found = await context.store.read(lambda connection: taken(connection, board.id))
    folder = await asyncio.to_thread(Folder, found, catalogue, context.store.now())
    headers = {"Content-Disposition": f'attachment; filename="{board.code}.zip"', "Cache-Control": "no-store"}
    headers[PAGES_HEADER] = str(folder.count)  # how long it becomes nobody knows, so whoever waits counts pages
    made = iterate_in_threadpool(zipped(folder.files(), board.code, folder.made))
    sending = context.exporting.sending(board.id, made)
    return StreamingResponse(sending, media_type="application/zip", headers=headers)


def _made(context: Context, request: Request, made: whole.Made) -> Response:
    board, links = made
    base = context.access.shown_url(request)
    return answer_json({"board": views.board_view(board)} | views.addresses_view(base, board.code, links), 201)
