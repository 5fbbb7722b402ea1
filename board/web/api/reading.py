"""Reading by HTTP: snapshot, pages of posts, what is one's own, look-ups."""

from __future__ import annotations

import asyncio
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select, true
from starlette.requests import Request
from starlette.responses import Response

from board.data import rows, schema, search
from board.data.queries import page
from board.model import messages, views
from board.model.lookup import QUESTIONS_A_STEP, SIMILAR_FOUND
from board.model.models import (
    NAME_GRAPHEMES,
    QUESTION_TEXT_GRAPHEMES,
    Audience,
    Board,
    Kind,
    Person,
    Recipient,
    Role,
    State,
)
from board.model.text import CODE_POINTS_PER_GRAPHEME
from board.web.api.parts import answer_json, audience_of, board_of, id_asked, ids_of, looking_up, one_of, page_limit, text_asked
from board.web.context import Context, context_of
from board.web.reading import takes_gzip

MINE_LIMIT = 500
AUDIT_LIMIT = 500
# Nothing that can be sent is longer: a name and its team, which are looked up together, or a question.
TYPED_NAME_CODE_POINTS = (NAME_GRAPHEMES[1] * 2 + 1) * CODE_POINTS_PER_GRAPHEME
TYPED_QUESTION_CODE_POINTS = QUESTION_TEXT_GRAPHEMES[1] * CODE_POINTS_PER_GRAPHEME


async def get_snapshot(request: Request) -> Response:
    context, board = await board_of(request)
    audience = audience_of(context, request, board)
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
    context, board = await board_of(request)
    query, table = request.query_params, schema.posts
    audience = _searching(context, request, board)
    limit = page_limit(query.get("limit"))
    conditions: list[Any] = []
    if audience is Audience.PUBLIC:
        conditions.append(table.c.state == State.VISIBLE)
    elif (state := query.get("state")) is not None:
        conditions.append(table.c.state == one_of(State, state, "state"))
    if (kind := query.get("kind")) is not None:
        conditions.append(table.c.kind == one_of(Kind, kind, "kind"))
    if (session := id_asked(request, "session")) is not None:
        conditions.append(table.c.session == session)
    if (author := id_asked(request, "author")) is not None and audience is Audience.MODERATORS:
        conditions.append(table.c.participant == author)
    conditions += search.finds(search.words(query.get("q", "")))
    if (person := id_asked(request, "person")) is not None:
        channel = await context.channel(request)
        conditions.append(_goes_to(person, (await context.hub.roster(channel)).people.get(person)))
    before = id_asked(request, "before")
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
    audience, query = audience_of(context, request, board), request.query_params
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
    context, board = await board_of(request)
    device = context.access.device(request)
    if device is None:
        unknown = {"cookie": False, "roster": False, "muted": False, "participant": None}
        return answer_json(unknown | {"posts": [], "votes": [], "reactions": {}})
    named, pseudonym = ids_of(context, board, device)

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
    typed = text_asked(request, "q", TYPED_NAME_CODE_POINTS)
    context, channel, phone = await looking_up(request)
    roster = await context.hub.roster(channel)
    participant = phone.participant if phone else None
    # In a thread: among ten thousand people it takes ten times as long as others may wait.
    found = await asyncio.to_thread(roster.find, typed)
    return answer_json({"people": [views.person_view(person, participant) for person in found]})


async def get_similar(request: Request) -> Response:
    """Open questions like this one, so that people vote in place of asking again."""
    typed, session = text_asked(request, "text", TYPED_QUESTION_CODE_POINTS), id_asked(request, "session")
    _, channel, _ = await looking_up(request)
    feed = channel.feed
    while True:
        if channel.similar.follow(feed.open_questions(), QUESTIONS_A_STEP):
            break
        await asyncio.sleep(0)  # others have their turn
    posts = [feed.posts[post_id] for post_id in channel.similar.find(typed)]
    found = [post for post in posts if session is None or post.session == (session or None)]
    return answer_json({"posts": [views.post_view(post) for post in found[:SIMILAR_FOUND]]})


async def get_bridges(request: Request) -> Response:
    """Between which teams cards went, over all cards of the board: what the map shows."""
    context = context_of(request)
    feed = (await context.channel(request)).feed
    teams, bridges = feed.totals.bridges(team.name for team in feed.board.teams)
    return answer_json({"teams": teams, "bridges": [{"teams": [one, other], "cards": count} for one, other, count in bridges]})


async def get_audit(request: Request) -> Response:
    """Who did what, when; newest first."""
    context, board = await board_of(request)
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

    return answer_json({"entries": await context.store.read(read)})
