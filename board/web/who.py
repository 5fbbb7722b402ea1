"""Who can help with what: a page without a script, and the same as CSV and vCard. Only people who agreed, with the sentences
whose authors agreed; after a person takes back the yes, no page shows it."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Sequence
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from board.data.afterwards import Gathered
from board.model.directory import Field, Helper, fields, matching
from board.model.text import beginning
from board.transfer.exports import harmless
from board.web import assets
from board.web.afterwards import about, opened
from board.web.api.parts import looking_up
from board.web.context import Context
from board.web.templating import drawn

HELPERS_A_PAGE = 60
TYPED_CODE_POINTS = 200
TYPED_GRAPHEMES = 60
CSV_HEAD = ("theme", "name", "team", "cards", "sentences")
VCARD_LINE_BYTES = 75


async def _found(request: Request) -> tuple[Context, Gathered, list[Field], str]:
    context, found = await opened(request, "who")
    await looking_up(request)
    typed = beginning(request.query_params.get("q", "")[:TYPED_CODE_POINTS], TYPED_GRAPHEMES)
    everybody = await asyncio.to_thread(fields, found.board, found.posts, found.names, found.decisions)
    return context, found, await asyncio.to_thread(matching, everybody, typed), typed


async def show(request: Request) -> Response:
    context, found, helping, typed = await _found(request)
    address = f"{context.access.base_url(request)}/b/{found.board.code}"
    total = sum(len(field.helpers) for field in helping)
    pages = max(1, -(-total // HELPERS_A_PAGE))
    page = min(pages, max(1, _number(request.query_params.get("page", "1"))))
    values: dict[str, Any] = about(found.board, context.catalogue(request)) | {
        "asset": assets.url,
        "address": address,
        "fields": part(helping, (page - 1) * HELPERS_A_PAGE, HELPERS_A_PAGE),
        "total": total,
        "typed": typed,
        "page": page,
        "pages": pages,
    }
    html = await asyncio.to_thread(drawn, request, "who.html", **values)
    return Response(html, media_type="text/html")


def _number(typed: str) -> int:
    return int(typed[:6]) if typed[:6].isdecimal() else 1


def part(found: Sequence[Field], start: int, most: int) -> list[Field]:
    """So many helpers from one on, under their themes."""
    shown, at = list[Field](), 0
    for field in found:
        helpers = field.helpers[max(0, start - at) : max(0, start + most - at)]
        at += len(field.helpers)
        if helpers:
            shown.append(msgspec.structs.replace(field, helpers=helpers))
    return shown


async def as_csv(request: Request) -> Response:
    _, found, helping, _ = await _found(request)
    content = await asyncio.to_thread(sheet, helping)
    return _file(content, "text/csv; charset=utf-8", f"who-{found.board.code}.csv")


async def as_vcards(request: Request) -> Response:
    _, found, helping, _ = await _found(request)
    content = await asyncio.to_thread(vcards, helping, found.board.title)
    return _file(content, "text/vcard; charset=utf-8", f"who-{found.board.code}.vcf")


def _file(content: bytes, media_type: str, name: str) -> Response:
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def sheet(helping: Sequence[Field]) -> bytes:
    """One line for each person and theme. Excel knows UTF-8 by the mark at the start."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(CSV_HEAD)
    for field in helping:
        for one in field.helpers:
            said = " | ".join(sentence.text for sentence in one.sentences)
            writer.writerow([harmless(cell) for cell in (field.name, one.name, one.team or "", one.cards, said)])
    return out.getvalue().encode("utf-8-sig")


def vcards(helping: Sequence[Field], gathering: str) -> bytes:
    """RFC 6350, one card for each person: their themes are categories, the sentences a note."""
    people: dict[tuple[str, str | None], list[tuple[Field, Helper]]] = {}
    for field in helping:
        for one in field.helpers:
            people.setdefault((one.name, one.team), []).append((field, one))
    return "".join(_vcard(name, team, theirs, gathering) for (name, team), theirs in people.items()).encode()


def _vcard(name: str, team: str | None, theirs: Sequence[tuple[Field, Helper]], gathering: str) -> str:
    said = [sentence.text for _, one in theirs for sentence in one.sentences]
    lines = ["BEGIN:VCARD", "VERSION:4.0", f"FN:{_escaped(name)}"]
    lines += [f"ORG:{_escaped(team)}"] if team else []
    lines += [f"CATEGORIES:{','.join(_escaped(field.name) for field, _ in theirs if field.name)}"]
    lines += [f"NOTE:{_escaped(chr(10).join([gathering, *said]))}", "END:VCARD"]
    return "".join(_folded(line) + "\r\n" for line in lines if not line.endswith(":"))


def _escaped(value: str) -> str:
    for sign, written in (("\\", "\\\\"), (",", "\\,"), (";", "\\;"), ("\r", ""), ("\n", "\\n")):
        value = value.replace(sign, written)
    return value


def _folded(line: str) -> str:
    """Lines of at most 75 bytes, the next one beginning with a blank (RFC 6350, 3.2); no letter is cut in two."""
    rows, row = list[str](), ""
    for letter in line:
        if len(row.encode()) + len(letter.encode()) > VCARD_LINE_BYTES - (1 if rows else 0):
            rows, row = [*rows, row], ""
        row += letter
    return "\r\n ".join([*rows, row])


routes = [
    Route("/b/{code}/who", show, methods=["GET"]),
    Route("/b/{code}/who.csv", as_csv, methods=["GET"]),
    Route("/b/{code}/who.vcf", as_vcards, methods=["GET"]),
]
