"""The kinds of values in staff files: each is text as typed, checked and converted here.

A converter takes whatever stands in the file and raises a pydantic error that carries what is
wrong and the remedy, both in Chinese; `validating` gives it its place.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from bot.knowledge.reading import shown
from bot.models.documents import PartialDate
from bot.text.places import place_named

MISTAKE = "mistake"  # the type of the errors raised here; the others are pydantic's own
ID = re.compile(r"[a-z0-9-]{1,40}")  # so long a name still fits into a button and a file system

_FIRST_YEAR, _LAST_YEAR = 1949, 2099  # no rule in force is older; beyond is a slip of the hand
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?)[%％]")
MONEY = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,2})?)元")
DURATION = re.compile(r"([0-9]{1,4})(个工作日|日)")
COUNT = re.compile(r"[1-9][0-9]{0,5}")
UNCAPPED = "不设上限"  # said, not left out: a forgotten cap would promise too much
_RATIO = re.compile(r"0(?:\.[0-9]+)?|1(?:\.0+)?")
_URL = re.compile(r"https?://[^\s/?#]+\S*")
_PHONE = re.compile(r"\+?[0-9][0-9 ()（）转-]{2,24}")
_SEPARATOR = re.compile(r"[，、；;]")
_BETWEEN_QUESTIONS = re.compile(r"[、；;]|[?？](?=.)")
_ASKS = re.compile(r"[吗呢哪谁几]|多少|怎么|怎样|如何|什么|是否")  # 我在益阳，多久办好 asks once
_FULL_WIDTH = re.compile(r"[０-９％．－]")


class Duration(NamedTuple):
    """A number of days, working days or calendar days."""

    days: int
    working: bool


def mistake(what: str, remedy: str) -> PydanticCustomError:
    """Make the error that a converter raises."""
    return PydanticCustomError(MISTAKE, "{what}", {"what": what, "remedy": remedy})


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


_NOT_TEXT = ("这里要写文字，不是列表或下级字段", "写成一段文字；多行正文在字段后写 | 再换行")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise mistake(*_NOT_TEXT)
    if not value.strip():
        raise mistake("这里是空的", "写上内容，或删掉这一项")
    return value.strip()


def _line(value: object) -> str:
    text = _text(value)
    if "\n" in text:
        raise mistake("这里只能写一行", "删掉换行，写成一行")
    return text


def _item(value: object) -> str:
    text = _line(value)
    found = _SEPARATOR.search(text)
    if found:
        remedy = "列表用半角逗号加空格分开：[甲, 乙]"
        raise mistake(f"{shown(text)} 里有“{found[0]}”，几项连成了一项", remedy)
    return text


def _day(value: object) -> date:
    text = _line(value)
    day = day_or_none(text)
    if day is None:
        raise _not_a("有效日期", text, "写成 YYYY-MM-DD，如 2026-03-01")
    _check_year(day.year)
    return day


def _period(value: object) -> PartialDate:
    text = _line(value)
    match = _PERIOD.fullmatch(text)
    first_day = f"{text}-01-01"[: len("YYYY-MM-DD")] if match else ""
    if match is None or day_or_none(first_day) is None:
        raise _not_a("有效日期", text, "写成 2024、2024-06 或 2024-06-15")
    _check_year(int(match[1]))
    month, day = (int(part) if part else None for part in match.group(2, 3))
    return PartialDate(int(match[1]), month, day)


def _check_year(year: int) -> None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise mistake(f"{year} 年不像是对的", f"年份要在 {_FIRST_YEAR} 到 {_LAST_YEAR} 之间")


def _share(value: object) -> Decimal:
    text = _line(value)
    match = SHARE.fullmatch(text)
    share = Decimal(match[1]) / 100 if match else Decimal(0)
    if not 0 < share <= 1:
        raise _not_a("百分比", text, "写成 1% 到 100%，如 20%")
    return share


def _cap(value: object) -> Decimal | None:
    text = _line(value)
    if text == UNCAPPED:
        return None
    match = MONEY.fullmatch(text)
    if match is None or not Decimal(match[1]):
        raise _not_a("金额", text, f"写成数字加“元”，如 2000元；没有上限的写 {UNCAPPED}")
    return Decimal(match[1])


def _question(value: object) -> str:
    text = _line(value)
    found = _BETWEEN_QUESTIONS.search(text)
    sign = found[0] if found else "，"
    if found or sum(bool(_ASKS.search(part)) for part in text.split("，")) > 1:
        remedy = "一项只写一个说法，分成几项写：[甲, 乙]；并列的词用“和”连"
        raise mistake(f"{shown(text)} 里有“{sign}”，几个说法连成了一项", remedy)
    return text


def _duration(value: object) -> Duration:
    text = _line(value)
    match = DURATION.fullmatch(text)
    if match is None or not int(match[1]):
        raise _not_a("时限", text, "写成 2个工作日 或 10日")
    return Duration(int(match[1]), match[2] != "日")


def _count(value: object) -> int:
    text = _line(value)
    if not COUNT.fullmatch(text):
        raise _not_a("件数", text, "写成大于 0 的整数，如 1")
    return int(text)


def ratio_or_none(text: str) -> float | None:
    """Read a number from 0 to 1; None for all else."""
    return float(text) if _RATIO.fullmatch(text) else None


def _ratio(value: object) -> float:
    text = _line(value)
    ratio = ratio_or_none(text)
    if ratio is None:
        raise mistake(f"{shown(text)} 不是 0 到 1 的小数", "写成小数，如 0.85")
    return ratio


def _url(value: object) -> str:
    text = _line(value)
    if not _URL.fullmatch(text):
        raise mistake(f"{shown(text)} 不是网址", "写成 http:// 或 https:// 开头的完整网址")
    return text


def _phone(value: object) -> str:
    text = _line(value)
    if not _PHONE.fullmatch(text):
        raise mistake(f"{shown(text)} 不是电话号码", "只写号码，如 12345 或 0731-12345678")
    return text


def _region(value: object) -> str:
    text = _line(value)
    if place_named(text) is None:
        raise mistake(
            f"不认识的地区 {shown(text)}",
            "写国家，或省、市的全称；区县前面写上省，如 河北省安平县",
        )
    return text


def _document_id(value: object) -> str:
    text = _line(value)
    if not ID.fullmatch(text):
        raise mistake(f"{shown(text)} 不是文件名", "写另一份文件的文件名，不带 .yaml")
    return text


def _yes_or_no(value: object) -> bool:
    text = _line(value)
    if text not in ("true", "false"):
        raise mistake(f"{shown(text)} 不是 true 或 false", "写 true 或 false")
    return text == "true"


def one_of(*choices: str) -> PlainValidator:
    """Make a converter for a closed vocabulary."""

    def choose(value: object) -> str:
        text = _line(value)
        if text not in choices:
            raise mistake(f"{shown(text)} 不在可选的范围里", f"只能写：{'、'.join(choices)}")
        return text

    return PlainValidator(choose)


Line = Annotated[str, PlainValidator(_line)]
Text = Annotated[str, PlainValidator(_text)]
Item = Annotated[str, PlainValidator(_item)]
Day = Annotated[date, PlainValidator(_day)]
Period = Annotated[PartialDate, PlainValidator(_period)]
Share = Annotated[Decimal, PlainValidator(_share)]
Cap = Annotated[Decimal | None, PlainValidator(_cap)]
Question = Annotated[str, PlainValidator(_question)]
Within = Annotated[Duration, PlainValidator(_duration)]
Count = Annotated[int, PlainValidator(_count)]
Ratio = Annotated[float, PlainValidator(_ratio)]
Url = Annotated[str, PlainValidator(_url)]
Phone = Annotated[str, PlainValidator(_phone)]
Region = Annotated[str, PlainValidator(_region)]
DocumentId = Annotated[str, PlainValidator(_document_id)]
YesOrNo = Annotated[bool, PlainValidator(_yes_or_no)]
