"""The roster and the quiet list by HTTP, for organisers."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from board.actions import roster as acts
from board.data import roster, rows
from board.data.address import Address
from board.data.store import Connection
from board.model import coverage, mirror, rostering, views
from board.model.lookup import Roster
from board.model.models import Board, Person, Role
from board.web.api.parts import answer_json, board_of, body_of, id_asked, organiser_of, page_limit, text_asked, undo_of
from board.web.api.reading import TYPED_NAME_CODE_POINTS
from board.web.context import Context


async def _reader(request: Request) -> tuple[Context, Board]:
    context, board = await board_of(request)
    context.access.require(request, board, Role.ORGANISER)
    return context, board


async def get_roster(request: Request) -> Response:
    """A page of it by name, with the cards of each. Read anew each time: another worker may just have changed it."""
    context, board = await _reader(request)
    typed, after = text_asked(request, "q", TYPED_NAME_CODE_POINTS), id_asked(request, "after")
    limit = page_limit(request.query_params.get("limit"))

    def read(connection: Connection) -> bytes:
        everybody = rows.roster(connection, board.id)
        found, total, more = coverage.page(everybody, typed, after, limit)
        counted = coverage.tally(everybody, roster.cards(connection, board.id))
        people = [
            rostering.entry(person) | {"cards_to": counted.to[person.id], "cards_from": counted.by[person.id]}
            for person in found
        ]
        return views.encode({"people": people, "total": total, "more": more})

    return Response(await context.store.read(read), media_type="application/json")


async def get_coverage(request: Request) -> Response:
    context, board = await _reader(request)

    def read(connection: Connection) -> bytes:
        everybody = rows.roster(connection, board.id)
        return views.encode(coverage.coverage(everybody, coverage.tally(everybody, roster.cards(connection, board.id))))

    return Response(await context.store.read(read), media_type="application/json")


async def get_mirror(request: Request) -> Response:
    """How teams take part. Times heard are counted where anybody spoke at the microphone."""
    context, board = await _reader(request)

    def read(connection: Connection) -> bytes:
        everybody = rows.roster(connection, board.id)
        cards = coverage.tally(everybody, roster.cards(connection, board.id))
        asked, heard = roster.asked_by_team(connection, board.id), roster.heard_by_team(connection, board.id)
        return views.encode(mirror.mirror(everybody, cards, asked, heard or None))

    return Response(await context.store.read(read), media_type="application/json")


async def post_person(request: Request) -> Response:
    context, board, actor = await organiser_of(request)
    wanted = await body_of(request, rostering.NewPerson)
    namesakes = (await context.rosters.of(board.id)).namesakes(wanted.name)
    person = await acts.add_person(context.store, board, actor, wanted, namesakes)
    context.roster_changed(board.id)
    return answer_json({"person": rostering.entry(person)}, 201)


async def patch_person(request: Request) -> Response:
    context, board, actor = await organiser_of(request)
    person_id, wanted = request.path_params["id"], await body_of(request, rostering.PersonEdit)
    known: Roster = await context.rosters.of(board.id)
    namesakes = known.namesakes(None, person_id) + (known.namesakes(wanted.name) if isinstance(wanted.name, str) else [])
    done = await acts.edit_person(context.store, board, actor, person_id, wanted, namesakes)
    return await _changed(context, board, *done)


async def post_merge(request: Request) -> Response:
    context, board, actor = await organiser_of(request)
    person_id, wanted = request.path_params["id"], await body_of(request, rostering.Merge)
    namesakes = (await context.rosters.of(board.id)).namesakes(None, person_id)
    return await _changed(
        context, board, *await acts.merge_people(context.store, board, actor, person_id, wanted.into, namesakes)
    )


async def delete_person(request: Request) -> Response:
    context, board, actor = await organiser_of(request)
    return await _changed(context, board, *await acts.remove_person(context.store, board, actor, request.path_params["id"]))


async def _changed(context: Context, board: Address, person: Person, posts: int, undo: str | None) -> Response:
    await shown(context, board)
    answer: dict[str, Any] = {"person": rostering.entry(person), "posts": posts}
    return answer_json(answer | undo_of(undo))


async def shown(context: Context, board: Address) -> None:
    """Many cards come to the feed by the store (see `hub`): what is asked for after this answer shows the new name."""
    context.roster_changed(board.id)
    if context.hub.presence(board.id) is not None:
        await context.hub.checked(board.id)
