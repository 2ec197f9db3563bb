"""`policybot status`: what serves, what is held and why, what is due."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import typer

from bot.cli.options import JsonOption, settings_with
from bot.clock import SHANGHAI, SystemClock, day_of
from bot.errors import EditionError
from bot.knowledge.records import written
from bot.knowledge.versions import CONFIRMABLE, Reason, Withheld
from bot.models.documents import Document
from bot.reloading.lock import is_serving
from bot.reloading.opening import edition_named
from bot.reloading.status import Held, Status, due_for_review, ending_soon, read_status

NEVER = "这个数据文件夹里还没有服务的状态，请先运行 policybot serve（或核对 POLICYBOT_DATA）。"
WHY = {
    Reason.BROKEN: "有问题，请改好",
    Reason.CONFLICT: "和别的文件对不上，请改好",
    Reason.SHRUNK: "少了{lost:.0%}的文字",
    Reason.CUT_SHORT: "后半部分没有了，像是没有保存完整",
    Reason.GONE: "文件不见了",
}


def status(*, as_json: JsonOption = False) -> None:
    """显示正在使用的知识版本、没有上线的文件和原因、该复核和快到期的政策。"""
    data = settings_with(None).data
    found = read_status(data)
    if found is None:
        typer.echo(NEVER, err=True)
        raise typer.Exit(1)
    running = is_serving(data)
    documents = _documents(data, found)
    today = day_of(SystemClock().now())
    if as_json:
        print(json.dumps(_object(found, running, documents, today), ensure_ascii=False))
        return
    for line in (*_service(found, running, data), *_held(found), *_due(documents, today)):
        print(line)


def explained(withheld: Withheld) -> str:
    """Say in one line why a file is withheld and what serves instead."""
    why = WHY[withheld.reason].format(lost=withheld.lost)
    instead = "原来的版本仍在使用" if withheld.serving else "还没有上线"
    return f"{withheld.path}：{why}；{instead}"


def _documents(data: Path, found: Status) -> tuple[Document, ...] | None:
    try:
        return tuple(edition_named(data, found.edition).corpus.documents)
    except EditionError:
        return None


def _service(found: Status, running: bool, found_in: Path) -> Iterator[str]:
    process = f"正在运行（进程 {found.process}）"
    yield f"服务：{process if running else '没有运行，以下是它最后的情况'}"
    yield f"知识文件夹：{found.knowledge}"
    since = found.since.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
    size = f"{found.documents}份文件，{found.passages}段"
    yield f"使用中的版本：{found.edition}，{since} 起，{size}"
    if found.reload_took is not None:
        yield f"最近一次更新：从发现改动到换上用了{found.reload_took:.1f}秒"
    if running and not os.access(found_in, os.W_OK):
        yield f"没有更新：数据文件夹 {found_in} 写不进，改动不会上线；请检查权限和磁盘空间"
    if found.report.trouble:
        yield f"没有更新：{found.report.trouble}"


def _held(found: Status) -> Iterator[str]:
    held = found.report.held
    yield f"没有上线的改动：{len(held)}处" if held else "没有上线的改动：无"
    for one in held:
        waiting = "，等待确认" if one.withheld.reason in CONFIRMABLE else ""
        yield f"  {explained(one.withheld)}{waiting}（{_moment(one)}起）"
        for problem in one.withheld.problems:
            yield f"    {problem}"
    if any(one.withheld.reason in CONFIRMABLE for one in held):
        yield "  确实要这样改：policybot confirm 文件名；改错了：把文件恢复回去"
    warnings = found.report.warnings
    if warnings:
        yield f"judgements.yaml：{len(warnings)}处问题，不影响回答"
        yield from (f"  {problem}" for problem in warnings)


def _moment(held: Held) -> str:
    return held.since.astimezone(SHANGHAI).strftime("%m-%d %H:%M")


def _due(documents: tuple[Document, ...] | None, today: date) -> Iterator[str]:
    if documents is None:
        yield "这一版的索引文件打不开，看不到该复核和快到期的政策。"
        return
    review, ending = due_for_review(documents, today), ending_soon(documents, today)
    yield f"该复核的：{len(review)}份" if review else "该复核的：无"
    yield from (f"  {one.id}《{one.title}》，应在 {one.review_by} 前复核" for one in review)
    yield f"30天内到期的：{len(ending)}份" if ending else "30天内到期的：无"
    yield from (f"  {one.id}《{one.title}》，有效到 {one.effective_until}" for one in ending)


def _object(
    found: Status, running: bool, documents: tuple[Document, ...] | None, today: date
) -> dict[str, object]:
    """Write the status as `status.json` has it, with what is worked out on the day."""
    given: dict[str, object] = json.loads(written(Status, found))
    lists = {"due_for_review": due_for_review, "ending_soon": ending_soon}
    named = {
        name: [one.id for one in among(documents or (), today)] for name, among in lists.items()
    }
    return {**given, "running": running, **named}
