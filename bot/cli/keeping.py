"""`policybot new`, `retire` and `reviewed`: what staff change in a file by a command."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.answering.turning import Turn, turns_of
from bot.cli.options import KnowledgeOption, parse_day, settings_with
from bot.clock import SystemClock, day_of
from bot.errors import SettingsError
from bot.knowledge import keeping, starting
from bot.knowledge.checking import find_problems
from bot.knowledge.loading import load
from bot.knowledge.saving import save
from bot.models.questions import Status
from bot.retrieval.catalogue import catalogue_of

YEAR = timedelta(days=365)  # a rule is looked at once a year where nothing else is said
HOW = ("升级", "取代", "废止")
STATUSES = {
    Status.IN_FORCE: "回答说现行有效",
    Status.NOT_YET: "回答说还没有施行",
    Status.EXPIRED: "回答说已经失效",
    Status.SUPERSEDED: "回答说已有新的文件接替，先用新的文件回答",
    Status.UNCONFIRMED: "照常回答，附一句“是否仍然适用请核实”",
}

DocumentArgument = Annotated[str, typer.Argument(metavar="ID", help="编号，就是文件名")]
TitleOption = Annotated[str, typer.Option("--title", metavar="TITLE", help="文件名称，照原样")]
TopicOption = Annotated[
    str, typer.Option("--topic", metavar="NAME", help="documents 里的哪个文件夹，没有就新建")
]
LastDayOption = Annotated[
    date,
    typer.Option("--on", metavar="YYYY-MM-DD", parser=parse_day, help="最后有效的一天，含当天"),
]
FollowerOption = Annotated[
    str, typer.Option("--superseded-by", metavar="ID", help="接替它的文件的编号")
]
HowOption = Annotated[
    str, typer.Option("--how", metavar="升级|取代|废止", help="怎么接替，照文件的说法")
]
UntilOption = Annotated[
    date | None,
    typer.Option(
        "--until", metavar="YYYY-MM-DD", parser=parse_day, help="下次哪天之前复核，默认一年后"
    ),
]


def new(
    document: DocumentArgument,
    *,
    title: TitleOption,
    topic: TopicOption,
    knowledge: KnowledgeOption = None,
) -> None:
    """新建一份文件的草稿，放在 drafts 里，填好后移到 documents。"""
    folder = settings_with(knowledge).knowledge
    begun = starting.Start(document, title, topic)
    save(folder, (starting.start(folder, begun),))
    print(f"已新建草稿 {folder / begun.path}")
    print(f"填好后移到 {folder / begun.published}，再运行 policybot check。")


def retire(
    document: DocumentArgument,
    *,
    last_day: LastDayOption,
    superseded_by: FollowerOption = "",
    how: HowOption = "",
    knowledge: KnowledgeOption = None,
) -> None:
    """让一份文件到期：写上最后有效的一天；有接替的文件就写进那份文件。"""
    if bool(superseded_by) != bool(how):
        raise SettingsError("--how", how, "--superseded-by 和 --how 要一起写")
    if how and how not in HOW:
        raise SettingsError("--how", how, f"写成 {'、'.join(HOW)} 之一，照文件的说法")
    folder, today = settings_with(knowledge).knowledge, day_of(SystemClock().now())
    wanted = keeping.Retirement(document, last_day, superseded_by, how)
    _carry_out(folder, keeping.retire(folder, wanted, today), document, today)


def reviewed(
    document: DocumentArgument, *, until: UntilOption = None, knowledge: KnowledgeOption = None
) -> None:
    """记下一份文件复核过了：写上下次复核的日期。"""
    folder, today = settings_with(knowledge).knowledge, day_of(SystemClock().now())
    edit = keeping.review(folder, document, until or today + YEAR, today)
    _carry_out(folder, (edit,), document, today)


def _carry_out(folder: Path, edits: tuple[keeping.Edit, ...], document: str, today: date) -> None:
    """Write the files, check the folder, and say from which day answers change."""
    save(folder, tuple(edit.writing for edit in edits))
    for edit in edits:
        print(f"已改 {edit.writing.path} 第 {edit.line} 行：{edit.text}")
    problems = find_problems(folder)
    for problem in problems:
        print(problem)
    if problems:
        print(f"知识库还有{len(problems)}处问题，改好以前不会启用。")
        raise typer.Exit(1)
    print("检查没有发现问题。")
    turns = _turns(folder, document, today)
    for turn in turns:
        since = "现在" if turn.day == today else f"从 {turn.day} 起"
        print(f"{since}，{STATUSES[turn.status]}。")
    if _is_followed_early(turns, document, folder, today):
        said = "注意：接替它的文件没有写 effective_from，所以现在就算已被接替"
        print(f"{said}；到那天才换，就写上。")
    later = f" --date {turns[-1].day}" if len(turns) > 1 else ""
    print(f"看哪些回答会变：policybot changes --against 改动前的文件夹或git版本{later}")


def _is_followed_early(turns: tuple[Turn, ...], document: str, folder: Path, today: date) -> bool:
    """Tell whether a rule that is stated to hold on already counts as followed."""
    kept = next(one for one in load(folder).documents if one.id == document)
    followed = turns[0].status is Status.SUPERSEDED
    return followed and kept.effective_until is not None and kept.effective_until >= today


def _turns(folder: Path, document: str, today: date) -> tuple[Turn, ...]:
    corpus = load(folder)
    kept = next(one for one in corpus.documents if one.id == document)
    return turns_of(kept, catalogue_of(corpus, {}), today)
