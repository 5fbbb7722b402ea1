"""What attendees write by HTTP, and what moderators change of one post."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from board.actions import answers, attendees, moderators, thanks
from board.data.address import Address
from board.model import requests, views
from board.model.models import Actor, Audience, BoardError, Forbidden, NotFound, Post, Reaction, Role, State
from board.web.api.parts import answer_json, body_of, bytes_of, ids_of, post_id_of, writer_of
from board.web.context import Context

_AUTHORS_FIELDS = {"text", "theme"}
_MODERATORS_FIELDS = {"reason", "pinned", "answered", "session", "expect", "expect_to"}
_MODERATORS_FIELDS |= {"answer", "answer_translations", *requests.FATE_FIELDS}


async def post_join(request: Request) -> Response:
    context, board = await writer_of(request)
    wanted = await body_of(request, requests.Join)
    device = context.access.require_device(request)
    named, _ = ids_of(context, board, device)
    with context.limits.mark(context.access.phone(device, board), board.id):
        roster = await context.rosters.of(board.id)
        namesakes = roster.namesakes(wanted.name, wanted.person) if wanted.name or wanted.person else []
        participant = await attendees.join(context.store, board, named, wanted, namesakes)
    if participant.person:
        roster.hold(participant.person, participant.id)
    return answer_json({"participant": views.participant_view(participant)})


async def post_post(request: Request) -> Response:
    context, board = await writer_of(request)
    wanted = requests.parse_post(await bytes_of(request))
    device = context.access.require_device(request)
    named, pseudonym = ids_of(context, board, device)
    with context.limits.post(context.access.phone(device, board), board.id):
        called = (await context.rosters.of(board.id)).called
        post, new = await attendees.submit(context.store, board, named, pseudonym, wanted, called)
    return answer_json({"post": views.own_view(post)}, 201 if new else 200)


async def patch_post(request: Request) -> Response:
    """A moderator's request and an author's differ by their fields, so that a moderator's own phone can do both. `to` is
    either: whose card it is decides, inside the transaction."""
    context, board = await writer_of(request)
    actor = context.access.actor(request, board, Role.MODERATOR)
    body = await bytes_of(request)
    fields = requests.parse(body, dict[str, Any])
    if actor is not None and not _is_authors(fields):
        moderation = requests.parse(body, requests.Moderation)
        moderated = await _moderated(request, context, board, actor, moderation)
        return answer_json(
            {"post": views.post_view(moderated, Audience.MODERATORS)} | await still_shown_by(context, board, moderation.state)
        )
    device = context.access.require_device(request)
    if fields.keys() & _MODERATORS_FIELDS:
        raise Forbidden("moderators-only")
    post_id, wanted = post_id_of(request), requests.parse(body, requests.Edit)
    with context.limits.mark(context.access.phone(device, board), board.id):
        called = (await context.rosters.of(board.id)).called
        edited = await attendees.edit(context.store, board, ids_of(context, board, device), post_id, wanted, called)
    return answer_json({"post": views.own_view(edited)})


async def _moderated(request: Request, context: Context, board: Address, actor: Actor, moderation: requests.Moderation) -> Post:
    post_id = post_id_of(request)
    if moderation.to is None and not answers.names_owner(moderation):  # a hide waits for no roster
        return await moderators.moderate(context.store, board, actor, post_id, moderation)
    device = context.access.device(request)
    own = ids_of(context, board, device) if device else ()
    called = (await context.rosters.of(board.id)).called
    return await moderators.moderate(context.store, board, actor, post_id, moderation, called, own)


async def still_shown_by(context: Context, board: Address, state: State | None) -> dict[str, Any]:
    """After a hide: the screens that could not hear of it. Empty where there are none."""
    if state in (None, State.VISIBLE):
        return {}
    if context.hub.bus.shared:
        # What other workers say of their screens is heard only while the board is open here. The hide itself is done.
        with suppress(BoardError):
            await context.hub.open(board.id)
    presence = context.hub.presence(board.id)
    screens = presence.still_shown() if presence else []
    return {"still_shown": screens} if screens else {}


async def put_vote(request: Request) -> Response:
    context, board = await writer_of(request)
    device = context.access.require_device(request)
    on, post_id, phone = request.method == "PUT", post_id_of(request), context.access.phone(device, board)
    with context.limits.mark(phone, board.id, votes=True):
        came_at = context.access.came_at(device) * 1_000_000
        post = await attendees.vote(context.store, board, phone.participant, post_id, on, came_at)
    if on:
        context.hub.voted(board.id, phone.participant)
    other = {"post": post.id} if post.id != post_id else {}
    return answer_json({"votes": post.votes, "voted": on} | other)


async def put_reaction(request: Request) -> Response:
    context, board = await writer_of(request)
    device = context.access.require_device(request)
    try:
        reaction = Reaction(request.path_params["key"])
    except ValueError:
        raise NotFound("reaction-unknown") from None
    on, post_id, phone = request.method == "PUT", post_id_of(request), context.access.phone(device, board)
    with context.limits.mark(phone, board.id):
        post, mine = await attendees.react(context.store, board, phone.participant, post_id, reaction, on)
    return answer_json({"reactions": post.reactions, "mine": mine})


async def put_thanks(request: Request) -> Response:
    context, board = await writer_of(request)
    device = context.access.require_device(request)
    on, post_id, phone = request.method == "PUT", post_id_of(request), context.access.phone(device, board)
    with context.limits.mark(phone, board.id):
        thanked = await thanks.thank(context.store, board, phone.participant, post_id, on)
    return answer_json({"thanked": thanked})


def _is_authors(fields: dict[str, Any]) -> bool:
    return bool(fields.keys() & _AUTHORS_FIELDS) or fields.get("state") == State.WITHDRAWN
