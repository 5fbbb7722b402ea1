"""What the large screen shows."""

from __future__ import annotations

import msgspec

from board.actions.attendees import known_session
from board.actions.rules import public_post
from board.data.address import BoardId
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import requests, scenes
from board.model.models import INTERRUPTIONS, Actor, Invalid, Scene, Screen


async def present(store: Store, board: BoardId, actor: Actor, request: requests.NewScreen) -> Screen:
    """Chooses what the large screen shows."""

    def command(transaction: Transaction) -> Screen:
        transaction.require_link(actor)
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
            screen = scenes.interrupted(transaction.screen, Screen(request.scene, session, post, turns, before))
        else:
            screen = Screen(turns[0].scene if turns else request.scene, session, None, turns)
        if screen != transaction.board.screen:
            transaction.change_board(screen=screen)
            takes_turns = bool(turns) and screen.scene not in INTERRUPTIONS
            transaction.record(actor.name, "present", detail="turns" if takes_turns else request.scene)
        return screen

    return await store.write(board, command)
