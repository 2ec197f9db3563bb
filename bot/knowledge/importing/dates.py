"""Days in a document: when it was issued, from when and until when it holds."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.text.figures import searchable
from bot.text.numerals import in_digits

_DAY = r"((?:19|20)\d{2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?"
_ONE = re.compile(_DAY)
_STARTS = re.compile(rf"(?:自|从|于)\s*{_DAY}\s*(?:起|开始)?\s*(?:正式)?(?:施行|实施|执行|生效)")
_STARTS_ISSUED = re.compile(
    r"自(?:发布|印发|公布|下发|发文|颁布)之日起(?:正式)?(?:施行|实施|执行|生效)"
)
_ENDS = re.compile(
    rf"(?:(?:施行|实施|执行|生效)[，,]\s*(?:有效期)?(?:截?至|到)|有效期(?:限)?(?:截?至|到|截止到)?|(?:执行|实施|施行|截止|延续|延长)(?:期限)?(?:至|到))[^。\d]{{0,6}}{_DAY}"
)
_YEARS = re.compile(r"有效期(?:限)?为?\s*([一二三四五六七八九十\d]{1,2})年")
_LEAP_DAY = 28  # of February, where a term of years ends on a day that its year has not


def day_in(text: str) -> str:
    """Find the first full day of a text and write it YYYY-MM-DD; empty for none."""
    return _written(_ONE.search(searchable(text)))


def first_day(text: str, issued: str) -> str:
    """Find from when a document says that it holds; the day of issue where it says so."""
    folded = searchable(text)
    found = _written(_STARTS.search(folded))
    return found or (issued if _STARTS_ISSUED.search(folded) else "")


def last_day(text: str, starts: str) -> str:
    """Find until when a document says that it holds, also by a term of years from its start."""
    folded = searchable(text)
    found = _written(_ENDS.search(folded))
    term = _YEARS.search(folded)
    years = in_digits(term[1]) if term else None
    if found or not years or not starts:
        return found
    start = date.fromisoformat(starts)
    ends = start.year + int(years)
    day = min(start.day, _LEAP_DAY) if start.month == 2 else start.day  # noqa: PLR2004  # February
    return (date(ends, start.month, day) - timedelta(days=1)).isoformat()


def _written(match: re.Match[str] | None) -> str:
    """Write a day as staff files do; empty for 2026-02-30."""
    if match is None:
        return ""
    try:
        return date(*map(int, match.group(1, 2, 3))).isoformat()
    except ValueError:
        return ""
