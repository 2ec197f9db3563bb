"""Several questions of one message are answered in turn, and one question stays one."""

from __future__ import annotations

import pytest

from bot.answering.parts import MOST, parts_of
from bot.channels.wire import answer_object
from bot.models.questions import Outcome
from tests.unit.answering.asking import ask, shipped, shown


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("财产登记几天办好？要什么材料？", ("财产登记几天办好？", "要什么材料？")),
        (
            "我家冰箱坏了。换一台能补多少？洗衣机呢？",
            ("我家冰箱坏了。换一台能补多少？", "洗衣机呢？"),
        ),
        ("1. 一级冰箱补多少 2. 在哪里领", ("一级冰箱补多少", "在哪里领")),
        ("一级冰箱补多少，还有洗衣机呢", ("一级冰箱补多少，", "还有洗衣机呢")),
        ("你好，请问财产登记几天办好？谢谢！", ("你好，请问财产登记几天办好？谢谢！",)),
        ("公司能领吗？还是只给个人的", ("公司能领吗？还是只给个人的",)),
        ("1.5匹空调补多少", ("1.5匹空调补多少",)),
    ],
)
def test_a_message_is_cut_into_its_questions(text: str, parts: tuple[str, ...]) -> None:
    """Background goes with the question behind it; greetings and remarks are no questions."""
    assert parts_of(text) == parts


def test_each_question_gets_its_own_answer() -> None:
    """Numbered under each other, each whole in `parts`, later ones with the subject before."""
    answer = ask("5999元的一级冰箱补多少？财产登记今天交哪天办完？", shipped())
    assert [part.outcome for part in answer.parts] == [Outcome.ANSWERED] * 2
    assert len(answer.computed) == 2
    assert "1. 5999元的一级冰箱补多少？" in shown(answer)
    assert "2. 财产登记今天交哪天办完？" in shown(answer)
    assert [part["text"] for part in answer_object(answer)["parts"]] == [
        shown(part) for part in answer.parts
    ]


def test_what_is_beyond_the_first_few_is_said() -> None:
    """No question is dropped silently."""
    answer = ask("冰箱补多少？空调补多少？谁能领？电视补多少？", shipped())
    assert len(answer.parts) == MOST
    assert "其余的请再问一次" in shown(answer)
