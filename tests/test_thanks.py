"""A recipient says thanks for a card: which phones may, and that only the author gets the message. On each database."""

from __future__ import annotations

import pytest

from board.model.models import Kind, Participant, Post, Recipient, State
from board.model.thanking import key_of, recipient_of, thankful
from tests.people import Attendee, Json, Moderator
from tests.test_api import asha, board, here, leo, mira, own, refusal

__all__ = ["asha", "board", "here", "leo", "mira"]

NADIA, TYPED = Recipient("Nadia Rahman", "Bangladesh", "nadia"), Recipient("Omar Haddad", "Jordan")


def card(*to: Recipient, thanks: dict[str, str] | None = None) -> Post:
    return Post("a", Kind.CARD, State.VISIBLE, 1, 1, 1, "author", "You listen.", to=list(to), thanks=thanks or {})


@pytest.mark.parametrize(
    ("participant", "recipient"),
    [
        (Participant("p", "Nadia Rahman", "Bangladesh", person="nadia"), NADIA),
        (Participant("p", "Nadia Rahman", "Bangladesh"), None),  # typed: anybody can
        (Participant("p", "omar  HADDAD", "jordan"), TYPED),
        (Participant("p", "Omar Haddad"), None),  # of which team, nobody knows
        (Participant("p"), None),
        (Participant("author", "Omar Haddad", "Jordan"), None),  # who changed the own name since
    ],
)
def test_a_card_is_for_the_phone_with_the_roster_name_and_not_for_a_typed_one(
    participant: Participant, recipient: Recipient | None
) -> None:
    assert recipient_of(card(NADIA, TYPED), participant) == recipient


def test_names_of_people_who_thanked_follow_the_present_card() -> None:
    thanks = {"p": key_of(NADIA), "q": key_of(TYPED)}
    assert thankful(card(NADIA, TYPED, thanks=thanks)) == ["Nadia Rahman", "Omar Haddad"]
    assert thankful(card(TYPED, thanks=thanks)) == ["Omar Haddad"], "the other recipient was corrected"


async def _thank(who: Attendee, post: Json, method: str = "PUT") -> bool:
    response = await who.send(method, f"/posts/{post['id']}/thanks")
    assert response.status_code == 200, response.text
    thanked: bool = response.json()["thanked"]
    return thanked


async def test_only_the_author_gets_the_thanks_and_they_can_be_taken_back(
    asha: Attendee, leo: Attendee, mira: Moderator
) -> None:
    post = await asha.celebrate(to=[{"person": "nadia"}, {"name": "Omar"}], anonymous=True)
    assert (await leo.send("POST", "/join", {"person": "nadia"})).status_code == 200
    author, other = await asha.live(), await leo.live()
    for reader in (author, other):
        await reader.until(lambda frame: frame["type"] == "snapshot")
    for _ in range(2):  # repeating changes nothing
        assert await _thank(leo, post)
    received = await author.until(lambda frame: frame["type"] == "mine")
    assert received["posts"] == [{"id": post["id"], "state": "visible", "thanks": ["Nadia Rahman"]}]
    assert [one.get("thanks") for one in await own(asha)] == [["Nadia Rahman"]]
    assert "thank" not in str((await leo.snapshot(), await other.drain(), (await mira.get("/posts")).json()))
    assert not await _thank(leo, post, "DELETE")
    received = await author.until(lambda frame: frame["type"] == "mine")
    assert received["posts"] == [{"id": post["id"], "state": "visible"}]
    assert [one.get("thanks") for one in await own(asha)] == [None]


async def test_only_the_phone_of_a_recipient_can_thank_and_only_for_a_visible_card(
    asha: Attendee, leo: Attendee, mira: Moderator
) -> None:
    post = await asha.celebrate(to=[{"person": "nadia"}])
    typed = await asha.celebrate(to=[{"name": "Omar Haddad", "team": "Jordan"}])
    question = await asha.ask()
    await leo.send("POST", "/join", {"name": "Nadia Rahman", "team": "Elsewhere"})
    for who in (asha, leo, mira):
        refusal(await who.send("PUT", f"/posts/{post['id']}/thanks"), 403)
    refusal(await leo.send("PUT", f"/posts/{question['id']}/thanks"), 422)
    for who in (leo, mira):
        await who.send("POST", "/join", {"name": "Omar Haddad", "team": "Jordan"})
    assert await _thank(leo, typed)
    refusal(await mira.send("PUT", f"/posts/{typed['id']}/thanks"), 409)
    await leo.send("POST", "/join", {"person": "nadia"})
    await mira.moderate(post, state="hidden")
    refusal(await leo.send("PUT", f"/posts/{post['id']}/thanks"), 404)
    await mira.moderate(post, state="visible")
    await mira.send("DELETE", "/people/nadia/holder")
    refusal(await leo.send("PUT", f"/posts/{post['id']}/thanks"), 403)  # the name is another phone's by now
    await mira.send("POST", "/join", {"person": "nadia"})
    assert await _thank(mira, post)
