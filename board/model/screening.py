"""Large screens as organisers and moderators ask for them, and as they see them. Pure."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from typing import Any

import msgspec

from board.model import requests, text
from board.model.arranging import ROOM_GRAPHEMES
from board.model.models import Invalid, NotFound
from board.model.showing import MAX_SCREENS, LargeScreen, Scene, SceneBefore, Screen, Turn, is_screen_id

_Unset = msgspec.UnsetType


class NewLargeScreen(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    room: str | None = None


class LargeScreenChange(msgspec.Struct, forbid_unknown_fields=True):
    """`name`, `room`: what an organiser changes. The others, as in `NewScreen`: what it shows."""

    name: str | _Unset = msgspec.UNSET
    room: str | _Unset | None = msgspec.UNSET
    scene: Scene | _Unset = msgspec.UNSET
    session: str | None = None
    post: str | None = None
    turns: list[Turn] | None = None
    before: SceneBefore | None = None

    @property
    def is_organisers(self) -> bool:
        return self.name is not msgspec.UNSET or self.room is not msgspec.UNSET

    @property
    def scene_wanted(self) -> requests.NewScreen | None:
        """Raises `Invalid` where there is a part of a scene and no scene."""
        if self.scene is not msgspec.UNSET:
            return requests.NewScreen(self.scene, self.session, self.post, self.turns, self.before)
        if any(part is not None for part in (self.session, self.post, self.turns, self.before)):
            raise Invalid("screen-needs-scene", field="scene")
        return None


class ManyScreens(requests.NewScreen):
    """What several screens are to show: those with these `ids`, or `all`."""

    ids: list[str] | None = None
    all: bool = False


def new_id() -> str:
    return secrets.token_hex(4)


def new(screen_id: str, wanted: NewLargeScreen) -> LargeScreen:
    """Raises `Invalid`."""
    return LargeScreen(screen_id, requests.name(wanted.name, "name"), room(wanted.room))


def room(wanted: str | None) -> str | None:
    """As the agenda has it: a screen is in a room by the room's very name. Raises `Invalid`."""
    return (text.clean(wanted, "room", ROOM_GRAPHEMES) or None) if wanted else None


def renamed(screen: LargeScreen, wanted: LargeScreenChange) -> LargeScreen:
    """Raises `Invalid`."""
    fields: dict[str, Any] = {}
    if wanted.name is not msgspec.UNSET:
        fields["name"] = requests.name(wanted.name, "name")
    if wanted.room is not msgspec.UNSET:
        fields["room"] = room(wanted.room)
    return msgspec.structs.replace(screen, **fields)


def wanted_ids(wanted: ManyScreens, screens: Sequence[LargeScreen]) -> list[str]:
    """Which screens are meant. Raises `Invalid`, and `NotFound` where one of them is not there."""
    known = [one.id for one in screens]
    if wanted.all == (wanted.ids is not None):
        raise Invalid("screens-all-or-ids", field="ids")
    if wanted.ids is None:
        return known
    if not 1 <= len(wanted.ids) <= MAX_SCREENS:
        raise Invalid("screens-wrong-number", field="ids", most=MAX_SCREENS)
    if not set(known).issuperset(wanted.ids):
        raise NotFound("screen-unknown")
    return [screen_id for screen_id in known if screen_id in wanted.ids]


def arrived(screens: Sequence[LargeScreen], posts: Collection[str]) -> list[LargeScreen]:
    """Those of a board that comes from a file with these `posts`, as they can be here. Raises `Invalid`."""
    ids = {one.id for one in screens}
    if len(screens) > MAX_SCREENS or len(ids) < len(screens) or not all(is_screen_id(one) for one in ids):
        raise Invalid("screens-wrong-number", field="screens", most=MAX_SCREENS)
    named = [new(one.id, NewLargeScreen(one.name, one.room)) for one in screens]
    shown = [one.shows if one.shows.post is None or one.shows.post in posts else Screen() for one in screens]
    return [msgspec.structs.replace(one, shows=shows) for one, shows in zip(named, shown, strict=True)]


def shown_view(screen: Screen) -> dict[str, Any]:
    """What moderators see of what a screen shows."""
    fields = ((name, getattr(screen, name)) for name in screen.__struct_fields__)
    return {name: value for name, value in fields if value is not msgspec.UNSET}


def own_view(screen: LargeScreen) -> dict[str, Any]:
    """As the screen's own page sees it: what an interruption goes back to is for those who end it."""
    shown = {name: value for name, value in shown_view(screen.shows).items() if name != "before"}
    return {"id": screen.id, "name": screen.name, "room": screen.room} | shown


def view(screen: LargeScreen) -> dict[str, Any]:
    """As moderators see it."""
    return {"id": screen.id, "name": screen.name, "room": screen.room} | shown_view(screen.shows)
