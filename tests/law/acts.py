"""What people do on a board, at random: the rules that all laws share."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable
from typing import Any

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import multiple, rule
from sqlalchemy import Connection, insert

from board.actions import (
    agenda,
    attendees,
    behalf,
    joining,
    lifecycle,
    moderators,
    people,
    prepared,
    roster,
    screens,
    setup,
    staff_links,
)
from board.actions.recipients import nobody_called
from board.data import rows, schema
from board.data.store import Store
from board.model import requests, screening, showing
from board.model.arranging import NewSession, SessionRemoval, Shift
from board.model.models import INTERRUPTIONS, Actor, Kind, Post, Questions, Reaction, Role, Scene, Screen, Session, State
from board.model.prepared import NewPrepared, PreparedEdit, PreparedList
from board.model.rostering import PersonEdit
from board.model.showing import FIRST, LargeScreen
from tests import importing
from tests.law.floor import AtTheFloor

ARRANGEMENTS = [
    requests.BoardChange(frozen=True),
    requests.BoardChange(frozen=False),
    requests.BoardChange(premoderate=requests.Premoderate(card=True)),
    requests.BoardChange(premoderate=requests.Premoderate(card=False, question=True)),
    requests.BoardChange(premoderate=requests.Premoderate(question=False)),
    requests.SessionChange(Questions.PAUSED),
    requests.SessionChange(Questions.OPEN),
    requests.NewScreen(Scene.CARDS),
    requests.NewScreen(Scene.QUESTIONS),
    requests.NewScreen(Scene.BLANK),
]
SESSION = Session("safety", "Safety at work")
HALL = LargeScreen("hall", "Hall", "Lotus Hall")
SCREENS = [[FIRST.id], [HALL.id], [FIRST.id, HALL.id], None]
"""Some large screens, by their ids; None: all."""
PEOPLE = ["a" * 32, "b" * 32]
PSEUDONYM = "c" * 32
# No two of them have the same name, and none has the name of a person outside the roster.
ROSTER = {"asha": ["Asha", "Asha Perera"], "leo": ["Leo", "Leo Tan"]}
ROOM = [digit * 32 for digit in "01234"]
"""Phones that vote."""


def new_gathering(connection: Connection, now: int) -> int:
    """A board with one session and two large screens; its id."""
    board_id, _ = lifecycle.new_board(connection, now, "Lab", **showing.kept([FIRST, HALL]))
    connection.execute(
        insert(schema.people), [{"board_id": board_id, "id": one, "name": names[0]} for one, names in ROSTER.items()]
    )
    connection.execute(insert(schema.sessions).values(**rows.session_values(board_id, 0, SESSION)))
    return board_id


class Acts(AtTheFloor):
    """To be completed by a law: it says how acts are done, and checks what comes out."""

    posts = AtTheFloor.posts
    which = st.integers(0, 1)
    on = st.booleans()

    board_id: int
    actor: Actor
    texts = 0

    @property
    def store(self) -> Store:
        """Of the worker that takes the next act."""
        raise NotImplementedError

    def _do(self, *acts: Awaitable[object]) -> list[Any]:
        """All at once, so that several are committed together. Gives what was not refused."""
        raise NotImplementedError

    def _screens(self) -> dict[str, Screen]:
        """What each shows."""
        board = self.store.read_now(lambda connection: rows.read_board(connection, self.board_id))
        assert board is not None
        return {one.id: one.shows for one in showing.all_screens(board)}

    def _text(self) -> str:
        self.texts += 1
        return f"canary-{self.texts}"

    def _new_actor(self, name: str) -> Actor:
        self._do(self.store.write(self.board_id, lambda transaction: staff_links.new_link(transaction, Role.MODERATOR, name)))
        board = self.store.read_now(lambda connection: rows.read_board(connection, self.board_id))
        assert board is not None
        return Actor(next(link.id for link in board.links if link.name == name), Role.MODERATOR, name)

    # -- authors ----------------------------------------------------------------------------------------------------

    @rule(target=posts, author=st.sampled_from(PEOPLE), anonymous=on, count=st.integers(1, 3))
    def celebrate(self, author: str, anonymous: bool, count: int) -> Any:
        to = [requests.To(name="Nadia")]
        return self._submit(author, [requests.NewCard(uuid.uuid4(), to, self._text(), None, anonymous) for _ in range(count)])

    @rule(target=posts, author=st.sampled_from(PEOPLE), person=st.sampled_from(list(ROSTER)), count=st.integers(1, 3))
    def celebrate_somebody_of_the_roster(self, author: str, person: str, count: int) -> Any:
        to = [requests.To(person=person)]
        return self._submit(author, [requests.NewCard(uuid.uuid4(), to, self._text()) for _ in range(count)])

    @rule(author=st.sampled_from(PEOPLE), person=st.sampled_from(list(ROSTER)))
    def join(self, author: str, person: str) -> None:
        self._do(attendees.join(self.store, self.board_id, author, requests.Join(person=person)))

    @rule(target=posts, author=st.sampled_from(PEOPLE), session=st.sampled_from([None, SESSION.id]), count=st.integers(1, 2))
    def ask(self, author: str, session: str | None, count: int) -> Any:
        return self._submit(author, [requests.NewQuestion(uuid.uuid4(), self._text(), session) for _ in range(count)])

    @rule(target=posts, count=st.integers(4, 8))
    def flood(self, count: int) -> Any:
        """So many questions at once that older ones leave the page, but for those with the most votes."""
        return self._submit(PEOPLE[0], [requests.NewQuestion(uuid.uuid4(), self._text()) for _ in range(count)])

    def _submit(self, author: str, wanted: list[Any]) -> Any:
        done = self._do(*(attendees.submit(self.store, self.board_id, author, PSEUDONYM, post) for post in wanted))
        return multiple(*(post for post, _ in done))

    @rule(post=posts, withdraw=on)
    def author_changes(self, post: Post, withdraw: bool) -> None:
        edit = requests.Edit(state=State.WITHDRAWN) if withdraw else requests.Edit(text=self._text())
        self._do(attendees.edit(self.store, self.board_id, [post.participant], post.id, edit))

    @rule(post=posts, people=st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=2), on=on)
    def mark(self, post: Post, people: list[str], on: bool) -> None:
        if post.kind is Kind.CARD:
            self._do(*(attendees.react(self.store, self.board_id, who, post.id, Reaction.HEART, on) for who in people))
        else:
            self._do(*(attendees.vote(self.store, self.board_id, who, post.id, on) for who in people))

    @rule(some=st.lists(posts, min_size=1, max_size=4), count=st.integers(1, len(ROOM)), on=on)
    def the_room_votes(self, some: list[Post], count: int, on: bool) -> None:
        asked = [post for post in some if post.kind is Kind.QUESTION]
        self._do(*(attendees.vote(self.store, self.board_id, who, post.id, on) for post in asked for who in ROOM[:count]))

    # -- moderators -------------------------------------------------------------------------------------------------

    @rule(post=posts, state=st.sampled_from([State.VISIBLE, State.HIDDEN, State.REJECTED]))
    def moderate(self, post: Post, state: State) -> None:
        self._moderate(post, state=state, reason=self._text())

    @rule(some=st.lists(posts, min_size=2, max_size=6), state=st.sampled_from([State.VISIBLE, State.HIDDEN]))
    def moderate_many(self, some: list[Post], state: State) -> None:
        bulk = requests.Bulk([post.id for post in some], state, self._text())
        self._do(moderators.moderate_all(self.store, self.board_id, self.actor, bulk))

    @rule(post=posts)
    def approve_and_undo(self, post: Post) -> None:
        self._moderate(post, state=State.VISIBLE)
        self._moderate(post, state=State.PENDING)

    @rule(post=posts, on=on)
    def pin(self, post: Post, on: bool) -> None:
        self._moderate(post, pinned=on)

    @rule(post=posts, on=on, session=st.sampled_from([None, SESSION.id]))
    def answer(self, post: Post, on: bool, session: str | None) -> None:
        self._moderate(post, answered=on, answer=self._text(), session=session)

    @rule(post=posts, languages=st.sets(st.sampled_from(["fr", "km", "pt-BR"])), gone=st.booleans())
    def translate_the_answer(self, post: Post, languages: set[str], gone: bool) -> None:
        """Several languages one after the other; sometimes the answer goes, and takes them along."""
        self._moderate(post, answer=self._text())
        for language in sorted(languages):
            self._moderate(post, answer_translations={language: self._text()})
        if gone:
            self._moderate(post, answer=None)

    def _moderate(self, post: Post, **changes: Any) -> None:
        self._do(moderators.moderate(self.store, self.board_id, self.actor, post.id, requests.Moderation(**changes)))

    @rule(goes=posts, stays=posts, apart=on, votes=st.integers(0, len(ROOM)))
    def join_questions_and_part_them(self, goes: Post, stays: Post, apart: bool, votes: int) -> None:
        """Some stay joined; then their authors and moderators do what they do."""
        if {goes.kind, stays.kind} == {Kind.QUESTION}:
            self._do(*(attendees.vote(self.store, self.board_id, who, goes.id, True) for who in ROOM[:votes]))
        self._do(joining.join(self.store, self.board_id, self.actor, goes.id, stays.id))
        if apart:
            self._do(joining.part(self.store, self.board_id, self.actor, goes.id))

    @rule(post=posts, on=on)
    def trust(self, post: Post, on: bool) -> None:
        self._do(people.trust(self.store, self.board_id, self.actor, post.participant, on))

    @rule(target=posts, session=st.sampled_from([None, SESSION.id]), added=on)
    def prepare_a_question(self, session: str | None, added: bool) -> Any:
        one = NewPrepared(uuid.uuid4(), self._text())
        self._do(prepared.prepare(self.store, self.board_id, self.actor, PreparedList([one], session)))
        changed = PreparedEdit(text=self._text(), before=None)
        self._do(prepared.edit(self.store, self.board_id, self.actor, str(one.id), changed))
        done = self._do(prepared.add(self.store, self.board_id, self.actor, str(one.id))) if added else []
        return multiple(*(post for post, _ in done))

    @rule(target=posts, name=st.sampled_from([None, "Asha"]))
    def write_on_behalf_of_somebody(self, name: str | None) -> Any:
        wanted = requests.QuestionFor(uuid.uuid4(), self._text(), author=requests.Writer(name) if name else None)
        done = self._do(behalf.submit(self.store, self.board_id, self.actor, wanted, nobody_called, behalf.DESK))
        return multiple(*(post for post, _ in done))

    @rule(post=posts)
    def vote_hide_and_edit_at_once(self, post: Post) -> None:
        self._do(
            attendees.vote(self.store, self.board_id, "d" * 32, post.id, True),
            moderators.moderate(self.store, self.board_id, self.actor, post.id, requests.Moderation(state=State.HIDDEN)),
            attendees.edit(self.store, self.board_id, [post.participant], post.id, requests.Edit(text=self._text())),
        )

    @rule(post=posts, ids=st.sampled_from(SCREENS))
    def spotlight(self, post: Post, ids: list[str] | None) -> None:
        self._present(ids, requests.NewScreen(Scene.SPOTLIGHT, post=post.id))

    def _present(self, ids: list[str] | None, wanted: requests.NewScreen) -> None:
        if ids == [FIRST.id]:
            self._do(screens.present(self.store, self.board_id, self.actor, wanted))
            return
        many = screening.ManyScreens(*msgspec.structs.astuple(wanted), ids=ids, all=ids is None)
        self._do(screens.present_on(self.store, self.board_id, self.actor, many))

    @rule(post=posts, by_answer=on, ids=st.sampled_from(SCREENS))
    def spotlight_and_end(self, post: Post, by_answer: bool, ids: list[str] | None) -> None:
        """What leaves the board, or is answered, leaves every screen, and the scene before is back on each."""
        before = self._screens()
        self.spotlight(post, ids)
        spotlit = [one for one, now in self._screens().items() if now.post == post.id]
        self._moderate(post, **({"answered": True} if by_answer else {"state": State.HIDDEN}))
        after = self._screens()
        if not spotlit or after[spotlit[0]].post == post.id:  # refused
            return
        assert all(screen.post != post.id for screen in after.values()), "it stays on another screen"
        for one in spotlit:
            former, now = before[one], after[one]
            if former.scene not in INTERRUPTIONS:
                assert (now.scene, now.session, now.turns) == (former.scene, former.session, former.turns)

    @rule(post=posts, room=st.sampled_from([None, "Orchid Room"]), ids=st.sampled_from(SCREENS))
    def make_a_screen_and_remove_it(self, post: Post, room: str | None, ids: list[str] | None) -> None:
        """Also while it shows something, and others do."""
        new = screening.NewLargeScreen("Foyer", room)
        for screen, _ in self._do(screens.add(self.store, self.board_id, self.actor, new)):
            self.spotlight(post, [screen.id])
            self._present(ids, requests.NewScreen(Scene.QUESTIONS, SESSION.id))
            renamed = screening.LargeScreenChange("Lobby", scene=Scene.BLANK)
            self._do(screens.change(self.store, self.board_id, self.actor, screen.id, renamed))
            self._do(screens.remove(self.store, self.board_id, self.actor, screen.id))

    @rule(change=st.sampled_from(ARRANGEMENTS), ids=st.sampled_from(SCREENS))
    def arrange(
        self, change: requests.BoardChange | requests.SessionChange | requests.NewScreen, ids: list[str] | None
    ) -> None:
        if isinstance(change, requests.BoardChange):
            self._do(setup.change_board(self.store, self.board_id, self.actor, change))
        elif isinstance(change, requests.SessionChange):
            self._do(setup.change_session(self.store, self.board_id, self.actor, SESSION.id, change))
        else:
            self._present(ids, change)

    @rule()
    def take_back_votes(self) -> None:
        self._do(moderators.take_back_votes(self.store, self.board_id, self.actor, 0))

    @rule(who=st.sampled_from(PEOPLE))
    def mute_and_unmute(self, who: str) -> None:
        for muted in (True, False):
            self._do(people.mute(self.store, self.board_id, self.actor, who, muted))

    # -- organisers -------------------------------------------------------------------------------------------------

    @rule(title=st.sampled_from(["Lunch", "Safety at work", "The last hour"]))
    def import_an_agenda(self, title: str) -> None:
        command = importing.command("agenda", f"id,title\n{title[:1].lower()},{title}\n")
        self._do(self.store.write(self.board_id, command))

    @rule(count=st.integers(0, 2), kept=on, ids=st.sampled_from(SCREENS))
    def make_a_session_and_remove_it(self, count: int, kept: bool, ids: list[str] | None) -> None:
        """Its questions follow, and every screen that shows it."""
        done = self._do(agenda.add_session(self.store, self.board_id, self.actor, NewSession("Passing", "2026-05-04T09:00")))
        for session, _ in done:
            for _ in range(count):
                self._submit(PEOPLE[0], [requests.NewQuestion(uuid.uuid4(), self._text(), session.id)])
            self._present(ids, requests.NewScreen(Scene.QUESTIONS, session.id))
            self._do(agenda.shift(self.store, self.board_id, self.actor, Shift(session.id, 15)))
            target = SESSION.id if kept else None
            self._do(agenda.remove_session(self.store, self.board_id, self.actor, session.id, SessionRemoval(target)))
            assert all(one.session != session.id for one in self._screens().values())

    @rule(person=st.sampled_from(list(ROSTER)), which=which)
    def rename_somebody(self, person: str, which: int) -> None:
        edit = PersonEdit(name=ROSTER[person][which])
        self._do(roster.edit_person(self.store, self.board_id, self.actor, person, edit))
