"""`policybot check`: every mistake in the knowledge folder at once."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.cells import cell_len

from bot.cli.options import JsonOption, KnowledgeOption, settings_with
from bot.errors import Problem
from bot.knowledge.checking import Inspection, inspect

SHOWN_BEFORE = 40  # characters of a long line before the mark: what is wrong stays on the screen
SHOWN_AFTER = 30


class Format(StrEnum):
    """In which form problems are printed."""

    TEXT = "text"
    GITHUB = "github"


FormatOption = Annotated[
    Format, typer.Option("--format", help="text 给人看；github 在合并请求里标出每一处")
]


def check(
    *,
    knowledge: KnowledgeOption = None,
    as_json: JsonOption = False,
    form: FormatOption = Format.TEXT,
) -> None:
    """检查知识文件，列出全部问题：文件、行、列、错在哪里、怎么改。"""
    folder = settings_with(knowledge).knowledge
    found = inspect(folder)
    if as_json:
        print(
            json.dumps({"problems": [asdict(one) for one in found.problems]}, ensure_ascii=False)
        )
    elif form is Format.GITHUB:
        for problem in found.problems:
            print(annotation(folder, problem))
    else:
        _print(found)
    raise typer.Exit(1 if found.problems else 0)


def _print(found: Inspection) -> None:
    for problem in found.problems:
        print(problem)
        for line in marked(problem, found.line_of(problem)):
            print(line)
    if found.problems:
        files = len({problem.path for problem in found.problems})
        print(f"共{len(found.problems)}处问题，在{files}个文件里。")
    else:  # how much was checked, so that a file in the wrong place is missed by someone
        print(f"没有发现问题：{found.documents}份文件，{found.sections}段。")


def marked(problem: Problem, line: str) -> tuple[str, ...]:
    """Show a problem's line with a mark under the place; hanzi are two columns wide."""
    if not line.strip():
        return ()
    column = problem.column - 1
    start = max(0, column - SHOWN_BEFORE)
    shown = line[start : column + SHOWN_AFTER].expandtabs(1).rstrip()
    before = ("…" if start else "") + line[start:column].expandtabs(1)
    after = "…" if column + SHOWN_AFTER < len(line.rstrip()) else ""
    number = f"{problem.line:>6} | "
    return (
        f"{number}{'…' if start else ''}{shown}{after}",
        f"{' ' * (len(number) - 2)}| {' ' * cell_len(before)}^",
    )


def annotation(folder: Path, problem: Problem) -> str:
    """Write a problem as a workflow command of GitHub, which marks it in a merge request.

    GitHub knows files by their paths in the repository, where the command runs.
    """
    file, here = folder / problem.path, Path.cwd()
    named = file.relative_to(here) if file.is_relative_to(here) else file
    place = {"file": named.as_posix()}
    if problem.line:
        place |= {"line": str(problem.line), "col": str(problem.column)}
    properties = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in place.items())
    field = f"{problem.field}: " if problem.field else ""
    return f"::error {properties}::{_escaped(f'{field}{problem.what}，{problem.remedy}')}"


def _escaped(text: str, signs: str = "") -> str:
    """Write as %XX what would end a command or a property; `%` comes first."""
    for sign in f"%\r\n{signs}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
