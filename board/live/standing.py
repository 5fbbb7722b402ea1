"""How each large screen is doing, from what is known of its connections: live, stale, or safe. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from board.live.lost import Entry

Standing = dict[str, Any]
"""`state`; `applied`, the seq that all of its connections have drawn, -1: unknown; `connections`; `seconds` where a lost one
may still show what it had. `seq` is `applied` once more, for pages that know of connections alone."""
UNSEEN: Standing = {"state": "safe", "applied": -1, "seq": -1, "connections": []}
"""The state of a screen that is open on no computer."""


def standing(entries: Iterable[Entry], screen_id: str, *, first: bool = False) -> Standing:
    """`live`: each connection of it has drawn what it was sent. `stale`: one has not, or was lost less than a lease ago, so an
    older picture may be seen. `safe`: none is there, so nothing but the title slide can be. `first`: a connection that names
    no screen, as of a worker of an older version, shows this one."""
    own = [one for one in entries if one.get("screen") == screen_id or (first and "screen" not in one)]
    if not own:
        return UNSEEN
    connections = [{name: value for name, value in one.items() if name != "screen"} for one in own]
    applied = min(int(one["seq"]) for one in own)
    state = "live" if all(one["state"] == "live" for one in own) else "stale"
    seconds = [int(one["seconds"]) for one in own if one["state"] == "lost"]
    found: Standing = {"state": state, "applied": applied, "seq": applied, "connections": connections}
    return found | ({"seconds": max(seconds)} if seconds else {})


def standings(entries: Sequence[Entry], screen_ids: Sequence[str]) -> dict[str, Standing]:
    """Of all screens by their ids, the first one first."""
    return {one: standing(entries, one, first=number == 0) for number, one in enumerate(screen_ids)}
