"""A price and a grade bring an amount with its rule; what is missing is asked for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.models.questions import Answer, BlockKind, ComputedKind, Outcome
from tests.unit.answering.asking import RULE, ask, shipped, shown, small, talk, texts_of


def amounts(answer: Answer) -> list[Decimal]:
    """Give what was worked out, in order."""
    return [one.amount for one in answer.computed if one.amount is not None]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("5999元的一级冰箱能补多少", "1199.80"),
        ("一级冰箱能补多少，售价5,999", "1199.80"),
        ("６千的空调一级能补多少", "1200"),
        ("买台3500的二级洗衣机国家补多少钱", "525"),
        ("一万二的一级空调能补多少", "2000"),
        ("一級能效冰箱5999元補多少", "1199.80"),
        ("两台3000的一级空调补多少", "600"),
    ],
)
def test_a_price_and_a_grade_bring_the_amount(text: str, amount: str) -> None:
    """The amount comes first, bold, and the step that it comes from stands below it."""
    answer = ask(text, shipped())
    lead = next(block for block in answer.blocks if block.kind is BlockKind.LEAD)
    assert answer.outcome is Outcome.ANSWERED
    assert amounts(answer) == [Decimal(amount)]
    assert lead.text.startswith("可补 ")
    assert lead.bold
    assert answer.computed[0].steps[0] in shown(answer)


def test_an_amount_rests_on_the_rule_that_is_quoted() -> None:
    """The quote stands in the section that is named, and the citizen reads it."""
    answer = ask("5999元的一级冰箱能补多少", small())
    (computed,) = answer.computed
    assert (computed.kind, computed.document, computed.heading, computed.quote) == (
        ComputedKind.BENEFIT,
        "trade-in",
        "补贴标准",
        RULE,
    )
    assert computed.quote in answer.evidence[0].hit.passage.text
    assert computed.quote in texts_of(answer, BlockKind.QUOTE)


def test_what_is_not_known_to_hold_is_said_before_the_steps() -> None:
    """An amount from a rule without stated dates carries that line right below it."""
    answer = ask("5999元的一级冰箱能补多少", shipped())
    kinds = [block.kind for block in answer.blocks]
    assert kinds.index(BlockKind.STATUS) < kinds.index(BlockKind.NOTE)


def test_a_missing_grade_is_asked_for_with_what_each_brings() -> None:
    """The table of all cases, and a button for each grade and for 不知道."""
    answer = ask("5999的冰箱补多少", shipped())
    assert answer.outcome is Outcome.NEEDS_DETAIL
    assert amounts(answer) == []
    assert "1级补1199.80元，2级补899.85元" in texts_of(answer, BlockKind.LEAD)
    assert [one.label for one in answer.choices] == ["1级", "2级", "不知道"]
    again = [ask(one.question, shipped()) for one in answer.choices]
    assert [amounts(one) for one in again] == [[Decimal("1199.80")], [Decimal("899.85")], []]
    assert again[2].outcome is Outcome.ANSWERED
    assert "1级补1199.80元，2级补899.85元" in shown(again[2])


@pytest.mark.parametrize(
    ("turns", "amount"),
    [
        (("5999的冰箱补多少", "一级"), "1199.80"),
        (("5999的冰箱补多少", "2级"), "899.85"),
        (("5999的冰箱补多少", "一级", "那洗衣机呢"), "1199.80"),
        (("5999的冰箱补多少", "一级", "那8000的呢"), "1600"),
        (("冰箱补多少", "一级", "5999"), "1199.80"),
    ],
)
def test_what_was_asked_for_may_be_said_by_itself(turns: tuple[str, ...], amount: str) -> None:
    """A grade or a price alone completes the question before it, and the answer says so."""
    answer = talk(shipped(), *turns)
    assert amounts(answer) == [Decimal(amount)]
    assert answer.blocks[0].kind is BlockKind.UNDERSTOOD


def test_several_things_get_a_line_each_and_a_sum() -> None:
    """Only where every one was worked out is there a sum."""
    answer = ask("5999元的一级冰箱和3000元的二级洗衣机一共补多少", shipped())
    assert amounts(answer) == [Decimal("1199.80"), Decimal("450.00")]
    assert "共可补 1649.80元" in shown(answer)
    mixed = ask("5999元的一级冰箱和3000元的三级洗衣机一共补多少", shipped())
    assert amounts(mixed) == [Decimal("1199.80")]
    assert "共可补" not in shown(mixed)
    assert "洗衣机：3级不在补贴范围内" in shown(mixed)


@pytest.mark.parametrize(
    "text",
    [
        "五千到六千的一级冰箱补多少",
        "0元的一级冰箱补多少",
        "-500元的一级冰箱能补多少",
        "一千亿元的一级冰箱补多少",
        "两台一级冰箱一共8000补多少",
        "一级冰箱说是6999元，又说是5999元，补多少",
        "冰箱加洗衣机一共9000都是一级补多少",
        "一级冰箱和一级空调总共10000元补多少",
        "快一万的一级冰箱补多少",
        "一级冰箱5000+补多少",
        "一级冰箱4、5千补多少",
        "一级冰箱5000美元补多少",
        "我和老婆各买一台一级空调3000元一共补多少",
        "我家3口人买3台一级空调每台4000补多少",
    ],
)
def test_a_price_that_cannot_be_meant_ends_in_a_clear_sentence(text: str) -> None:
    """No number is made up; the sentence says what to put right."""
    answer = ask(text, shipped())
    assert answer.outcome is Outcome.NEEDS_DETAIL
    assert amounts(answer) == []
    assert "请" in texts_of(answer, BlockKind.LEAD)


@pytest.mark.parametrize(
    "text",
    [
        "5999的一级手机补多少",
        "5999的一级空调扇补多少",
        "三级能效的冰箱3999补多少",
        "公司买5999的一级冰箱补多少",
        "学校采购20台空调每台3000一级补多少",
        "二手一级冰箱1000元补多少",
        "广东买5999的一级冰箱补多少",
        "以前5999的一级冰箱补多少",
        "5999的一级冰箱在哪买",
        "5999的一级冰箱国补多久到账",
        "一级冰箱最高能补2000元吗",
        "冰箱补多少",
        "不是一级的冰箱5000补多少",
        "没有达到一级的空调4000元补多少",
        "低于二级的空调5000补多少",
        "一级能效以下的冰箱5000补多少",
        "想补满2000元要买多少钱的一级冰箱",
        "冰吧一级2000补多少",
        "买一级冰箱5000退货了补多少",
    ],
)
def test_no_amount_is_given_where_the_rule_does_not_cover_the_case(text: str) -> None:
    """Another thing, grade, buyer, place, time or question than the rule's gets none."""
    assert amounts(ask(text, shipped())) == []


def test_a_rule_of_the_level_above_is_worked_out_with_its_caution() -> None:
    """A city without a rule of its own gets the province's, said as such, before the amount."""
    answer = ask("长沙买5999的一级冰箱补多少", shipped())
    assert answer.outcome is Outcome.HEDGED
    assert amounts(answer) == [Decimal("1199.80")]
    assert "长沙市" in answer.blocks[0].text


def test_a_rule_that_is_yet_to_come_works_nothing_out() -> None:
    """Before a rule counts there is nothing to work out from it."""
    assert amounts(ask("5999元的一级冰箱能补多少", small(), date(2024, 1, 1))) == []
