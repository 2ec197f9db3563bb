"""`policybot check`: every mistake in the knowledge folder at once."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer

from bot.cli.options import JsonOption, KnowledgeOption, settings_with
from bot.knowledge.checking import find_problems


def check(*, knowledge: KnowledgeOption = None, as_json: JsonOption = False) -> None:
    """检查知识文件，列出全部问题：文件、行、列、错在哪里、怎么改。"""
    problems = find_problems(settings_with(knowledge).knowledge)
    if as_json:
        print(json.dumps({"problems": [asdict(one) for one in problems]}, ensure_ascii=False))
    else:
        for problem in problems:
            print(problem)
        print(f"共{len(problems)}处问题。" if problems else "没有发现问题。")
    raise typer.Exit(1 if problems else 0)
