"""Questions that are all figure, past rules, months before a rule, and what was not asked."""

from __future__ import annotations

import pytest

from bot.models.questions import Outcome
from tests.unit.answering.asking import ask, shipped, told


@pytest.mark.parametrize("question", ["20%", "是20%吗", "百分之二十"])
def test_a_question_that_is_all_figure_is_no_error(question: str) -> None:
    """A figure alone says nothing of a subject, whether the knowledge holds it or not."""
    assert ask(question, shipped()).outcome in {Outcome.NO_ANSWER, Outcome.TOO_VAGUE}


@pytest.mark.parametrize(
    "question", ["以前冰箱补多少", "过去空调补多少", "原来冰箱最多补多少", "之前买冰箱补几成"]
)
def test_who_asks_for_before_is_not_told_the_present_rate(question: str) -> None:
    """The earlier rule comes first, and is said to be over."""
    answer = ask(question, shipped())
    shown = [one.hit.passage.document.id for one in answer.evidence[:1]]
    assert shown in ([], ["appliance-trade-in-june-2024"])
    assert ("以前的规定" in told(answer)) == bool(shown)


@pytest.mark.parametrize("question", ["2024年7月冰箱最多补多少", "2024年8月一级能效冰箱补多少"])
def test_a_month_before_a_rule_is_not_answered_by_it(question: str) -> None:
    """From when a rule counts is known; for an earlier month it is shown with a caution."""
    assert ask(question, shipped()).outcome is not Outcome.ANSWERED


@pytest.mark.parametrize("question", ["财产登记是5个工作日吗"])
def test_nothing_is_called_unstated_that_was_not_asked(question: str) -> None:
    """An entry of `not_stated` on the same subject is no reason to refuse another question."""
    answer = ask(question, shipped())
    assert "没有写" not in answer.blocks[0].text
    assert "财产登记，2个工作日内办结" in told(answer)
