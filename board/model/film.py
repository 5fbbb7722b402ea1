"""The film of the map: the days of a gathering, and between which teams the cards of each day went. Pure.

It names teams, and nobody. Everything is bounded: a large screen draws it in one go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

DAYS_MOST = 7
TEAMS_MOST = 24
BRIDGES_A_DAY_MOST = 120
MICROSECONDS = 1_000_000

Pair = tuple[str, str]


class Sent(NamedTuple):
    """A card between teams. `created_at`: microseconds since 1970; `teams`: of those whom it celebrates."""

    created_at: int
    giver: str | None
    teams: Iterable[str | None]


def film(cards: Iterable[Sent], teams: Iterable[str], time_zone: str) -> dict[str, Any]:
    """`cards`: oldest first; `teams`: in the order of the board. A bridge is the places of its giver and its receiver among the
    teams; each stands once a day, in the order in which it was first crossed. Of more days than fit, the last."""
    zone, counts, days = ZoneInfo(time_zone), Counter[str](), dict[str, dict[Pair, None]]()
    for card in cards:
        date = datetime.fromtimestamp(card.created_at // MICROSECONDS, zone).date().isoformat()
        counts[date] += 1
        pairs = days.setdefault(date, {})
        pairs.update(dict.fromkeys((card.giver, team) for team in card.teams if card.giver and team and team != card.giver))
    last = dict(list(days.items())[-DAYS_MOST:])
    crossed = {team: None for pairs in last.values() for pair in pairs for team in pair}
    places = {team: at for at, team in enumerate(list(dict.fromkeys(teams) | crossed)[:TEAMS_MOST])}
    shown = [{"date": date, "cards": counts[date], "bridges": _placed(pairs, places)} for date, pairs in last.items()]
    return {"teams": list(places), "days": shown if any(day["bridges"] for day in shown) else []}


def _placed(pairs: Iterable[Pair], places: Mapping[str, int]) -> list[list[int]]:
    known = [[places[giver], places[team]] for giver, team in pairs if giver in places and team in places]
    return known[:BRIDGES_A_DAY_MOST]
