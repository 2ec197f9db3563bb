"""The State Council's calendar of working days, with the office's own years laid over it.

The only door of chinese_calendar, which knows the years that have been announced.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

import chinese_calendar
from chinese_calendar.constants import holidays as announced

from bot.models.documents import Workdays

SATURDAY = 5
FIXED = {(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)}  # days off by law in every year
# What people call a holiday, and the day or the announced name by which it is found.
FIXED_START = {"元旦": (1, 1), "五一": (5, 1), "劳动": (5, 1), "国庆": (10, 1), "十一": (10, 1)}
MOVING = {
    "春节": "Spring Festival",
    "过年": "Spring Festival",
    "清明": "Tomb-sweeping Day",
    "端午": "Dragon Boat Festival",
    "中秋": "Mid-autumn Festival",
}
ANNOUNCED = frozenset(day.year for day in announced)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked; the years of an office go before those of the library."""

    own: tuple[Workdays, ...] = ()
    _years: dict[int, Workdays] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the office's years."""
        object.__setattr__(self, "_years", {one.year: one for one in self.own})

    def knows(self, year: int) -> bool:
        """Tell whether the days off of a year have been announced."""
        return year in self._years or year in ANNOUNCED

    def is_worked(self, day: date) -> bool:
        """Tell whether a day is worked; in a year not known by weekends and fixed holidays."""
        own = self._years.get(day.year)
        if own is None and day.year in ANNOUNCED:
            return bool(chinese_calendar.is_workday(day))
        if own is not None and (day in own.worked or day in own.off):
            return day in own.worked
        return day.weekday() < SATURDAY and (day.month, day.day) not in FIXED

    def is_off_by_notice(self, day: date) -> bool:
        """Tell whether a day from Monday to Friday is off in a year that is known."""
        return self.knows(day.year) and day.weekday() < SATURDAY and not self.is_worked(day)

    def is_made_up(self, day: date) -> bool:
        """Tell whether a Saturday or Sunday is worked in place of another day."""
        return day.weekday() >= SATURDAY and self.is_worked(day)

    def worked_after(self, day: date, count: int) -> tuple[date, ...]:
        """Give the next working days after a day, `count` of them, in order."""
        found: list[date] = []
        while len(found) < count:
            day += timedelta(days=1)
            if self.is_worked(day):
                found.append(day)
        return tuple(found)

    def first_after_holiday(self, name: str, today: date) -> date | None:
        """Give the first working day after the coming holiday; None where it is not known yet."""
        for year in (today.year, today.year + 1):
            start = self._start(name, year)
            if start is None:
                return None
            after = self.worked_after(start, 1)[0]
            if after > today:
                return after
        return None

    def _start(self, name: str, year: int) -> date | None:
        if not self.knows(year):
            return None
        if name in FIXED_START:
            return date(year, *FIXED_START[name])
        days = [
            day for day, what in announced.items() if day.year == year and what == MOVING[name]
        ]
        return min(days, default=None)


def off_between(calendar: Calendar, first: date, last: date) -> Iterable[date]:
    """Give the days off by notice from one day to another, both counted."""
    days = (first + timedelta(days=step) for step in range((last - first).days + 1))
    return (day for day in days if calendar.is_off_by_notice(day))
