"""What moderators write by HTTP: many posts at once, settings, people."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from board.actions import moderators, people, settings
from board.model import preparing, requests, views
from board.model.images import LOGO_BYTES
from board.model.models import BODY_BYTES, Audience, Invalid, Role
from board.web.api.attendees import still_shown_by
from board.web.api.parts import answer_json, body_of, moderator_of, writer_of

# A picture as base64, and all other fields.
SETTINGS_BYTES = LOGO_BYTES * 4 // 3 + 4 * BODY_BYTES


async def post_bulk(request: Request) -> Response:
    context, board, actor = await moderator_of(request)
    wanted = await body_of(request, requests.Bulk)
    moved, refused = await moderators.moderate_all(context.store, board, actor, wanted)
    return answer_json(
        {
            "posts": [views.post_view(post, Audience.MODERATORS) for post in moved],
            "refused": [{"id": post.id, "state": post.state} for post in refused],
        }
        | await still_shown_by(context, board, wanted.state)
    )


async def delete_votes(request: Request) -> Response:
    """Of phones that came in the last `minutes`, or at `since` or later."""
    context, board, actor = await moderator_of(request)
    minutes = request.query_params.get("minutes")
    if minutes is not None:  # counted here: a desk whose clock is slow would take back the votes of an hour
        since = context.store.now() - requests.minutes(minutes) * 60_000_000
    else:
        since = requests.microseconds(request.query_params.get("since", ""), "since")
    posts, votes = await moderators.take_back_votes(context.store, board, actor, since)
    return answer_json({"posts": [views.post_view(post, Audience.MODERATORS) for post in posts], "votes": votes})


async def patch_board(request: Request) -> Response:
    """Switches by a moderator; all settings by an organiser, whose picture of the board is larger than other requests are."""
    context, board = await writer_of(request)
    organiser = context.access.actor(request, board, Role.ORGANISER)
    actor = organiser or context.access.require(request, board, Role.MODERATOR)
    wanted = await body_of(request, preparing.Settings, SETTINGS_BYTES if organiser else BODY_BYTES)
    changed, repaired = await settings.change_settings(context.store, board, actor, wanted)
    if wanted.teams is not msgspec.UNSET:
        context.roster_changed(board.id)
    answer: dict[str, object] = {"board": views.board_view(changed, Audience.MODERATORS)}
    return answer_json(answer | ({"repaired": [each._asdict() for each in repaired]} if repaired else {}))


async def put_mute(request: Request) -> Response:
    context, board, actor = await moderator_of(request)
    muted = request.method == "PUT"
    participant = await people.mute(context.store, board, actor, request.path_params["id"], muted)
    return answer_json({"participant": participant.id, "muted": muted})


async def delete_holder(request: Request) -> Response:
    """Releases a name of the roster for another phone, with its posts where `posts` is `along`."""
    context, board, actor = await moderator_of(request)
    posts = request.query_params.get("posts", "stay")
    if posts not in ("stay", "along"):
        raise Invalid("posts-stay-or-along", field="posts")
    person = await people.free_name(context.store, board, actor, request.path_params["id"], posts == "along")
    (await context.rosters.of(board.id)).hold(person.id, None)
    return answer_json({"person": views.person_view(person, None)})
