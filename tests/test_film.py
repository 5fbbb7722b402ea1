"""The film of the map: which bridges were crossed on which day."""

from __future__ import annotations

from board.model.film import BRIDGES_A_DAY_MOST, DAYS_MOST, TEAMS_MOST, Sent, film

NOON = 1_696_248_000_000_000  # 2 October 2023, 12:00 UTC
DAY = 24 * 3600 * 1_000_000


def test_the_film_shows_each_days_bridges_once_and_in_order() -> None:
    cards = [
        Sent(NOON, "Jordan", ["Nepal", "Jordan", None]),
        Sent(NOON + 1, "Nepal", ["Jordan"]),
        Sent(NOON + 2, "Jordan", ["Nepal"]),
        Sent(NOON + 8 * 3600 * 1_000_000, "Haiti", ["Nepal"]),
        Sent(NOON + DAY, None, ["Nepal"]),
    ]
    result = film(cards, ["Nepal", "Jordan"], "Asia/Bangkok")  # eight in the evening in London is the next day there
    assert result["teams"] == ["Nepal", "Jordan", "Haiti"]
    assert result["days"] == [
        {"date": "2023-10-02", "cards": 3, "bridges": [[1, 0], [0, 1]]},
        {"date": "2023-10-03", "cards": 2, "bridges": [[2, 0]]},
    ]
    assert [day["cards"] for day in film(cards, [], "UTC")["days"]] == [4, 1]


def test_a_board_without_bridges_has_no_film() -> None:
    assert film([Sent(NOON, None, ["Nepal"])], ["Nepal"], "UTC") == {"teams": ["Nepal"], "days": []}


def test_a_film_is_bounded() -> None:
    cards = [Sent(NOON + n * DAY // 1_000, f"Team {n % 60}", [f"Team {n * 7 % 61}"]) for n in range(20_000)]
    result = film(cards, [], "UTC")
    assert len(result["teams"]) == TEAMS_MOST
    assert len(result["days"]) == DAYS_MOST
    assert all(len(day["bridges"]) <= BRIDGES_A_DAY_MOST for day in result["days"])
    assert all(0 <= place < TEAMS_MOST for day in result["days"] for bridge in day["bridges"] for place in bridge)
