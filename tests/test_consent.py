"""Consent by layer: the rule, what is stored, and who decides for a card."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from board.actions import attendees, badges, consent, lifecycle, roster, whole
from board.data import badges as seals
from board.data import consents, schema
from board.data.consents import Receipt
from board.data.store import Store
from board.model import requests
from board.model.consent import UNDECIDED, Consent, Decided, Decisions, Layer, may_list, may_show, strictest
from board.model.models import Recipient, Role
from board.model.renaming import nobody
from board.model.requests import ConsentWish
from board.web.api.consent import receipt_of
from tests import boards
from tests.test_moving import bring, export

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "vectors" / "consent.json").read_text(encoding="utf-8"))
YES, NO = Consent(True, True, True), Consent(False, False, False)


def only(layer: str, answer: bool | None) -> Consent:
    return Consent(**{layer: answer})


@pytest.mark.parametrize("case", VECTORS["cards"], ids=lambda case: f"{case['layer']}: {case['why']}")
def test_a_layer_shows_a_card_only_as_its_author_and_recipients_decided(case: dict[str, Any]) -> None:
    layer = Layer(case["layer"])
    recipients = [only(layer, answer) for answer in case["recipients"]]
    assert may_show(layer, only(layer, case["author"]), recipients) == case["shown"]


@pytest.mark.parametrize("case", VECTORS["listed"], ids=lambda case: str(case["why"]))
def test_the_directory_lists_only_those_who_agreed(case: dict[str, Any]) -> None:
    person, author, *others = [only("directory", answer) for answer in (case["person"], case["author"], *case["others"])]
    assert may_list(person, author, others) == case["listed"]


def test_no_layer_shows_a_card_that_somebody_refused() -> None:
    for layer, author, one, other in product(Layer, *[(True, False, None)] * 3):
        if False in (author, one, other):
            assert not may_show(layer, only(layer, author), [only(layer, one), only(layer, other)])
    assert (strictest([True, None]), strictest([]), strictest([True, False])) == (None, None, False)


def test_a_decision_counts_for_the_person_of_the_phone() -> None:
    nadia, typed = Recipient("Nadia", "Jordan", "nadia"), Recipient("nadia", None)
    now = Decisions([Decided("a", YES, person="nadia", name="Nadia", team="Jordan", holds="nadia")])
    assert now.recipient(nadia) == YES
    assert now.recipient(typed) == YES, "a card that was never linked to the roster names her all the same"
    left = Decisions([Decided("a", Consent(True, False, True), person="nadia")])
    assert left.recipient(nadia) == Consent(None, False, None), "a phone that lost the name: its refusals stay, its yes goes"
    assert left.author(nobody("nadia")) == Consent(None, False, None), "and so for what it wrote under the name"
    both = Decisions([Decided("a", NO, person="nadia"), Decided("b", YES, holds="nadia")])
    assert both.recipient(nadia) == NO


def test_phones_with_a_typed_name_decide_for_it() -> None:
    decisions = Decisions([Decided("a", NO, name="Nádia", team="Jordan"), Decided("b", YES, name="Omar")])
    assert decisions.recipient(Recipient("nadia", "Jordan")) == NO
    assert decisions.recipient(Recipient("nadia")) == NO, "she may be meant"
    assert decisions.recipient(Recipient("nadia", "Cambodia")) == UNDECIDED, "somebody else is meant"
    assert decisions.recipient(Recipient("Omar", "Cambodia")) == YES
    several = Decisions([Decided("a", YES, name="Omar"), Decided("b", NO, name="Omar"), Decided("c", UNDECIDED, name="Omar")])
    assert several.recipient(Recipient("Omar")) == NO


# -- stored --------------------------------------------------------------------------------------------------------

KEY = "k" * 40


class Place:
    """A board on whose roster Nadia is."""

    def __init__(self, store: Store, board_id: int) -> None:
        self.store, self.board_id, self.code = store, board_id, "LAB-26"

    @property
    def id(self) -> int:
        return self.board_id

    async def decide(self, phone: str, **layers: bool) -> Consent:
        def receipt(at: int, decided: Consent) -> Receipt:
            return receipt_of(KEY, self, phone, at, decided)  # type: ignore[arg-type]

        return await consent.decide(self.store, self.board_id, phone, f"{phone}-unnamed", ConsentWish(**layers), receipt)

    async def join(self, phone: str, **who: str) -> None:
        await attendees.join(self.store, self.board_id, phone, requests.Join(**who))

    async def decisions(self) -> Decisions:
        return await self.store.read(lambda connection: consents.decisions(connection, self.board_id))

    async def receipts(self, phone: str) -> list[Receipt]:
        mine = receipt_of(KEY, self, phone, 0, UNDECIDED)  # type: ignore[arg-type]
        return await self.store.read(lambda connection: consents.receipts(connection, mine.board, mine.subject))


@pytest.fixture
async def place(store: Store) -> Place:
    board_id = await boards.new_board(store, code="LAB-26")
    await boards.new_person(store, board_id, "nadia", "Nadia", "Jordan")
    return Place(store, board_id)


async def test_a_decision_is_stored_once_for_both_ids_of_a_phone_and_the_last_one_counts(place: Place) -> None:
    assert await place.decide("a", recap=False) == Consent(recap=False)
    assert await place.decide("a", directory=True) == Consent(recap=False, directory=True), "what is not named stays"
    assert await place.decide("a", directory=True) == Consent(recap=False, directory=True)
    decisions = await place.decisions()
    assert decisions.author("a") == decisions.author("a-unnamed") == Consent(recap=False, directory=True)
    assert decisions.author("b") == UNDECIDED
    assert [receipt.consent for receipt in await place.receipts("a")] == [
        Consent(recap=False),
        Consent(recap=False, directory=True),
    ]
    assert await place.receipts("a-unnamed") == [], "a receipt for it would tell whose it is"


async def test_the_last_phone_with_the_name_decides_for_the_person(place: Place) -> None:
    nadia = Recipient("Nadia", "Jordan", "nadia")
    await place.join("a", person="nadia")
    await place.decide("a", recap=False, directory=True)
    assert (await place.decisions()).recipient(nadia) == Consent(recap=False, directory=True)
    seal = await place.store.read(lambda connection: seals.one(connection, place.board_id, "nadia"))
    assert seal
    await badges.enter(place.store, place.board_id, "b", "nadia", lambda there: there == seal.seal)
    assert (await place.decisions()).recipient(nadia) == Consent(recap=False)
    await place.decide("b", recap=True)
    assert (await place.decisions()).recipient(nadia) == Consent(recap=True)


async def test_decisions_for_a_roster_entry_follow_it(place: Place) -> None:
    await boards.new_person(place.store, place.board_id, "nadja", "Nadja", "Jordan")
    mira = await boards.new_actor(place.store, place.board_id, "Mira", Role.ORGANISER)
    await place.join("a", person="nadia")
    await place.decide("a", recap=False)
    await roster.merge_people(place.store, place.board_id, mira, "nadia", "nadja")
    assert (await place.decisions()).recipient(Recipient("Nadja", "Jordan", "nadja")).recap is False
    await roster.remove_person(place.store, place.board_id, mira, "nadja")
    assert (await place.decisions()).recipient(Recipient("Nadja", "Jordan")).recap is False, "the phone has the name still"


async def test_a_person_can_refuse_on_an_archived_board(place: Place) -> None:
    await whole.archive(place.store, place.board_id, "command line", True)
    assert await place.decide("a", recap=False) == Consent(recap=False)


async def test_receipts_of_consent_survive_a_purge_and_contain_no_name(place: Place) -> None:
    await place.join("a", person="nadia")
    await place.decide("a", outside=True)
    await place.store.write_any(lambda connection: lifecycle.purge(connection, place.board_id))
    (kept,) = await place.receipts("a")
    assert kept.consent == Consent(outside=True)
    rows = await place.store.read(lambda connection: connection.execute(select(schema.receipts)).all())
    assert all(word not in str(rows) for word in ("Nadia", "nadia", "LAB-26", "Jordan")), "digests, a time, three answers"


async def test_receipts_of_a_phone_are_bounded_and_old_ones_are_deleted(place: Place) -> None:
    for turn in range(consents.RECEIPTS_OF_ONE + 3):
        await place.decide("a", recap=bool(turn % 2))
    assert len(await place.receipts("a")) == consents.RECEIPTS_OF_ONE
    later = place.store.now() + (consents.RECEIPT_DAYS + 1) * 24 * 3600 * 1_000_000
    await place.store.write_any(lambda connection: consents.keep(connection, Receipt("b", "s", later, YES)))
    assert await place.receipts("a") == []


async def test_a_rehearsal_leaves_no_receipt(place: Place) -> None:
    await place.store.write(place.board_id, lambda transaction: transaction.change_board(rehearsal_of=place.board_id))
    await place.decide("a", outside=True)
    assert await place.receipts("a") == []


async def test_refusals_move_with_the_board_and_agreements_of_phones_do_not(place: Place) -> None:
    await place.join("a", person="nadia")
    await place.decide("a", recap=False, directory=True)
    await place.join("b", name="Omar", team="Jordan")
    await place.decide("b", recap=False, outside=True)
    await attendees.submit(place.store, place.board_id, "c", "c-unnamed", boards.card(to=[requests.To(person="nadia")]))
    await place.decide("c", outside=True)
    moved = Place(place.store, await bring(place.store, await export(place.store, place.board_id), "NEW-26"))
    decisions = await moved.decisions()
    assert decisions.recipient(Recipient("Nadia", "Jordan", "nadia")) == Consent(recap=False)
    assert decisions.recipient(Recipient("Omar", "Jordan")).recap is False
    posts = await moved.store.read(
        lambda connection: connection.execute(
            select(schema.posts.c.participant).where(schema.posts.c.board_id == moved.board_id)
        )
    )
    assert decisions.author(posts.scalar_one()) == Consent(outside=True), "the author is the same phone as before"
