"""Reading by HTTP: snapshot, pages of posts, what is one's own, look-ups."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from zlib import crc32

from starlette.requests import Request
from starlette.responses import Response

from board.data import search
from board.data.everything import audit
from board.data.older import Wanted, older
from board.data.own import own
from board.data.store import Connection
from board.data.story import story_cards
from board.model import messages, views
from board.model.farthest import farthest
from board.model.film import Sent, film
from board.model.lookup import QUESTIONS_A_STEP, SIMILAR_FOUND
from board.model.models import (
    NAME_GRAPHEMES,
    QUESTION_TEXT_GRAPHEMES,
    Audience,
    Board,
    Kind,
    Role,
    State,
)
from board.model.showing import stage_of
from board.model.story import StoryCard, story
from board.model.text import CODE_POINTS_PER_GRAPHEME
from board.process.land import land
from board.process.places import places
from board.web.api.parts import answer_json, audience_of, board_of, id_asked, ids_of, looking_up, one_of, page_limit, text_asked
from board.web.context import Context, context_of, require_code
from board.web.reading import room_asked, takes_gzip

MINE_LIMIT = 500
AUDIT_LIMIT = 500
# Nothing that can be sent is longer: a name and its team, which are looked up together, or a question.
TYPED_NAME_CODE_POINTS = (NAME_GRAPHEMES[1] * 2 + 1) * CODE_POINTS_PER_GRAPHEME
TYPED_QUESTION_CODE_POINTS = QUESTION_TEXT_GRAPHEMES[1] * CODE_POINTS_PER_GRAPHEME


async def get_snapshot(request: Request) -> Response:
    context, board = await board_of(request)
    audience = audience_of(context, request, board)
    feed = await context.hub.fresh(board.id)
    require_code(feed.board, board.code)
    screen = _screen_of(context, request, feed.board)
    which = f"{crc32(screen.encode()):x}" if screen else (feed.scenes.mark if audience is Audience.MODERATORS else "")
    # Weak: it names the contents, compressed or not.
    etag = f'W/"{feed.epoch_for(audience)}-{feed.board.seq}-{audience[0]}{which}"'
    headers = {"ETag": etag, "Vary": "Accept-Encoding, Cookie"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    plain, compressed = await feed.body(audience, screen)
    if takes_gzip(request.headers.get("accept-encoding", "")):
        return Response(compressed, media_type="application/json", headers=headers | {"Content-Encoding": "gzip"})
    return Response(plain, media_type="application/json", headers=headers)


def _screen_of(context: Context, request: Request, board: Board) -> str:
    """The id of the large screen that asks for its own scene, or a stage; "": everybody else, and a program
    without a screen's link."""
    if request.query_params.get("feed") == "stage":
        return stage_of(room_asked(request, "screen"))
    if request.query_params.get("feed") != "screen":
        return ""
    if "screen" in request.query_params:
        return context.access.require_screen(request, board)[1].id
    found = context.access.at_screen(request, board)
    return found[1].id if found else ""


async def get_posts(request: Request) -> Response:
    """Older posts, newest first."""
    context, board = await board_of(request)
    query = request.query_params
    audience = _searching(context, request, board)
    limit = page_limit(query.get("limit"))
    state = query.get("state") if audience is Audience.MODERATORS else None
    kind = query.get("kind")
    wanted = Wanted(
        audience,
        state=None if state is None else State(one_of(State, state, "state")),
        kind=None if kind is None else Kind(one_of(Kind, kind, "kind")),
        session=id_asked(request, "session"),
        author=id_asked(request, "author"),
        words=search.words(query.get("q", "")),
    )
    if (person := id_asked(request, "person")) is not None:
        wanted = replace(wanted, person=person, named=(await context.rosters.of(board.id)).people.get(person))
    before = id_asked(request, "before")

    def read(connection: Connection) -> bytes:
        posts = older(connection, board.id, limit + 1, before, wanted)
        shown = messages.fitting(views.post_view(post, audience) for post in posts[:limit])
        return views.encode({"posts": shown, "more": len(posts) > len(shown)})

    return Response(await context.store.read(read), media_type="application/json")


def _searching(context: Context, request: Request, board: Board) -> Audience:
    """The reader of older posts. Only moderators search, among all posts that they may see: otherwise anybody could find out
    the text of hidden posts, word by word."""
    audience, query = audience_of(context, request, board), request.query_params
    if "q" in query:
        context.access.require(request, board, Role.MODERATOR)
    elif "state" not in query or context.access.actor(request, board, Role.MODERATOR) is None:
        return audience
    return Audience.MODERATORS


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
        found = own(connection, board.id, named, pseudonym, MINE_LIMIT)
        own_state = {
            "cookie": True,
            "roster": found.roster,
            "muted": found.muted,
            "participant": views.participant_view(found.participant),
            "posts": [views.own_view(post) for post in found.posts],
            "votes": found.votes,
            "reactions": found.reactions,
        }
        return views.encode(own_state)  # here, in a thread: 500 posts of the heaviest letters are megabytes

    return Response(await context.store.read(read), media_type="application/json")


async def get_people(request: Request) -> Response:
    """People on the roster with such a name."""
    typed = text_asked(request, "q", TYPED_NAME_CODE_POINTS)
    context, channel, phone = await looking_up(request)
    roster = await context.rosters.of(channel.feed.board.id)
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
    return answer_json({"teams": teams, "bridges": [bridge._asdict() for bridge in bridges]})


async def get_story(request: Request) -> Response:
    """All cards as colours, all names, the film of the map, the farthest bridge: for large screens and staff, as it is the
    whole list of who is here."""
    context, board = await board_of(request)
    context.access.require(request, board, Role.SCREEN)
    cards = await context.store.read(lambda connection: story_cards(connection, board))
    return answer_json(await asyncio.to_thread(_story, board, cards))


def _story(board: Board, cards: Sequence[StoryCard]) -> dict[str, Any]:
    colours = {theme.id: theme.colour for theme in board.themes}
    teams = [team.name for team in board.teams]
    sent = [Sent(card.created_at, card.author_team, [one.team for one in card.to]) for card in cards]
    found = story(cards, colours, teams) | {"film": film(sent, teams, board.time_zone)}
    ways = ((card.giver, team) for card in sent for team in card.teams if card.giver and team and team != card.giver)
    far = farthest(ways, places(), land())
    return found | ({"farthest": far._asdict() | {"globe": far.globe._asdict()}} if far else {})


async def get_audit(request: Request) -> Response:
    """The audit trail, newest first."""
    context, board = await board_of(request)
    context.access.require(request, board, Role.MODERATOR)
    lines = await context.store.read(lambda connection: audit(connection, board.id, AUDIT_LIMIT))
    return answer_json({"entries": [views.line_view(*line) for line in lines]})
