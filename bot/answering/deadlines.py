"""Time limits → days: the last day by the calendar of working days, or why none is named.

Counted from the day after acceptance, as a rule states it or as is assumed and said. In a year
whose days off have not been announced only the earliest day is given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from bot.answering.workdays import Calendar, off_between
from bot.models.documents import TimeLimit

WEEKDAYS = "一二三四五六日"
NEXT_DAY = re.compile(r"次日|第二天|后一日|翌日")
SHOWN = 5  # working days that are listed one by one; of more the first and the last


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day; where `known` is false, the earliest that it can be.

    `assumptions` are what the rule does not state and the count takes for granted.
    """

    day: date
    known: bool
    steps: tuple[str, ...]
    assumptions: tuple[str, ...]


def work_out(limit: TimeLimit, accepted: date, calendar: Calendar) -> Deadline | None:
    """Count a time limit from the day of acceptance; None where its start is not understood."""
    if limit.counted_from and not NEXT_DAY.search(limit.counted_from):
        return None
    days = _days(limit, accepted, calendar)
    last = days[-1]
    known = all(calendar.knows(year) for year in range(accepted.year, last.year + 1))
    return Deadline(
        last, known, _steps(limit, accepted, days, calendar), _assumed(limit, known, last)
    )


def _days(limit: TimeLimit, accepted: date, calendar: Calendar) -> Sequence[date]:
    """Give the days that are counted; a last day off moves on to the next one worked."""
    if limit.working:
        return calendar.worked_after(accepted, limit.days)
    days = [accepted + timedelta(days=step) for step in range(1, limit.days + 1)]
    if not calendar.is_worked(days[-1]):
        days.append(calendar.worked_after(days[-1], 1)[0])
    return days


def _steps(
    limit: TimeLimit, accepted: date, days: Sequence[date], calendar: Calendar
) -> tuple[str, ...]:
    counted = (
        "、".join(_named(day, calendar) for day in days)
        if len(days) <= SHOWN
        else f"{_named(days[0], calendar)}为第1个，{_named(days[-1], calendar)}为第{len(days)}个"
    )
    unit = "个工作日" if limit.working else "天"
    first = f"按{day_text(accepted)}受理、次日起算{limit.days}{unit}：{counted}"
    off = list(off_between(calendar, accepted + timedelta(days=1), days[-1]))
    return (first, f"放假不算：{_ranges(off)}") if off and limit.working else (first,)


def _assumed(limit: TimeLimit, known: bool, last: date) -> tuple[str, ...]:
    assumed = []
    if not limit.counted_from:
        assumed.append("没有写明从哪天起算，这里按受理的次日起算；提交材料不等于受理")
    else:
        assumed.append("提交材料不等于受理，从受理那天算")
    if not limit.working:
        assumed.append("最后一天逢休息日时，按顺延到下一个工作日算")
    if not known:
        assumed.append(
            f"{last.year}年放假安排未收录，只按周六、周日和元旦、五一、国庆的法定假日不上班算，调休上班可能使它提前"
        )
    return tuple(assumed)


def _named(day: date, calendar: Calendar) -> str:
    made_up = "，调休上班" if calendar.is_made_up(day) else ""
    return f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}{made_up}）"


def _ranges(days: Sequence[date]) -> str:
    """Write days, those that follow each other as one range."""
    groups = groupby(enumerate(days), key=lambda pair: pair[1].toordinal() - pair[0])
    runs = [[day for _, day in group] for _, group in groups]
    return "、".join(
        _short(run[0]) if len(run) == 1 else f"{_short(run[0])}至{_short(run[-1])}" for run in runs
    )


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def day_text(day: date) -> str:
    """Write a day with its weekday: 2024年9月18日（周三）."""
    return f"{day.year}年{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"
