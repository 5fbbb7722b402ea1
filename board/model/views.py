"""What goes out: a post, a person, a board as an audience sees it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from board.model import colours, showing
from board.model.erased import is_erased, plain
from board.model.models import Audience, Board, Kind, Participant, Person, Post, Role, Screen, State, Theme
from board.model.noting import Note
from board.model.organising import Listed, Public
from board.model.retention import FIRST_WARNING_DAYS, Keeping, counted_from, erased_on, kept_days
from board.model.thanking import thankful

PROMISED = ("owner", "owner_person", "due", "set_aside")
"""The fate of a question besides its answer; most questions have none of these fields."""


def iso(microseconds: int) -> str:
    """Always with microseconds, so that times sort as strings."""
    return (
        datetime.fromtimestamp(microseconds / 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%S.")
        + f"{microseconds % 1_000_000:06d}Z"
    )


# The year 9999 in any zone.
LATEST_SECONDS = 253_402_200_000


def iso_milliseconds(microseconds: int) -> str:
    """The server's clock, as it stands in frames."""
    return f"{iso(microseconds)[:-4]}Z"


def post_view(post: Post, audience: Audience = Audience.PUBLIC) -> dict[str, Any]:
    """The post as everyone sees it; moderators also see its state and where it came from."""
    view: dict[str, Any] = {
        "id": post.id,
        "kind": post.kind,
        "seq": post.seq,
        "created_at": iso(post.created_at),
        "author": _author_view(post),
        "text": post.text,
        "pinned": post.pinned,
    }
    if post.kind is Kind.CARD:
        view["to"] = _recipients_view(post)
        view["reactions"] = post.reactions
        if post.theme:
            view["theme"] = post.theme
    else:
        view["votes"] = post.votes
        view["answered"] = post.answered
        if post.answer:
            view["answer"] = post.answer
            if post.answer_translations:
                view["answer_translations"] = [{"lang": tag, "text": text} for tag, text in post.answer_translations.items()]
        view |= {name: value for name in PROMISED if (value := getattr(post, name)) is not None}
        if post.session:
            view["session"] = post.session
        if post.joined:
            view["joined"] = post.joined
        view |= _floor_view(post)
    if audience is Audience.MODERATORS:
        view["state"] = post.state
        view["participant"] = post.participant
        if post.reason:
            view["reason"] = post.reason
        if post.blocked:
            view["blocked"] = post.blocked
        if post.merged_into:
            view["merged_into"] = post.merged_into
        if post.moderated_by and post.moderated_at:
            view["moderated_by"] = post.moderated_by
            view["moderated_at"] = iso(post.moderated_at)
    return view


def _author_view(post: Post) -> dict[str, Any] | None:
    if not post.author_name:
        return None
    view: dict[str, Any] = {"name": plain(post.author_name), "team": post.author_team}
    return view | {"erased": True} if is_erased(post.author_name) else view


def _recipients_view(post: Post) -> Sequence[object]:
    if not any(is_erased(one.name) for one in post.to):
        return post.to
    return [{"name": plain(one.name), "erased": True} if is_erased(one.name) else one for one in post.to]


def _floor_view(post: Post) -> dict[str, Any]:
    """What few questions have: asked at the microphone, being answered, put behind the others (a time in microseconds, as text:
    it is only compared)."""
    later = iso(post.later_at) if post.later_at else None
    parts = {"voice": post.voice, "now": post.taken_at is not None and not post.answered, "later": later}
    return {name: value for name, value in parts.items() if value}


def counts_view(post: Post) -> dict[str, Any]:
    """What votes and reactions change of a post that the viewer has."""
    counts = {"reactions": post.reactions} if post.kind is Kind.CARD else {"votes": post.votes}
    return {"id": post.id, "seq": post.seq} | counts


def own_view(post: Post) -> dict[str, Any]:
    """An own post, with what became of it."""
    view = post_view(post) | {"state": post.state}
    if post.reason and post.state in (State.REJECTED, State.HIDDEN):
        view["reason"] = post.reason
    if post.merged_into and post.state is State.HIDDEN:
        view["merged_into"] = post.merged_into
    if names := thankful(post):
        view["thanks"] = names
    return view


def mine_view(post: Post) -> dict[str, Any]:
    """One line of a `mine` frame."""
    own = own_view(post)
    return {key: own[key] for key in ("id", "state", "reason", "merged_into", "joined", "thanks") if key in own}


def participant_view(participant: Participant | None) -> dict[str, Any] | None:
    if participant is None:
        return None
    view = {"id": participant.id, "name": participant.name, "team": participant.team}
    return view | ({"person": participant.person} if participant.person else {})


def person_view(person: Person, participant_id: str | None) -> dict[str, Any]:
    """Somebody of the roster; `taken` where another phone than this participant's goes by the name."""
    view: dict[str, Any] = {"id": person.id, "name": person.name, "team": person.team}
    return view | ({"taken": True} if person.holder not in (None, participant_id) else {})


def board_view(board: Board, audience: Audience = Audience.PUBLIC) -> dict[str, Any]:
    view: dict[str, Any] = {
        "code": board.code,
        "title": board.title,
        "subtitle": board.subtitle,
        "starts_on": board.starts_on,
        "ends_on": board.ends_on,
        "time_zone": board.time_zone,
        "names": board.names,
        "anonymous": board.anonymous,
        "cards_open": board.cards_open,
        "frozen": board.frozen,
        "premoderate": {"card": board.premoderate_card, "question": board.premoderate_question},
        "lease": board.lease_seconds,
        "stage": board.stage,
    }
    if audience is Audience.MODERATORS:
        view["muted"] = board.muted
        if board.trusted:
            view["trusted"] = board.trusted
        if board.notes:
            view["notes"] = [note_view(one) for one in board.notes]
    return view | _seldom(board)


def note_view(note: Note) -> dict[str, Any]:
    """As the desk and the stage see it."""
    seen = {"seen_at": iso(note.seen_at)} if note.seen_at is not None else {}
    return {"id": note.id, "room": note.room, "text": note.text, "by": note.by, "at": iso(note.at)} | seen


def _seldom(board: Board) -> dict[str, Any]:
    """What most boards do not have; a viewer takes what is missing for the default. So a page's beginning stays short."""
    seldom: dict[str, Any] = {
        "logo": logo_address(board),
        "languages": board.languages,
        "retention_days": board.retention_days,
        "archived": board.archived_at is not None,
        "rehearsal": board.rehearsal_of is not None,
        "led": [{"room": room, "session": session} for room, session in showing.led(board)],
    }
    if board.accent:
        seldom |= {"accent": board.accent, "accent_ink": colours.accent_ink(board.accent)}
    if board.public != Public():
        seldom["public"] = board.public
    return {name: value for name, value in seldom.items() if value}


def addresses_view(base: str, code: str, links: Mapping[Role, str]) -> dict[str, str]:
    """A board's links, as they are shown this once. `base`: where people reach the server; `links`: a token for each role."""
    return {
        "join_url": f"{base}/b/{code}",
        "screen_url": f"{base}/l/{links[Role.SCREEN]}",
        "moderate_url": f"{base}/l/{links[Role.MODERATOR]}",
        "organise_url": f"{base}/l/{links[Role.ORGANISER]}",
    }


def listed_view(board: Listed) -> dict[str, Any]:
    """A board as those who make boards see it."""
    return {
        "code": board.code,
        "title": board.title,
        "starts_on": board.starts_on,
        "ends_on": board.ends_on,
        "created_at": iso(board.created_at),
        "archived": board.archived,
        "rehearsal": board.rehearsal,
        "cards": board.cards,
        "questions": board.questions,
    }


def settings_view(board: Board, created_at: int) -> dict[str, Any]:
    """Everything that an organiser sets. `created_at`: microseconds since 1970."""
    return board_view(msgspec.structs.replace(board, screens=[])) | {
        "themes": board.themes,
        "teams": board.teams,
        "accent": board.accent,
        "logo": logo_address(board),
        "languages": board.languages,
        "blocked_words": board.blocked_words,
        "retention_days": kept_days(board.retention_days),
        "public": board.public,
        "created_at": iso(created_at),
        "archived": board.archived_at is not None,
        "rehearsal": board.rehearsal_of is not None,
    }


def retention_view(board: Keeping, now: int) -> dict[str, Any]:
    """When the board will be erased, for its organisers. `now`: microseconds since 1970."""
    begun, since = counted_from(board)
    return {
        "days": kept_days(board.days),
        "since": since,
        "counted_from": begun.isoformat(),
        "erased_on": erased_on(board, now).isoformat(),
        "warned_days": FIRST_WARNING_DAYS,
    }


def checklist_view(board: Board, counts: Mapping[str, int], ordinary: Sequence[Theme]) -> list[dict[str, Any]]:
    """What is done before a gathering and what is not. `ordinary`: the themes that a board has until somebody names its own."""
    counted = {"agenda": counts["sessions"], "people": counts["people"], "teams": len(board.teams), "themes": len(board.themes)}
    counted |= {"moderators": counts["moderators"], "screens": counts["screens"]}
    done: dict[str, bool] = {
        "title": bool(board.title),
        "dates": board.starts_on is not None,
        "agenda": counts["sessions"] > 0,
        "people": counts["people"] > 0,
        "teams": bool(board.teams),
        "themes": list(board.themes) != list(ordinary),
        "moderators": counts["moderators"] > 0,
        "screens": counts["screens"] > 0,
        "poster": counts["posters"] > 0,
        "rehearsal": counts["rehearsals"] > 0,
    }
    return [{"key": key, "done": value} | ({"count": counted[key]} if key in counted else {}) for key, value in done.items()]


def rehearsal_view(code: str, simulated_until: int | None) -> dict[str, Any]:
    """`simulated_until`: microseconds since 1970; None: no simulated attendees act."""
    return {"code": code, "simulated_until": iso(simulated_until) if simulated_until else None}


def logo_address(board: Board) -> str | None:
    """Where the picture is; another picture has another address."""
    return f"/b/{board.code}/logo/{board.logo}" if board.logo else None


def screen_view(screen: Screen, audience: Audience = Audience.PUBLIC) -> Screen:
    """What an interruption goes back to is for those who end it."""
    return screen if audience is Audience.MODERATORS else msgspec.structs.replace(screen, before=msgspec.UNSET)


def encode(value: object) -> bytes:
    return msgspec.json.encode(value)


def line_view(at: int, actor: str, action: str, post_id: str | None, detail: str | None) -> dict[str, Any]:
    """A line of the audit trail. `at`: microseconds since 1970."""
    return {"at": iso(at), "actor": actor, "action": action, "post": post_id, "detail": detail}
