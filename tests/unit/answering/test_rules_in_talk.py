"""What a follow-up brings in decides: the grade, the item, the place, the time."""

from __future__ import annotations

import pytest

from bot.models.questions import Outcome
from tests.unit.answering.asking import AMOUNT, ask, shipped, talk, told

NO = "不在补贴范围内"


@pytest.mark.parametrize(
    "question",
    ["三级能效的冰箱补多少", "能效等级3的空调能补多少", "5级能效热水器有补贴吗", "0级能效补多少"],
)
def test_a_grade_without_a_rate_is_told_so_first(question: str) -> None:
    """Grades that no rate is for get a no before anything else, not the rates of others."""
    answer = ask(question, shipped())
    assert answer.outcome is Outcome.ANSWERED
    assert NO in answer.blocks[0].text


@pytest.mark.parametrize("question", ["一级能效冰箱补多少", "二级的补多少", "一级和三级差多少"])
def test_a_grade_with_a_rate_is_not_denied(question: str) -> None:
    """Where one of the grades has a rate, nobody is told that it has none."""
    assert NO not in told(ask(question, shipped()))


def test_a_grade_in_a_follow_up_takes_the_place_of_the_one_before() -> None:
    """「三级的呢」 after a question on grade 1 is judged as grade 3."""
    assert NO in told(talk(shipped(), "一级能效冰箱补多少", "三级的呢"))


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("财产登记几天", "那继承呢"),
        ("一般项目审查几天", "那环评呢"),
        ("冰箱补多少", "那装修呢"),
        ("最多补多少", "那净水器呢"),
    ],
)
def test_what_a_passage_does_not_speak_of_is_not_answered_by_the_subject(
    first: str, then: str
) -> None:
    """A follow-up brings in a new thing: the rule of the subject before is not told for it."""
    answer = talk(shipped(), first, then)
    assert answer.outcome is Outcome.NO_ANSWER
    assert not AMOUNT.search(told(answer))


def test_a_long_talk_does_not_grow_its_subject() -> None:
    """Follow-ups continue what was asked, not the chain of follow-ups before them."""
    edition = shipped()
    answer = talk(edition, "一级能效冰箱补多少", "以前呢", "现在呢", "那洗衣机呢")
    understood = answer.blocks[0].text
    assert "一级能效洗衣机补多少" in understood
    assert "以前" not in understood


def test_the_past_is_kept_from_a_follow_up_on_an_item() -> None:
    """After a question for the June rule, the current amount is not told for an item."""
    answer = talk(shipped(), "6月的补贴最高多少", "那冰箱呢")
    assert "2000元" not in answer.blocks[0].text
    assert answer.outcome is Outcome.NO_ANSWER or "800元" in told(answer)


@pytest.mark.parametrize("question", ["医院买电视补多少", "二手冰箱有补贴吗", "公司买空调补多少"])
def test_other_buyers_and_used_things_get_no_sure_answer(question: str) -> None:
    """A passage that is silent on who buys, or on used things, does not decide on them."""
    assert ask(question, shipped()).outcome is not Outcome.ANSWERED


@pytest.mark.parametrize("question", ["去年冰箱补多少", "2023年冰箱补多少"])
def test_another_year_gets_no_sure_answer(question: str) -> None:
    """A rule that states no such year is not told as if it were of that year."""
    assert ask(question, shipped()).outcome is not Outcome.ANSWERED


def test_every_heading_finds_its_own_section() -> None:
    """A heading typed as a question is answered from its section, unless two share it.

    Or its document was followed: then what holds goes before it.
    """
    edition = shipped()
    followed = edition.catalogue.followers
    passages = (one for one in edition.corpus.passages if one.document.id not in followed)
    stated = [passage for passage in passages if passage.stated]
    headings = [passage.heading for passage in stated]
    missed = [
        passage.heading
        for passage in stated
        if headings.count(passage.heading) == 1
        and (answer := ask(passage.heading, edition)).evidence
        and answer.evidence[0].hit.passage is not passage
    ]
    assert missed == []
