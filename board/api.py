"""HTTP under `/api/b/CODE`: reads and writes, answered in JSON."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, or_, select, true
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from board import messages, requests, rows, schema, search, views
from board.actions import attendees, moderators, people, screens, setup
from board.channel import Channel
from board.context import Context, context_of
from board.limits import Phone
from board.lookup import QUESTIONS_A_STEP, SIMILAR_FOUND
from board.models import (
    BODY_BYTES,
    Actor,
    Audience,
    Board,
    Forbidden,
    Invalid,
    Kind,
    NotFound,
    Person,
    Post,
    Reaction,
    Recipient,
    Role,
    State,
    TooLarge,
    WrongType,
)
from board.queries import page
from board.reading import takes_gzip, whole
from board.sockets import events

T = TypeVar("T")
Endpoint = Callable[[Request], Awaitable[Response]]

PAGE_LIMIT = 100
MINE_LIMIT = 500
AUDIT_LIMIT = 500
_AUTHORS_FIELDS = {"text", "theme"}
_MODERATORS_FIELDS = {"reason", "pinned", "answered", "answer", "session", "expect", "expect_to"}
_FEEDS = {"": Audience.PUBLIC, "screen": Audience.PUBLIC, "moderate": Audience.MODERATORS}


# -- reading -------------------------------------------------------------------------------------------------------


async def get_snapshot(request: Request) -> Response:
    context, board = await _board(request)
    audience = _audience(context, request, board)
    feed = await context.hub.fresh(board.id)
    etag = f'W/"{feed.board.epoch}-{feed.board.seq}-{audience[0]}"'  # weak: it names the contents, compressed or not
    headers = {"ETag": etag, "Vary": "Accept-Encoding, Cookie"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    plain, compressed = await feed.body(audience)
    if takes_gzip(request.headers.get("accept-encoding", "")):
        return Response(compressed, media_type="application/json", headers=headers | {"Content-Encoding": "gzip"})
    return Response(plain, media_type="application/json", headers=headers)


async def get_posts(request: Request) -> Response:
    """Older posts, newest first."""
    context, board = await _board(request)
    query, table = request.query_params, schema.posts
    audience = _searching(context, request, board)
    limit = _limit(query.get("limit"))
    conditions: list[Any] = []
    if audience is Audience.PUBLIC:
        conditions.append(table.c.state == State.VISIBLE)
    elif (state := query.get("state")) is not None:
        conditions.append(table.c.state == _one_of(State, state, "state"))
    if (kind := query.get("kind")) is not None:
        conditions.append(table.c.kind == _one_of(Kind, kind, "kind"))
    if (session := query.get("session")) is not None:
        conditions.append(table.c.session == session)
    if (author := query.get("author")) is not None and audience is Audience.MODERATORS:
        conditions.append(table.c.participant == author)
    conditions += search.finds(search.words(query.get("q", "")))
    if (person := query.get("person")) is not None:
        channel = await context.channel(request)
        conditions.append(_goes_to(person, (await context.hub.roster(channel)).people.get(person)))
    before = query.get("before")
    # Whether a post that is not public exists is nobody's business.
    known = schema.posts.c.state == State.VISIBLE if audience is Audience.PUBLIC else true()

    def read(connection: Connection) -> bytes:
        posts = page(connection, board.id, limit + 1, before, *conditions, known=known)
        shown = messages.fitting(views.post_view(post, audience) for post in posts[:limit])
        return views.encode({"posts": shown, "more": len(posts) > len(shown)})

    return Response(await context.store.read(read), media_type="application/json")


def _searching(context: Context, request: Request, board: Board) -> Audience:
    """Who reads older posts. Searching is for moderators, and what they find is all that they may see: else a search of hidden
    posts would tell everybody, word by word, what they say."""
    audience, query = _audience(context, request, board), request.query_params
    if "q" in query:
        context.access.require(request, board, Role.MODERATOR)
    elif "state" not in query or context.access.actor(request, board, Role.MODERATOR) is None:
        return audience
    return Audience.MODERATORS


def _goes_to(person_id: str, person: Person | None) -> ColumnElement[bool]:
    """Cards for this person of the roster, also where the name was typed, and for the person's team."""
    to = schema.posts.c.to
    chosen = to.contains(f'"person":{rows.to_json(person_id)}', autoescape=True)
    if person is None:
        return chosen
    also = [Recipient(person.name, person.team)]
    if person.team:  # as `recipients.js` names a whole team
        whole = f"The {person.team} team"
        also += [Recipient(whole, person.team), Recipient(whole), Recipient(person.team)]
    return or_(chosen, *(to.contains(rows.to_json(one), autoescape=True) for one in also))


async def get_mine(request: Request) -> Response:
    """Own posts with their state, own votes and reactions, and what a phone has to know before somebody writes: whether its
    cookie came back (else every write is refused), whether it is muted, and whether names are those of a roster."""
    context, board = await _board(request)
    device = context.access.device(request)
    if device is None:
        unknown = {"cookie": False, "roster": False, "muted": False, "participant": None}
        return _json(unknown | {"posts": [], "votes": [], "reactions": {}})
    named, pseudonym = _ids(context, board, device)

    def read(connection: Connection) -> bytes:
        participants, votes, reactions = schema.participants, schema.votes, schema.reactions
        own = select(participants).where(participants.c.board_id == board.id, participants.c.id.in_((named, pseudonym)))
        ids = {row.id: rows.participant_from(row) for row in connection.execute(own)}
        posts = page(connection, board.id, MINE_LIMIT, None, schema.posts.c.participant.in_((named, pseudonym)))
        voted = connection.execute(select(votes.c.post_id).where(votes.c.board_id == board.id, votes.c.participant == named))
        reacted: dict[str, list[str]] = {}
        for mark in connection.execute(
            select(reactions.c.post_id, reactions.c.key).where(
                reactions.c.board_id == board.id, reactions.c.participant == named
            )
        ):
            reacted.setdefault(mark.post_id, []).append(mark.key)
        people = select(schema.people.c.id).where(schema.people.c.board_id == board.id).limit(1)
        own_state = {
            "cookie": True,
            "roster": connection.execute(people).first() is not None,
            "muted": any(participant.muted for participant in ids.values()),
            "participant": views.participant_view(ids.get(named)),
            "posts": [views.own_view(post) for post in posts],
            "votes": list(voted.scalars()),
            "reactions": reacted,
        }
        return views.encode(own_state)  # here, in a thread: 500 posts of the heaviest letters are megabytes

    return Response(await context.store.read(read), media_type="application/json")


async def get_people(request: Request) -> Response:
    """Who on the roster is called so."""
    context, channel, phone = await _looking_up(request)
    roster = await context.hub.roster(channel)
    participant = phone.participant if phone else None
    found = roster.find(request.query_params.get("q", ""))
    return _json({"people": [views.person_view(person, participant) for person in found]})


async def get_similar(request: Request) -> Response:
    """Open questions like this one, so that people vote in place of asking again."""
    _, channel, _ = await _looking_up(request)
    feed, session = channel.feed, request.query_params.get("session")
    while True:
        if channel.similar.follow(feed.open_questions(), QUESTIONS_A_STEP):
            break
        await asyncio.sleep(0)  # others have their turn
    posts = [feed.posts[post_id] for post_id in channel.similar.find(request.query_params.get("text", ""))]
    found = [post for post in posts if session is None or post.session == (session or None)]
    return _json({"posts": [views.post_view(post) for post in found[:SIMILAR_FOUND]]})


async def get_bridges(request: Request) -> Response:
    """Between which teams cards went, over all cards of the board: what the map shows."""
    context = context_of(request)
    feed = (await context.channel(request)).feed
    teams, bridges = feed.totals.bridges(team.name for team in feed.board.teams)
    return _json({"teams": teams, "bridges": [{"teams": [one, other], "cards": count} for one, other, count in bridges]})


async def get_audit(request: Request) -> Response:
    """Who did what, when; newest first."""
    context, board = await _board(request)
    context.access.require(request, board, Role.MODERATOR)
    table = schema.audit

    def read(connection: Connection) -> list[dict[str, Any]]:
        lines = connection.execute(
            select(table).where(table.c.board_id == board.id).order_by(table.c.id.desc()).limit(AUDIT_LIMIT)
        )
        return [
            {
                "at": views.iso(line.at),
                "actor": line.actor,
                "action": line.action,
                "post": line.post_id,
                "detail": line.detail,
            }
            for line in lines
        ]

    return _json({"entries": await context.store.read(read)})


# -- attendees -----------------------------------------------------------------------------------------------------


async def post_join(request: Request) -> Response:
    context, board = await _writing(request)
    wanted = await _body(request, requests.Join)
    device = context.access.require_device(request)
    named, _ = _ids(context, board, device)
    with context.limits.mark(context.access.phone(device, board), board.id):
        roster = await context.hub.roster(await context.channel(request))
        namesakes = roster.namesakes(wanted.name, wanted.person) if wanted.name or wanted.person else []
        participant = await attendees.join(context.store, board.id, named, wanted, namesakes)
    if participant.person:
        roster.hold(participant.person, participant.id)
    return _json({"participant": views.participant_view(participant)})


async def post_post(request: Request) -> Response:
    context, board = await _writing(request)
    wanted = requests.parse_post(await _bytes(request))
    device = context.access.require_device(request)
    named, pseudonym = _ids(context, board, device)
    with context.limits.post(context.access.phone(device, board), board.id):
        called = (await context.hub.roster(await context.channel(request))).called
        post, new = await attendees.submit(context.store, board.id, named, pseudonym, wanted, called)
    return _json({"post": views.own_view(post)}, 201 if new else 200)


async def patch_post(request: Request) -> Response:
    """A moderator's request and an author's differ by their fields, so that a moderator's own phone can do both. `to` is
    either: whose card it is decides, inside the transaction."""
    context, board = await _writing(request)
    actor = context.access.actor(request, board, Role.MODERATOR)
    body = await _bytes(request)
    fields = requests.parse(body, dict[str, Any])
    if actor is not None and not _is_authors(fields):
        moderation = requests.parse(body, requests.Moderation)
        moderated = await _moderated(request, context, board, actor, moderation)
        return _json({"post": views.post_view(moderated, Audience.MODERATORS)} | await _still_shown(request, moderation.state))
    device = context.access.require_device(request)
    if fields.keys() & _MODERATORS_FIELDS:
        raise Forbidden("Only a moderator may do this.")
    post_id, wanted = _post_id(request), requests.parse(body, requests.Edit)
    with context.limits.mark(context.access.phone(device, board), board.id):
        called = (await context.hub.roster(await context.channel(request))).called
        edited = await attendees.edit(context.store, board.id, _ids(context, board, device), post_id, wanted, called)
    return _json({"post": views.own_view(edited)})


async def _moderated(request: Request, context: Context, board: Board, actor: Actor, moderation: requests.Moderation) -> Post:
    post_id = _post_id(request)
    if moderation.to is None:  # a hide waits for no roster
        return await moderators.moderate(context.store, board.id, actor, post_id, moderation)
    device = context.access.device(request)
    own = _ids(context, board, device) if device else ()
    called = (await context.hub.roster(await context.channel(request))).called
    return await moderators.moderate(context.store, board.id, actor, post_id, moderation, called, own)


async def _still_shown(request: Request, state: State | None) -> dict[str, Any]:
    """After a hide: the screens that could not hear of it. Empty where there are none."""
    if state in (None, State.VISIBLE):
        return {}
    context = context_of(request)
    screens = (await context.channel(request)).presence.still_shown()
    return {"still_shown": screens} if screens else {}


async def put_vote(request: Request) -> Response:
    context, board = await _writing(request)
    device = context.access.require_device(request)
    on, post_id, phone = request.method == "PUT", _post_id(request), context.access.phone(device, board)
    with context.limits.mark(phone, board.id, votes=True):
        came_at = context.access.came_at(device) * 1_000_000
        post = await attendees.vote(context.store, board.id, phone.participant, post_id, on, came_at)
    if on:
        context.hub.voted(board.id, phone.participant)
    return _json({"votes": post.votes, "voted": on})


async def put_reaction(request: Request) -> Response:
    context, board = await _writing(request)
    device = context.access.require_device(request)
    try:
        reaction = Reaction(request.path_params["key"])
    except ValueError:
        raise NotFound("There is no such reaction.") from None
    on, post_id, phone = request.method == "PUT", _post_id(request), context.access.phone(device, board)
    with context.limits.mark(phone, board.id):
        post, mine = await attendees.react(context.store, board.id, phone.participant, post_id, reaction, on)
    return _json({"reactions": post.reactions, "mine": mine})


# -- moderators ----------------------------------------------------------------------------------------------------


async def post_bulk(request: Request) -> Response:
    context, board, actor = await _moderator(request)
    wanted = await _body(request, requests.Bulk)
    moved, refused = await moderators.moderate_all(context.store, board.id, actor, wanted)
    return _json(
        {
            "posts": [views.post_view(post, Audience.MODERATORS) for post in moved],
            "refused": [{"id": post.id, "state": post.state} for post in refused],
        }
        | await _still_shown(request, wanted.state)
    )


async def delete_votes(request: Request) -> Response:
    """Of phones that came in the last `minutes`, or at `since` or later."""
    context, board, actor = await _moderator(request)
    minutes = request.query_params.get("minutes")
    if minutes is not None:  # counted here: a desk whose clock is slow would take back the votes of an hour
        since = context.store.now() - requests.minutes(minutes) * 60_000_000
    else:
        since = requests.microseconds(request.query_params.get("since", ""), "since")
    posts, votes = await moderators.take_back_votes(context.store, board.id, actor, since)
    return _json({"posts": [views.post_view(post, Audience.MODERATORS) for post in posts], "votes": votes})


async def put_screen(request: Request) -> Response:
    context, board, actor = await _moderator(request)
    screen = await screens.present(context.store, board.id, actor, await _body(request, requests.NewScreen))
    return _json({"screen": views.screen_view(screen)})


async def patch_board(request: Request) -> Response:
    context, board, actor = await _moderator(request)
    changed = await setup.change_board(context.store, board.id, actor, await _body(request, requests.BoardChange))
    return _json({"board": views.board_view(changed, Audience.MODERATORS)})


async def patch_session(request: Request) -> Response:
    context, board, actor = await _moderator(request)
    change = await _body(request, requests.SessionChange)
    session = await setup.change_session(context.store, board.id, actor, request.path_params["id"], change)
    return _json({"session": session})


async def put_mute(request: Request) -> Response:
    context, board, actor = await _moderator(request)
    muted = request.method == "PUT"
    participant = await people.mute(context.store, board.id, actor, request.path_params["id"], muted)
    return _json({"participant": participant.id, "muted": muted})


async def delete_holder(request: Request) -> Response:
    """Frees a name of the roster for another phone, with its posts where `posts` is `along`."""
    context, board, actor = await _moderator(request)
    posts = request.query_params.get("posts", "stay")
    if posts not in ("stay", "along"):
        raise Invalid("“posts” is “stay” or “along”.", field="posts")
    person = await people.free_name(context.store, board.id, actor, request.path_params["id"], posts == "along")
    (await context.hub.roster(await context.channel(request))).hold(person.id, None)
    return _json({"person": views.person_view(person, None)})


_ROUTES: list[tuple[str, Endpoint, list[str]]] = [
    ("", get_snapshot, ["GET"]),
    ("", patch_board, ["PATCH"]),
    ("/events", events, ["GET"]),
    ("/posts", get_posts, ["GET"]),
    ("/posts", post_post, ["POST"]),
    ("/posts/bulk", post_bulk, ["POST"]),
    ("/posts/{id}", patch_post, ["PATCH"]),
    ("/posts/{id}/vote", put_vote, ["PUT", "DELETE"]),
    ("/votes", delete_votes, ["DELETE"]),
    ("/posts/{id}/reactions/{key}", put_reaction, ["PUT", "DELETE"]),
    ("/mine", get_mine, ["GET"]),
    ("/people", get_people, ["GET"]),
    ("/people/{id}/holder", delete_holder, ["DELETE"]),
    ("/similar", get_similar, ["GET"]),
    ("/bridges", get_bridges, ["GET"]),
    ("/join", post_join, ["POST"]),
    ("/screen", put_screen, ["PUT"]),
    ("/sessions/{id}", patch_session, ["PATCH"]),
    ("/participants/{id}/mute", put_mute, ["PUT", "DELETE"]),
    ("/audit", get_audit, ["GET"]),
]
routes = [Route("/api/b/{code}" + path, endpoint, methods=methods) for path, endpoint, methods in _ROUTES]


# -- who, which board, what body -----------------------------------------------------------------------------------


async def _board(request: Request) -> tuple[Context, Board]:
    context = context_of(request)
    board = (await context.channel(request)).feed.board
    if request.method == "GET":
        context.give_cookie(request)
    return context, board


async def _looking_up(request: Request) -> tuple[Context, Channel, Phone | None]:
    context, board = await _board(request)
    device = context.access.device(request)
    phone = context.access.phone(device, board) if device else None
    context.limits.look_up(phone, context.access.place(request), board.id)
    return context, await context.channel(request), phone


def _unsafe(context: Context, request: Request) -> None:
    """A form on another site can send neither this content type nor our Origin."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise WrongType("Please send JSON, with the header Content-Type: application/json.")
    if not context.access.same_origin(request):
        raise Forbidden("The page that sent this is not ours.")


async def _writing(request: Request) -> tuple[Context, Board]:
    """First what costs nothing to check, last what a phone has left to spend: a request that is none spends nothing."""
    context, board = await _board(request)
    _unsafe(context, request)
    return context, board


async def _moderator(request: Request) -> tuple[Context, Board, Actor]:
    context, board = await _writing(request)
    return context, board, context.access.require(request, board, Role.MODERATOR)


def _audience(context: Context, request: Request, board: Board) -> Audience:
    audience = _FEEDS.get(request.query_params.get("feed", ""))
    if audience is None:
        raise Invalid("There is no such feed.", field="feed")
    if audience is Audience.MODERATORS:
        context.access.require(request, board, Role.MODERATOR)
    return audience


def _ids(context: Context, board: Board, device: str) -> tuple[str, str]:
    """The participant under a name, and the one without."""
    return context.access.participant(device, board), context.access.participant(device, board, anonymous=True)


def _post_id(request: Request) -> str:
    try:
        return str(UUID(request.path_params["id"]))
    except ValueError:
        raise NotFound("This post is not on the board.") from None


def _is_authors(fields: dict[str, Any]) -> bool:
    return bool(fields.keys() & _AUTHORS_FIELDS) or fields.get("state") == State.WITHDRAWN


async def _body(request: Request, shape: type[T]) -> T:
    return requests.parse(await _bytes(request), shape)


async def _bytes(request: Request) -> bytes:
    body = bytearray()
    promised = request.headers.get("content-length", "")
    if not (promised.isdecimal() and int(promised[:20]) > BODY_BYTES):
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_BYTES:
                break
        else:
            return bytes(body)
    raise TooLarge(f"A request has at most {BODY_BYTES // 1024} KiB.")


def _limit(value: str | None) -> int:
    if value is None:
        return PAGE_LIMIT
    limit = whole(value, 1, PAGE_LIMIT)
    if limit is None:
        raise Invalid(f"“limit” is a whole number from 1 to {PAGE_LIMIT}.", field="limit")
    return limit


def _one_of(choices: type[State] | type[Kind], value: str, field: str) -> str:
    if value not in list(choices):
        raise Invalid(f"“{field}” is one of {', '.join(choices)}.", field=field)
    return value


def _json(value: object, status: int = 200) -> Response:
    return Response(views.encode(value), status, media_type="application/json")
