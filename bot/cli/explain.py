"""`policybot explain`: why a question is answered or refused as it is."""

from __future__ import annotations

import json
import os
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from bot.app import open_delivery
from bot.channels.explanations import explained_object
from bot.channels.terminal.explaining import explained
from bot.cli.options import DayOption, JsonOption, KnowledgeOption, settings_with
from bot.clock import SystemClock
from bot.models.questions import Asker, Question

WIDTH = 100  # columns where the output is no terminal: rich would take 80, which breaks the tables
AfterOption = Annotated[
    list[str] | None,
    typer.Option("--after", metavar="QUESTION", help="之前问过的问题，可多次给出，按先后顺序"),
]


def explain(
    question: Annotated[list[str], typer.Argument(metavar="QUESTION…", help="问题")],
    *,
    after: AfterOption = None,
    as_json: JsonOption = False,
    knowledge: KnowledgeOption = None,
    day: DayOption = None,
) -> None:
    """说明一个问题为什么这样回答：怎么理解、找到了什么、为什么答或不答、可以改什么。"""
    delivery = open_delivery(settings_with(knowledge), day)
    for earlier in after or ():
        delivery.ask(_question(earlier))
    found = delivery.explain(_question(" ".join(question)))
    if as_json:
        print(json.dumps(explained_object(found), ensure_ascii=False))
        return
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=WIDTH)
    for piece in explained(found):
        console.print(piece, soft_wrap=isinstance(piece, Text))


def _question(typed: str) -> Question:
    text = os.fsencode(typed).decode("utf-8", "replace")
    return Question(text, Asker("terminal", ""), SystemClock().now())
