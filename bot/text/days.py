"""Searchable text → the day that it names: a date, 今天, 下周三, 15日, or one after a holiday."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

FULL = re.compile(
    r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?"
    r"|(?<!\d)(?P<iso>20\d\d)[-/.](?P<iso_month>\d{1,2})[-/.](?P<iso_day>\d{1,2})(?!\d)"
)
OF_YEAR = re.compile(
    r"(?P<which>今年|明年|去年)?(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?(?![\d个])"
)
# 3日内 and 要2日 are durations, 12345号线 and 3号楼 no days.
OF_MONTH = re.compile(
    r"(?:(?P<which>下个?月|这个?月|本月|上个?月)|(?<![\d月年要需用花等]))"
    r"(?<!\d)(?P<day>\d{1,2})[日号](?![线楼窗内]|以内|之内)"
)
END_OF_MONTH = re.compile(r"(?:(?P<which>下个?月|这个?月|本月)|(?P<month>\d{1,2})月|月)底")
RELATIVE = re.compile(r"大后天|大前天|今[天日]|明[天日]|后天|昨[天日]|前天")
STEPS = {"大前天": -3, "前天": -2, "昨": -1, "今": 0, "明": 1, "后天": 2, "大后天": 3}
OF_WEEK = re.compile(
    r"(?P<which>下下|下|这|本|上)?个?(周|星期|礼拜)(?P<day>[一二三四五六日天1-7末])(?!岁)"
)
WEEKDAYS = {name: number for number, name in enumerate("一二三四五六日")} | {"天": 6, "末": 5}
WEEKDAYS |= {str(number + 1): number for number in range(7)}
WEEKS = {"上": -1, "下": 1, "下下": 2}
HOLIDAYS = ("元旦", "春节", "过年", "清明", "五一", "劳动", "端午", "中秋", "国庆", "十一")
AFTER_HOLIDAY = re.compile(
    rf"(?P<name>{'|'.join(HOLIDAYS)})(节|假期|长假|放假)*(年)?(之|以|过|结束|完)*(后|完)"
)
NEAR = 182  # days, half a year: 12月30日 asked for in January is the one behind us


# What is done on the day that counts: where several days are named, this one is meant.
HANDED_IN = re.compile(
    r"[^,。?]{0,4}?(提交|上交|递交|交|受理|申请|申报|报送|送|去办|开始|起)(了|过|的|材料|上去|的话)*[,，]?"
)


JOINED = re.compile(r"\s*(和|或者?|还是|、|及|与|到|至)\s*")


@dataclass(frozen=True, slots=True)
class Named:
    """A day that a text names; `day` is None where there is no such day (2月30日).

    `holiday` is the name of the holiday after which it lies, empty for all others; its day is
    for a calendar to find. `several`: more than one is named, and none is the day of handing in.
    """

    said: str
    day: date | None = None
    holiday: str = ""
    several: bool = False


def day_named(searched: str, today: date) -> Named | None:
    """Find the day that a searchable text names, as of today; None where it names none."""
    taken = [False] * len(searched)
    found = []
    for pattern, reading in READINGS:
        for one in pattern.finditer(searched):
            if not any(taken[one.start() : one.end()]):
                taken[one.start() : one.end()] = [True] * (one.end() - one.start())
                found.append((one.end(), reading(one, today)))
    if len({(one.day, one.holiday) for _, one in found}) > 1:
        ends = sorted((end, one.said) for end, one in found)
        joined = any(
            JOINED.fullmatch(searched, end, next_end - len(said))
            for (end, _), (next_end, said) in pairwise(ends)
        )
        named = "、".join(one.said for _, one in sorted(found, key=lambda item: item[0]))
        found = [one for one in found if HANDED_IN.match(searched, one[0]) and not joined]
        if len(found) != 1:
            return Named(named, several=True)
    return found[0][1] if found else None


def without_day(searched: str, today: date) -> str:
    """Drop the one day that a searchable text names, and that something is handed in on it."""
    named = day_named(searched, today)
    if named is None or named.several:
        return searched
    start = searched.index(named.said)
    end = start + len(named.said)
    handed_in = HANDED_IN.match(searched, end)
    return searched[:start] + searched[handed_in.end() if handed_in else end :]


def _full(found: re.Match[str], today: date) -> Named:
    _ = today
    parts = [part for part in found.groups() if part]
    year, month, day = map(int, parts)
    return Named(found[0], _day(year, month, day))


def _of_year(found: re.Match[str], today: date) -> Named:
    """Read 1月5日 as the next one where this year's is more than half a year behind."""
    year = today.year + {"明年": 1, "去年": -1}.get(found["which"], 0)
    day = _day(year, int(found["month"]), int(found["day"]))
    if day and not found["which"] and abs((today - day).days) > NEAR:
        day = _day(year + (1 if day < today else -1), day.month, day.day)
    return Named(found[0], day)


def _relative(found: re.Match[str], today: date) -> Named:
    steps = STEPS.get(found[0], STEPS.get(found[0][0], 0))
    return Named(found[0], today + timedelta(days=steps))


def _of_week(found: re.Match[str], today: date) -> Named:
    """Read 周五 as the next one from today on, 这周五 and 下周五 by the week from Monday."""
    weekday, which = WEEKDAYS[found["day"]], found["which"]
    monday = today - timedelta(days=today.weekday())
    if which:
        return Named(found[0], monday + timedelta(days=weekday, weeks=WEEKS.get(which, 0)))
    return Named(found[0], today + timedelta(days=(weekday - today.weekday()) % 7))


def _end_of_month(found: re.Match[str], today: date) -> Named:
    year, month = _month(today, found["which"] or "")
    month = int(found["month"] or month)
    if not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        return Named(found[0])
    return Named(found[0], date(year, month, monthrange(year, month)[1]))


def _of_month(found: re.Match[str], today: date) -> Named:
    """Read 15日 as the one of this month."""
    year, month = _month(today, found["which"] or "")
    return Named(found[0], _day(year, month, int(found["day"])))


def _after_holiday(found: re.Match[str], today: date) -> Named:
    _ = today
    return Named(found[0], holiday=found["name"])


def _month(today: date, which: str) -> tuple[int, int]:
    months = today.year * 12 + today.month - 1
    months += 1 if which.startswith("下") else -1 if which.startswith("上") else 0
    return months // 12, months % 12 + 1


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# In order: what is read first is not read again as a part of something else.
READINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Named]], ...] = (
    (FULL, _full),
    (OF_YEAR, _of_year),
    (AFTER_HOLIDAY, _after_holiday),
    (END_OF_MONTH, _end_of_month),
    (OF_MONTH, _of_month),
    (RELATIVE, _relative),
    (OF_WEEK, _of_week),
)
