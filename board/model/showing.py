"""The large screens of a board, and what each of them shows. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, Protocol

import msgspec

# Each change of the board tells all of them, and each frame for moderators has them all. No venue has as many.
MAX_SCREENS = 40
MAX_ID_CHARACTERS = 20
FIRST_ID = "first"
FIRST_NAME = "screen"


class Scene(StrEnum):
    JOIN = "join"
    CARDS = "cards"
    QUESTIONS = "questions"
    SPOTLIGHT = "spotlight"
    MAP = "map"
    RECAP = "recap"
    BLANK = "blank"


INTERRUPTIONS = frozenset({Scene.SPOTLIGHT, Scene.BLANK})


class Turn(msgspec.Struct, frozen=True):
    """A scene and how long it stays, where scenes take turns."""

    scene: Scene
    seconds: int


class SceneBefore(msgspec.Struct, frozen=True):
    """The scene that an interruption goes back to."""

    scene: Scene
    session: str | None = None


class Screen(msgspec.Struct, frozen=True):
    """What a large screen shows. Where scenes take turns, `scene` is the first of them; a spotlight or a blank screen
    interrupts the turns and does not end them. `before`: what an interruption goes back to."""

    scene: Scene = Scene.CARDS
    session: str | None = None
    post: str | None = None
    turns: list[Turn] | msgspec.UnsetType = msgspec.UNSET
    before: SceneBefore | msgspec.UnsetType = msgspec.UNSET


class LargeScreen(msgspec.Struct, frozen=True):
    """One of a board's large screens. Without a session of its own, what it shows follows the agenda of its room."""

    id: str
    name: str
    room: str | None = None
    shows: Screen = Screen()


class Showing(Protocol):
    """A board, as far as large screens go."""

    @property
    def screen(self) -> Screen: ...
    @property
    def screens(self) -> list[LargeScreen]: ...


def is_screen_id(value: str) -> bool:
    """Whether it may be one: it stands in addresses and in names of cookies."""
    return 1 <= len(value) <= MAX_ID_CHARACTERS and value.isascii() and value.isalnum()


FIRST = LargeScreen(FIRST_ID, FIRST_NAME)
"""The only screen of a board that has no other."""


def all_screens(board: Showing) -> list[LargeScreen]:
    """All large screens, the first one first; there always is one. What the first one shows stands in `board.screen`, where it
    stood before boards had several."""
    first, *others = board.screens or [FIRST]
    return [msgspec.structs.replace(first, shows=board.screen), *others]


def kept(screens: Sequence[LargeScreen]) -> dict[str, Any]:
    """The fields of a board that store these screens. A board with only the first screen stores no entry for it, so a
    moved board has the same fields as before."""
    first, *others = screens
    entries = [msgspec.structs.replace(first, shows=Screen()), *others]
    return {"screen": first.shows, "screens": [] if entries == [FIRST] else entries}


def redrawn(board: Showing, change: Callable[[Screen], Screen]) -> dict[str, Any]:
    """The fields of a board that change when `change` changes what each screen shows; empty: no change."""
    screens = all_screens(board)
    after = [msgspec.structs.replace(one, shows=change(one.shows)) for one in screens]
    if after == screens:
        return {}
    return kept(after) if after[1:] != screens[1:] else {"screen": after[0].shows}


def find_screen(board: Showing, screen_id: str | None) -> LargeScreen | None:
    """None, as a link says that is older than several screens: the first one."""
    screens = all_screens(board)
    return screens[0] if screen_id is None else next((one for one in screens if one.id == screen_id), None)


_STAGE = "stage:"


def stage_of(room: str) -> str:
    """Where a frame says which screen it is for: the stage of this room. No id of a screen has a colon."""
    return f"{_STAGE}{room}"


def room_of_stage(screen: str) -> str | None:
    """The room of the stage that this connection is; None: it is not a stage."""
    return screen.removeprefix(_STAGE) if screen.startswith(_STAGE) else None


def screen_of_room(board: Showing, room: str) -> LargeScreen:
    """The large screen in this room, else the first one."""
    screens = all_screens(board)
    return next((one for one in screens if room and one.room == room), screens[0])


def spotlit(board: Showing) -> list[str]:
    """The ids of the posts that stand on any screen."""
    return list(dict.fromkeys(one.shows.post for one in all_screens(board) if one.shows.post))


def led(board: Showing) -> list[tuple[str, str]]:
    """Rooms, each with the session that a moderator put on its screen: phones of that room move on with it. Of a board with one
    screen there are none, as that screen's own session says it."""
    screens = all_screens(board)
    chosen = {one.room: one.shows.session for one in reversed(screens) if one.room and one.shows.session}
    return sorted(chosen.items()) if len(screens) > 1 else []


def sessions_shown(board: Showing) -> set[str]:
    """The ids of all sessions that any screen shows or goes back to."""
    shown = (one.shows for one in all_screens(board))
    named = (each for one in shown for each in (one.session, None if one.before is msgspec.UNSET else one.before.session))
    return {session for session in named if session}
