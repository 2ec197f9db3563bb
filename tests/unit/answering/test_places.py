"""A rule speaks for its own region: another place never gets it, a part of it with a caution."""

from __future__ import annotations

import pytest

from bot.models.questions import BlockKind, Outcome
from bot.text.places import Place, all_places, is_within, place_named
from tests.unit.answering.asking import AMOUNT, DAYS, ask, shipped, small, talk, texts_of, told

FOUND = {Outcome.ANSWERED, Outcome.HEDGED}


def place(name: str) -> Place:
    """Give a place that must be known."""
    known = place_named(name)
    assert known is not None
    return known


HUNAN, YIYANG = place("湖南省"), place("益阳市")
DISTRICTS_ELSEWHERE = (
    *("海淀区", "朝阳区", "浦东新区", "浦东", "南山区", "天河区", "福田区", "义乌", "昆山"),
)
ASKED_OF_A_PROVINCE = (
    *("{}知识产权局和哪些单位协作", "{}专利侵权有行政裁决办法吗", "{}有多少件发明专利"),
    *("{}一年查多少侵权假冒案件", "{}专利质押融资多少钱"),
)
ELSEWHERE = [
    one for one in all_places() if one.level in {"省", "市"} and not is_within(one, HUNAN)
]
CITIES = [one for one in all_places() if one.parent == HUNAN and one != YIYANG]
COUNTIES = [one for one in all_places() if one.parent == YIYANG]


@pytest.mark.parametrize("way", ["{}一级能效冰箱补多少", "{}有多少个地理标志"])
def test_no_other_province_or_city_gets_a_rule_of_this_one(way: str) -> None:
    """The amount of Hunan is not told to anyone who asks for another province or its cities."""
    edition = shipped()
    told_to = [
        one.name
        for one in ELSEWHERE
        if ask(way.format(one.name), edition).outcome is not Outcome.NO_ANSWER
    ]
    assert told_to == []


@pytest.mark.parametrize("province", ["湖北", "江西", "北京"])
def test_a_passage_that_mentions_a_province_does_not_speak_for_it(province: str) -> None:
    """That Hunan works together with Hubei makes its figures and partners none of Hubei's."""
    edition = shipped()
    questions = [way.format(province) for way in ASKED_OF_A_PROVINCE]
    assert [one for one in questions if ask(one, edition).outcome is Outcome.ANSWERED] == []


def test_a_district_of_another_province_gets_no_amount() -> None:
    """Districts elsewhere get no amount, and towns that no table knows no sure answer."""
    edition = shipped()
    answers = {one: ask(f"我在{one}，一级能效冰箱补多少", edition) for one in DISTRICTS_ELSEWHERE}
    units = {name: one for name, one in answers.items() if name.endswith("区")}
    assert [name for name, one in units.items() if AMOUNT.search(told(one))] == []
    assert [name for name, one in answers.items() if one.outcome is Outcome.ANSWERED] == []


def test_another_province_without_a_name_gets_no_sure_answer() -> None:
    """「外省」 is another place too."""
    for question in ("外省买冰箱一级能效补多少", "湖南省外买冰箱一级能效补多少"):
        assert ask(question, shipped()).outcome is not Outcome.ANSWERED


def test_no_other_city_gets_the_time_limits_of_this_one() -> None:
    """The days of Yiyang are not told to anyone who asks for another city of the province."""
    edition = shipped()
    told_to = [
        one.name
        for one in CITIES
        if DAYS.search(told(ask(f"{one.name}财产登记几天办好", edition)))
    ]
    assert told_to == []


@pytest.mark.parametrize("county", COUNTIES, ids=lambda one: one.name)
def test_a_place_below_gets_the_rule_with_a_caution_that_names_it(county: Place) -> None:
    """A rule of the city may apply in its county: that is said, and whom to ask."""
    answer = ask(f"{county.name}财产登记几天办好", shipped())
    caution = texts_of(answer, BlockKind.NOTE)
    assert answer.outcome is Outcome.HEDGED
    assert county.name in caution
    assert YIYANG.name in caution
    assert "12345" in caution


def test_a_place_above_gets_the_rule_of_a_part_with_a_caution() -> None:
    """Asked for the province, the rule of one city is shown as that city's only."""
    answer = ask("湖南省财产登记几天办好", small())
    caution = texts_of(answer, BlockKind.NOTE)
    assert answer.outcome is Outcome.HEDGED
    assert HUNAN.name in caution
    assert YIYANG.name in caution


@pytest.mark.parametrize("question", ["湖南冰箱一级能效补多少", "湖南省一级能效冰箱补多少"])
def test_the_documents_own_region_needs_no_caution(question: str) -> None:
    """Naming the region of the rule changes nothing."""
    assert ask(question, shipped()).outcome is Outcome.ANSWERED


@pytest.mark.parametrize(
    ("first", "follow_up"),
    [
        *(("一级能效冰箱补多少", "那广东呢"), ("长沙一级能效冰箱补多少", "那深圳呢")),
        *(("一级能效冰箱补多少", "北京呢"), ("财产登记几天办好", "那上海呢？")),
    ],
)
def test_a_follow_up_for_another_place_is_refused(first: str, follow_up: str) -> None:
    """The place of a follow-up counts as that of a question."""
    answer = talk(shipped(), first, follow_up)
    assert answer.outcome is Outcome.NO_ANSWER
    assert answer.evidence == ()


@pytest.mark.parametrize(
    ("first", "follow_up", "elsewhere"),
    [
        ("益阳财产登记几天办好", "那长沙呢", "长沙"),
        ("湖南有多少个地理标志", "那湖北呢", "湖北"),
    ],
)
def test_the_place_of_a_follow_up_takes_that_of_the_question(
    first: str, follow_up: str, elsewhere: str
) -> None:
    """Who goes on to ask for another place is told that it is not covered, and no figure."""
    answer = talk(shipped(), first, follow_up)
    assert elsewhere in told(answer)
    assert answer.evidence == ()


@pytest.mark.parametrize("question", ["益阳人在长沙办财产登记几天", "在深圳买冰箱湖南补多少"])
def test_one_place_elsewhere_is_enough_for_a_caution(question: str) -> None:
    """A question that names two places is not answered as if it named the covered one alone."""
    assert ask(question, shipped()).outcome is not Outcome.ANSWERED


@pytest.mark.parametrize("question", ["那湖南呢", "湖南呢", "益阳呢", "那长沙呢"])
def test_a_place_alone_is_not_a_question(question: str) -> None:
    """Without a conversation, a place by itself is answered with no passage."""
    assert ask(question, shipped()).outcome not in FOUND
