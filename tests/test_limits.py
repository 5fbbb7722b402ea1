"""How fast is too fast: measures that fill again with time, and who shares them with whom."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress

import pytest

from board.model.models import Closed, TooFast
from board.web import limits
from board.web.limits import (
    BOARD_LOOKUPS,
    BOARD_MARKS,
    BOARD_POSTS,
    CROWD_LOOKUPS,
    CROWD_MARKS,
    CROWD_POSTS,
    CROWD_SECONDS,
    MAX_BUCKETS,
    NEW_PHONES_VOTES,
    ORDINARY_COOKIES,
    PARTICIPANT_LOOKUPS,
    PARTICIPANT_MARKS,
    PARTICIPANT_POSTS,
    STRANGERS_LOOKUPS,
    Bucket,
    Limiter,
    Limits,
    Phone,
    Rate,
)
from tests.clocks import MovedClock
from tests.sentences import sentence

HALL = "192.0.2.1"
BOARD = 1


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def limiter(clock: MovedClock) -> Limiter:
    return Limiter(True, clock.steady)


@pytest.fixture
def rules(limiter: Limiter) -> Limits:
    return Limits(limiter)


def spent(limiter: Limiter, rate: Rate, who: str = "asha", what: str = "post") -> int:
    """How many requests pass before the answer is 429."""
    return times(lambda: limiter.spend(Bucket(what, who, rate)))


def times(act: Callable[[], object], most: int = 10_000) -> int:
    for number in range(most):
        try:
            act()
        except TooFast:
            return number
    return most


# -- one measure ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate", [PARTICIPANT_POSTS, PARTICIPANT_MARKS, BOARD_POSTS])
def test_a_limit_allows_its_burst_and_then_its_rate(limiter: Limiter, clock: MovedClock, rate: Rate) -> None:
    assert spent(limiter, rate) == rate.burst
    assert spent(limiter, rate) == 0
    clock.move(10)
    assert spent(limiter, rate) == pytest.approx(min(rate.burst, 10 * rate.per_second), abs=1)
    clock.move(3_600)
    assert spent(limiter, rate) == rate.burst, "waiting longer saves up no more"


def test_a_refusal_says_how_long_to_wait_and_the_request_works_then(limiter: Limiter, clock: MovedClock) -> None:
    spent(limiter, PARTICIPANT_POSTS)
    clock.move(1.5)
    with pytest.raises(TooFast) as refusal:
        limiter.spend(Bucket("post", "asha", PARTICIPANT_POSTS))
    assert refusal.value.retry_after == pytest.approx(3.5)
    assert sentence(refusal.value) == "Too fast. Try again in 4 seconds."
    clock.move(math.floor(refusal.value.retry_after))
    assert spent(limiter, PARTICIPANT_POSTS) == 0
    clock.move(1)
    assert spent(limiter, PARTICIPANT_POSTS) == 1


def test_refused_requests_do_not_make_the_wait_longer(limiter: Limiter, clock: MovedClock) -> None:
    spent(limiter, PARTICIPANT_POSTS)
    taken = 0
    for _ in range(52):
        clock.move(0.1)
        taken += spent(limiter, PARTICIPANT_POSTS)
    assert taken == 1


def test_limits_are_separate_for_each_person_and_for_posts_and_votes(limiter: Limiter) -> None:
    assert spent(limiter, PARTICIPANT_POSTS, "asha") == 5
    assert spent(limiter, PARTICIPANT_POSTS, "leo") == 5
    assert spent(limiter, PARTICIPANT_MARKS, "asha", "mark") == 30


def test_with_limits_off_no_request_waits(clock: MovedClock) -> None:
    free = Limiter(False, clock.steady)
    for _ in range(1_000):
        free.spend(Bucket("post", "asha", PARTICIPANT_POSTS))
        assert not Limits(free).is_crowded(HALL)
    assert len(free) == 0


def test_an_idle_limit_is_forgotten_and_an_active_one_still_refuses(limiter: Limiter, clock: MovedClock) -> None:
    for number in range(5_000):
        limiter.spend(Bucket("mark", str(number), PARTICIPANT_MARKS))
    clock.move(601)
    spent(limiter, PARTICIPANT_POSTS)
    assert len(limiter) == 1
    assert spent(limiter, PARTICIPANT_POSTS) == 0


def test_only_limits_that_are_full_again_are_forgotten() -> None:
    for rate in (value for value in vars(limits).values() if isinstance(value, Rate)):
        assert rate.burst / rate.per_second < 600


def test_the_number_of_limits_is_bounded_and_phones_never_push_out_the_limit_of_a_board(limiter: Limiter) -> None:
    board = Bucket("posts", "1", Rate(5, 0.01))
    for _ in range(5):
        limiter.spend(board)
    for number in range(MAX_BUCKETS + 10_000):
        limiter.spend(Bucket("post", str(number), PARTICIPANT_POSTS))
    assert len(limiter) == MAX_BUCKETS + 1
    assert limiter.spent(board), "an attacker with many phones does not make the board forget what was spent"


def test_a_request_spends_all_of_its_limits_or_none(limiter: Limiter) -> None:
    own, all_of_them = Bucket("post", "asha", Rate(5, 0.1)), Bucket("posts", "1", Rate(1, 0.1))
    limiter.spend(own, all_of_them)
    for _ in range(3):
        with pytest.raises(TooFast):
            limiter.spend(own, all_of_them)
    assert times(lambda: limiter.spend(own)) == 4


# -- who shares what -----------------------------------------------------------------------------------------------


class Room:
    """Phones as they come from one address, and what each may do."""

    def __init__(self, rules: Limits, clock: MovedClock) -> None:
        self._rules, self._clock = rules, clock
        self._came: dict[str, tuple[float, str]] = {}

    def comes(self, name: str, place: str = HALL) -> str:
        self._came[name] = self._clock.now(), place if self._rules.is_crowded(place) else ""
        return name

    def phone(self, name: str) -> Phone:
        came_at, crowd = self._came[name]
        return Phone(name, self._clock.since(came_at), crowd)

    def posts(self, name: str) -> bool:
        return self._does(lambda: self._rules.post(self.phone(name), BOARD))

    def reacts(self, name: str) -> bool:
        return self._does(lambda: self._rules.mark(self.phone(name), BOARD))

    def votes(self, name: str) -> bool:
        return self._does(lambda: self._rules.mark(self.phone(name), BOARD, votes=True))

    def looks_up(self, name: str, place: str = HALL) -> bool:
        return bool(times(lambda: self._rules.look_up(self.phone(name), place, BOARD), 1))

    @staticmethod
    def _does(act: Callable[[], object]) -> bool:
        try:
            with act():  # type: ignore[attr-defined]
                return True
        except TooFast:
            return False


@pytest.fixture
def room(rules: Limits, clock: MovedClock) -> Room:
    return Room(rules, clock)


def test_a_thousand_phones_behind_one_address_join_and_write(room: Room, clock: MovedClock) -> None:
    """All at the same moment; then each looks up a name within half a minute and writes within a minute."""
    hall = [room.comes(f"phone {number}") for number in range(1_000)]
    assert all(room.reacts(phone) for phone in hall), "telling one's name"
    for number, phone in enumerate(hall):
        clock.move(0.03)
        assert room.looks_up(phone), number
    for number, phone in enumerate(hall):
        clock.move(0.06)
        assert room.posts(phone), number


@pytest.mark.parametrize("what", ["posts", "reacts", "looks_up"])
def test_endless_new_phones_take_no_requests_from_known_phones(room: Room, clock: MovedClock, what: str) -> None:
    """100 new phones a second from the hall's own address for two minutes, each does all that it may."""
    honest = [room.comes(f"honest {number}") for number in range(30)]
    does = getattr(room, what)
    for second in range(120):
        clock.move(1)
        for number in range(100):
            attacker = room.comes(f"attacker {second}/{number}")
            for _ in range(int(PARTICIPANT_POSTS.burst)):
                does(attacker)
        assert does(honest[second % 30]), second


def test_the_limit_of_a_board_exceeds_what_one_address_can_use() -> None:
    """The ordinary phones that an address gets at once, and its crowd."""
    for own, crowd, board in (
        (PARTICIPANT_POSTS, CROWD_POSTS, BOARD_POSTS),
        (PARTICIPANT_MARKS, CROWD_MARKS, BOARD_MARKS),
        (PARTICIPANT_LOOKUPS, CROWD_LOOKUPS, BOARD_LOOKUPS),
    ):
        assert ORDINARY_COOKIES.burst * own.burst + crowd.burst < board.burst
        assert ORDINARY_COOKIES.burst * own.per_second + crowd.per_second < board.per_second


def test_a_crowd_of_new_phones_has_extra_limits_for_one_hour(room: Room, rules: Limits, clock: MovedClock) -> None:
    for number in range(int(ORDINARY_COOKIES.burst)):
        room.comes(f"early {number}")
    late = room.comes("late")
    assert room.phone(late).in_crowd
    assert [room.posts(late) for _ in range(6)] == [True] * 5 + [False]
    others = [room.comes(f"other {number}") for number in range(int(CROWD_POSTS.burst))]
    assert sum(room.posts(other) for other in others) == CROWD_POSTS.burst - 5
    assert not room.posts("other 199")
    assert room.posts("early 1")
    clock.move(CROWD_SECONDS)
    assert not room.phone(late).in_crowd
    assert [room.posts(late) for _ in range(6)] == [True] * 5 + [False]


def test_votes_of_all_new_phones_share_one_limit_and_older_phones_do_not(room: Room, clock: MovedClock) -> None:
    early = room.comes("early")
    clock.move(limits.NEW_PHONE_SECONDS)
    new = [room.comes(f"new {number}") for number in range(int(NEW_PHONES_VOTES.burst) + 100)]
    assert [room.votes(phone) for phone in new] == [True] * int(NEW_PHONES_VOTES.burst) + [False] * 100
    assert room.votes(early)
    assert room.reacts(new[-1]), "it is about votes"


def test_a_refused_post_counts_against_its_author_and_not_against_the_board(
    rules: Limits, room: Room, limiter: Limiter
) -> None:
    phone = room.phone(room.comes("asha"))
    for _ in range(5):
        with suppress(Closed), rules.post(phone, BOARD):
            raise Closed("Cards are closed just now.")
    assert not room.posts("asha")
    assert times(lambda: limiter.spend(Bucket("posts", str(BOARD), BOARD_POSTS))) == BOARD_POSTS.burst


def test_look_ups_without_a_cookie_count_for_their_address_and_not_for_the_board(rules: Limits, limiter: Limiter) -> None:
    assert times(lambda: rules.look_up(None, HALL, BOARD)) == STRANGERS_LOOKUPS.burst
    assert times(lambda: rules.look_up(None, "192.0.2.2", BOARD)) == STRANGERS_LOOKUPS.burst
    assert times(lambda: limiter.spend(Bucket("look-ups", str(BOARD), BOARD_LOOKUPS))) == BOARD_LOOKUPS.burst
