"""The large screens: made, named, removed, and what each of them shows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import msgspec

from board.actions.attendees import known_session
from board.actions.rules import public_post
from board.data import links
from board.data.address import BoardId
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import linking, requests, scenes, screening, showing, tokens
from board.model.models import INTERRUPTIONS, Actor, Conflict, Invalid, Link, NotFound, Role, Scene, Screen
from board.model.showing import LargeScreen

# -- what they show ------------------------------------------------------------------------------------------------


async def present(store: Store, board: BoardId, actor: Actor, request: requests.NewScreen) -> Screen:
    """Chooses what the first large screen shows."""

    def command(transaction: Transaction) -> Screen:
        transaction.require_link(actor)
        first = showing.all_screens(transaction.settings)[0]
        return _present(transaction, actor, [first.id], request)[0].shows

    return await store.write(board, command)


async def present_on(store: Store, board: BoardId, actor: Actor, wanted: screening.ManyScreens) -> list[LargeScreen]:
    """Chooses what these large screens show, in one transaction. Raises `NotFound` where one of them is not there."""

    def command(transaction: Transaction) -> list[LargeScreen]:
        transaction.require_link(actor)
        ids = screening.wanted_ids(wanted, showing.all_screens(transaction.settings))
        return _present(transaction, actor, ids, wanted)

    return await store.write(board, command)


def _present(transaction: Transaction, actor: Actor, ids: Collection[str], request: requests.NewScreen) -> list[LargeScreen]:
    """Gives these screens as they are then."""
    choice = _chosen(transaction, request)
    before = showing.all_screens(transaction.settings)
    after = [msgspec.structs.replace(one, shows=choice(one.shows)) if one.id in ids else one for one in before]
    if after != before:
        _keep(transaction, after)
        takes_turns = request.turns is not None and request.scene not in INTERRUPTIONS
        changed = [one.name for one, former in zip(after, before, strict=True) if one != former]
        shown = "turns" if takes_turns else request.scene
        transaction.record(actor.name, "present", detail=f"{shown}: {', '.join(changed)}" if after[1:] else shown)
    return [one for one in after if one.id in ids]


def _chosen(transaction: Transaction, request: requests.NewScreen) -> Callable[[Screen], Screen]:
    """What a screen shows then, by what it shows now. Raises `Invalid`, `NotFound`."""
    session = known_session(transaction, request.session).id if request.session else None
    post = None
    if request.scene is Scene.SPOTLIGHT:
        if request.post is None:
            raise Invalid("spotlight-needs-post", field="post")
        post = public_post(transaction, requests.post_id(request.post)).id
    elif request.post is not None:
        raise Invalid("post-needs-spotlight", field="post")
    turns = requests.turns(request.turns) if request.turns is not None else msgspec.UNSET
    before = requests.scene_before(request.before) if request.before is not None else msgspec.UNSET
    if request.scene in INTERRUPTIONS:
        return lambda now: scenes.interrupted(now, Screen(request.scene, session, post, turns, before))
    return lambda now: Screen(turns[0].scene if turns else request.scene, session, None, turns)


def _keep(transaction: Transaction, screens: Sequence[LargeScreen]) -> None:
    """Where only what the first one shows is another, it alone is written: that is where it always stood."""
    former = showing.all_screens(transaction.settings)
    identities = [msgspec.structs.replace(former[0], shows=screens[0].shows), *former[1:]]
    only_first = list(screens) == identities
    transaction.change_board(**({"screen": screens[0].shows} if only_first else showing.kept(screens)))


# -- which there are -----------------------------------------------------------------------------------------------


async def add(store: Store, board: BoardId, actor: Actor, wanted: screening.NewLargeScreen) -> tuple[LargeScreen, str]:
    """Gives the screen and the token of its link, which is not kept."""
    screen, token = screening.new(screening.new_id(), wanted), tokens.new_token()
    link = Link(linking.new_id(), Role.SCREEN, screen.name, screen.id)

    def command(transaction: Transaction) -> LargeScreen:
        transaction.require_link(actor)
        screens = showing.all_screens(transaction.settings)
        if (there := showing.find_screen(transaction.settings, screen.id)) is not None:
            return there  # the command runs a second time, as its first answer was lost
        if len(screens) >= showing.MAX_SCREENS:
            raise Invalid("screens-too-many", most=showing.MAX_SCREENS)
        if len(links.of_board(transaction)) >= linking.MAX_LINKS:
            raise Invalid("links-too-many", most=linking.MAX_LINKS)
        links.add(transaction, link, tokens.digest(token))
        _keep(transaction, [*screens, screen])
        transaction.record(actor.name, "screen-added", detail=_described(screen))
        return screen

    return await store.write(board, command), token


def _described(screen: LargeScreen) -> str:
    return f"{screen.name} ({screen.room})" if screen.room else screen.name


async def change(
    store: Store, board: BoardId, actor: Actor, screen_id: str, wanted: screening.LargeScreenChange
) -> LargeScreen:
    """Another name, another room, another scene: what `wanted` has. Raises `NotFound`, `Invalid`."""
    scene = wanted.scene_wanted

    def command(transaction: Transaction) -> LargeScreen:
        transaction.require_link(actor)
        screen = _of(transaction, screen_id)
        renamed = screening.renamed(screen, wanted)
        if renamed != screen:
            screens = showing.all_screens(transaction.settings)
            _keep(transaction, [renamed if one.id == screen_id else one for one in screens])
            transaction.record(actor.name, "screen-changed", detail=_described(renamed))
        return _present(transaction, actor, [screen_id], scene)[0] if scene is not None else renamed

    return await store.write(board, command)


def _of(transaction: Transaction, screen_id: str) -> LargeScreen:
    screen = showing.find_screen(transaction.settings, screen_id)
    if screen is None:
        raise NotFound("screen-unknown")
    return screen


async def remove(store: Store, board: BoardId, actor: Actor, screen_id: str) -> LargeScreen:
    """With its links: what is open by them closes. The last one stays, as there always is one. Raises `Conflict` then."""

    def command(transaction: Transaction) -> LargeScreen:
        transaction.require_link(actor)
        screen, screens = _of(transaction, screen_id), showing.all_screens(transaction.settings)
        if len(screens) == 1:
            raise Conflict("screen-last")
        opens = {screen_id, *([None] if screens[0].id == screen_id else [])}
        for link in links.of_board(transaction):
            if link.role is Role.SCREEN and link.screen in opens:
                links.revoke_one(transaction, link.id)
        _keep(transaction, [one for one in screens if one.id != screen_id])
        transaction.record(actor.name, "screen-removed", detail=_described(screen))
        return screen

    return await store.write(board, command)
