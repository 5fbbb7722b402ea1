"""How many people look at a board, whatever they have open."""

from __future__ import annotations

from dataclasses import dataclass

from board.live.presence import SOCKETS_OF_A_PHONE, STRANGERS_COUNTED, Phones


@dataclass(eq=False)
class Socket:
    participants: tuple[str, ...] = ()
    place: str = "192.0.2.1"


def test_a_phone_counts_once_with_any_number_of_windows() -> None:
    phones, asha, leo = Phones(), [Socket(("asha",)) for _ in range(2_500)], Socket(("leo",))
    for socket in (*asha, leo):
        assert phones.join(socket) is None
    assert (phones.people, phones.known) == (2, 2)
    for socket in asha[1:]:
        phones.leave(socket)
    assert phones.people == 2
    phones.leave(asha[0])
    phones.leave(asha[0])
    assert phones.people == 1


def test_too_many_windows_of_a_phone_close_the_oldest() -> None:
    phones = Phones(SOCKETS_OF_A_PHONE)
    sockets = [Socket(("asha",)) for _ in range(SOCKETS_OF_A_PHONE + 2)]
    for socket in sockets[:-2]:
        assert phones.join(socket) is None
    assert phones.join(Socket(("leo",))) is None
    for older, newer in ((sockets[0], sockets[-2]), (sockets[1], sockets[-1])):
        assert phones.join(newer) is older
        phones.leave(older)
    assert phones.people == 2


def test_phones_without_a_cookie_count_up_to_a_bound_and_are_no_voters() -> None:
    phones = Phones(SOCKETS_OF_A_PHONE)
    strangers = [Socket() for _ in range(2_500)]
    for socket in (*strangers, Socket(place="192.0.2.2")):
        assert phones.join(socket) is None
    assert (phones.people, phones.known) == (STRANGERS_COUNTED + 1, 0)
    for socket in strangers[3:]:
        phones.leave(socket)
    assert phones.people == 4
