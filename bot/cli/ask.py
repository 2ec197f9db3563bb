"""`policybot ask` and `policybot chat`: the terminal channel at work."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import Console

from bot.app import open_delivery
from bot.channels.terminal.rendering import rendered
from bot.channels.wire import answer_object
from bot.cli.options import DayOption, JsonOption, KnowledgeOption, settings_with
from bot.clock import SystemClock
from bot.models.questions import Answer, Asker, Choice, Question
from bot.ports import Answering

PROMPT = "问："


def ask(
    question: Annotated[list[str], typer.Argument(metavar="QUESTION…", help="问题")],
    *,
    as_json: JsonOption = False,
    knowledge: KnowledgeOption = None,
    day: DayOption = None,
) -> None:
    """回答一个问题。"""
    delivery = open_delivery(settings_with(knowledge), day)
    words = (os.fsencode(word).decode("utf-8", "replace") for word in question)
    answer = _put(delivery, " ".join(words), "")
    if as_json:
        _print_json(answer)
        return
    _console().print(rendered(answer))


def chat(
    *,
    as_json: JsonOption = False,
    knowledge: KnowledgeOption = None,
    day: DayOption = None,
) -> None:
    """连续问答：一行一个问题，空行开始新的对话。"""
    delivery = open_delivery(settings_with(knowledge), day)
    if as_json:
        for conversation, line in _numbered(_piped()):
            _print_json(_put(delivery, line, conversation))
        return
    _talk(delivery)


def _talk(delivery: Answering) -> None:
    """Answer line by line; a number picks one of the choices that were offered last."""
    console = _console()
    console.print("请输入问题，一行一个。空行开始新的对话，按 Ctrl-D 结束。", style="dim")
    choices: tuple[Choice, ...] = ()
    for conversation, line in _numbered(_typed(console)):
        answer = _put(delivery, _chosen(line.strip(), choices), conversation)
        choices = answer.choices
        console.print()
        console.print(rendered(answer))
        console.print()


def _piped() -> Iterator[str]:
    """Give the lines of standard input as they come; none where it is closed."""
    return iter(sys.stdin.readline, "") if sys.stdin else iter(())


def _typed(console: Console) -> Iterator[str]:
    while sys.stdin:
        try:
            line = console.input(PROMPT if sys.stdin.isatty() else "")
        except EOFError:
            return
        yield line


def _chosen(line: str, choices: tuple[Choice, ...]) -> str:
    picked = line.isascii() and line.isdigit() and 1 <= int(line) <= len(choices)
    return choices[int(line) - 1].question if picked else line


def _numbered(lines: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Give each line with the number of its conversation; an empty line starts the next."""
    number = 1
    for line in lines:
        text = line.rstrip("\r\n")
        if text:
            yield str(number), text
        else:
            number += 1


def _put(delivery: Answering, text: str, conversation: str) -> Answer:
    return delivery.ask(Question(text, Asker("terminal", conversation), SystemClock().now()))


def _print_json(answer: Answer) -> None:
    print(json.dumps(answer_object(answer), ensure_ascii=False), flush=True)


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True)
