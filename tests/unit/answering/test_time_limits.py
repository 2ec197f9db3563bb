"""A time limit belongs to its own item, and today's rule to today's question."""

from __future__ import annotations

from datetime import date

import pytest

from bot.models.questions import BlockKind, Outcome, Status
from tests.unit.answering.asking import DAYS, ask, shipped, small, talk, texts_of, told

LIMITS = {  # what people call the items of the shipped time limits → working days
    "财产登记": 2,
    "高频事项": 5,
    "一般项目审查": 5,
    "一般项目": 5,
    "重特大项目审查": 30,
    "重特大项目": 30,
    "重大项目": 30,
}
OTHERS = (
    *("结婚登记", "户口登记", "车辆登记", "企业登记", "公司登记", "公司注册登记", "工商登记"),
    *("抵押登记", "商标注册", "营业执照", "身份证", "护照", "驾驶证", "社保卡", "居住证"),
)


@pytest.mark.parametrize("item", LIMITS)
@pytest.mark.parametrize("way", ["{}几天办好", "益阳{}要多久", "{}要几个工作日"])
def test_an_item_gets_its_own_days(item: str, way: str) -> None:
    """Asked for one item, the sentence that answers gives the days of that item."""
    answer = ask(way.format(item), shipped())
    said = texts_of(answer, BlockKind.LEAD)
    assert answer.outcome is not Outcome.ANSWERED or f"{LIMITS[item]}个工作日" in said


@pytest.mark.parametrize("item", LIMITS)
def test_a_follow_up_gets_the_days_of_its_own_item(item: str) -> None:
    """The days of the item that was asked about before are never told for another one."""
    edition = shipped()
    wrong = {
        (first, follow_up.format(item)): days
        for first in LIMITS
        for follow_up in ("那{}呢", "{}呢", "那{}要几天呢")
        for answer in [talk(edition, f"{first}几天能办好", follow_up.format(item))]
        for days in DAYS.findall(texts_of(answer, BlockKind.LEAD))
        if answer.outcome is Outcome.ANSWERED and days != f"{LIMITS[item]}个工作日"
    }
    assert wrong == {}


def test_business_without_a_time_limit_gets_no_days() -> None:
    """What the knowledge states no days for is never answered with those of other business."""
    edition = shipped()
    wrong = [
        texts
        for other in OTHERS
        for texts in (
            (f"{other}几天能办好",),
            (f"{other}要几个工作日",),
            (f"{other}多久办结",),
            ("财产登记几天能办好", f"那{other}呢"),
            ("高频事项几天办结", f"那{other}呢"),
        )
        for answer in [talk(edition, *texts)]
        if answer.outcome is Outcome.ANSWERED and DAYS.search(texts_of(answer, BlockKind.LEAD))
    ]
    assert wrong == []


def test_a_subsidy_gets_no_days_of_other_business() -> None:
    """A refrigerator has no time limit, also after a question about one."""
    answer = talk(shipped(), "益阳财产登记几天办好", "那冰箱呢")
    assert not DAYS.search(told(answer))


@pytest.mark.parametrize("item", LIMITS)
def test_a_fee_is_never_answered_with_days(item: str) -> None:
    """Asked what an item costs, which is not stated, no other fact is told as the answer."""
    answer = ask(f"{item}要多少钱", shipped())
    said = texts_of(answer, BlockKind.LEAD)
    assert answer.outcome is not Outcome.ANSWERED or "费用：没有写明" in said


@pytest.mark.parametrize("question", ["商标注册费多少", "专利申请费多少钱", "登记费多少"])
def test_a_fee_that_no_passage_states_is_not_answered(question: str) -> None:
    """A number that is no fee does not answer what a fee is."""
    assert ask(question, shipped()).outcome is not Outcome.ANSWERED


@pytest.mark.parametrize(
    "question",
    [
        *("我家原来的冰箱坏了，以旧换新最高补多少钱", "原来的空调旧了，换新的最多补多少钱"),
        *("以前没换过家电，现在补贴最高多少钱", "老方案取消了吧，现在家电补贴最高多少钱"),
        *("1月份买家电补贴上限是多少", "我11月底买家电最高补多少钱", "12月初买家电最高补多少钱"),
    ],
)
def test_a_question_of_today_is_not_answered_with_a_rule_of_the_past(question: str) -> None:
    """An old fridge, or a month in which another rule held, does not bring the old amount back."""
    answer = ask(question, shipped())
    if answer.evidence:
        assert answer.evidence[0].status is not Status.SUPERSEDED
    assert "800元" not in texts_of(answer, BlockKind.LEAD)


@pytest.mark.parametrize("question", ["以前每件最多补多少钱", "6月方案最多补多少"])
@pytest.mark.parametrize("day", [date(2024, 7, 1), date(2024, 9, 3)])
def test_a_rule_to_come_does_not_answer_for_the_past(question: str, day: date) -> None:
    """Before the new rule counts, a question about the earlier one is not led by the new one."""
    answer = ask(question, shipped(), day)
    assert answer.evidence == () or answer.evidence[0].status is not Status.NOT_YET


@pytest.mark.parametrize(
    "question", ["六月买的电器能返百分之几", "6月方案最多补多少", "以前每件最多补多少钱"]
)
def test_a_question_of_the_past_is_not_answered_with_the_present_amount(question: str) -> None:
    """Asked for June's rule, the lead does not give the share of the present one."""
    said = texts_of(ask(question, shipped()), BlockKind.LEAD)
    assert "20%" not in said or "10%" in said


@pytest.mark.parametrize("grade", ["三级", "3级", "四级", "五级"])
def test_a_grade_outside_the_rule_is_told_the_condition(grade: str) -> None:
    """Who asks for a grade that gets nothing reads which grade is needed."""
    answer = ask(f"{grade}能效的冰箱补多少", shipped())
    assert answer.evidence == () or "2级" in texts_of(answer, BlockKind.LEAD)


def test_the_days_of_a_city_are_not_those_of_another_item_on_a_small_corpus() -> None:
    """With one passage for all items, the sentence of the asked item leads."""
    for item, days in {"财产登记": 2, "重特大项目审查": 30}.items():
        said = texts_of(ask(f"益阳{item}几天办结", small()), BlockKind.LEAD)
        assert DAYS.findall(said) == [f"{days}个工作日"]
