"""What there was, for those who were there: numbers, moments, the map day by day, questions that were answered. Pure.

Numbers and bridges count every visible post: they name nobody. A text is shown only as consent has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from board.model.consent import Decisions, Layer, may_show
from board.model.models import Board, Kind, Post, State
from board.model.totals import Totals, counted

QUESTIONS_SHOWN = 100
TEAMS_DRAWN = 24
DAYS_SHOWN = 14


class Bridge(NamedTuple):
    """Cards that went from one team to another. `day`: the first day of them, from 0."""

    giver: str
    receiver: str
    cards: int
    day: int


class Day(NamedTuple):
    """`cards` of this day; `pairs`: how many pairs of teams had met by its end."""

    date: str
    cards: int
    pairs: int


class Moments(NamedTuple):
    """`bridge`: the first card between two teams."""

    first: Post | None
    applauded: Post | None
    bridge: Post | None


class Recap(msgspec.Struct, frozen=True):
    totals: dict[str, int]
    themes: Sequence[tuple[str, int]]
    colours: Sequence[int]
    teams: Sequence[str]
    bridges: Sequence[Bridge]
    days: Sequence[Day]
    moments: Moments
    questions: Sequence[Post]
    """Those that were answered, the most voted first."""


def recap(board: Board, posts: Sequence[Post], decisions: Decisions, layer: Layer = Layer.RECAP) -> Recap:
    """`posts`: all visible ones, the oldest first."""
    shown = [post for post in posts if post.state is State.VISIBLE]
    cards = [post for post in shown if post.kind is Kind.CARD]
    open_to = [post for post in shown if _may(layer, post, decisions)]
    days = _days(board, cards)
    teams = _teams(board, cards)
    colours = {theme.id: theme.colour for theme in board.themes}
    return Recap(
        _totals(shown),
        Counter(card.theme for card in cards if card.theme).most_common(),
        [colours.get(card.theme or "", 0) for card in cards],
        teams,
        _bridges(board, cards, teams, days),
        _counted(board, cards, days),
        _moments([post for post in open_to if post.kind is Kind.CARD]),
        sorted((post for post in open_to if post.answered), key=lambda post: (-post.votes, post.created_at))[:QUESTIONS_SHOWN],
    )


def _totals(posts: Sequence[Post]) -> dict[str, int]:
    """As every page counts them."""
    return Totals.of(map(counted, posts)).view()


def _may(layer: Layer, post: Post, decisions: Decisions) -> bool:
    return may_show(layer, decisions.author(post.participant), decisions.recipients(post.to))


def day_of(board: Board, post: Post) -> str:
    """In the time zone of the gathering."""
    return datetime.fromtimestamp(post.created_at // 1_000_000, ZoneInfo(board.time_zone)).date().isoformat()


def _days(board: Board, cards: Sequence[Post]) -> list[str]:
    """The days of the gathering and those with cards before and after it; of a very long one, the last."""
    found = {day_of(board, card) for card in cards}
    if board.starts_on and board.ends_on and found:
        at, last = date.fromisoformat(board.starts_on), min(date.fromisoformat(board.ends_on), date.fromisoformat(max(found)))
        for step in range(min(DAYS_SHOWN, (last - at).days + 1)):
            found.add((at + timedelta(days=step)).isoformat())
    return sorted(found)[-DAYS_SHOWN:]


def _day(board: Board, card: Post, days: Sequence[str]) -> int:
    day = day_of(board, card)
    return days.index(day) if day in days else 0


def _pairs(card: Post) -> set[tuple[str, str]]:
    giver = card.author_team
    return {(giver, to.team) for to in card.to if giver and to.team and to.team != giver}


def _teams(board: Board, cards: Sequence[Post]) -> list[str]:
    """In the organiser's order, then others by how often a card went from or to them."""
    known = dict.fromkeys(team.name for team in board.teams)
    met = Counter(team for card in cards for pair in _pairs(card) for team in pair)
    return list(known | dict.fromkeys(team for team, _ in met.most_common()))[:TEAMS_DRAWN]


def _bridges(board: Board, cards: Sequence[Post], teams: Sequence[str], days: Sequence[str]) -> list[Bridge]:
    counts, first, there = Counter[tuple[str, str]](), dict[tuple[str, str], int](), set(teams)
    for card in cards:
        for pair in _pairs(card):
            if there.issuperset(pair):
                counts[pair] += 1
                first.setdefault(pair, _day(board, card, days))
    return [Bridge(*pair, cards=number, day=first[pair]) for pair, number in counts.most_common()]


def _counted(board: Board, cards: Sequence[Post], days: Sequence[str]) -> list[Day]:
    counts, met = [0] * len(days), [set[tuple[str, ...]]() for _ in days]
    for card in cards:
        at = _day(board, card, days)
        counts[at] += 1
        met[at] |= {tuple(sorted(pair)) for pair in _pairs(card)}
    seen, found = set[tuple[str, ...]](), list[Day]()
    for day, number, pairs in zip(days, counts, met, strict=True):
        seen |= pairs
        found.append(Day(day, number, len(seen)))
    return found


def letter(posts: Sequence[Post], decisions: Decisions, layer: Layer, teams: tuple[str, str], shown: Moments) -> Post | None:
    """A card that went between two teams, the most applauded that does not stand among the moments."""
    cards = [post for post in posts if post.kind is Kind.CARD and post.state is State.VISIBLE and post not in shown]
    between = [post for post in cards if {teams, teams[::-1]} & _pairs(post) and _may(layer, post, decisions)]
    return max(between, key=lambda card: sum(card.reactions.values()), default=None)


def _moments(cards: Sequence[Post]) -> Moments:
    """No card stands there twice: who had the most applause leaves the other places to others."""
    first = cards[0] if cards else None
    rest = [card for card in cards if card is not first]
    applauded = max(rest, key=lambda card: sum(card.reactions.values()), default=None)
    if applauded is not None and not applauded.reactions:
        applauded = None
    bridge = next((card for card in rest if card is not applauded and _pairs(card)), None)
    return Moments(first, applauded, bridge)
