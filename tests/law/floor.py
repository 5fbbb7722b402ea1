"""The microphone's list and the notes of the stage, at random: what holds after each act, whoever does what else meanwhile."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Awaitable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule
from sqlalchemy import select

from board.actions import asking, attendees, moderators, notes, setup
from board.data import rows, schema
from board.data.queries import load
from board.data.store import Store
from board.model import requests
from board.model.floor import Floor, in_turn, taken
from board.model.models import Actor, Kind, Post, State
from board.model.noting import NewNote, Note

SESSION_ID = "safety"
PHONES = ["a" * 32, "b" * 32, "0" * 32, "1" * 32]
PSEUDONYM = "c" * 32
ROOMS = ["", "Lotus Hall"]


class AtTheFloor(RuleBasedStateMachine):
    """Rules for a law that says how acts are done."""

    posts = Bundle("posts")

    board_id: int
    actor: Actor
    stood: dict[str, tuple[bool, int | None]]
    """Who waited after the act before, in turn: whether pinned, and when put off."""
    ruled: object = None

    @property
    def store(self) -> Store:
        raise NotImplementedError

    def _do(self, *acts: Awaitable[object]) -> list[Any]:
        raise NotImplementedError

    def _text(self) -> str:
        raise NotImplementedError

    # -- the microphone ---------------------------------------------------------------------------------------------

    @rule(floor=st.sampled_from([*Floor, Floor.FIRST, None]))
    def the_floor_gets_a_rule(self, floor: Floor | None) -> None:
        change = requests.FloorChange(floor)
        self._do(setup.change_floor(self.store, self.board_id, self.actor, SESSION_ID, change))

    @rule(target=posts, phone=st.sampled_from(PHONES), anonymous=st.booleans())
    def somebody_wants_the_microphone(self, phone: str, anonymous: bool) -> Any:
        """One place a phone, under both of its ids."""
        self._do(setup.change_floor(self.store, self.board_id, self.actor, SESSION_ID, requests.FloorChange(Floor.FIRST)))
        own = (phone, PSEUDONYM)
        places = [one for one in self._asked() if one.voice and one.participant in own and _waits(one)]
        wanted = requests.NewQuestion(uuid.uuid4(), self._text(), SESSION_ID, anonymous, voice=True)
        done = self._do(attendees.submit(self.store, self.board_id, phone, PSEUDONYM, wanted))
        assert not (done and places), "a phone has two places in the line"
        return multiple(*(post for post, _ in done))

    @rule(answered=st.booleans(), back=st.booleans(), none=st.booleans())
    def the_next_one_is_taken_up(self, answered: bool, back: bool, none: bool) -> None:
        """The one before it is answered or put behind the others, and that is perhaps undone."""
        asked = self._asked()
        former, line = taken(self._of_session(asked)), in_turn(self._of_session(asked), self._rule())
        left = requests.Left(former, "answered" if answered else "later") if former else None
        following = None if none or not line else line[0]
        wanted = requests.NextQuestion(following, left)
        if not self._do(asking.take_up(self.store, self.board_id, self.actor, SESSION_ID, wanted)):
            return
        now = {one.id: one for one in self._asked()}
        assert taken(self._of_session(list(now.values()))) == following, "another one speaks than was next"
        if former and answered:
            assert (now[former].answered, now[former].taken_at) == (True, None), "who has spoken was not heard"
        if former and answered and back:
            self._do(moderators.moderate(self.store, self.board_id, self.actor, former, requests.Moderation(answered=False)))
            again = {one.id: one for one in self._asked()}
            assert again[former].created_at == now[former].created_at
            assert former in in_turn(self._of_session(list(again.values())), self._rule()), "an undo lost a place"

    @invariant()
    def nobody_loses_a_place(self) -> None:
        asked = self._asked()
        of_session, floor = self._of_session(asked), self._rule()
        line = in_turn(of_session, floor)
        open_ones = {one.id: one for one in of_session if _is_undecided(one) and one.taken_at is None}
        assert sorted(line) == sorted(open_ones), "somebody waits, and has no number"
        now = {one: (open_ones[one].pinned, open_ones[one].later_at) for one in line}
        before = getattr(self, "stood", {})
        if floor is Floor.FIRST and self.ruled is Floor.FIRST:
            kept = [one for one in before if now.get(one) == before[one]]
            assert kept == [one for one in line if one in kept], "first come: somebody was overtaken"
        self.stood, self.ruled = now, floor
        for group in _groups(line, now):
            self._require_rule(floor, [open_ones[one] for one in group], of_session)

    def _require_rule(self, floor: Floor, group: list[Post], asked: list[Post]) -> None:
        times, votes = [one.created_at for one in group], [one.votes for one in group]
        if floor is Floor.FIRST:
            assert times == sorted(times)
        if floor is Floor.VOTES:
            assert votes == sorted(votes, reverse=True)
        if floor is Floor.TEAMS and group and group[0].pinned == any(one.pinned for one in asked if _is_undecided(one)):
            heard = Counter(one.author_team or "" for one in asked if one.answered or one.taken_at is not None)
            assert heard[group[0].author_team or ""] == min(heard[one.author_team or ""] for one in group)

    @invariant()
    def who_has_spoken_counts_as_asked_and_answered(self) -> None:
        loaded = self.store.read_now(lambda connection: load(connection, self.board_id))
        if loaded is None:
            return
        counts = loaded.totals.by_session()
        visible = [one for one in self._asked() if one.session == SESSION_ID]
        told = counts[SESSION_ID].counts if SESSION_ID in counts else Counter[str]()
        assert told["asked"] == len(visible)
        assert told["answered"] == sum(one.answered for one in visible)

    def _asked(self) -> list[Post]:
        """All questions that everybody sees, from the store."""
        table = schema.posts
        public = (table.c.board_id == self.board_id, table.c.kind == Kind.QUESTION, table.c.state == State.VISIBLE)
        return self.store.read_now(
            lambda connection: [rows.post_from(row) for row in connection.execute(rows.select_posts.where(*public))]
        )

    @staticmethod
    def _of_session(asked: list[Post]) -> list[Post]:
        return [one for one in asked if one.session in (SESSION_ID, None)]

    def _rule(self) -> Floor:
        table = schema.sessions
        wanted = select(table.c.floor).where(table.c.board_id == self.board_id, table.c.id == SESSION_ID)
        found = self.store.read_now(lambda connection: connection.execute(wanted).scalar())
        return Floor(found) if found else Floor.VOTES

    # -- notes ------------------------------------------------------------------------------------------------------

    @rule(room=st.sampled_from(ROOMS), seen=st.booleans(), taken_back=st.booleans())
    def a_note_goes_to_the_stage(self, room: str, seen: bool, taken_back: bool) -> None:
        """One for each room. A new one asks for an OK of its own, whatever was seen before."""
        others = [one for one in self._notes() if one.room != room]
        for note in self._do(notes.write_note(self.store, self.board_id, self.actor, NewNote(self._text(), room))):
            assert self._notes() == [*others, note], "a room has another note than the last one"
            assert note.seen_at is None, "a note that nobody has read counts as read"
            if seen:
                self._see(note)
            if taken_back:
                self._do(notes.take_back(self.store, self.board_id, self.actor, note.id))
                assert self._notes() == others
                assert not self._do(notes.see(self.store, self.board_id, self.actor, note.id)), "what is gone was seen"

    @rule(at=st.integers(0, 1))
    def the_speaker_sees_a_note(self, at: int) -> None:
        if there := self._notes():
            self._see(there[at % len(there)])

    def _see(self, note: Note) -> None:
        """The first time counts; other rooms' notes stay as they are."""
        others = [one for one in self._notes() if one.id != note.id]
        for _ in range(2):
            for seen in self._do(notes.see(self.store, self.board_id, self.actor, note.id)):
                assert seen.seen_at is not None
                assert note.seen_at in (None, seen.seen_at), "it was read at another time"
                note = seen
        assert [one for one in self._notes() if one.id != note.id] == others
        assert note in self._notes()

    def _notes(self) -> list[Note]:
        board = self.store.read_now(lambda connection: rows.read_board(connection, self.board_id))
        return board.notes if board else []


def _waits(one: Post) -> bool:
    return _is_undecided(one) and one.session == SESSION_ID


def _is_undecided(one: Post) -> bool:
    return not (one.answered or one.owner or one.set_aside)


def _groups(line: list[str], now: dict[str, tuple[bool, int | None]]) -> list[list[str]]:
    """Pinned ones, all others but those that were put off."""
    soon = [one for one in line if now[one][1] is None]
    assert line[: len(soon)] == soon, "who was put off comes before others"
    pinned = [one for one in soon if now[one][0]]
    assert soon[: len(pinned)] == pinned, "what is pinned does not come first"
    return [pinned, soon[len(pinned) :]]
