"""`policybot changes`: which answers an edit of the knowledge changes, before it is served."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.app import cache_folder
from bot.cli.changes_markdown import markdown_of
from bot.cli.changes_object import object_of
from bot.cli.changes_table import print_report
from bot.cli.options import KnowledgeOption, parse_day, settings_with
from bot.cli.progress import shown_progress
from bot.clock import SystemClock, day_of
from bot.errors import KnowledgeError
from bot.evaluation.comparing import Change, Kind, Put, Side, change_of, puts_of
from bot.evaluation.report import Report, report_of
from bot.knowledge.judgements import judgements_as_written
from bot.knowledge.loading import load
from bot.knowledge.revisions import folder_against
from bot.retrieval.building import edition_in_memory
from bot.settings import Settings

WORTH_A_BAR = 200  # questions; fewer are answered twice in a second


class Format(StrEnum):
    """How the changes are written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


AgainstOption = Annotated[
    str,
    typer.Option("--against", metavar="FOLDER|GIT-REVISION", help="和哪个知识文件夹或 git 版本比"),
]
FormatOption = Annotated[
    Format, typer.Option("--format", help="text 并排显示，markdown 用于合并请求，json 给程序")
]
DayOption = Annotated[
    date | None,
    typer.Option(
        "--date", metavar="YYYY-MM-DD", parser=parse_day, help="asks 按哪一天问，默认今天"
    ),
]


def changes(
    *,
    against: AgainstOption,
    form: FormatOption = Format.TEXT,
    day: DayOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """列出改动以后哪些回答会变；原来对的检验问题现在不对，退出码为1。"""
    settings = settings_with(knowledge)
    today = day or day_of(SystemClock().now())
    with folder_against(settings.knowledge, against) as other:
        before = _other_side(settings, other, against)
        after = _side(settings, settings.knowledge)
        puts = puts_of(before, after, today)
        found = tuple(_compared(puts, before, after))
        report = report_of(before, after, puts, found, against=against, day=today)
    _print(report, form)
    raise typer.Exit(1 if report.counts[Kind.BROKEN] else 0)


def _print(report: Report, form: Format) -> None:
    if form is Format.TEXT:
        print_report(report, Console(highlight=False))
    elif form is Format.MARKDOWN:
        print(markdown_of(report))
    else:
        print(json.dumps(object_of(report), ensure_ascii=False))


def _side(settings: Settings, folder: Path) -> Side:
    """Make an edition that leaves no file: it would push what serves out of the kept ones."""
    edition = edition_in_memory(load(folder), cache_folder(settings.data))
    return Side(edition, judgements_as_written(folder))


def _other_side(settings: Settings, folder: Path, against: str) -> Side:
    """Open the state to compare with; its problems are named as being there, not here."""
    try:
        return _side(settings, folder)
    except KnowledgeError as error:
        problems = (replace(one, path=f"{against}:{one.path}") for one in error.problems)
        raise KnowledgeError(tuple(problems)) from error


def _compared(puts: tuple[Put, ...], before: Side, after: Side) -> Iterator[Change]:
    if (before.edition.fingerprint, before.judgements) == (
        after.edition.fingerprint,
        after.judgements,
    ):
        return
    show = shown_progress("试问", WORTH_A_BAR)
    for number, put in enumerate(puts, 1):
        change = change_of(put, before.edition, after.edition)
        if change:
            yield change
        show(number, len(puts))
