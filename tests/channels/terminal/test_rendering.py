"""An answer in a terminal reads as everywhere; styles only add to it."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from bot.channels.terminal.rendering import rendered
from bot.channels.wire import plain_text
from bot.models.questions import Answer, Block, BlockKind, Choice, Outcome, Span
from tests.unit.answering.asking import ask, shipped, small

QUESTIONS = (
    *(
        "一级能效冰箱补多少",
        "家电补贴",
        "手机补多少",
        "长沙冰箱补多少",
        "财产登记几天办好",
        "你好",
    ),
    *("", "字" * 600, "以前每件最多补多少钱", "洗碗机补多少", "湖南哪10项知识产权案例全国推介"),
)


def printed(answer: Answer, **options: object) -> str:
    """Print an answer as the commands do."""
    console = Console(
        file=io.StringIO(),
        highlight=False,
        soft_wrap=True,
        **options,  # type: ignore[arg-type]
    )
    console.print(rendered(answer))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def answer_of(*blocks: Block, choices: tuple[Choice, ...] = ()) -> Answer:
    """Make an answer of some blocks."""
    return Answer("", "", Outcome.ANSWERED, blocks, "", choices=choices)


@pytest.mark.parametrize("question", QUESTIONS)
def test_without_styles_it_is_the_plain_text(question: str) -> None:
    """A terminal and the API show the same words and lines, however narrow the terminal is.

    What else can be asked stands below them.
    """
    for edition in (small(), shipped()):
        asked = ask(question, edition)
        offered = "；".join(asked.related)
        assert not offered or rendered(asked).plain.endswith(f"\n\n还可以问：{offered}")
        answer = replace(asked, related=())
        assert rendered(answer).plain == plain_text(answer)
        assert printed(answer, no_color=True, width=20) == plain_text(answer) + "\n"


TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n"), min_size=1
)
BLOCKS = st.lists(st.builds(Block, st.sampled_from(BlockKind), TEXTS), max_size=6)
CHOICES = st.lists(st.builds(Choice, TEXTS, TEXTS), max_size=4)


@settings(max_examples=100, deadline=None)
@given(BLOCKS, CHOICES)
def test_every_text_is_rendered_as_it_is(blocks: list[Block], choices: list[Choice]) -> None:
    """No text is taken for markup, an emoji code or a style."""
    answer = answer_of(*blocks, choices=tuple(choices))
    assert rendered(answer).plain == plain_text(answer)


@pytest.mark.parametrize("text", ["[bold]2000元[/bold]", "[red]", ":smile:", "[/]", "\\[x]"])
def test_what_looks_like_markup_stays_text(text: str) -> None:
    """Square brackets and emoji codes of a passage are printed."""
    assert printed(answer_of(Block(BlockKind.LEAD, text))) == text + "\n"


def test_what_decides_is_bold() -> None:
    """A bold span is bold on a terminal with colours, and nothing else of the lead is."""
    block = Block(BlockKind.LEAD, "每件最高补贴2000元。", (Span(6, 11),))
    shown = printed(answer_of(block), force_terminal=True, color_system="standard")
    assert shown == "每件最高补贴\x1b[1m2000元\x1b[0m。\n"


def test_what_an_answer_rests_on_is_set_back() -> None:
    """The answer itself stands out from its source and its validity."""
    lead, source = Block(BlockKind.LEAD, "答"), Block(BlockKind.SOURCE, "出处")
    shown = printed(answer_of(lead, source), force_terminal=True, color_system="standard")
    assert shown == "答\n\n\x1b[2m出处\x1b[0m\n"


def test_choices_are_numbered_from_one() -> None:
    """The number before a choice is the one that picks it."""
    choices = (Choice("甲", "问甲"), Choice("乙", "问乙"))
    text = rendered(answer_of(Block(BlockKind.LEAD, "选："), choices=choices)).plain
    assert text == "选：\n\n1. 甲\n2. 乙"
