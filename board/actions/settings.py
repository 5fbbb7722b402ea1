"""Settings of a board, as its organisers change them while it runs: all pages hear of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from board.actions.setup import switch
from board.data import boards, logos, teams
from board.data.address import BoardId
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import images, preparing, requests, views
from board.model.models import Actor, Board, Conflict, Forbidden, Invalid, Role
from board.model.preparing import Repaired, Settings
from board.model.text import clean

DIGEST_CHARACTERS = 16


async def change_settings(store: Store, board: BoardId, actor: Actor, wanted: Settings) -> tuple[Board, list[Repaired]]:
    """Changes what is asked for, all of it or nothing; gives the board, and the colours that had to be others than asked.

    Raises `Forbidden` where a moderator asks for what an organiser does, `Conflict` with the present settings where those that
    the page showed are others by now, and `Invalid` with the field at fault.
    """
    fields = preparing.asked(wanted)
    if actor.role is not Role.ORGANISER and (set(fields) & preparing.ORGANISERS_ALONE or wanted.expect):
        raise Forbidden("role-needed", role=Role.ORGANISER.value)
    changes, repaired = _read(wanted, fields)
    logo = images.logo(wanted.logo) if isinstance(wanted.logo, str) else None

    def command(transaction: Transaction) -> tuple[Board, list[Repaired]]:
        transaction.require_link(actor)
        _expect(transaction, wanted)
        board, own, mended = transaction.board, dict(changes), list(repaired)
        if wanted.themes is not msgspec.UNSET:
            own["themes"], others = preparing.changed_themes(wanted.themes, board.themes)
            mended += others
        if wanted.teams is not msgspec.UNSET:
            own["teams"] = _change_teams(transaction, actor, wanted)
        if wanted.public is not msgspec.UNSET:
            own["public"] = msgspec.structs.replace(board.public, **_given(wanted.public))
        if "logo" in fields:
            own["logo"] = _change_logo(transaction, logo)
        preparing.in_order(own.get("starts_on", board.starts_on), own.get("ends_on", board.ends_on))
        own = {name: value for name, value in own.items() if getattr(board, name) != value}
        changed = switch(transaction, actor, wanted)
        if own:
            changed = transaction.change_board(**own)
            transaction.record(actor.name, "settings", detail=", ".join(_named(own)))
        return changed, mended

    # When it is warned of its end, a board is archived most often.
    return await store.write(board, command, although_archived=fields == ["retention_days"])


def _read(wanted: Settings, fields: list[str]) -> tuple[dict[str, Any], list[Repaired]]:
    """What the request says by itself, without the board; outside of the transaction, for which others wait."""
    changes = {_COLUMN.get(name, name): _READ[name](getattr(wanted, name)) for name in fields if name in _READ}
    if "accent" not in fields or wanted.accent is msgspec.UNSET:
        return changes, []
    changes["accent"], repaired = preparing.accent(wanted.accent)
    return changes, repaired


_COLUMN = {"lease": "lease_seconds"}
_READ: Mapping[str, Callable[[Any], Any]] = {
    "title": lambda value: requests.name(value, "title"),
    "subtitle": lambda value: clean(value, "subtitle", preparing.SUBTITLE_GRAPHEMES),
    "starts_on": lambda value: preparing.day(value, "starts_on"),
    "ends_on": lambda value: preparing.day(value, "ends_on"),
    "time_zone": preparing.time_zone,
    "names": lambda value: value,
    "anonymous": lambda value: value,
    "stage": lambda value: value,
    "languages": preparing.languages,
    "blocked_words": preparing.words,
    "lease": preparing.seconds,
    "retention_days": preparing.days,
}


def _given(wanted: msgspec.Struct) -> dict[str, Any]:
    return {name: value for name, value in msgspec.structs.asdict(wanted).items() if value is not msgspec.UNSET}


def _named(changes: Mapping[str, Any]) -> list[str]:
    """The fields alone: the audit trail is no place for blocked words."""
    return sorted({column: name for name, column in _COLUMN.items()}.get(name, name) for name in changes)


def _expect(transaction: Transaction, wanted: Settings) -> None:
    """What the page showed is compared with what is there. A request for what is there already, as after a lost answer, is not
    refused."""
    if not wanted.expect:
        return
    present = msgspec.to_builtins(views.settings_view(transaction.board, boards.born(transaction)))
    for name, seen in wanted.expect.items():
        if name not in present:
            raise Invalid("request-field-unknown", field="expect", name=name[:60])
        asked = getattr(wanted, name, msgspec.UNSET)
        if seen != present[name] and (asked is msgspec.UNSET or msgspec.to_builtins(asked) != present[name]):
            raise Conflict("settings-changed-meanwhile", field=name).telling(present=present)


def _change_teams(transaction: Transaction, actor: Actor, wanted: Settings) -> list[Any]:
    assert wanted.teams is not msgspec.UNSET
    named, renamed = preparing.teams(wanted.teams, transaction.board.teams)
    if renamed:
        teams.rename(transaction, renamed)
    for was, name in renamed.items():
        transaction.record(actor.name, "team", detail=f"{was} → {name}")
    return named


def _change_logo(transaction: Transaction, logo: images.Picture | None) -> str | None:
    if logo is None:
        logos.remove(transaction)
        return None
    digest = hashlib.sha256(logo.content).hexdigest()[:DIGEST_CHARACTERS]
    logos.put(transaction, digest, logo.media_type, logo.content)
    return digest
