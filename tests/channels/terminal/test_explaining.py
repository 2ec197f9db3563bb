"""What a clerk reads: why, what was found, and what to change."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console
from rich.text import Text

from bot.channels.terminal.explaining import explained
from tests.unit.answering.asking import shipped
from tests.unit.answering.test_explaining import explained as explained_answer

QUESTIONS = (
    "一级能效冰箱补多少",
    "5999元一级能效冰箱补多少",
    "洗碗机补多少",
    "公积金怎么提取",
    "家电补贴",
    "你好",
    "xyz",
    "[red]冰箱[/red]补多少",
    "一级冰箱补多少？财产登记几天？",
    "",
    "字" * 600,
)


def printed(question: str, width: int = 100) -> str:
    """Print an explanation as the command does, without colours."""
    console = Console(file=StringIO(), width=width, highlight=False)
    for piece in explained(explained_answer(question, edition=shipped())):
        console.print(piece, soft_wrap=isinstance(piece, Text))
    file = console.file
    assert isinstance(file, StringIO)
    return file.getvalue()


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("width", [60, 160])
def test_every_reason_and_remedy_is_printed(question: str, width: int) -> None:
    """However a question ends and however wide the terminal, the reasons stand whole in it."""
    found = explained_answer(question, edition=shipped())
    text = printed(question, width)
    for explanation in found.explanation.parts or (found.explanation,):
        for one in explanation.reasons:
            assert one.said in text
            assert one.remedy in text
            assert f"[{one.reason.value}]" in text


def test_a_refusal_reads_as_one() -> None:
    """The outcome, the missing words, the thresholds and what the citizen read are there."""
    text = printed("公积金怎么提取")
    for part in ("拒答 no_answer", "找不到的词：公积金", "低于 0.", "可以改：", "12345"):
        assert part in text


def test_rules_are_listed_with_what_came_of_them() -> None:
    """A rule that gave an amount is listed with the amount."""
    text = printed("5999元一级能效冰箱补多少", width=160)
    assert "benefits：家电以旧换新补贴" in text
    assert "算出1199.80元" in text


def test_matched_words_are_marked_in_the_passage() -> None:
    """In a terminal with colours, what the question's words matched stands out."""
    console = Console(file=StringIO(), force_terminal=True, width=160, color_system="standard")
    for piece in explained(explained_answer("一级能效冰箱补多少", edition=shipped())):
        console.print(piece)
    assert isinstance(console.file, StringIO)
    assert "\x1b[7m" in console.file.getvalue()
