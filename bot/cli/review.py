"""`policybot review`: what a whole knowledge folder needs, beside mistakes in its files."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby

from rich.console import Console

from bot.app import open_edition
from bot.cli.options import JsonOption, KnowledgeOption, settings_with
from bot.cli.progress import shown_progress
from bot.clock import SystemClock, day_of
from bot.evaluation.reviewing.findings import Finding, Matter, shelf_of
from bot.evaluation.reviewing.review import review as look_over
from bot.knowledge.judgements import judgements_as_written

WORTH_A_BAR = 20  # documents, each with some fifty questions of 3 ms
MATTERS = {
    Matter.DUE: "到期和复核",
    Matter.CONFLICT: "两份文件的数字不一致",
    Matter.HOT: "热门问题",
    Matter.ASKS: "asks 找不到自己的段落",
    Matter.UNREACHED: "问不到的段落",
    Matter.WORDS: "文件里没有的词",
    Matter.RADICALS: "看着像汉字的字符",
}


def review(*, knowledge: KnowledgeOption = None, as_json: JsonOption = False) -> None:
    """通读整个知识库：到期、矛盾、问不到的段落、用不上的词；有发现也不算出错。"""
    settings = settings_with(knowledge)
    edition = open_edition(settings, shown_progress("建索引"))
    judgements = judgements_as_written(settings.knowledge)
    shelf = shelf_of(settings.knowledge, edition, judgements, day_of(SystemClock().now()))
    found = look_over(shelf, shown_progress("试问", WORTH_A_BAR))
    if as_json:
        print(json.dumps({"findings": [_object(one) for one in found]}, ensure_ascii=False))
        return
    console = Console(highlight=False, soft_wrap=True)
    for matter, findings in groupby(found, key=lambda one: one.matter):
        notes = [one.note for one in findings]
        console.print(f"{MATTERS[matter]}（{len(notes)}）", style="bold")
        for note in notes:
            console.print(f"  {note.path}:{note.line} {note.what}，{note.remedy}", markup=False)
    console.print(f"共{len(found)}条。" if found else "没有要处理的。")


def _object(finding: Finding) -> dict[str, object]:
    return {"matter": finding.matter.value, **asdict(finding.note)}
