"""A rule with a closed list speaks for its items only: no other thing gets its amount."""

from __future__ import annotations

import pytest

from bot.models.questions import Answer, Outcome
from bot.retrieval.edition import Edition
from tests.unit.answering.asking import AMOUNT, ask, shipped, small, talk, told

LISTED = ("冰箱", "洗衣机", "空调", "电冰箱")
UNLISTED = (
    *("洗碗机", "扫地机器人", "微波炉", "电饭煲", "干衣机", "烘干机", "净水器", "空气净化器"),
    *("消毒柜", "冰柜", "电风扇", "投影仪", "平板", "智能手表", "马桶", "沙发", "电动自行车"),
)
NOT_STATED = ("手机", "汽车")  # what the shipped document says that its source leaves open
ACCESSORIES = ("空调扇", "空调被", "洗衣液", "洗衣机罩", "冰箱贴", "电视柜", "电脑桌", "电视盒子")
OTHER_SUBSIDIES = (
    *("失业补助金", "失业补贴", "生育补贴", "育儿补贴", "高温补贴", "住房补贴", "租房补贴"),
    *("养老补贴", "高龄补贴", "残疾人补贴", "农机补贴", "人才补贴", "专利补贴", "困难补助"),
    *("地理标志补贴", "商标注册补贴", "交通补贴", "取暖补贴", "创业补贴", "稳岗补贴"),
)
WAYS = (
    *("{}补多少", "{}补贴多少钱", "买{}补多少钱", "一级能效{}补多少", "一级能效的{}能补多少钱"),
    *("{}一级能效补多少", "1级能效{}最高补贴多少元", "想买台二级能效{}，能补百分之几"),
    *("{}按售价的百分之几补", "我家换了{}，国家补多少", "{}补贴标准"),
)
FOLLOW_UPS = ("那{}呢", "{}呢", "换成{}", "那么{}呢？", "如果是{}")


def with_an_amount(questions: dict[str, Answer]) -> list[str]:
    """Give the questions whose answer shows an amount or a share."""
    return [question for question, answer in questions.items() if AMOUNT.search(told(answer))]


def asked(edition: Edition, way: str, items: tuple[str, ...]) -> dict[str, Answer]:
    """Ask one way for each item."""
    return {way.format(item): ask(way.format(item), edition) for item in items}


@pytest.mark.parametrize("way", WAYS)
def test_an_item_that_no_rule_lists_gets_no_amount(way: str) -> None:
    """However it is asked, the amount of the listed items is not shown for another thing."""
    assert with_an_amount(asked(shipped(), way, (*UNLISTED, *NOT_STATED))) == []
    assert with_an_amount(asked(small(), way, UNLISTED)) == []


def test_an_item_that_no_rule_lists_is_refused() -> None:
    """What is plainly asked about a thing that is not on the list is refused."""
    answered = [
        question
        for way in WAYS
        for question, answer in asked(shipped(), way, UNLISTED[:3]).items()
        if answer.outcome is not Outcome.NO_ANSWER
    ]
    assert answered == []


@pytest.mark.parametrize("first", ["冰箱补多少", "一级能效冰箱补多少", "一級能效洗衣機補多少"])
def test_a_follow_up_about_an_unlisted_item_gets_no_amount(first: str) -> None:
    """A thing that is not on the list does not inherit the amount of the one before."""
    edition = shipped()
    follow_ups = [way.format(item) for way in FOLLOW_UPS for item in (*UNLISTED, *NOT_STATED)]
    assert with_an_amount({text: talk(edition, first, text) for text in follow_ups}) == []


def test_a_traditional_follow_up_is_judged_as_the_simplified_one() -> None:
    """「那洗碗機呢」 gets no amount either."""
    edition = shipped()
    follow_ups = ("那洗碗機呢", "那麼掃地機器人呢", "換成微波爐呢", "那手機呢")
    answers = {text: talk(edition, "一级能效冰箱补多少", text) for text in follow_ups}
    assert with_an_amount(answers) == []


def test_a_thing_whose_name_holds_a_listed_one_is_not_that_one() -> None:
    """A TV cabinet is no TV: its name does not open the list."""
    edition = shipped()
    answers: dict[str, Answer] = {}
    for way in ("{}补多少", "一级能效{}补多少", "买{}能补多少钱"):
        answers |= asked(edition, way, ACCESSORIES)
    assert with_an_amount(answers) == []


@pytest.mark.parametrize(
    "question",
    ["一级能效的冰箱和洗碗机各补多少", "我要买冰箱、电视和扫地机器人，一级能效各补多少"],
)
def test_an_unlisted_item_beside_a_listed_one_is_named(question: str) -> None:
    """Where one of several things is not on the list, no amount is shown as if for all."""
    answer = ask(question, shipped())
    named = [item for item in UNLISTED if item in question and item in told(answer)]
    assert named or not AMOUNT.search(told(answer))


def test_another_subsidy_gets_no_amount() -> None:
    """A subsidy that the knowledge does not hold is never given the amount of one that it does."""
    answers: dict[str, Answer] = {}
    for way in ("{}多少", "{}多少钱", "{}最高多少元", "领{}能领多少钱"):
        answers |= asked(shipped(), way, OTHER_SUBSIDIES)
    assert with_an_amount(answers) == []


@pytest.mark.parametrize("item", LISTED)
@pytest.mark.parametrize("way", ["一级能效{}补多少", "{}一级能效补多少", "买{}补多少钱"])
def test_a_listed_item_gets_its_rule(item: str, way: str) -> None:
    """The list is not closed to what stands on it, nor to its other names."""
    answer = ask(way.format(item), shipped())
    assert answer.outcome in {Outcome.ANSWERED, Outcome.HEDGED}
    assert AMOUNT.search(told(answer))


def test_a_refusal_for_an_unlisted_item_names_it_and_the_list() -> None:
    """The citizen learns which thing is not listed, what is, and where that stands."""
    said = told(ask("买洗碗机补多少", small()))
    for known in ("洗碗机", "冰箱", "洗衣机", "空调", "12345", "湖南省家电以旧换新补贴办法"):
        assert known in said


def test_what_a_document_does_not_say_is_refused_with_its_name() -> None:
    """Every question that staff list as not stated names the document and whom to ask."""
    edition = shipped()
    missed = []
    for passage in edition.corpus.passages:
        for question in () if passage.stated else passage.asks:
            answer = ask(question, edition)
            said = told(answer)
            named = passage.document.title in said and passage.heading in said
            reached = edition.corpus.office.contact.phone in said
            if answer.outcome is not Outcome.NO_ANSWER or not (named and reached):
                missed.append(question)
    assert missed == []


def test_what_staff_write_as_a_way_of_asking_is_never_refused() -> None:
    """Every way of asking of a section finds a passage, sure or hedged."""
    edition = shipped()
    found = {Outcome.ANSWERED, Outcome.HEDGED, Outcome.NEEDS_DETAIL}
    refused = [
        question
        for passage in edition.corpus.passages
        for question in (passage.asks if passage.stated else ())
        if ask(question, edition).outcome not in found
    ]
    assert refused == []
