"""A named day and a named business bring the last day; what cannot be counted is said."""

from __future__ import annotations

from datetime import date

import pytest

from bot.models.questions import BlockKind, ComputedKind, Outcome
from tests.unit.answering.asking import ask, shipped, shown, talk, texts_of


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("今天交，财产登记哪天办完", date(2026, 11, 24)),
        ("9月30日提交，高频事项什么时候办结", date(2026, 10, 13)),
        ("9月30日提交，高频事项呢", date(2026, 10, 13)),
        ("明天交一般项目审查，几号能审完", date(2026, 11, 30)),
        ("2024年9月13日受理财产登记，最晚哪天办结", date(2024, 9, 18)),
        ("下周三受理的一般项目审查哪天出结果", date(2026, 12, 2)),
    ],
)
def test_a_named_day_brings_the_last_day(text: str, last: date) -> None:
    """The last day comes first; the count and what it takes for granted stand below it."""
    answer = ask(text, shipped())
    (computed,) = answer.computed
    assert answer.outcome is Outcome.ANSWERED
    assert (computed.kind, computed.day, computed.not_before) == (
        ComputedKind.DEADLINE,
        last,
        None,
    )
    assert f"{last.year}年{last.month}月{last.day}日" in texts_of(answer, BlockKind.LEAD)
    assert "提交材料不等于受理" in texts_of(answer, BlockKind.NOTE)
    assert computed.quote in answer.evidence[0].hit.passage.text


def test_a_year_without_a_calendar_gives_no_single_day() -> None:
    """不早于, and why; never a day that a notice may still move."""
    answer = ask("12月30日受理的重特大项目审查什么时候审查完", shipped())
    (computed,) = answer.computed
    assert computed.day is None
    assert computed.not_before == date(2027, 2, 11)
    assert "不早于" in texts_of(answer, BlockKind.LEAD)
    assert "2027年放假安排未收录" in shown(answer)


def test_several_businesses_get_a_day_each() -> None:
    """Each is counted by its own limit."""
    answer = ask("今天交，一般项目审查和财产登记哪天办完", shipped())
    assert {one.day for one in answer.computed} == {date(2026, 11, 27), date(2026, 11, 24)}


@pytest.mark.parametrize(
    "text",
    [
        "2月30日交财产登记，几天办完",
        "财产登记国庆后交，哪天办完",
        "2029年3月1日交财产登记，哪天办完",
        "10月8日到10月9日财产登记，哪天办完",
    ],
)
def test_a_day_that_cannot_be_counted_from_is_said(text: str) -> None:
    """A day that does not exist, is not known yet, is too far or is one of several."""
    answer = ask(text, shipped())
    assert answer.outcome is Outcome.NEEDS_DETAIL
    assert answer.computed == ()
    assert "请" in texts_of(answer, BlockKind.LEAD)


@pytest.mark.parametrize(
    "text",
    [
        "今天交，不动产登记哪天办完",
        "结婚登记明天办，几号能拿证",
        "长沙财产登记明天办，几号能办好",
        "今天交财产登记，要什么材料",
        "明天去办财产登记要带身份证吗",
        "财产登记几天办好",
        "9月24日和9月28日提交财产登记，哪天办结",
    ],
)
def test_no_day_is_given_where_no_time_limit_covers_the_case(text: str) -> None:
    """Other business, another place, another question, and no day at all."""
    computed = ask(text, shipped()).computed
    assert all(one.day is None and one.not_before is None for one in computed)


def test_another_day_takes_the_place_of_the_one_before() -> None:
    """「明天交呢」 and 「高频事项呢」 keep all else of the question."""
    first = "今天交，财产登记哪天办完"
    assert talk(shipped(), first, "明天交呢").computed[0].day == date(2026, 11, 25)
    assert talk(shipped(), first, "高频事项呢").computed[0].day == date(2026, 11, 27)


@pytest.mark.parametrize("follow_up", ["那房产证呢", "那不动产登记呢", "那结婚登记呢"])
def test_what_a_limit_does_not_name_gets_none_of_its_days(follow_up: str) -> None:
    """A follow-up that brings in another business is not told the days of the one before."""
    for first in ("财产登记几天办好", "今天交，财产登记哪天办完"):
        answer = talk(shipped(), first, follow_up)
        assert "2个工作日" not in texts_of(answer, BlockKind.LEAD)
        assert answer.computed == ()
