"""A moderator corrects the recipients of a card over HTTP: permissions, frames to each viewer, answers."""

from __future__ import annotations

import pytest

from tests.people import Attendee, Json, Moderator
from tests.test_api import asha, board, here, leo, mira, own, refusal, shown

__all__ = ["asha", "board", "here", "leo", "mira"]

NADIA: Json = {"name": "Nadia Rahman", "team": "Bangladesh", "person": "nadia"}


async def _at_the_desk(moderator: Moderator, post: Json, to: list[Json], **changes: object) -> Json:
    response = await moderator.moderate(post, to=to, **changes)
    assert response.status_code == 200, response.text
    corrected: Json = response.json()["post"]
    return corrected


async def test_only_moderators_correct_the_cards_of_others(asha: Attendee, leo: Attendee, mira: Moderator) -> None:
    post = await asha.celebrate(to=[{"name": "Nadya"}])
    refusal(await leo.send("PATCH", f"/posts/{post['id']}", {"to": [{"person": "nadia"}]}), 403)
    for guard in ({"expect": "visible"}, {"expect_to": [{"name": "Nadya"}]}):
        refusal(await asha.send("PATCH", f"/posts/{post['id']}", {"to": [{"person": "nadia"}]} | guard), 403)
    corrected = await _at_the_desk(mira, post, [{"person": "nadia"}], expect="visible")
    assert (corrected["to"], corrected["state"], corrected["moderated_by"]) == ([NADIA], "visible", "moderator")
    refusal(await mira.moderate(post, text="You never taught me anything."), 403)
    refusal(await mira.moderate(post, to=[{"person": "nobody"}]), 422, "to")
    refusal(await mira.moderate({"id": "00000000-0000-4000-8000-000000000000"}, to=[{"name": "Omar"}]), 404)
    problem = refusal(await mira.moderate(post, to=[{"name": "Omar"}], expect="pending"), 409)
    assert problem["post"]["to"] == [NADIA]


async def test_the_corrected_card_reaches_the_right_phone_and_leaves_the_wrong_one(
    asha: Attendee, leo: Attendee, mira: Moderator
) -> None:
    post = await asha.celebrate(to=[{"name": "Leo", "team": "Jordan"}])
    reader = await leo.live()
    await reader.until(lambda frame: frame["type"] == "snapshot")
    await _at_the_desk(mira, post, [{"person": "nadia"}])
    frame = await reader.until(lambda frame: frame["type"] == "changes")
    assert [(one["id"], one["to"]) for one in frame["posts"]] == [(post["id"], [NADIA])]
    assert (await shown(leo))[post["id"]]["to"] == [NADIA]
    assert [one["id"] for one in (await leo.get("/posts", kind="card", person="nadia")).json()["posts"]] == [post["id"]]


@pytest.mark.parametrize("held", [False, True])
async def test_the_author_also_hears_of_a_correction_of_a_hidden_card(
    asha: Attendee, leo: Attendee, mira: Moderator, held: bool
) -> None:
    if not held:
        await mira.send("PATCH", "", {"premoderate": {"card": True}})
    post = await asha.celebrate(to=[{"name": "Nadya"}])
    if held:
        await mira.moderate(post, state="hidden")
    author, other = await asha.live(), await leo.live()
    for reader in (author, other):
        await reader.until(lambda frame: frame["type"] == "snapshot")
    await _at_the_desk(mira, post, [{"person": "nadia"}])
    received = await author.until(lambda frame: frame["type"] == "mine")
    assert received["posts"] == [{"id": post["id"], "state": "hidden" if held else "pending"}]
    assert [one["to"] for one in await own(asha)] == [[NADIA]]
    assert "Nadia" not in str(await other.drain())


async def test_a_full_name_becomes_the_roster_person_and_the_audit_names_both(asha: Attendee, mira: Moderator) -> None:
    post = await asha.celebrate(to=[{"name": "Nadya"}])
    corrected = await _at_the_desk(mira, post, [{"name": "nadia rahman"}])
    assert corrected["to"] == [NADIA]
    entries = (await mira.get("/audit")).json()["entries"]
    assert (entries[0]["action"], entries[0]["detail"]) == ("to", "Nadya → Nadia Rahman (Bangladesh)")
