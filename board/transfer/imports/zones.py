"""The time zone that a calendar names: by its own name, by Outlook's, or as the calendar itself describes it. Pure.

Nothing is registered anywhere: a calendar that calls UTC “Asia/Bangkok” is wrong in this file alone. (The calendar library
keeps such zones for the whole process, and then for other people's files.)
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from dateutil import tz
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

ZONE_BYTES = 16 * 1024
MOST_ZONES = 50
_OFFSET_NAME = re.compile(r"(?:\(?(?:utc|gmt)\s*)?([+-])(\d{1,2}):?(\d{2})?\)?.*", re.IGNORECASE)
_BLOCK = re.compile(r"^BEGIN:VTIMEZONE\n.*?^END:VTIMEZONE$", re.MULTILINE | re.DOTALL)
_WITHIN = re.compile(r"([A-Z][A-Za-z_]+/[A-Za-z_]+(?:/[A-Za-z_]+)?)$")


class Zones:
    """The zones of one calendar, each made once."""

    def __init__(self, content: str) -> None:
        self._blocks = _blocks(content)
        self._found: dict[str, tzinfo | None] = {}

    def zone(self, name: str) -> tzinfo | None:
        if name not in self._found:
            self._found[name] = known(name) or self._described(name)
        return self._found[name]

    def _described(self, name: str) -> tzinfo | None:
        block = self._blocks.get(name)
        if block is None:
            return None
        try:
            found: tzinfo | None = tz.tzical(io.StringIO(f"BEGIN:VCALENDAR\n{block}\nEND:VCALENDAR\n")).get(name)
            if found is not None:
                datetime(2026, 5, 4, 12, tzinfo=found).utcoffset()
            return found
        except Exception:  # whatever a zone may say wrongly, it is a zone that nobody knows
            return None


def known(name: str) -> tzinfo | None:
    """Asia/Bangkok, SE Asia Standard Time, /mozilla.org/20070129_1/Asia/Bangkok, UTC."""
    name = name.strip().strip('"')
    within = _WITHIN.search(name)
    for one in (name, WINDOWS_TO_OLSON.get(name, ""), within[1] if within else ""):
        try:
            if one:
                return ZoneInfo(one)
        except (ValueError, LookupError, OSError):
            continue
    return None


def _blocks(content: str) -> Mapping[str, str]:
    """A description that repeats more often than yearly would be counted through from 1601: it is left out."""
    found: dict[str, str] = {}
    for block in _BLOCK.finditer(content):
        text = block[0]
        rules = re.findall(r"^RRULE[^:\n]*:(.*)$", text, re.MULTILINE)
        name = re.search(r"^TZID[^:\n]*:(.*)$", text, re.MULTILINE)
        if (
            name
            and len(text) <= ZONE_BYTES
            and len(found) < MOST_ZONES
            and all("FREQ=YEARLY" in rule.upper() for rule in rules)
        ):
            found[name[1].strip()] = text
    return found
