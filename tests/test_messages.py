"""The wire, byte by byte: what a request may be, what each audience sees of a post, and what a frame is."""

from __future__ import annotations

import json
import uuid
from typing import Any

import msgspec
import pytest

from board.model import messages, requests, views
from board.model.models import (
    Audience,
    Board,
    BoardError,
    Conflict,
    Invalid,
    Kind,
    NotJson,
    Participant,
    Post,
    Questions,
    Reaction,
    Recipient,
    Scene,
    Screen,
    Session,
    State,
    StorageDown,
    Team,
    Theme,
    TooFast,
)
from board.model.requests import (
    Applied,
    BoardChange,
    Bulk,
    Edit,
    Join,
    Moderation,
    NewCard,
    NewQuestion,
    NewScreen,
    SessionChange,
    To,
)
from tests.sentences import ENGLISH, refused, sentence

Json = dict[str, Any]

ID = "5f0c3b1e-8d57-4f7e-9a51-0c6f8f2f2a01"
CARD: Json = {"id": ID, "kind": "card", "to": [{"name": "Nadia"}], "text": "Thank you, Nadia."}
QUESTION: Json = {"id": ID, "kind": "question", "text": "Who pays for the training?"}
PUBLIC, MODERATORS = Audience.PUBLIC, Audience.MODERATORS


def body(value: object) -> bytes:
    return value if isinstance(value, bytes) else json.dumps(value).encode()


def parsed(value: object, shape: Any = None) -> Any:
    return requests.parse_post(body(value)) if shape is None else requests.parse(body(value), shape)


def decoded(view: object) -> Any:
    """As a client reads it."""
    return json.loads(views.encode(view))


# -- requests ------------------------------------------------------------------------------------------------------


def test_a_post_is_a_card_or_a_question_by_its_kind() -> None:
    assert parsed(CARD) == NewCard(id=uuid.UUID(ID), to=[To(name="Nadia")], text="Thank you, Nadia.")
    assert parsed(QUESTION) == NewQuestion(id=uuid.UUID(ID), text="Who pays for the training?")
    full = {"to": [{"person": "nadia"}, {"name": "Zoë", "team": "Jordan"}], "theme": "care", "anonymous": True}
    assert parsed(CARD | full) == NewCard(
        id=uuid.UUID(ID), to=[To("nadia"), To(None, "Zoë", "Jordan")], text=CARD["text"], theme="care", anonymous=True
    )
    assert parsed(QUESTION | {"session": "heat", "anonymous": True}).session == "heat"


def test_a_missing_field_changes_nothing_and_null_clears_it() -> None:
    assert parsed({}, Edit).theme is msgspec.UNSET
    assert parsed({"theme": None}, Edit).theme is None
    assert (parsed({}, Moderation).answer, parsed({}, Moderation).session) == (msgspec.UNSET, msgspec.UNSET)
    assert (parsed({"answer": None}, Moderation).answer, parsed({"session": None}, Moderation).session) == (None, None)
    assert parsed({}, Join) == Join(None, None)


def without(value: Json, field: str) -> Json:
    return {name: value[name] for name in value if name != field}


@pytest.mark.parametrize(
    ("shape", "value", "field", "words"),
    [
        (None, QUESTION | {"text": 5}, "text", "“text” has the type integer; it must be string."),
        (None, QUESTION | {"text": None}, "text", "“text” has the type null; it must be string."),
        (None, QUESTION | {"anonymous": 1}, "anonymous", "“anonymous” has the type integer; it must be boolean."),
        (None, QUESTION | {"anonymous": "true"}, "anonymous", "“anonymous” has the type string; it must be boolean."),
        (None, QUESTION | {"session": ["heat"]}, "session", "“session” has the type array; it must be string or null."),
        (None, QUESTION | {"id": "1"}, "id", "“id” has a value that is not possible here."),
        (None, QUESTION | {"id": 1}, "id", "“id” has the type integer; it must be UUID."),
        (None, QUESTION | {"kind": "song"}, "kind", "“kind” cannot be “song”."),
        (None, QUESTION | {"kind": 1}, "kind", "“kind” has a value that is not possible here."),
        (None, CARD | {"to": "Nadia"}, "to", "“to” has the type string; it must be array."),
        (None, CARD | {"to": ["Nadia"]}, "to", "“to” has the type string; it must be object."),
        (None, CARD | {"to": [{"name": "Nadia"}, {"name": 5}]}, "to", "“to” has the type integer; it must be string or null."),
        (None, [QUESTION], None, "This request has the type array; it must be object."),
        (Join, {"name": 5}, "name", "“name” has the type integer; it must be string or null."),
        (Edit, {"state": "gone"}, "state", "“state” cannot be “gone”."),
        (Moderation, {"expect": "Visible"}, "expect", "“expect” cannot be “Visible”."),
        (Moderation, {"pinned": "yes"}, "pinned", "“pinned” has the type string; it must be boolean or null."),
        (Bulk, {"ids": ID, "state": "hidden"}, "ids", "“ids” has the type string; it must be array."),
        (Bulk, {"ids": [1], "state": "hidden"}, "ids", "“ids” has the type integer; it must be string."),
        (NewScreen, {"scene": "disco"}, "scene", "“scene” cannot be “disco”."),
        (
            BoardChange,
            {"premoderate": {"card": 1}},
            "premoderate",
            "“premoderate” has the type integer; it must be boolean or null.",
        ),
        (SessionChange, {"questions": None}, "questions", "“questions” has the type null; it must be string."),
        (Applied, {"type": "applied", "seq": "7"}, "seq", "“seq” has the type string; it must be integer."),
        (Applied, {"type": "applied", "seq": True}, "seq", "“seq” has the type boolean; it must be integer."),
        (Applied, {"type": "beat", "seq": 7}, "type", "“type” cannot be “beat”."),
    ],
)
def test_a_value_of_another_type_is_refused_under_its_field(shape: Any, value: object, field: str | None, words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parsed(value, shape)
    assert (refusal.value.field, sentence(refusal.value)) == (field, words)


@pytest.mark.parametrize(
    ("shape", "value", "needed"),
    [
        (None, CARD, ["id", "kind", "to", "text"]),
        (None, QUESTION, ["id", "kind", "text"]),
        (Bulk, {"ids": [ID], "state": "hidden"}, ["ids", "state"]),
        (NewScreen, {"scene": "cards"}, ["scene"]),
        (SessionChange, {"questions": "open"}, ["questions"]),
        (Applied, {"type": "applied", "seq": 7}, ["type", "seq"]),
        (Join, {}, []),
        (Edit, {}, []),
        (Moderation, {}, []),
        (BoardChange, {}, []),
    ],
)
def test_a_request_has_the_fields_it_needs_and_no_others(shape: Any, value: Json, needed: list[str]) -> None:
    parsed(value, shape)
    for field in needed:
        with pytest.raises(Invalid) as refusal:
            parsed(without(value, field), shape)
        assert (refusal.value.field, sentence(refusal.value)) == (field, f"This request lacks the field “{field}”.")
    for field in ("participant", "votes", "Text", ""):
        with pytest.raises(Invalid) as refusal:
            parsed(value | {field: None}, shape)
        assert (refusal.value.field, sentence(refusal.value)) == (
            field,
            f"This request has a field “{field}” that the board does not know.",
        )


def test_an_unknown_field_is_refused_within_a_field_too() -> None:
    for value, shape, field in (
        (CARD | {"to": [{"name": "Nadia", "phone": "0123"}]}, None, "to"),
        ({"premoderate": {"song": True}}, BoardChange, "premoderate"),
    ):
        with pytest.raises(Invalid) as refusal:
            parsed(value, shape)
        assert refusal.value.field == field


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b" ",
        b"{",
        b"thank you",
        b'{"name": "Asha"} {}',
        b'{"name": NaN}',
        b'{"name": 5',  # a wrong type first, then no end
        b'{"name": 5, nonsense}',
        b"\xff\xfe",
        b"[" * 5_000,
        b'{"name":' * 5_000,
        '{"name": "Asha"}'.encode("utf-16"),
        b'{"name": "Zo\xeb"}',
        b'{"\\ud83d": 1}',
    ],
    ids=lambda wrong: repr(wrong[:20]),
)
def test_the_refusal_of_invalid_json_says_that_it_is_not_json(wrong: bytes) -> None:
    with pytest.raises(NotJson) as refusal:
        parsed(wrong, Join)
    assert (refusal.value.field, sentence(refusal.value)) == (None, "This is not the JSON that was expected here.")


@pytest.mark.parametrize("half", ["\\ud83d", "\\udc69", "\\udc69\\ud83d", "\\ud83d \\udc69"])
def test_half_a_character_is_refused_because_it_cannot_be_shown(half: str) -> None:
    """A phone that cuts an emoji in two sends this; it is well-formed JSON."""
    with refused(Invalid, match="cannot be shown") as refusal:
        parsed(f'{{"id":"{ID}","kind":"question","text":"Thanks {half}"}}'.encode())
    assert refusal.value.field == "text"
    assert parsed(f'{{"id":"{ID}","kind":"question","text":"Thanks \\ud83d\\udc69"}}'.encode()).text == "Thanks 👩"


@pytest.mark.parametrize("spelt", [ID, ID.upper(), ID.replace("-", "")])
def test_different_spellings_of_an_id_are_one_post(spelt: str) -> None:
    assert str(parsed(QUESTION | {"id": spelt}).id) == requests.post_id(spelt) == ID
    assert requests.bulk_ids([ID, spelt]) == [ID]


@pytest.mark.parametrize("wrong", ["", "1", ID + "0", "../" + ID, "\0", "ünicode", "00000000-0000-0000-0000-00000000000g"])
def test_an_invalid_id_finds_no_post(wrong: str) -> None:
    for check in (lambda: requests.post_id(wrong), lambda: requests.bulk_ids([ID, wrong])):
        with refused(Invalid, match="not the id of a post"):
            check()


# -- texts and people ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clean", "field", "fewest", "most"),
    [
        (requests.card_text, "text", 3, 280),
        (requests.question_text, "text", 3, 300),
        (requests.name, "name", 1, 60),
        (requests.reason, "reason", 0, 200),
        (requests.answer, "answer", 0, 1000),
    ],
)
def test_each_text_has_its_limits_and_its_field(clean: Any, field: str, fewest: int, most: int) -> None:
    assert clean("x" * most) == "x" * most
    assert clean(f"  {'x' * (fewest or 1)} ") == "x" * (fewest or 1)
    for wrong in ["x" * (most + 1), *(["x" * (fewest - 1)] if fewest else []), "one\0two"]:
        with pytest.raises(Invalid) as refusal:
            clean(wrong)
        assert refusal.value.field == field


def test_an_empty_optional_field_is_none() -> None:
    for nothing in (None, ""):
        assert requests.optional_name(nothing, "team") is requests.reason(nothing) is requests.answer(nothing) is None
    assert requests.reason(" \n ") is requests.answer(" \n ") is None
    with pytest.raises(Invalid) as refusal:
        requests.optional_name(" ", "team")
    assert refusal.value.field == "team"


def test_names_have_one_line_and_texts_several() -> None:
    for several in (requests.card_text, requests.question_text, requests.reason, requests.answer):
        assert several("one\ntwo") == "one\ntwo"
    with refused(Invalid, match="one line"):
        requests.name("one\ntwo")


def test_a_card_has_one_to_five_different_recipients() -> None:
    nadia = Recipient("Nadia Rahman", "Bangladesh", "nadia")
    people = {"nadia": nadia}
    to = [To(person="nadia"), To(name=" Zoë "), To(name="Zoë", team="Jordan"), To(person="nadia"), To(name="Zoë")]
    assert requests.recipients(to, people) == [nadia, Recipient("Zoë"), Recipient("Zoë", "Jordan")]
    for wrong, words in (
        ([], "one to 5"),
        ([To(name=f"Guest {number}") for number in range(6)], "one to 5"),
        ([To()], "A name is missing"),
        ([To(team="Jordan")], "A name is missing"),
        ([To(name="")], "write something"),
        ([To(name="x" * 61)], "60"),
        ([To(name="Zoë", team="x" * 61)], "60"),
        ([To(person="nadia", name="Nadia")], "not both"),
        ([To(person="nadia", team="Jordan")], "not both"),
        ([To(person="Nadia")], "not on the list any more"),
    ):
        with refused(Invalid, match=words) as refusal:
            requests.recipients(wrong, people)
        assert refusal.value.field == "to"


def test_at_most_200_posts_change_state_at_once() -> None:
    ids = [str(uuid.uuid4()) for _ in range(200)]
    assert requests.bulk_ids(ids) == ids
    for wrong in ([], [*ids, ID]):
        with refused(Invalid, match="one to 200") as refusal:
            requests.bulk_ids(wrong)
        assert refusal.value.field == "ids"


# -- what each audience sees ---------------------------------------------------------------------------------------


def stored(kind: Kind, **fields: Any) -> Post:
    usual = {"state": State.VISIBLE, "seq": 9, "content_seq": 7, "created_at": 1_777_777_777_000_001, "participant": "p" * 32}
    return Post(id=ID, kind=kind, **usual | {"text": "Thank you."} | fields)


# Of all that is stored about a post, what is nobody's business outside.
INNER = {"digest": "d" * 32, "published": True, "content_seq": 7}
CARD_VIEW = {
    "id": ID,
    "kind": "card",
    "seq": 9,
    "created_at": "2026-05-03T03:09:37.000001Z",
    "author": None,
    "text": "Thank you.",
    "pinned": False,
    "to": [],
    "reactions": {},
}
QUESTION_VIEW = without(without(CARD_VIEW, "to"), "reactions") | {"kind": "question", "votes": 0, "answered": False}


def test_the_public_view_of_a_post_has_these_fields() -> None:
    assert decoded(views.post_view(stored(Kind.CARD, **INNER))) == CARD_VIEW
    assert decoded(views.post_view(stored(Kind.QUESTION, **INNER))) == QUESTION_VIEW
    named = {"author_name": "Asha", "author_team": "Sri Lanka", "pinned": True}
    seen = {"author": {"name": "Asha", "team": "Sri Lanka"}, "pinned": True}
    to = [Recipient("Nadia Rahman", "Bangladesh", "nadia"), Recipient("Zoë")]
    card = stored(Kind.CARD, to=to, theme="care", reactions={Reaction.CLAP: 2, Reaction.ME_TOO: 1}, **named, **INNER)
    assert decoded(views.post_view(card)) == CARD_VIEW | seen | {
        "to": [{"name": "Nadia Rahman", "team": "Bangladesh", "person": "nadia"}, {"name": "Zoë"}],
        "theme": "care",
        "reactions": {"clap": 2, "me-too": 1},
    }
    question = stored(Kind.QUESTION, session="heat", votes=3, answered=True, answer="The ministry.", **named, **INNER)
    assert decoded(views.post_view(question)) == QUESTION_VIEW | seen | {
        "session": "heat",
        "votes": 3,
        "answered": True,
        "answer": "The ministry.",
    }
    assert decoded(views.post_view(stored(Kind.CARD, author_name="Asha")))["author"] == {"name": "Asha", "team": None}


MODERATED = {"reason": "Twice", "moderated_by": "Mira", "moderated_at": 1_777_777_778_000_000}


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("state", State)
def test_only_moderators_see_state_and_participant(kind: Kind, state: State) -> None:
    post = stored(kind, state=state, **MODERATED, **INNER)
    plain = CARD_VIEW if kind is Kind.CARD else QUESTION_VIEW
    assert decoded(views.post_view(post)) == decoded(views.post_view(post, PUBLIC)) == plain
    assert decoded(views.post_view(post, MODERATORS)) == plain | {
        "state": state,
        "participant": "p" * 32,
        "reason": "Twice",
        "moderated_by": "Mira",
        "moderated_at": "2026-05-03T03:09:38.000000Z",
    }
    untouched = stored(kind, state=state)
    assert decoded(views.post_view(untouched, MODERATORS)) == plain | {"state": state, "participant": "p" * 32}


@pytest.mark.parametrize("state", State)
def test_an_author_sees_the_state_of_an_own_post_and_the_reason_while_it_holds(state: State) -> None:
    post = stored(Kind.QUESTION, state=state, **MODERATED, **INNER)
    reason = {"reason": "Twice"} if state in (State.HIDDEN, State.REJECTED) else {}
    assert decoded(views.own_view(post)) == QUESTION_VIEW | {"state": state} | reason
    assert decoded(views.mine_view(post)) == {"id": ID, "state": state} | reason
    assert decoded(views.mine_view(stored(Kind.QUESTION, state=state))) == {"id": ID, "state": state}


def test_a_frame_of_votes_and_reactions_contains_only_numbers() -> None:
    assert decoded(views.counts_view(stored(Kind.QUESTION, votes=3))) == {"id": ID, "seq": 9, "votes": 3}
    loved = stored(Kind.CARD, reactions={Reaction.HEART: 2})
    assert decoded(views.counts_view(loved)) == {"id": ID, "seq": 9, "reactions": {"heart": 2}}
    assert decoded(views.counts_view(stored(Kind.CARD))) == {"id": ID, "seq": 9, "reactions": {}}, "the last was taken back"


def test_times_sort_as_they_are_written() -> None:
    moments = [0, 1, 999_999, 1_000_000, 1_777_777_777_000_001, 4_102_444_800_000_000]
    written = [views.iso(moment) for moment in moments]
    assert written[:3] == ["1970-01-01T00:00:00.000000Z", "1970-01-01T00:00:00.000001Z", "1970-01-01T00:00:00.999999Z"]
    assert written == sorted(written)


def test_the_view_of_a_participant_has_id_name_and_team() -> None:
    assert views.participant_view(None) is None
    assert views.participant_view(Participant("p", "Asha", muted=True)) == {"id": "p", "name": "Asha", "team": None}


BOARD = Board(
    id=3,
    code="LAB",
    epoch="e",
    seq=9,
    settings_seq=4,
    title="Innovation Lab",
    premoderate_card=True,
    themes=[Theme("care", "Care for others", "Care", 6)],
    teams=[Team("Jordan")],
    screen=Screen(Scene.SPOTLIGHT, None, ID),
    muted=["m" * 32],
)
BOARD_VIEW = {
    "code": "LAB",
    "title": "Innovation Lab",
    "subtitle": "",
    "starts_on": None,
    "ends_on": None,
    "time_zone": "UTC",
    "names": "optional",
    "anonymous": True,
    "cards_open": True,
    "frozen": False,
    "premoderate": {"card": True, "question": False},
    "lease": 15,
    "stage": "dark",
}


def test_only_moderators_see_who_is_muted() -> None:
    assert decoded(views.board_view(BOARD)) == decoded(views.board_view(BOARD, PUBLIC)) == BOARD_VIEW
    assert decoded(views.board_view(BOARD, MODERATORS)) == BOARD_VIEW | {"muted": ["m" * 32]}


# -- frames --------------------------------------------------------------------------------------------------------


def raw(view: object) -> msgspec.Raw:
    return msgspec.Raw(views.encode(view))


@pytest.mark.parametrize("audience", Audience)
def test_a_snapshot_is_the_whole_board_for_its_audience(audience: Audience) -> None:
    sessions = [Session("heat", "Heat", speakers=["Nadia"], questions=Questions.PAUSED)]
    frame = messages.snapshot_frame(BOARD, sessions, {"cards": 7}, [raw(CARD_VIEW)], True, audience)
    assert frame.startswith(messages.SNAPSHOT_START), "what is behind it is the answer to GET"
    assert json.loads(frame) == {
        "type": "snapshot",
        "epoch": "e",
        "seq": 9,
        "board": BOARD_VIEW | ({"muted": ["m" * 32]} if audience is MODERATORS else {}),
        "sessions": [
            {
                "id": "heat",
                "title": "Heat",
                "starts_at": None,
                "ends_at": None,
                "room": "",
                "speakers": ["Nadia"],
                "questions": "paused",
            }
        ],
        "themes": [{"id": "care", "name": "Care for others", "short": "Care", "colour": 6}],
        "teams": [{"name": "Jordan"}],
        "screen": {"scene": "spotlight", "session": None, "post": ID},
        "totals": {"cards": 7},
        "posts": [CARD_VIEW],
        "more": True,
    }


def test_a_changes_frame_has_its_range_and_only_changed_parts() -> None:
    least = messages.changes_frame(4, 9, [], [])
    assert json.loads(least) == {"type": "changes", "after": 4, "to": 9, "posts": [], "gone": []}
    frame = messages.changes_frame(4, 9, [raw(QUESTION_VIEW)], [ID], board=BOARD_VIEW, screen=Screen(), sessions=[], themes=[])
    assert json.loads(frame) == json.loads(least) | {
        "posts": [QUESTION_VIEW],
        "gone": [ID],
        "board": BOARD_VIEW,
        "screen": {"scene": "cards", "session": None, "post": None},
        "sessions": [],
        "themes": [],
    }


def test_other_frames_have_these_fields() -> None:
    rejected = stored(Kind.QUESTION, state=State.REJECTED, **MODERATED)
    assert json.loads(messages.mine_frame([rejected])) == {
        "type": "mine",
        "posts": [{"id": ID, "state": "rejected", "reason": "Twice"}],
    }
    now = {"now": "2026-11-23T09:14:12.400Z"}
    assert json.loads(messages.beat_frame(9, 1_795_425_252_400_999)) == {"type": "beat", "seq": 9} | now
    assert json.loads(messages.presence_frame(41)) == {"type": "presence", "online": 41}
    screens = [{"name": "Hall", "seq": 9, "state": "live"}]
    assert json.loads(messages.presence_frame(41, screens)) == {"type": "presence", "online": 41, "screens": screens}
    assert json.loads(messages.presence_frame(0, [])) == {"type": "presence", "online": 0, "screens": []}


# -- refusals ------------------------------------------------------------------------------------------------------


def family(error: type[BoardError] = BoardError) -> list[type[BoardError]]:
    return [error, *(found for kind in error.__subclasses__() for found in family(kind))]


def test_every_refusal_has_a_status_and_a_type_of_its_own_and_a_title() -> None:
    assert {error.__name__: error.status for error in family()} == {
        "BoardError": 500,
        "NotJson": 400,
        "Forbidden": 403,
        "NoCookie": 403,
        "NotFound": 404,
        "WrongMethod": 405,
        "Conflict": 409,
        "TooLarge": 413,
        "WrongType": 415,
        "Invalid": 422,
        "Closed": 423,
        "Archived": 423,
        "TooFast": 429,
        "StorageDown": 503,
    }
    assert len({error.slug for error in family()}) == len(family())
    assert {f"problem-{error.slug}" for error in family()} <= ENGLISH.keys


def test_a_refusal_is_a_problem_with_words_and_its_field() -> None:
    assert decoded(messages.problem(Invalid("one-line-only", field="text"), ENGLISH)) == {
        "type": "urn:brilliance-board:invalid",
        "title": "Please check this",
        "status": 422,
        "code": "invalid",
        "detail": "Only one line fits here.",
        "field": "text",
    }
    slower = decoded(messages.problem(TooFast("too-fast", retry_after=3.2, seconds=4), ENGLISH))
    assert slower == {
        "type": "urn:brilliance-board:too-fast",
        "title": "Too fast",
        "status": 429,
        "code": "too-fast",
        "detail": "Too fast. Try again in 4 seconds.",
    }
    assert decoded(messages.problem(StorageDown(), ENGLISH))["detail"] == (
        "The board's storage does not answer. Nothing was saved; please try again."
    )


def test_a_conflict_between_moderators_contains_the_present_post() -> None:
    post = stored(Kind.QUESTION, state=State.HIDDEN, **MODERATED)
    problem = decoded(messages.problem(Conflict("pin-not-visible", post=post), ENGLISH))
    assert problem["post"] == decoded(views.post_view(post, MODERATORS))
    assert "post" not in decoded(messages.problem(Conflict("post-id-taken"), ENGLISH))


@pytest.mark.parametrize("seq", [-1, 2**53 + 1, 10**26, 1.5])
def test_a_screen_reports_a_number_that_every_part_can_carry(seq: float) -> None:
    with pytest.raises(Invalid):
        requests.parse(views.encode({"type": "applied"})[:-1] + f',"seq":{seq}}}'.encode(), requests.Applied)
