"""The addresses of the API."""

from __future__ import annotations

from starlette.routing import Route

from board.web.answers import get_answers, get_totals
from board.web.api.agenda import delete_session, patch_session, post_session, post_shift
from board.web.api.attendees import patch_post, post_join, post_post, put_reaction, put_thanks, put_vote
from board.web.api.consent import get_consent, put_consent
from board.web.api.hosts import get_boards, post_board
from board.web.api.imports import patch_import, post_applied, post_import, post_undone
from board.web.api.joining import put_join, put_trust
from board.web.api.kiosks import delete_kiosk, get_kiosks, post_at_kiosk, post_behalf, post_kiosk
from board.web.api.links import delete_link, get_links, post_link, post_renewed_link
from board.web.api.me import delete_me, get_data, post_erased
from board.web.api.moderators import delete_holder, delete_votes, patch_board, post_bulk, put_mute
from board.web.api.organisers import (
    delete_rehearsal,
    get_checklist,
    get_export,
    get_rehearsal,
    get_settings,
    post_duplicate,
    post_purge,
    post_rehearsal,
    put_archive,
    put_simulated,
)
from board.web.api.parts import Endpoint, writing
from board.web.api.prepared import delete_prepared, get_prepared, patch_prepared, post_added, post_prepared
from board.web.api.qr import post_qr
from board.web.api.reading import get_audit, get_bridges, get_mine, get_people, get_posts, get_similar, get_snapshot, get_story
from board.web.api.roster import delete_person, get_coverage, get_mirror, get_roster, patch_person, post_merge, post_person
from board.web.api.screens import delete_screen, get_screens, post_screen, put_one_screen, put_screen, put_screens
from board.web.api.stage import delete_note, put_floor, put_note, put_seen
from board.web.api.undoing import post_undo
from board.web.api.webhooks import delete_webhook, get_webhooks, post_webhook
from board.web.sockets import events

_SERVER_ROUTES: list[tuple[str, Endpoint, str]] = [
    ("/api/boards", get_boards, "GET"),
    ("/api/boards", post_board, "POST"),
]
_ROUTES: list[tuple[str, Endpoint, list[str]]] = [
    ("", get_snapshot, ["GET"]),
    ("", patch_board, ["PATCH"]),
    ("/events", events, ["GET"]),
    ("/posts", get_posts, ["GET"]),
    ("/posts", post_post, ["POST"]),
    ("/posts/bulk", post_bulk, ["POST"]),
    ("/posts/{id}", patch_post, ["PATCH"]),
    ("/posts/{id}/join", put_join, ["PUT", "DELETE"]),
    ("/posts/{id}/vote", put_vote, ["PUT", "DELETE"]),
    ("/votes", delete_votes, ["DELETE"]),
    ("/posts/{id}/thanks", put_thanks, ["PUT", "DELETE"]),
    ("/posts/{id}/reactions/{key}", put_reaction, ["PUT", "DELETE"]),
    ("/imports", post_import, ["POST"]),
    ("/imports/{id}", patch_import, ["PATCH"]),
    ("/imports/{id}/apply", post_applied, ["POST"]),
    ("/imports/{id}/undo", post_undone, ["POST"]),
    ("/mine", get_mine, ["GET"]),
    ("/me/consent", get_consent, ["GET"]),
    ("/me/consent", put_consent, ["PUT"]),
    ("/people", get_people, ["GET"]),
    ("/people", post_person, ["POST"]),
    ("/people/{id}", patch_person, ["PATCH"]),
    ("/people/{id}", delete_person, ["DELETE"]),
    ("/people/{id}/merge", post_merge, ["POST"]),
    ("/people/{id}/erase", post_erased, ["POST"]),
    ("/me/data", get_data, ["GET"]),
    ("/me", delete_me, ["DELETE"]),
    ("/roster", get_roster, ["GET"]),
    ("/coverage", get_coverage, ["GET"]),
    ("/mirror", get_mirror, ["GET"]),
    ("/people/{id}/holder", delete_holder, ["DELETE"]),
    ("/similar", get_similar, ["GET"]),
    ("/bridges", get_bridges, ["GET"]),
    ("/story", get_story, ["GET"]),
    ("/join", post_join, ["POST"]),
    ("/screen", put_screen, ["PUT"]),
    ("/screens", get_screens, ["GET"]),
    ("/screens", post_screen, ["POST"]),
    ("/screens", put_screens, ["PUT"]),
    ("/screens/{id}", put_one_screen, ["PUT"]),
    ("/screens/{id}", delete_screen, ["DELETE"]),
    ("/sessions", post_session, ["POST"]),
    ("/sessions/shift", post_shift, ["POST"]),
    ("/sessions/{id}", patch_session, ["PATCH"]),
    ("/sessions/{id}", delete_session, ["DELETE"]),
    ("/sessions/{id}/floor", put_floor, ["PUT"]),
    ("/notes", put_note, ["PUT"]),
    ("/notes/{id}", delete_note, ["DELETE"]),
    ("/notes/{id}/seen", put_seen, ["PUT"]),
    ("/links", get_links, ["GET"]),
    ("/links", post_link, ["POST"]),
    ("/links/{id}", delete_link, ["DELETE"]),
    ("/links/{id}/renew", post_renewed_link, ["POST"]),
    ("/prepared", get_prepared, ["GET"]),
    ("/prepared", post_prepared, ["POST"]),
    ("/prepared/{id}", patch_prepared, ["PATCH"]),
    ("/prepared/{id}", delete_prepared, ["DELETE"]),
    ("/prepared/{id}/add", post_added, ["POST"]),
    ("/behalf", post_behalf, ["POST"]),
    ("/kiosk/posts", post_at_kiosk, ["POST"]),
    ("/kiosks", get_kiosks, ["GET"]),
    ("/kiosks", post_kiosk, ["POST"]),
    ("/kiosks/{id}", delete_kiosk, ["DELETE"]),
    ("/webhooks", get_webhooks, ["GET"]),
    ("/webhooks", post_webhook, ["POST"]),
    ("/webhooks/{id}", delete_webhook, ["DELETE"]),
    ("/undos/{id}", post_undo, ["POST"]),
    ("/participants/{id}/trust", put_trust, ["PUT", "DELETE"]),
    ("/participants/{id}/mute", put_mute, ["PUT", "DELETE"]),
    ("/audit", get_audit, ["GET"]),
    ("/qr", post_qr, ["POST"]),
    ("/answers", get_answers, ["GET"]),
    ("/totals", get_totals, ["GET"]),
    ("/settings", get_settings, ["GET"]),
    ("/checklist", get_checklist, ["GET"]),
    ("/archive", put_archive, ["POST", "DELETE"]),
    ("/duplicate", post_duplicate, ["POST"]),
    ("/rehearsal", get_rehearsal, ["GET"]),
    ("/rehearsal", post_rehearsal, ["POST"]),
    ("/rehearsal/attendees", put_simulated, ["PUT", "DELETE"]),
    ("/rehearsal", delete_rehearsal, ["DELETE"]),
    ("/purge", post_purge, ["POST"]),
    ("/export", get_export, ["GET"]),
]
routes = [
    *(Route(path, endpoint, methods=[method]) for path, endpoint, method in _SERVER_ROUTES),
    *(
        Route("/api/b/{code}" + path, endpoint if methods == ["GET"] else writing(endpoint), methods=methods)
        for path, endpoint, methods in _ROUTES
    ),
]
