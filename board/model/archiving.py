"""The refusal of a board that is read-only from now on. Pure."""

from __future__ import annotations

from board.model.models import Closed


class Archived(Closed):
    status, slug = 423, "archived"
