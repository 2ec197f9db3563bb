"""The day that a question names is found as of the day on which it is asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.days import day_named, without_day
from bot.text.figures import searchable

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今天交，财产登记哪天办完", date(2026, 11, 22)),
        ("明天去办", date(2026, 11, 23)),
        ("大后天交", date(2026, 11, 25)),
        ("前天交的", date(2026, 11, 20)),
        ("9月30日提交", date(2026, 9, 30)),
        ("10月1号受理", date(2026, 10, 1)),
        ("三月三号", date(2027, 3, 3)),
        ("1月5日", date(2027, 1, 5)),
        ("2024年9月13日受理", date(2024, 9, 13)),
        ("2027-1-4交", date(2027, 1, 4)),
        ("去年12月1日", date(2025, 12, 1)),
        ("周一交", date(2026, 11, 23)),
        ("周日交", date(2026, 11, 22)),
        ("这周五", date(2026, 11, 20)),
        ("下周三", date(2026, 11, 25)),
        ("下个月5号交", date(2026, 12, 5)),
        ("15号交", date(2026, 11, 15)),
        ("月底交", date(2026, 11, 30)),
        ("12月底", date(2026, 12, 31)),
        ("今天交，10月8日能办完吗", date(2026, 11, 22)),
    ],
)
def test_a_named_day_is_found(text: str, day: date) -> None:
    """Dates, relative days, weekdays, days of a month; of two the day of handing in."""
    named = day_named(searchable(text), TODAY)
    assert named is not None
    assert named.day == day


@pytest.mark.parametrize(
    "text", ["财产登记几天", "5个工作日", "打12345", "3日内能办好吗", "下周", "双11"]
)
def test_a_duration_is_no_day(text: str) -> None:
    """What names no day gives none."""
    assert day_named(searchable(text), TODAY) is None


@pytest.mark.parametrize("text", ["2026年2月30日交", "13月1日", "31号交"])
def test_a_day_that_does_not_exist_is_told_apart(text: str) -> None:
    """The words are kept, so that they can be put right."""
    named = day_named(searchable(text), TODAY)
    assert named is not None
    assert named.day is None
    assert not named.holiday
    assert named.said in searchable(text)


def test_several_days_without_a_role_are_told_apart() -> None:
    """None of two days is picked by chance."""
    named = day_named(searchable("10月8日到10月9日"), TODAY)
    assert named is not None
    assert named.several


def test_a_day_after_a_holiday_names_the_holiday() -> None:
    """The calendar knows when it ends; the text does not."""
    for text, name in (("国庆后交", "国庆"), ("春节过后", "春节"), ("中秋节之后", "中秋")):
        named = day_named(searchable(text), TODAY)
        assert named is not None
        assert (named.holiday, named.day) == (name, None)


def test_the_question_is_left_without_its_day() -> None:
    """What is searched for is the business, not the day on which it is handed in."""
    assert without_day("9月30日提交,高频事项什么时候办结", TODAY) == "高频事项什么时候办结"
    assert without_day("今天交,财产登记哪天办完", TODAY) == "财产登记哪天办完"
    assert without_day("财产登记几天办好", TODAY) == "财产登记几天办好"


@given(
    st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.dates(date(2004, 1, 1), date(2040, 1, 1))
)
def test_a_full_date_is_that_date_whenever_it_is_asked(day: date, today: date) -> None:
    """A year, a month and a day leave nothing to the day of asking."""
    named = day_named(f"{day.year}年{day.month}月{day.day}日交", today)
    assert named is not None
    assert named.day == day


@given(st.integers(-3, 3), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_relative_days_are_counted_from_the_day_of_asking(step: int, today: date) -> None:
    """今天 is the day of asking, 明天 the next one."""
    word = {-3: "大前天", -2: "前天", -1: "昨天", 0: "今天", 1: "明天", 2: "后天", 3: "大后天"}[
        step
    ]
    named = day_named(f"{word}交", today)
    assert named is not None
    assert named.day == today + timedelta(days=step)


@given(st.text(), st.dates(date(2004, 1, 1), date(2100, 1, 1)))
def test_any_text_names_a_day_or_none(text: str, today: date) -> None:
    """Nothing that is typed ends in an error."""
    named = day_named(searchable(text), today)
    assert named is None or named.said
    assert isinstance(without_day(searchable(text), today), str)
