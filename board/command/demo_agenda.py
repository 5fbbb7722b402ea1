"""The example's agenda, moved in time so that the demo is always in the middle of a working day. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from board.model.models import Session

# The session that has just begun when the demo starts.
RUNNING_SESSION = 5
# A break is that long at the most; after a longer one the demo goes on with the next session.
BREAK_MINUTES = 90
# It is always working hours in one of them. The first that will do is taken.
ZONES = (
    "Asia/Bangkok",
    "Asia/Dhaka",
    "Asia/Tashkent",
    "Asia/Amman",
    "Europe/Paris",
    "Africa/Accra",
    "Atlantic/Azores",
    "America/Sao_Paulo",
    "America/Port-au-Prince",
    "America/Guatemala",
    "America/Los_Angeles",
    "Pacific/Honolulu",
    "Pacific/Pago_Pago",
    "Pacific/Auckland",
    "Pacific/Guadalcanal",
    "Australia/Brisbane",
    "Asia/Tokyo",
    "Asia/Shanghai",
)
FROM_HOUR, TO_HOUR = 9, 12


def daytime_zone(now: datetime) -> str:
    """A time zone in which it is morning: sessions at three o'clock at night would look like a fault."""
    return min(ZONES, key=lambda name: (_hours_off(now.astimezone(ZoneInfo(name))), ZONES.index(name)))


def _hours_off(local: datetime) -> int:
    return 0 if FROM_HOUR <= local.hour < TO_HOUR else min(abs(local.hour - FROM_HOUR), abs(local.hour - TO_HOUR + 1))


def shifted(example: dict[str, Any], zone: str, now: datetime) -> list[Session]:
    """The agenda with one of its sessions beginning in the half hour of `now`, the others as far from it as planned."""
    there = ZoneInfo(zone)
    day_one = datetime.fromisoformat(example["board"]["starts_on"])

    def planned(session: dict[str, Any], name: str) -> datetime:
        hours, minutes = map(int, session[name].split(":"))
        return day_one + timedelta(days=session["day"] - 1, hours=hours, minutes=minutes)

    local = now.astimezone(there).replace(tzinfo=None)
    half_hour = local.replace(minute=local.minute // 30 * 30, second=0, microsecond=0)
    shift = half_hour - planned(example["sessions"][RUNNING_SESSION], "starts")

    def stamp(session: dict[str, Any], name: str) -> str:
        return iso((planned(session, name) + shift).replace(tzinfo=there))

    return [
        Session(
            id=session["id"],
            title=session["title"],
            starts_at=stamp(session, "starts"),
            ends_at=stamp(session, "ends"),
            room=session.get("room", ""),
            speakers=session.get("speakers", []),
        )
        for session in example["sessions"]
    ]


def went_on(sessions: Sequence[Session], now: datetime) -> list[Session]:
    """What must change so that the demo does not sit in a night: the sessions still to come begin now, or all of them begin
    again. Empty: nothing."""
    stamp = iso(now)
    coming = [session for session in sessions if (session.starts_at or "") > stamp]
    running = [session for session in sessions if (session.starts_at or "") <= stamp < (session.ends_at or "")]
    if running:
        return []
    ahead = coming or list(sessions)
    first = min(datetime.fromisoformat(session.starts_at or stamp) for session in ahead)
    if coming and first - now <= timedelta(minutes=BREAK_MINUTES):
        return []
    return [_moved(session, now.replace(second=0, microsecond=0) - first) for session in ahead]


def _moved(session: Session, by: timedelta) -> Session:
    moments = {name: getattr(session, name) for name in ("starts_at", "ends_at")}
    return msgspec.structs.replace(
        session, **{name: iso(datetime.fromisoformat(moment) + by) for name, moment in moments.items() if moment}
    )


def iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
