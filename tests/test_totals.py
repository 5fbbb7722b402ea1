"""Totals count all posts of a board, whatever happens to them, and however few of them a page has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from board.data.queries import load
from board.data.store import Store
from board.model import requests
from board.model.models import Kind, Recipient, State
from board.model.totals import MAX_TEAMS, Bridge, Counted, Fate, Totals, recounted
from tests import boards
from tests.conftest import People
from tests.servers import Server
from tests.tallied import Tallied

TEAMS = ["Jordan", "Nepal", "Viet Nam", ""]
recipients = st.builds(Recipient, name=st.sampled_from(["Nadia", "NADIA ", "Leo"]), team=st.sampled_from(TEAMS))
posts = st.builds(
    Counted,
    id=st.sampled_from("abcdefgh"),
    kind=st.sampled_from(Kind),
    state=st.sampled_from(State),
    fate=st.sampled_from(Fate),
    author_team=st.sampled_from([*TEAMS, None]),
    to=st.lists(
        st.builds(Recipient, name=st.sampled_from(["Nadia", "NADIA ", "Leo"]), team=st.sampled_from(TEAMS)), max_size=3
    ),
    session=st.sampled_from(["heat", "osh", None]),
    reason=st.sampled_from(["Kindly.", "Not here.", None]),
)


def counted(found: list[Counted]) -> dict[str, int]:
    """The same, without remembering anything."""
    cards = [post for post in found if post.state is State.VISIBLE and post.kind is Kind.CARD]
    questions = [post for post in found if post.state is State.VISIBLE and post.kind is Kind.QUESTION]
    people = {(one.name.strip().lower(), (one.team or "").lower()) for card in cards for one in card.to}
    pairs = {
        frozenset((card.author_team, one.team))
        for card in cards
        for one in card.to
        if card.author_team and one.team and one.team != card.author_team
    }
    return {
        "cards": len(cards),
        "people": len(people),
        "teams": len({card.author_team for card in cards if card.author_team}),
        "pairs": len(pairs),
        "questions": len(questions),
        "answered": sum(post.fate is Fate.ANSWERED for post in questions),
        "owned": sum(post.fate is Fate.OWNED for post in questions),
        "set_aside": sum(post.fate is Fate.SET_ASIDE for post in questions),
        "held": sum(post.state in (State.HIDDEN, State.REJECTED) and not post.merged for post in found),
    }


@given(st.lists(st.lists(posts, max_size=3, unique_by=lambda post: post.id), max_size=20))
def test_totals_match_the_posts_after_any_changes(changes: list[list[Counted]]) -> None:
    tallied = Tallied()
    for together in changes:
        tallied.change(*together)
        now = list(tallied.now.values())
        assert tallied.counts == recounted(now)
        assert tallied.totals.view() == Totals.of(now).view() == counted(now)
        assert tallied.totals.bridges(TEAMS) == Totals.of(now).bridges(TEAMS)


@given(st.lists(posts, max_size=9), st.lists(posts, max_size=9))
def test_totals_report_changes_and_drop_removed_posts(before: list[Counted], after: list[Counted]) -> None:
    totals, there = Totals.of(before), recounted(after)
    other = totals.view() != Totals.of(after).view()
    fork = totals.forked()
    changed = totals.take(there, whole=True)
    assert changed or not other
    assert not totals.take(there, whole=True), "twice changes nothing"
    assert not totals.take(there)
    assert (totals.view(), totals.by_session()) == (Totals.of(after).view(), Totals.of(after).by_session())
    assert fork.view() == Totals.of(before).view(), "a fork stays as it was"


def test_the_map_has_all_pairs_and_a_bounded_number_of_teams() -> None:
    cards = [
        Counted(str(n), Kind.CARD, State.VISIBLE, Fate.OPEN, f"Team {n % 30}", [Recipient("Leo", f"Team {(n + 1) % 30}")])
        for n in range(300)
    ]
    teams, bridges = Totals.of(cards).bridges(["Jordan"])
    assert teams[0] == "Jordan"
    assert len(teams) == MAX_TEAMS
    assert all(set(bridge.teams) <= set(teams) and bridge.cards == 10 for bridge in bridges)


def test_a_bridge_counts_cards_by_direction_and_drops_removed_ones() -> None:
    def went(number: int, giver: str, receiver: str, state: State = State.VISIBLE) -> Counted:
        return Counted(str(number), Kind.CARD, state, Fate.OPEN, giver, [Recipient("Leo", receiver)])

    tallied = Tallied()
    tallied.change(went(1, "Nepal", "Jordan"), went(2, "Jordan", "Nepal"), went(3, "Nepal", "Jordan"))
    assert tallied.totals.bridges([])[1] == [Bridge(("Jordan", "Nepal"), 3, 1)]
    tallied.change(went(2, "Jordan", "Nepal", State.HIDDEN))
    assert tallied.totals.bridges([])[1] == [Bridge(("Jordan", "Nepal"), 2, 0)]
    assert tallied.totals.forked().bridges([]) == tallied.totals.bridges([])


async def test_totals_count_posts_that_no_page_shows(store: Store) -> None:
    board_id = await boards.new_board(store)
    for number in range(230):
        await boards.submit(store, board_id, boards.card(f"Card number {number}", to=[requests.To(name="Leo", team="Nepal")]))
    loaded = store.read_now(lambda connection: load(connection, board_id))
    assert loaded is not None
    assert loaded.totals.view()["cards"] == 230


async def test_a_snapshot_and_later_changes_contain_the_totals(
    server: Server, people: Callable[[Server, dict[str, str]], People]
) -> None:
    here = people(server, server.create())
    author, moderator = await here.attendee("Asha"), await here.moderator()
    live = await author.live()
    assert (await live.next())["totals"]["cards"] == 0
    card = await author.celebrate()
    assert (await live.until(lambda frame: "totals" in frame))["totals"]["cards"] == 1
    await moderator.moderate(card, state="hidden")
    received = await live.until(lambda frame: "totals" in frame)
    assert (received["totals"]["cards"], received["totals"]["held"]) == (0, 1)
    fresh: dict[str, Any] = await author.snapshot()
    assert fresh["totals"] == received["totals"]
