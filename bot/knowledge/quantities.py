"""Dates, shares, money, durations and counts in staff files: how they are written and read."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from bot.knowledge.reading import shown
from bot.knowledge.scalars import as_json, line, mistake, written
from bot.models.documents import PartialDate

_FIRST_YEAR, _LAST_YEAR = 1949, 2099  # no rule in force is older; beyond is a slip of the hand
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?)[%％]")
MONEY = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,2})?)元")
DURATION = re.compile(r"([0-9]{1,4})(个工作日|日)")
COUNT = re.compile(r"[1-9][0-9]{0,5}")
UNCAPPED = "不设上限"  # said, not left out: a forgotten cap would promise too much
_RATIO = re.compile(r"0(?:\.[0-9]+)?|1(?:\.0+)?")
_UNKNOWN = "不知道的日期不要写"
_FULL_WIDTH = re.compile(r"[０-９％．－]")


class Duration(NamedTuple):
    """A number of days, working days or calendar days."""

    days: int
    working: bool


def _not_a(kind: str, text: str, remedy: str) -> PydanticCustomError:
    """Say that a value is not of a kind; digits of full width look right, so they are named."""
    if _FULL_WIDTH.search(text):
        return mistake(f"{shown(text)} 不是{kind}，里面有全角字符", f"数字和符号用半角，{remedy}")
    return mistake(f"{shown(text)} 不是{kind}", remedy)


def day_or_none(text: str) -> date | None:
    """Read a day written YYYY-MM-DD; None for all else, 2026-02-30 included."""
    match = _DAY.fullmatch(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _day(value: object) -> date:
    text = line(value)
    day = day_or_none(text)
    if day is None:
        raise _not_a("有效日期", text, f"写成 YYYY-MM-DD，如 2026-03-01；{_UNKNOWN}")
    _check_year(day.year)
    return day


def _period(value: object) -> PartialDate:
    text = line(value)
    match = _PERIOD.fullmatch(text)
    first_day = f"{text}-01-01"[: len("YYYY-MM-DD")] if match else ""
    if match is None or day_or_none(first_day) is None:
        raise _not_a("有效日期", text, f"写成 2024、2024-06 或 2024-06-15；{_UNKNOWN}")
    _check_year(int(match[1]))
    month, day = (int(part) if part else None for part in match.group(2, 3))
    return PartialDate(int(match[1]), month, day)


def _check_year(year: int) -> None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise mistake(f"{year} 年不像是对的", f"年份要在 {_FIRST_YEAR} 到 {_LAST_YEAR} 之间")


def _share(value: object) -> Decimal:
    text = line(value)
    match = SHARE.fullmatch(text)
    share = Decimal(match[1]) / 100 if match else Decimal(0)
    if not 0 < share <= 1:
        raise _not_a("百分比", text, "写成 1% 到 100%，如 20%")
    return share


def _cap(value: object) -> Decimal | None:
    text = line(value)
    if text == UNCAPPED:
        return None
    match = MONEY.fullmatch(text)
    if match is None or not Decimal(match[1]):
        raise _not_a("金额", text, f"写成数字加“元”，如 2000元；没有上限的写 {UNCAPPED}")
    return Decimal(match[1])


def _duration(value: object) -> Duration:
    text = line(value)
    match = DURATION.fullmatch(text)
    if match is None or not int(match[1]):
        raise _not_a("时限", text, "写成 2个工作日 或 10日")
    return Duration(int(match[1]), match[2] != "日")


def _count(value: object) -> int:
    text = line(value)
    if not COUNT.fullmatch(text):
        raise _not_a("件数", text, "写成大于 0 的整数，如 1")
    return int(text)


def ratio_or_none(text: str) -> float | None:
    """Read a number from 0 to 1; None for all else."""
    return float(text) if _RATIO.fullmatch(text) else None


def _ratio(value: object) -> float:
    text = line(value)
    ratio = ratio_or_none(text)
    if ratio is None:
        raise mistake(f"{shown(text)} 不是 0 到 1 的小数", "写成小数，如 0.85")
    return ratio


_CAPPED = re.compile(f"{MONEY.pattern}|{UNCAPPED}")
Day = Annotated[date, PlainValidator(_day), written(_DAY, "写成 2026-03-01")]
Period = Annotated[
    PartialDate,
    PlainValidator(_period),
    as_json(f"^{_PERIOD.pattern}$", "写成 2024、2024-06 或 2024-06-15"),
]
Share = Annotated[Decimal, PlainValidator(_share), written(SHARE, "写成 20%")]
Cap = Annotated[Decimal | None, PlainValidator(_cap), written(_CAPPED, "写成 2000元 或 不设上限")]
Within = Annotated[
    Duration, PlainValidator(_duration), written(DURATION, "写成 2个工作日 或 10日")
]
Count = Annotated[int, PlainValidator(_count), as_json(minimum=1)]
Ratio = Annotated[float, PlainValidator(_ratio)]
