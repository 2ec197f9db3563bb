"""Follow-ups keep their subject, and nothing else does."""

from __future__ import annotations

import pytest

from bot.answering.conversation import LONGEST_FOLLOW_UP, resolve
from bot.answering.drafting import LONGEST_QUESTION
from bot.models.questions import Answer, BlockKind, Conversation, Outcome
from tests.unit.answering.asking import (
    AMOUNT,
    DAY,
    ask,
    shipped,
    shown,
    small,
    talk,
    texts_of,
    told,
)

FIRST = "一级能效冰箱补多少"


def understood(answer: Answer) -> str:
    """Give the line that says how a follow-up was understood, empty where there is none."""
    return texts_of(answer, BlockKind.UNDERSTOOD)


@pytest.mark.parametrize(
    "follow_up",
    [
        *("那洗衣机呢", "那洗衣机呢？", "洗衣机呢", "那么洗衣机呢", "换成洗衣机呢"),
        *(
            "如果是洗衣机",
            "那 洗衣机呢",
            "还有洗衣机呢",
            "那洗衣機呢",
            "那麼洗衣機呢",
            "你好，那洗衣机呢",
        ),
    ],
)
def test_another_item_takes_the_place_of_the_one_before(follow_up: str) -> None:
    """The follow-up is the question before with its item swapped, and says so."""
    for edition in (small(), shipped()):
        answer = talk(edition, FIRST, follow_up)
        line = understood(answer)
        assert answer.outcome is Outcome.ANSWERED
        assert answer.blocks[0].kind is BlockKind.UNDERSTOOD
        assert "一级能效洗衣" in line
        assert "冰箱" not in line
        assert AMOUNT.search(texts_of(answer, BlockKind.LEAD))


def test_a_follow_up_of_a_follow_up_keeps_the_subject() -> None:
    """The subject lives on as it was understood last."""
    answer = talk(small(), FIRST, "那洗衣机呢", "那空调呢")
    assert "一级能效空调补多少" in understood(answer)


@pytest.mark.parametrize(
    "between", ["你好", "谢谢", "今天天气怎么样", "公积金贷款怎么办", "那手机呢", "家电补贴", "😀"]
)
def test_what_finds_no_answer_does_not_become_the_subject(between: str) -> None:
    """Small talk, refused and vague questions in between leave the subject as it was."""
    answer = talk(small(), FIRST, between, "那洗衣机呢")
    assert "一级能效洗衣机补多少" in understood(answer)


def test_a_refused_question_is_no_subject() -> None:
    """After a question that was refused, a follow-up has nothing to go by."""
    assert understood(talk(small(), "手机补多少", "那洗衣机呢")) == ""
    assert ask("手机补多少", small()).conversation.subject == ""


@pytest.mark.parametrize(
    "question",
    [
        *("洗衣机补多少", "停车一小时多少钱", "益阳财产登记几天办好", "一级能效补多少"),
        "那我想再问一下益阳的重特大项目审查一共要几天才能办好呢",
        "如果是在益阳办财产登记的话最快要几天才能够办好呢",
    ],
)
def test_a_question_that_stands_alone_is_not_changed(question: str) -> None:
    """Long questions and those that say all themselves are answered as without a conversation."""
    alone, after = ask(question, small()), talk(small(), FIRST, question)
    assert understood(after) == ""
    assert after.blocks == alone.blocks
    assert after.id == alone.id


def test_length_decides_whether_a_question_may_follow() -> None:
    """A question longer than the limit is never given a subject."""
    edition, before = small(), Conversation("c", FIRST)
    short, long = "呢".rjust(LONGEST_FOLLOW_UP, "洗"), "呢".rjust(LONGEST_FOLLOW_UP + 1, "洗")
    assert resolve(short, before, edition, DAY).changed
    assert not resolve(long, before, edition, DAY).changed


def test_without_a_subject_nothing_is_changed() -> None:
    """The first question of a conversation is searched as it was typed."""
    assert understood(ask("那洗衣机呢", small())) == ""


def test_another_document_takes_a_follow_up_as_a_new_question() -> None:
    """A thing of another rule is not asked about in the words of the one before."""
    answer = talk(shipped(), "益阳财产登记几天办好", "那冰箱补多少呢")
    assert "几天" not in understood(answer)
    assert "工作日" not in told(answer)


def test_a_grade_keeps_the_item_of_the_question() -> None:
    """「那二级的呢」 asks for another grade of the same item."""
    line = understood(talk(shipped(), FIRST, "那二级的呢"))
    assert "冰箱" in line
    assert "二级" in line


@pytest.mark.parametrize("follow_up", ["那呢", "呢？", "还有呢", "然后呢"])
def test_a_follow_up_without_words_of_its_own_is_shown_clean(follow_up: str) -> None:
    """What was understood never begins with the comma of a missing part."""
    assert "「，" not in understood(talk(small(), FIRST, follow_up))


def test_a_short_follow_up_is_never_too_long() -> None:
    """A person who types five characters is not told to write less."""
    first = "冰箱" * ((LONGEST_QUESTION - 10) // 2) + "补多少"
    answer = talk(small(), first, "那洗衣机呢")
    assert str(LONGEST_QUESTION) not in told(answer)


@pytest.mark.parametrize("mark", ["<b>", "[bold]", "\u202e", "\u200b", "\x07", "**"])
def test_signs_in_a_follow_up_stay_out_of_its_meaning(mark: str) -> None:
    """Markup in a follow-up is shown as typed at most; what is invisible is not shown at all."""
    answer = talk(small(), FIRST, f"那{mark}洗衣机呢")
    assert all(sign not in shown(answer) for sign in "\u202e\u200b\x07")
    assert mark.isprintable() or "一级能效洗衣机" in understood(answer)


def test_the_conversation_keeps_its_id() -> None:
    """The id that a channel gave comes back with every answer."""
    for text in (FIRST, "你好", "今天天气", "字" * 600, ""):
        answer = ask(text, small(), conversation=Conversation("mine", FIRST))
        assert answer.conversation.id == "mine"
