"""The time, for everything that must not read it itself."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")  # the legal time of all regions that the knowledge covers


class SystemClock:
    """Tells the time of this machine in Asia/Shanghai."""

    def now(self) -> datetime:
        """Give the present moment with its time zone."""
        return datetime.now(SHANGHAI)


def day_of(moment: datetime) -> date:
    """Give the calendar day of a moment (with time zone) in Asia/Shanghai."""
    return moment.astimezone(SHANGHAI).date()
