"""What a phone decides about consent, by HTTP."""

from __future__ import annotations

import hashlib
import hmac

from starlette.requests import Request
from starlette.responses import Response

from board.actions import consent as acts
from board.data import consents, retention
from board.data.consents import Receipt
from board.data.store import Connection
from board.model import requests
from board.model.consent import UNDECIDED, Consent
from board.model.retention import Keeping, erased_on
from board.web.access import Asked
from board.web.api.parts import answer_json, board_of, body_of, ids_of, writer_of

DIGEST_CHARACTERS = 32


def receipt_of(secret_key: str, board: Asked, participant: str, at: int, consent: Consent) -> Receipt:
    """Evidence of a decision. Without the secret key nobody learns from it which board and which phone it is about."""

    def digest(*words: object) -> str:
        said = "\n".join(["receipt", *map(str, words)]).encode()
        return hmac.new(secret_key.encode(), said, hashlib.sha256).hexdigest()[:DIGEST_CHARACTERS]

    return Receipt(digest(board.id, board.code), digest(board.id, participant), at, consent)


async def put_consent(request: Request) -> Response:
    context, board = await writer_of(request)
    wish = await body_of(request, requests.ConsentWish)
    device = context.access.require_device(request)
    named, pseudonym = ids_of(context, board, device)

    def receipt(at: int, consent: Consent) -> Receipt:
        return receipt_of(context.settings.secret_key, board, named, at, consent)

    with context.limits.mark(context.access.phone(device, board), board.id):
        decided = await acts.decide(context.store, board, named, pseudonym, wish, receipt)
    return answer_json({"consent": decided})


async def get_consent(request: Request) -> Response:
    """And until when the board is kept: who opens Me sees both."""
    context, board = await board_of(request)
    device = context.access.device(request)

    def read(connection: Connection) -> tuple[Consent, Keeping | None]:
        consent = consents.one(connection, board.id, ids_of(context, board, device)[0]) if device else UNDECIDED
        return consent, retention.keeping_of(connection, board.id)

    consent, keeping = await context.store.read(read)
    until = {"kept_until": erased_on(keeping, context.store.now())} if keeping else {}
    return answer_json({"consent": consent} | until)
