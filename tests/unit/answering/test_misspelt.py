"""A misspelt question is answered as it was meant, and the answer says so."""

from __future__ import annotations

import pytest

from bot.answering.drafting import LONGEST_QUESTION
from bot.models.questions import Answer, BlockKind, Outcome
from tests.unit.answering.asking import ask, shipped, small, talk, texts_of, told


def understood(answer: Answer) -> str:
    """Give the line that says how a question was understood, empty where there is none."""
    return texts_of(answer, BlockKind.UNDERSTOOD)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("一级能校的冰箱补多少", "一级能效的冰箱补多少"),
        ("一级能效的bingxiang补多少", "一级能效的冰箱补多少"),
        ("一级能效的冰相补多少", "一级能效的冰箱补多少"),
    ],
)
def test_a_slip_is_answered_as_what_was_meant(typed: str, meant: str) -> None:
    """The answer is that of the right spelling, after a line that says how it was taken."""
    answer, right = ask(typed, shipped()), ask(meant, shipped())
    assert understood(answer) == f"（按「{meant}」理解）"
    assert told(answer).removeprefix(understood(answer)).strip() == told(right).strip()
    assert (answer.question, answer.outcome) == (typed, right.outcome)


def test_a_question_that_is_right_says_nothing_of_spelling() -> None:
    """The line stands only where something was put right."""
    assert understood(ask("一级能效的冰箱补多少", shipped())) == ""


def test_a_misspelt_question_leaves_its_right_form_as_the_subject() -> None:
    """A follow-up continues what was meant, and may be misspelt itself."""
    asked = "一级能校的冰箱补多少"
    assert ask(asked, shipped()).conversation.subject == "一级能效的冰箱补多少"
    answer = talk(shipped(), asked, "那洗衣鸡呢")
    assert understood(answer) == "（按「一级能效的洗衣机补多少」理解）"


def test_words_of_taiwan_are_answered_in_the_words_of_the_documents() -> None:
    """Traditional script, with its own words, finds what Simplified script finds."""
    for question in ("一級能效的冷氣補多少", "冷氣汰舊換新有沒有補助"):
        assert ask(question, shipped()).outcome in {Outcome.ANSWERED, Outcome.NEEDS_DETAIL}


def test_a_question_that_is_too_long_is_not_spelt() -> None:
    """What is too long to be read is refused before anything is put right."""
    question = "一级能校的冰箱补多少" + "啊" * LONGEST_QUESTION
    assert understood(ask(question, small())) == ""
