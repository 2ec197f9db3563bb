"""`policybot check`: every mistake in the knowledge folder at once."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import typer

from bot.cli.options import JsonOption, KnowledgeOption, settings_with
from bot.knowledge.checking import find_problems
from bot.knowledge.loading import load


def check(*, knowledge: KnowledgeOption = None, as_json: JsonOption = False) -> None:
    """检查知识文件，列出全部问题：文件、行、列、错在哪里、怎么改。"""
    folder = settings_with(knowledge).knowledge
    problems = find_problems(folder)
    if as_json:
        print(json.dumps({"problems": [asdict(one) for one in problems]}, ensure_ascii=False))
    else:
        for problem in problems:
            print(problem)
        print(f"共{len(problems)}处问题。" if problems else f"没有发现问题：{_size(folder)}。")
    raise typer.Exit(1 if problems else 0)


def _size(folder: Path) -> str:
    """Say how much was checked, so that a file in the wrong place is missed by someone."""
    corpus = load(folder)
    sections = sum(len(document.sections) for document in corpus.documents)
    return f"{len(corpus.documents)}份文件，{sections}段"
