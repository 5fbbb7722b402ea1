"""Webhooks by HTTP, for organisers. The secret is shown once, in the answer to the organiser who made the webhook."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from board.actions import webhooks as acts
from board.data import outbox
from board.model import views, webhooks
from board.web.api.parts import answer_json, body_of, organiser_of, organiser_reads


async def get_webhooks(request: Request) -> Response:
    context, board = await organiser_reads(request)
    found = await context.store.read(lambda connection: outbox.listed(connection, board.id))
    return answer_json({"webhooks": [_view(one) for one in found]})


async def post_webhook(request: Request) -> Response:
    context, board, actor = await organiser_of(request)
    wanted = await body_of(request, webhooks.NewWebhook)
    made = await acts.add(context.store, board, actor, wanted, context.settings.webhook_networks)
    found = await context.store.read(lambda connection: outbox.listed(connection, board.id))
    view = next((_view(one) for one in found if one.id == made), {"id": made})
    return answer_json({"webhook": view | {"secret": webhooks.secret(context.settings.secret_key, made)}}, 201)


async def delete_webhook(request: Request) -> Response:
    context, board, actor = await organiser_of(request)
    await acts.remove(context.store, board, actor, request.path_params["id"])
    return answer_json({})


def _view(one: outbox.Webhook) -> dict[str, Any]:
    view: dict[str, Any] = {"id": one.id, "url": one.url, "events": one.events, "created_at": views.iso(one.created_at)}
    view |= {"waiting": one.waiting, "failed": one.failed}
    if one.tried_at is not None:
        view |= {"tried_at": views.iso(one.tried_at), "status": one.status}
    if one.disabled_at is not None:
        view["disabled_at"] = views.iso(one.disabled_at)
    return view
