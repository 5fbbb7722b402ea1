"""What a frame says of the large screens: the scene that its reader draws, and for moderators all of them."""

from __future__ import annotations

import zlib
from typing import Any

from board.live.standing import UNSEEN, Standing
from board.model import noting, screening, views
from board.model.models import Audience, Board
from board.model.showing import LargeScreen, all_screens, find_screen, room_of_stage, screen_of_room


class Scenes:
    """`standings`: how each large screen is doing, by its id. Moderators see it; it has no seq, and `presence` says it, too."""

    def __init__(self) -> None:
        self.standings: dict[str, Standing] = {}

    def see(self, standings: dict[str, Standing]) -> bool:
        """How they are doing now. Gives whether that is news."""
        before, self.standings = self.standings, standings
        return before != standings

    def standing(self, screen: LargeScreen) -> Standing:
        return self.standings.get(screen.id, UNSEEN)

    @property
    def mark(self) -> str:
        """Changes when the state of a screen changes, at any worker."""
        return f"{zlib.crc32(views.encode(self.standings)):x}"

    def parts(self, board: Board, audience: Audience, screen: str) -> dict[str, Any]:
        """`screen`: the id of the large screen whose scene the reader draws; "": the first one's; a stage: what its
        room sees, and the note of the desk."""
        room = room_of_stage(screen)
        if room is not None:  # the only reader of the note that is no moderator
            note = noting.for_room(board.notes, room)
            shown = screen_of_room(board, room)
            return {"screen": screening.own_view(shown), "note": views.note_view(note) if note else None}
        own = find_screen(board, screen) if screen else None
        parts: dict[str, Any] = {"screen": screening.own_view(own) if own else views.screen_view(board.screen, audience)}
        if audience is Audience.MODERATORS:
            parts["screens"] = [screening.view(one) | self.standing(one) for one in all_screens(board)]
        return parts
