"""What every request needs: the parts that `app` put together, and the board that the address names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from starlette.requests import HTTPConnection, Request

from board.data.address import Address
from board.data.boards import find_code
from board.data.known import Known
from board.data.readiness import Readiness
from board.data.rosters import Rosters
from board.data.store import Store
from board.live.channel import Channel
from board.live.hub import Hub
from board.model import codes
from board.model.catalogue import Catalogue
from board.model.languages import Languages
from board.model.models import CODE_PATTERN, Board, NotFound
from board.process.clock import Clock
from board.process.settings import Settings
from board.process.supervisor import Supervisor
from board.transfer.imports.kept import Imports
from board.web.access import Access
from board.web.assets import Files
from board.web.exporting import Exporting
from board.web.gathering import Afterwards
from board.web.limits import Limits
from board.web.reading import MAX_TAG_CHARACTERS, language_asked

_CODE = re.compile(CODE_PATTERN)
LANGUAGE_COOKIE = "bb-lang"


@dataclass(frozen=True)
class Context:
    settings: Settings
    store: Store
    hub: Hub
    access: Access
    limits: Limits
    clock: Clock
    supervisor: Supervisor
    readiness: Readiness
    files: Files
    known: Known
    rosters: Rosters
    languages: Languages
    imports: Imports
    afterwards: Afterwards
    exporting: Exporting

    async def address(self, request: Request) -> Address:
        """The board that the path names, for a write. Opens no feed, and asks the database only what no cache knows.
        Raises `NotFound`, `StorageDown`."""
        address = Address(await self.board_id(request), _code_of(request))
        links = self.access.named_links(request, address)
        return replace(address, links=await self.known.links(address.id, links)) if links else address

    def roster_changed(self, board_id: int) -> None:
        """Names on the roster changed: every worker forgets its copy, so that the next look-up reads the new names."""
        self.forget_people(board_id)
        self.hub.roster_changed(board_id)

    def forget_people(self, board_id: int) -> None:
        """This worker forgets the people of a board, and the pages that it made of them."""
        self.rosters.forget(board_id)
        self.afterwards.forget(board_id)

    async def channel(self, connection: HTTPConnection) -> Channel:
        """The board that the path names, open. Raises `NotFound`, `StorageDown`."""
        board_id, code = await self.board_id(connection), _code_of(connection)
        try:
            channel = await self._opened(board_id, code)
        except NotFound:  # the code may have been given to another board, as by a restore: ask once more
            self.store.forget(code)
            board_id = await self.board_id(connection)
            await self.hub.checked(board_id)
            channel = await self._opened(board_id, code)
        if self.access.names_new_link(connection, channel.feed.board):
            await self.hub.checked(channel.feed.board.id)
        return channel

    async def _opened(self, board_id: int, code: str) -> Channel:
        channel = await self.hub.open(board_id)
        require_code(channel.feed.board, code)
        return channel

    async def board_id(self, connection: HTTPConnection) -> int:
        """The board that the path names. Raises `NotFound`, and `TooFast` where somebody tries many codes: then also for the
        right one, or it would show, unless that board is being looked at from the same place and so known there."""
        code, place = _code_of(connection), self.access.place(connection)
        if self.limits.is_guessing(place):
            presence = self.hub.presence(self.store.known_id(code))
            if presence is None or place not in presence.places:
                self.limits.guess(place)
        try:
            if not _CODE.fullmatch(code):
                raise NotFound("board-unknown")
            return await self.store.board_id(code)
        except NotFound:
            self.limits.guess(place)
            raise

    async def meant_code(self, connection: HTTPConnection, typed: str) -> str | None:
        """The code of the board for what was typed. None: there is no such board, or this address is guessing codes."""
        meant, place = codes.candidates(typed), self.access.place(connection)
        if not meant or self.limits.is_guessing(place):
            return None
        code = await self.store.read(lambda database: find_code(database, meant))
        if code is None:
            self.limits.guess(place)
        return code

    def catalogue(self, connection: HTTPConnection) -> Catalogue:
        """The words for this reader: what the address says, what the person chose, what the browser asks for."""
        chosen = connection.cookies.get(LANGUAGE_COOKIE, "")
        wanted = [language_asked(connection.query_params), chosen if len(chosen) <= MAX_TAG_CHARACTERS else ""]
        return self.languages.best(*wanted, accept_language=connection.headers.get("accept-language", ""))

    def language_asked(self, connection: HTTPConnection) -> str:
        """The language that the address asks for, where there is a catalogue of it; "" otherwise. It is one of few, so a page
        that is kept for its readers may be kept by it."""
        return self.languages.known(language_asked(connection.query_params))

    def give_cookie(self, request: Request) -> None:
        """Gives a reader without a cookie one, so that a write can send it back. A cookie with the old name gets today's
        name."""
        device = self.access.device(request)
        if device is None:
            place = self.access.place(request)
            device = self.access.new_device(self.access.crowd(place) if self.limits.is_crowded(place) else "")
        elif not self.access.has_old_name(request):
            return
        request.state.new_device = device


def require_code(board: Board, code: str) -> None:
    """A board that was read again may be another one under this id, as after a restore. Raises `NotFound`."""
    if board.code != code:
        raise NotFound("board-gone")


def _code_of(connection: HTTPConnection) -> str:
    return str(connection.path_params["code"]).upper()


def context_of(connection: HTTPConnection) -> Context:
    context: Context = connection.app.state.context
    return context
