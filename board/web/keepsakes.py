"""Keepsakes: what a person takes home, behind a link of its own, and on paper for the organiser.

    /b/CODE/people/ID?key=K

ID is an entry of the roster, or `name.` and a keyed digest of a name that was typed. The key is a keyed hash of the board, the
ID and, for an entry of the roster, its seal: a name that is released gets another seal, so old links open nothing any more.
The page holds its style, its letters and its pictures: saved as a file it is whole without a server.
"""

from __future__ import annotations

import asyncio
import csv
import hashlib
import hmac
import io
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from board.data import badges, own
from board.data.afterwards import Gathered
from board.model import brilliant
from board.model.catalogue import Catalogue
from board.model.consent import Layer, may_show
from board.model.folding import fold
from board.model.keepsakes import Keepsake, Who, keepsakes, teams, typed
from board.model.models import Board, Kind, NotFound, Role
from board.model.text import graphemes
from board.transfer.exports import harmless
from board.web.afterwards import about
from board.web.api.parts import answer_json, board_of, ids_of, looking_up
from board.web.context import Context
from board.web.inlined import LETTERS, style, whole
from board.web.templating import drawn, filled

KEY_BYTES, NAME_DIGITS = 16, 20
KEY_CHARACTERS, ID_CHARACTERS = 40, 80
NAME_ID = "name."
SHEETS_A_PAGE = 60
POSTER_CARDS = 8
STYLES = ("base.css", "keepsake.css", "print-a5.css")
# Nothing comes from elsewhere, and nothing goes there; the page is also read where no server sends this.
POLICY = (
    "default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
LIST_HEAD = ("name", "team", "cards got", "cards given", "link")
_LENGTHS = ((9, "short"), (16, "medium"), (28, "long"))


def name_id(secret_key: str, board_id: int, who: Who) -> str:
    """Of a typed name. Nobody can look one up without the key."""
    words = f"name\n{board_id}\n{who[0]}\n{who[1]}".encode()
    return NAME_ID + hmac.new(secret_key.encode(), words, hashlib.sha256).hexdigest()[:NAME_DIGITS]


def key_of(secret_key: str, board_id: int, who_id: str, seal: str) -> str:
    words = f"keepsake\n{board_id}\n{who_id}\n{seal}".encode()
    digest = hmac.new(secret_key.encode(), words, hashlib.sha256).digest()[:KEY_BYTES]
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def address(context: Context, board: Board, who_id: str, seal: str) -> str:
    """Without the server."""
    return f"/b/{board.code}/people/{who_id}?key={key_of(context.settings.secret_key, board.id, who_id, seal)}"


# -- one page ------------------------------------------------------------------------------------------------------


async def show(request: Request) -> Response:
    """To everybody who has the link, and to organisers."""
    context, board = await board_of(request)
    who_id, key = request.path_params["id"], request.query_params.get("key", "")
    if len(who_id) > ID_CHARACTERS or len(key) > KEY_CHARACTERS:
        raise NotFound("keepsake-unknown")
    by_name = who_id.startswith(NAME_ID)
    person = None if by_name else await context.store.read(lambda connection: badges.one(connection, board.id, who_id))
    expected = key_of(context.settings.secret_key, board.id, who_id, person.seal if person else "")
    proven = hmac.compare_digest(expected.encode(), key.encode()) and (by_name or person is not None)
    if not proven and context.access.actor(request, board, Role.ORGANISER) is None:
        raise NotFound("keepsake-unknown")
    await looking_up(request)
    found = await context.afterwards.of(board.id)
    secret, catalogue = context.settings.secret_key, context.catalogue(request)
    kept = await asyncio.to_thread(_one, found, who_id, secret)
    return await asyncio.to_thread(_page, request, found, kept, catalogue)


def _one(found: Gathered, who_id: str, secret_key: str) -> Keepsake:
    names, board_id = found.names, found.board.id
    if who_id in names.people:
        person, who = names.people[who_id], ("", who_id)
        return keepsakes(found.posts, names, who).get(who) or Keepsake(person.name, person.team)
    cards = [post for post in found.posts if post.kind is Kind.CARD]
    known = {names.recipient(to) for card in cards for to in card.to} | {names.author(card) for card in cards}
    for who in [*(one for one in known if one and one[0]), *names.typed]:
        if name_id(secret_key, board_id, who) == who_id:
            phone = names.typed.get(who)
            empty = Keepsake(phone.name or "", phone.team) if phone else None
            kept = keepsakes(found.posts, names, who).get(who) or empty
            if kept:
                return kept
    raise NotFound("keepsake-unknown")


def _page(request: Request, found: Gathered, kept: Keepsake, catalogue: Catalogue) -> Response:
    values = page_values(found.board, kept, catalogue) | {"home": f"/b/{found.board.code}"}
    saving = "save" in request.query_params
    if saving:
        return Response(
            whole(filled("keepsake.html", catalogue, **values | {"home": ""})),
            media_type="text/html",
            headers={"Content-Disposition": 'attachment; filename="keepsake.html"', "Content-Security-Policy": POLICY},
        )
    values["save"] = f"{request.url.path}?{request.url.query}{'&' if request.url.query else ''}save=1"
    html = whole(drawn(request, "keepsake.html", **values))
    return Response(html, media_type="text/html", headers={"Content-Security-Policy": POLICY.format(nonce=request.state.nonce)})


def page_values(board: Board, kept: Keepsake, catalogue: Catalogue) -> dict[str, Any]:
    """For `keepsake.html`, which is also a file: `save` and `home` are addresses of a server, empty in a file."""
    return about(board, catalogue) | {"style": style(*STYLES), "letters": LETTERS, "save": "", "home": ""} | _look(board, kept)


def _look(board: Board, kept: Keepsake) -> dict[str, Any]:
    colours = {theme.id: theme.colour for theme in board.themes}
    cut = [colours.get(card.theme or "", 0) for card in kept.got]
    return {"kept": kept, "stone": brilliant.stone(cut), "length": length(kept.name)}


def length(name: str) -> str:
    """The class whose size is safe for a name of so many letters."""
    letters = max((graphemes(word) for word in name.split()), default=0)
    return next((size for most, size in _LENGTHS if max(letters, graphemes(name) // 2) <= most), "endless")


# -- the phone -----------------------------------------------------------------------------------------------------


async def get_keepsake(request: Request) -> Response:
    """The link of this phone's keepsake. Raises `NotFound` where the phone has no name."""
    context, board = await board_of(request)
    device = context.access.device(request)
    named = ids_of(context, board, device)[0] if device else ""
    participant = (await context.store.read(lambda connection: own.participants(connection, board.id, [named]))).get(named)
    if participant is None or participant.name is None:
        raise NotFound("keepsake-needs-name")
    if participant.person:
        person = await context.store.read(lambda connection: badges.one(connection, board.id, participant.person or ""))
        if person is not None:
            return answer_json({"url": address(context, board, person.id, person.seal)})
    who = typed(participant.name, participant.team)
    return answer_json({"url": address(context, board, name_id(context.settings.secret_key, board.id, who), "")})


# -- sheets for the organiser ----------------------------------------------------------------------------------------


class Sheet(NamedTuple):
    """One keepsake on paper. `link`: where it is on the web."""

    kept: Keepsake
    stone: object
    length: str
    link: str


async def as_list(request: Request) -> Response:
    """All links as a sheet, for a letter to each person: organisers only, as each link opens what somebody was told."""
    context, board = await board_of(request)
    context.access.require(request, board, Role.ORGANISER)
    found = await context.afterwards.of(board.id)
    seals = {one.id: one.seal for one in await context.store.read(lambda connection: badges.everybody(connection, board.id))}
    base = context.access.shown_url(request)

    def made() -> bytes:
        out = io.StringIO(newline="")
        writer = csv.writer(out, quoting=csv.QUOTE_ALL)
        writer.writerow(LIST_HEAD)
        for who, kept in _ordered(found):
            link = base + _link(context, board, who, seals)
            writer.writerow([harmless(cell) for cell in (kept.name, kept.team or "", len(kept.got), len(kept.gave), link)])
        return out.getvalue().encode("utf-8-sig")  # Excel knows UTF-8 by the mark at the start

    content = await asyncio.to_thread(made)
    headers = {"Content-Disposition": f'attachment; filename="keepsakes-{board.code}.csv"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def _ordered(found: Gathered) -> list[tuple[Who, Keepsake]]:
    return sorted(keepsakes(found.posts, found.names).items(), key=lambda one: (fold(one[1].name), one[0]))


class Poster(NamedTuple):
    """A team's. `cards`: with whom each celebrates; `times`: how many cards there are in all."""

    team: str
    stone: object
    length: str
    times: int
    teams: int
    cards: list[tuple[str, Any]]
    names: list[str]


async def sheets(request: Request, context: Context, board: Board, catalogue: Catalogue) -> dict[str, Any]:
    """Everybody who was celebrated or gave, by name, in parts."""
    found = await context.afterwards.of(board.id)
    seals = {one.id: one.seal for one in await context.store.read(lambda connection: badges.everybody(connection, board.id))}
    base = context.access.shown_url(request)

    def made() -> dict[str, Any]:
        ordered = _ordered(found)
        parts = max(1, -(-len(ordered) // SHEETS_A_PAGE))
        part = _part(request, parts)
        shown = ordered[(part - 1) * SHEETS_A_PAGE : part * SHEETS_A_PAGE]
        return about(found.board, catalogue) | {
            "made": [Sheet(**_look(board, kept), link=base + _link(context, board, who, seals)) for who, kept in shown],
            "found": len(ordered),
            "part": part,
            "parts": parts,
        }

    return await asyncio.to_thread(made)


def _part(request: Request, parts: int) -> int:
    typed_part = request.query_params.get("part", "1")[:6]
    return min(max(1, int(typed_part)), parts) if typed_part.isdecimal() else 1


def _link(context: Context, board: Board, who: Who, seals: Mapping[str, str]) -> str:
    if not who[0]:
        return address(context, board, who[1], seals.get(who[1], ""))
    return address(context, board, name_id(context.settings.secret_key, board.id, who), "")


async def posters(request: Request, context: Context, board: Board, catalogue: Catalogue) -> dict[str, Any]:
    """They hang where the team works: only cards that may be in the recap are on them."""
    found = await context.afterwards.of(board.id)

    def made() -> dict[str, Any]:
        decisions = found.decisions
        open_to = [
            post
            for post in found.posts
            if may_show(Layer.RECAP, decisions.author(post.participant), decisions.recipients(post.to))
        ]
        by_team = teams(keepsakes(open_to, found.names))
        return about(found.board, catalogue) | {"made": [_poster(board, team, theirs) for team, theirs in by_team.items()]}

    return await asyncio.to_thread(made)


def _poster(board: Board, team: str, people: list[Keepsake]) -> Poster:
    colours = {theme.id: theme.colour for theme in board.themes}
    cards = {card.id: (one.name, card) for one in people for card in one.got}
    best = sorted(cards.values(), key=lambda one: (-sum(one[1].reactions.values()), one[1].created_at))
    givers = {card.author_team for _, card in best if card.author_team and card.author_team != team}
    return Poster(
        team,
        brilliant.stone([colours.get(card.theme or "", 0) for _, card in best]),
        length(team),
        len(cards),
        len(givers),
        best[:POSTER_CARDS],
        [one.name for one in people],
    )


routes = [
    Route("/b/{code}/keepsakes.csv", as_list, methods=["GET"]),
    Route("/b/{code}/people/{id}", show, methods=["GET"]),
    Route("/api/b/{code}/me/keepsake", get_keepsake, methods=["GET"]),
]
