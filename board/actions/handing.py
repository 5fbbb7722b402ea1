"""Staff links as organisers hand them out: made, handed over by a fresh one, taken back."""

from __future__ import annotations

from board.data import links, undos
from board.data.address import BoardId
from board.data.store import Store
from board.data.transaction import Transaction
from board.model import linking, showing, tokens, undoing
from board.model.models import Actor, Conflict, Invalid, Link, NotFound, Role


async def make_link(store: Store, board: BoardId, actor: Actor, wanted: linking.NewLink) -> tuple[links.StaffLink, str]:
    """Gives the link and its token, which is not kept."""
    new, token = linking.link(wanted), tokens.new_token()

    def command(transaction: Transaction) -> links.StaffLink:
        transaction.require_link(actor)
        return _add(transaction, actor, new, token, "link")

    return await store.write(board, command), token


def _add(transaction: Transaction, actor: Actor, new: Link, token: str, action: str) -> links.StaffLink:
    held = links.of_board(transaction)
    if (there := next((one for one in held if one.id == new.id), None)) is not None:
        return there  # the command runs a second time, as its first answer was lost
    if len(held) >= linking.MAX_LINKS:
        raise Invalid("links-too-many", most=linking.MAX_LINKS)
    if showing.find_screen(transaction.settings, new.screen) is None:
        raise NotFound("screen-unknown")
    links.add(transaction, new, tokens.digest(token))
    transaction.touch_board()
    transaction.record(actor.name, action, detail=f"{new.role} {new.name}")
    return links.StaffLink(new.id, new.role, new.name, transaction.now, None, new.screen)


async def renew_link(store: Store, board: BoardId, actor: Actor, link_id: str) -> tuple[links.StaffLink, str]:
    """A fresh link of the same role and name, as for the next shift; what is open by the old one closes."""
    new_id, token = linking.new_id(), tokens.new_token()

    def command(transaction: Transaction) -> links.StaffLink:
        held = links.of_board(transaction)
        there = next((one for one in held if one.id == new_id), None)
        if there is not None:
            return there
        transaction.require_link(actor)
        old = _of(held, link_id)
        links.revoke_one(transaction, old.id)
        return _add(transaction, actor, Link(new_id, old.role, old.name, old.screen), token, "link-renewed")

    return await store.write(board, command), token


def _of(held: list[links.StaffLink], link_id: str) -> links.StaffLink:
    link = next((one for one in held if one.id == link_id), None)
    if link is None:
        raise NotFound("staff-link-gone")
    return link


async def revoke_kiosk(store: Store, board: BoardId, actor: Actor, link_id: str) -> links.StaffLink:
    """A moderator takes a tablet's link back, and no other one. Raises `NotFound`."""

    def command(transaction: Transaction) -> links.StaffLink:
        transaction.require_link(actor)
        link = _of([one for one in links.of_board(transaction) if one.role is Role.KIOSK], link_id)
        links.revoke_one(transaction, link.id)
        transaction.touch_board()
        transaction.record(actor.name, "revoke", detail=f"{link.role} {link.name}")
        return link

    return await store.write(board, command)


async def revoke_link(store: Store, board: BoardId, actor: Actor, link_id: str) -> tuple[links.StaffLink, str | None]:
    """Takes it back; what is open by it closes. Gives the link, and the id of what takes this back. The last organiser's link
    stays: a board that nobody can prepare any more could only be reached from the command line. Raises `Conflict` then."""

    undo_id = undoing.new_id()

    def command(transaction: Transaction) -> tuple[links.StaffLink, str | None]:
        transaction.require_link(actor)
        held = links.of_board(transaction)
        link = _of(held, link_id)
        if link.role is Role.ORGANISER and sum(one.role is Role.ORGANISER for one in held) == 1:
            raise Conflict("link-last-organiser")
        links.revoke_one(transaction, link.id)
        transaction.touch_board()
        transaction.record(actor.name, "revoke", detail=f"{link.role} {link.name}")
        return link, undos.keep(transaction, undo_id, undoing.LinkUndo(link.id))

    return await store.write(board, command)
