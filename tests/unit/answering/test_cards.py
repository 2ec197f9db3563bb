"""A service is told at once: what is known of it, and what is not."""

from __future__ import annotations

import pytest

from bot.models.questions import ComputedKind, Outcome
from tests.unit.answering.asking import ask, shipped, shown


@pytest.mark.parametrize(
    "text", ["财产登记要什么材料", "财产登记怎么办", "财产登记在哪个窗口办", "财产登记收费吗"]
)
def test_one_question_brings_all_that_an_item_needs(text: str) -> None:
    """Time limit, window, papers and fee stand on one card; the unknown is said to be unknown."""
    answer = ask(text, shipped())
    (card,) = answer.computed
    assert answer.outcome is Outcome.ANSWERED
    assert card.kind is ComputedKind.SERVICE
    assert card.quote in answer.evidence[0].hit.passage.text
    for line in (
        "时限：2个工作日",
        "地点：益阳市市民服务中心资规窗口",
        "材料：没有写明",
        "费用：没有写明",
    ):
        assert line in shown(answer)


@pytest.mark.parametrize(
    "text", ["长沙财产登记怎么办", "结婚登记怎么办", "不动产登记要什么材料", "财产登记几天办好"]
)
def test_no_card_is_shown_for_another_business_place_or_question(text: str) -> None:
    """A card belongs to its own item in its own place; days have an answer of their own."""
    assert all(one.kind is not ComputedKind.SERVICE for one in ask(text, shipped()).computed)
