"""Talking in a terminal: a question a line, numbers pick choices, an empty line starts anew."""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest

from bot.cli import ask as commands
from bot.models.questions import Answer, Block, BlockKind, Choice, Outcome, Question
from tests.unit.answering.asking import KNOWLEDGE

CHOICES = (Choice("甲事", "甲怎么办"), Choice("乙事", "乙怎么办"))
DAY = date(2026, 11, 22)


class Listener:
    """Answers every question with its words, and 「补贴」 with choices; keeps what was asked."""

    def __init__(self) -> None:
        """Start with nothing asked."""
        self.asked: list[tuple[str, str]] = []

    def ask(self, question: Question, day: date | None = None) -> Answer:
        """Keep the conversation and the words."""
        assert day is None
        assert question.asker.channel == "terminal"
        self.asked.append((question.asker.chat_id, question.text))
        choices = CHOICES if question.text == "补贴" else ()
        block = Block(BlockKind.LEAD, f"答：{question.text}")
        return Answer("", "", Outcome.ANSWERED, (block,), "", choices=choices)

    def unfold(self, edition: str, ordinal: int) -> Answer | None:
        """Have no passage."""
        raise LookupError(edition, ordinal)


def talked(monkeypatch: pytest.MonkeyPatch, *lines: str) -> list[tuple[str, str]]:
    """Type lines, and give each question with a number for its conversation, from 0."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    listener = Listener()
    commands._talk(listener)
    names = list(dict.fromkeys(name for name, _ in listener.asked))
    return [(str(names.index(name)), text) for name, text in listener.asked]


def test_lines_are_questions_of_one_conversation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Line after line is asked in the same conversation, as it was typed."""
    assert talked(monkeypatch, "甲", " 乙 丙 ") == [("0", "甲"), ("0", "乙 丙")]


def test_a_number_picks_a_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of a choice asks its question, not its label."""
    assert talked(monkeypatch, "补贴", "2", "补贴", " 1 ") == [
        *(("0", "补贴"), ("0", "乙怎么办"), ("0", "补贴"), ("0", "甲怎么办")),
    ]


@pytest.mark.parametrize("number", ["0", "3", "-1", "1.5", "２２", "一", "1 2", "²", "1号"])
def test_what_is_no_number_of_a_choice_is_a_question(
    monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    """A number that was not offered is asked as it stands."""
    assert talked(monkeypatch, "补贴", number)[1] == ("0", number)


def test_choices_are_gone_after_the_next_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number picks from the last answer alone."""
    assert talked(monkeypatch, "补贴", "别的", "1")[2] == ("0", "1")


def test_without_choices_a_number_is_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """12345 may well be asked about."""
    assert talked(monkeypatch, "12345", "1") == [("0", "12345"), ("0", "1")]


@pytest.mark.parametrize("empty", [("",), ("", ""), ("", "", "")])
def test_an_empty_line_starts_a_new_conversation(
    monkeypatch: pytest.MonkeyPatch, empty: tuple[str, ...]
) -> None:
    """One empty line or several, what follows knows nothing of what was before."""
    assert talked(monkeypatch, "甲", *empty, "乙") == [("0", "甲"), ("1", "乙")]


def test_an_empty_line_asks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty lines alone, or no line at all, end without a question."""
    assert talked(monkeypatch, "", "") == []
    assert talked(monkeypatch) == []


def test_the_talk_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each answer is printed with its choices, and nothing goes to standard error."""
    talked(monkeypatch, "补贴", "[red]甲[/red]")
    shown = capsys.readouterr()
    assert "答：补贴\n\n1. 甲事\n2. 乙事\n" in shown.out
    assert "答：[red]甲[/red]" in shown.out
    assert shown.err == ""


def test_chat_answers_on_the_shipped_knowledge(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The command itself, with JSON: follow-ups go on, an empty line forgets, input ends it."""
    monkeypatch.setenv("POLICYBOT_DATA", str(tmp_path))
    lines = ("一级能效冰箱补多少", "那洗衣机呢", "", "那洗衣机呢")
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    commands.chat(as_json=True, knowledge=KNOWLEDGE, day=DAY)
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["question"] for answer in answers] == [lines[0], lines[1], lines[3]]
    assert "一级能效洗衣机补多少" in answers[1]["text"]
    assert "一级能效洗衣机补多少" not in answers[2]["text"]
    names = [answer["conversation"] for answer in answers]
    assert names[0] == names[1] != names[2]


def test_ask_joins_its_words_to_one_question(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Words that a shell split are one question; the answer is printed as plain text."""
    monkeypatch.setenv("POLICYBOT_DATA", str(tmp_path))
    commands.ask(["一级能效", "冰箱补多少"], as_json=True, knowledge=KNOWLEDGE, day=DAY)
    answer = json.loads(capsys.readouterr().out)
    assert answer["question"] == "一级能效 冰箱补多少"
    commands.ask(["一级能效", "冰箱补多少"], as_json=False, knowledge=KNOWLEDGE, day=DAY)
    below = f"\n\n还可以问：{'；'.join(answer['related'])}\n"
    assert capsys.readouterr().out == answer["text"] + below
