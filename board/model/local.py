"""Times as people at the gathering read them: in the board's zone. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def local(moment: str, zone: ZoneInfo) -> datetime:
    """The moment (ISO 8601, as it is stored) in this zone."""
    found = datetime.fromisoformat(moment)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(zone)


def local_text(moment: str, zone: ZoneInfo) -> str:
    """As `2026-05-04 09:30`, which the importer reads in the board's zone. Where a clock is set back an hour comes twice: then
    with the offset that distinguishes them. Seconds only where there are some."""
    found = local(moment, zone)
    again = found.replace(fold=1 - found.fold)
    shown = found.replace(tzinfo=None) if again.utcoffset() == found.utcoffset() else found
    return shown.isoformat(" ", "seconds" if found.second else "minutes")
