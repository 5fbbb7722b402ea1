"""The page of answers: permissions, contents, due days, and the part of each team."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from board.actions import attendees, moderators
from board.data import answers, roster
from board.data.store import Store
from board.model import answered, mirror, requests
from board.model.coverage import SMALL_GROUP, Tally
from board.model.floor import Floor
from board.model.models import Kind, Person, Post, Session, State
from board.model.totals import Fate, SessionTotals
from board.web.dates import language_name
from tests import boards
from tests.conftest import People
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]
LATE, SOON = "2020-05-04", "2099-05-04"
SAID: dict[str, dict[str, Any]] = {
    "answered": {"answered": True, "answer": "Yes <b>it</b> is."},
    "owned": {"owner": "Claire", "due": SOON},
    "late": {"owner": "Leo", "due": LATE},
    "set_aside": {"set_aside": "It belongs elsewhere."},
    "held": {"state": "hidden", "reason": "Karim said so to my face."},
}


@pytest.fixture(scope="module")
def full(server: Server) -> tuple[Server, dict[str, str], dict[str, dict[str, Any]]]:
    """A board with a question of each fate, one that is late, and one that was held."""
    board = server.create("Lab & <b>Co</b>")
    api = f"/api/b/{board['code']}"
    with reader(server) as asha, reader(server, board["moderate_url"]) as moderator:
        asha.get(api + "/mine")
        assert asha.post(api + "/join", json={"name": "آشا <i>Asha</i>", "team": "Sri Lanka"}).status_code == 200
        posts = {}
        for name in ("answered", "owned", "late", "set_aside", "open", "held"):
            question = {"id": str(uuid.uuid4()), "kind": "question", "text": f"Is this one {name} & <script>?"}
            posts[name] = asha.post(api + "/posts", json=question).json()["post"]
        for name, said in SAID.items():
            assert moderator.patch(f"{api}/posts/{posts[name]['id']}", json=said).status_code == 200
    return server, board, posts


@contextmanager
def reader(server: Server, *links: str) -> Iterator[httpx.Client]:
    """A browser that has opened these links."""
    headers = {"Content-Type": "application/json"}
    with httpx.Client(base_url=server.url, follow_redirects=True, headers=headers, timeout=20) as client:
        for link in links:
            client.get(link)
        yield client


def test_answers_are_private_until_the_organiser_opens_them_and_counts_are_public(full: Any) -> None:
    server, board, _ = full
    code = board["code"]
    with reader(server) as anyone, reader(server, board["organise_url"]) as organiser:
        for address in (f"/b/{code}/answers", f"/b/{code}/answers.ics", f"/api/b/{code}/answers"):
            assert anyone.get(address).status_code == 404
            assert organiser.get(address).status_code == 200
        assert "not open yet" in anyone.get(f"/b/{code}/answers").text
        assert "Only moderators and organisers see this" in organiser.get(f"/b/{code}/answers").text
        assert anyone.get(f"/api/b/{code}/totals").json()["totals"]["asked"] == 5
        assert organiser.patch(f"/api/b/{code}", json={"public": {"answers": True}}).status_code == 200
        for address in (f"/b/{code}/answers", f"/b/{code}/answers.ics", f"/api/b/{code}/answers"):
            assert anyone.get(address).status_code == 200
        page = anyone.get(f"/b/{code}/answers").text
        assert "Only moderators" not in page
        for words in (
            "Is this one open &amp; &lt;script&gt;?",
            "Yes &lt;b&gt;it&lt;/b&gt; is.",
            "It belongs elsewhere.",
            "Late",
        ):
            assert words in page
        assert "Karim" not in page, "a reason in a moderator's own words may name somebody"
        assert "<bdi>آشا &lt;i&gt;Asha&lt;/i&gt;</bdi>" in page
        assert len(re.findall('<li class="entry', page)) == 5


def test_each_question_shows_its_outcome_and_filters_and_pages_lose_none(full: Any) -> None:
    server, board, posts = full
    with reader(server, board["moderate_url"]) as moderator:
        api = f"/api/b/{board['code']}/answers"
        whole = moderator.get(api).json()
        assert {one["id"]: one["state"] for one in whole["questions"]} == {
            posts[name]["id"]: {"late": "owned"}.get(name, name) for name in posts if name != "held"
        }
        assert [one["owner"] for one in whole["questions"] if one.get("late")] == ["Leo"]
        counts = {name: whole["totals"][name] for name in answered.COUNTED}
        assert counts == {"asked": 5, "answered": 1, "owned": 2, "set_aside": 1, "open": 1, "held": 1}
        assert [(one["key"], one["questions"]) for one in whole["totals"]["held_for"]] == [("own-words", 1)]
        for fate in Fate:
            found = moderator.get(api, params={"state": fate.value}).json()["questions"]
            assert {one["state"] for one in found} == {fate.value}
        assert moderator.get(api, params={"state": "lost"}).status_code == 422
        assert moderator.get(api, params={"before": posts["held"]["id"]}).status_code == 404, (
            "what is held is nobody's business"
        )
        assert moderator.get(api, params={"session": "none such"}).json()["questions"] == []
        seen: list[str] = []
        page = moderator.get(api, params={"limit": 2}).json()
        seen += [one["id"] for one in page["questions"]]
        while page["more"]:
            page = moderator.get(api, params={"limit": 2, "before": seen[-1]}).json()
            seen += [one["id"] for one in page["questions"]]
        assert seen == [one["id"] for one in whole["questions"]]


def test_the_calendar_of_due_answers_keeps_the_ids_of_its_entries(full: Any) -> None:
    server, board, posts = full
    with reader(server, board["moderate_url"]) as moderator:

        def entries() -> dict[str, Any]:
            calendar = Calendar.from_ical(moderator.get(f"/b/{board['code']}/answers.ics").content)
            return {str(event["uid"]): event for event in calendar.walk("VEVENT")}

        before = entries()
        assert len(before) == 2
        uid = f"{posts['owned']['id']}@brilliance-board"
        assert before[uid]["dtstart"].dt.isoformat() == SOON
        assert "Claire" in before[uid]["summary"]
        moved = {"due": "2099-06-01"}
        assert moderator.patch(f"/api/b/{board['code']}/posts/{posts['owned']['id']}", json=moved).status_code == 200
        after = entries()
        assert after.keys() == before.keys()
        assert after[uid]["dtstart"].dt.isoformat() == "2099-06-01"
        assert after[uid]["sequence"] > before[uid]["sequence"]


def test_the_morning_sheet_lists_open_questions_of_the_days_before(full: Any) -> None:
    server, board, _ = full
    with reader(server, board["organise_url"]) as organiser:
        address = f"/b/{board['code']}/print/morning"
        assert organiser.get(address).text.count('class="left-one') == 0, "all were asked today"
        page = organiser.get(address, params={"asked": "all"}).text
        assert page.count('class="left-one') == 3
        assert "Leo" in page
        assert "late, was due" in page


async def test_authors_get_a_message_when_their_question_gets_an_owner_or_an_answer(server: Server, people: Of) -> None:
    here = people(server, server.create())
    asha, leo, moderator = await here.attendee("Asha"), await here.attendee("Leo"), await here.moderator()
    asked = await asha.ask("Who pays for the training?")
    mine, others = await asha.live(), await leo.live()
    await mine.next(), await others.next()
    for said in ({"owner": "Nadia", "due": SOON}, {"answered": True, "answer": "The ministry."}):
        await moderator.moderate(asked, **said)
        received = await mine.until(lambda frame: frame["type"] == "mine")
        assert received["posts"] == [{"id": asked["id"], "state": "visible"}], "the frame is as it was: old pages know it"
    await leo.celebrate()
    await others.until(lambda frame: any(post.get("kind") == "card" for post in frame.get("posts", [])))
    assert all(frame["type"] != "mine" or frame["posts"][0]["id"] != asked["id"] for frame in others.frames)


# -- rules ---------------------------------------------------------------------------------------------------------


async def test_the_database_and_the_rule_give_the_same_outcome(store: Store) -> None:
    board_id = await boards.new_board(store)
    mira = await boards.new_actor(store, board_id)
    said = [{}, {"answered": True}, {"owner": "Leo"}, {"set_aside": "No."}, {"owner": "Leo", "set_aside": "No."}]
    said += [{"owner": "Leo", "answered": True}, {"answer": "Soon."}]
    posts = [await boards.submit(store, board_id, boards.question(f"Number {number}?")) for number in range(len(said))]
    posts = [
        await moderators.moderate(store, board_id, mira, post.id, requests.Moderation(**changes))
        for post, changes in zip(posts, said, strict=True)
    ]
    for fate in Fate:
        wanted = partial(answers.listed, board_id=board_id, limit=50, before=None, wanted=answers.Wanted(fate))
        found = await store.read(wanted)
        assert {post.id for post in found} == {post.id for post in posts if answered.fate_of(post) is fate}


def test_reasons_in_own_words_and_of_sessions_that_are_gone_are_counted_together() -> None:
    heat = Session("heat", "Heat")
    found = {"heat": SessionTotals(), "gone": SessionTotals(), "": SessionTotals()}
    for session_id, reasons in (("heat", ["Kindly.", "", "Karim!"]), ("gone", ["Gütig."]), ("", ["Leo!"])):
        found[session_id].counts["held"] = len(reasons)
        for reason in reasons:
            found[session_id].reasons[reason] += 1
    parts = answered.by_session(found, [heat], {"Kindly.": "kindly", "Gütig.": "kindly"})
    assert [(part.session, dict(part.reasons)) for part in parts] == [
        (heat, {"kindly": 1, "none": 1, "own-words": 1}),
        (None, {"kindly": 1, "own-words": 1}),
    ]
    assert answered.overall(parts).counts["held"] == 5


def test_an_owner_is_late_from_the_day_after_and_only_while_the_question_is_owned() -> None:
    def post(**fields: Any) -> Post:
        usual = {"id": "1", "kind": Kind.QUESTION, "state": State.VISIBLE, "seq": 1, "content_seq": 1, "created_at": 1}
        return Post(**usual | {"participant": "p", "text": "Who?", "owner": "Leo", "due": "2026-05-04"} | fields)

    # 23:30 UTC on 4 May is the morning of the fifth in Bangkok.
    evening = 1_777_937_400_000_000
    assert not answered.is_late(post(), answered.today(evening, "UTC"))
    assert answered.is_late(post(), answered.today(evening, "Asia/Bangkok"))
    assert not answered.is_late(post(answered=True), answered.today(evening, "Asia/Bangkok"))


teams = st.dictionaries(st.sampled_from(["Jordan", "Nepal", "Sri Lanka", "Viet Nam", "Egypt"]), st.integers(1, 12), min_size=1)


@given(teams, st.randoms(use_true_random=False))
def test_the_mirror_hides_groups_below_five_and_totals_that_would_reveal_them(sizes: dict[str, int], random: Any) -> None:
    people = [Person(f"{team}{number}", f"{team} {number}", team) for team, size in sizes.items() for number in range(size)]
    cards = Tally()
    for person in people:
        cards.to[person.id] = random.choice((0, 0, 1, 3))
        cards.by[person.id] = random.choice((0, 0, 1, 3))
    asked = {team: (random.randrange(9), 0) for team in sizes}
    found = mirror.mirror(people, cards, asked, {team: random.randrange(9) for team in sizes})
    assert set(found) == {"counts", "teams", "not_shown"}
    small = {team for team, size in sizes.items() if size < SMALL_GROUP}
    for row in found["teams"]:
        assert row["people"] >= SMALL_GROUP
        assert row["team"] not in small
        for what in found["counts"]:
            number = row[what]
            if isinstance(number, int):
                assert not 0 < number < SMALL_GROUP
                assert what not in ("celebrated", "giving") or not 0 < row["people"] - number < SMALL_GROUP
    together = sum(sizes[team] for team in small)
    assert found["not_shown"] == (len(small) if 0 < together < SMALL_GROUP else 0)
    shown = [row["team"] for row in found["teams"] if not row.get("small_teams")]
    assert shown == sorted(set(sizes) - small), "by name: no ranking"


async def test_times_heard_count_answered_questions_at_the_microphone_by_team(store: Store) -> None:
    board_id = await boards.new_board(store)
    actor = await boards.new_actor(store, board_id)
    await boards.new_session(store, board_id, "heat", floor=Floor.FIRST)
    answer = requests.Moderation(answered=True)
    for who, (team, spoken, done) in enumerate(
        [("Nepal", True, True), ("Nepal", True, False), ("Chad", False, True), (None, True, True)]
    ):
        name = requests.Join(name=f"Person {who}", team=team) if team else None
        if name:
            await attendees.join(store, board_id, boards.participant(who), name)
        post = await boards.submit(store, board_id, boards.question(session="heat", voice=spoken), who)
        if done:
            await moderators.moderate(store, board_id, actor, post.id, answer)
    assert await store.read(lambda connection: roster.heard_by_team(connection, board_id)) == {"Nepal": 1}


def test_each_translation_of_an_answer_stands_under_its_languages_own_name(server: Server) -> None:
    board = server.create("Lab")
    api = f"/api/b/{board['code']}"
    texts = {"km": "ក្រសួង <b>", "tet": "Ministériu", "fr": "Le ministère.", "xx": "?"}
    with reader(server) as asha, reader(server, board["moderate_url"]) as moderator:
        asha.get(api + "/mine")
        question = {"id": str(uuid.uuid4()), "kind": "question", "text": "Who pays?"}
        address = f"{api}/posts/{asha.post(api + '/posts', json=question).json()['post']['id']}"
        said = {"answer": "The ministry.", "answer_translations": texts}
        refused = asha.patch(address, json={"answer_translations": texts})
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
        assert moderator.patch(address, json=said | {"answered": True}).status_code == 200
        (own,) = asha.get(api + "/mine").json()["posts"]
        assert own["answer_translations"] == [{"lang": lang, "text": text} for lang, text in sorted(texts.items())]
        assert moderator.get(api + "/answers").json()["questions"][0]["answer_translations"] == own["answer_translations"]
        page = moderator.get(f"/b/{board['code']}/answers").text
        names = re.findall('lang="([a-z]+)" dir="auto"><bdi class="said-in">(.*?)</bdi>', page)
        assert names == [("fr", "français"), ("km", "ខ្មែរ"), ("tet", "Tetum"), ("xx", "xx")]
        assert "ក្រសួង &lt;b&gt;" in page
        assert 'said tall is-translated" lang="km"' in page


def test_a_language_has_the_same_name_on_pages_and_in_scripts() -> None:
    """Chrome has no data of many languages, so the names stand in a script."""
    written = (Path(__file__).parent.parent / "static/js/shared/ownnames.js").read_text(encoding="utf-8")
    names = dict(re.findall(r'^  "?([\w-]+)"?: "(.+)",$', written, re.M))
    assert {"km", "si", "tet", "zh-Hans"} <= names.keys()
    assert {tag for tag, name in names.items() if language_name(tag) != name} == {"tet"}, "Babel has no data of Tetum"
