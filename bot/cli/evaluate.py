"""`policybot evaluate`: the shipped judgements against their floors, or any BEIR folder."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.app import open_at, open_edition
from bot.cli.options import KnowledgeOption, settings_with
from bot.cli.progress import shown_progress
from bot.clock import SystemClock, day_of
from bot.errors import SettingsError
from bot.evaluation.beir import (
    digest_of_corpus,
    rank_all,
    read_corpus,
    read_queries,
    signature_of_corpus,
    write_all,
)
from bot.evaluation.judging import (
    HalfMeasures,
    Judged,
    broken_floors,
    judge_all,
    measure,
)
from bot.knowledge.judgements import load_judgements
from bot.retrieval.building import Origin
from bot.settings import Settings

Item = TypeVar("Item")
BeirOption = Annotated[Path | None, typer.Option("--beir", metavar="DIR", help="BEIR 文件夹")]
MoreOption = Annotated[
    list[Path] | None,
    typer.Option("--corpus", metavar="MORE_DIR", help="一起建索引的其他文件夹，可多次给出"),
]
QueriesOption = Annotated[
    Path | None, typer.Option("--queries", metavar="FILE", help="问题文件，默认 DIR/queries.jsonl")
]
SplitOption = Annotated[str, typer.Option("--split", metavar="NAME", help="用 DIR/qrels/NAME.tsv")]
RunOption = Annotated[
    Path | None, typer.Option("--run", metavar="RUN", help="写出 TREC 格式的结果")
]
TextsOption = Annotated[
    Path | None, typer.Option("--texts", metavar="FILE", help="写出每题展示的前三段")
]
OutcomesOption = Annotated[
    Path | None, typer.Option("--outcomes", metavar="FILE", help="写出每题的结果类别")
]


def evaluate(
    *,
    knowledge: KnowledgeOption = None,
    beir: BeirOption = None,
    corpus: MoreOption = None,
    queries: QueriesOption = None,
    split: SplitOption = "test",
    run: RunOption = None,
    texts: TextsOption = None,
    outcomes: OutcomesOption = None,
) -> None:
    """用 judgements.yaml 打分，低于底线则退出码为1；给出 --beir 时为 BEIR 文件夹排序。"""
    settings = settings_with(knowledge)
    if beir is None:
        _evaluate_judgements(settings)
        return
    if run is None:
        raise SettingsError("--run", "", "请给出结果文件，如 --run var/run.trec")
    edition = open_at(_origin((beir, *(corpus or ()))), settings, shown_progress("建索引"))
    asked = read_queries(beir, split, queries)
    if not asked:
        raise SettingsError(
            "--queries", str(queries or beir), f"没有问题，请核对 qrels/{split}.tsv"
        )
    today = day_of(SystemClock().now())
    ranked = rank_all(_tracked(asked, "回答"), edition, today)
    count = write_all(ranked, run, texts, outcomes)
    Console(stderr=True).print(f"{count}题已写入 {run}")


def _origin(folders: tuple[Path, ...]) -> Origin:
    return Origin(
        partial(read_corpus, folders),
        partial(digest_of_corpus, folders),
        partial(signature_of_corpus, folders),
    )


def _evaluate_judgements(settings: Settings) -> None:
    edition = open_edition(settings)
    judgements = load_judgements(settings.knowledge, edition.corpus)
    judged = judge_all(judgements.questions, edition)
    tuned = measure(one for one in judged if not one.judgement.kept)
    kept = measure(one for one in judged if one.judgement.kept)
    console = Console(highlight=False, soft_wrap=True)
    for one in judged:
        if one.missed and not one.judgement.kept:
            console.print(_miss(one), markup=False)
    hidden = sum(one.missed and one.judgement.kept for one in judged)
    console.print(f"保留的一半有{hidden}题不对；不列出，免得照着它们改。")
    console.print(_table(tuned, kept))
    if not kept.questions:
        console.print("没有 kept: true 的问题，底线没有检查。")
        return
    broken = broken_floors(kept, judgements.floors)
    for line in broken:
        console.print(f"未达底线：{line}", markup=False)
    raise typer.Exit(1 if broken else 0)


def _miss(one: Judged) -> str:
    wanted = " / ".join(f"{name.document}#{name.heading}" for name in one.judgement.answers)
    shown = " / ".join(f"{name.document}#{name.heading}" for name in one.shown[:1])
    expected = wanted or f"不应回答（{one.judgement.kind.value}）"
    return f"{one.judgement.question} → {one.outcome.value} {shown}；应为 {expected}"


def _table(tuned: HalfMeasures, kept: HalfMeasures) -> Table:
    table = Table("measure", "调整的一半 tuned", "保留的一半 kept")
    for field in fields(HalfMeasures):
        values = [getattr(half, field.name) for half in (tuned, kept)]
        row = [str(value) if isinstance(value, int) else f"{value:.3f}" for value in values]
        table.add_row(field.name, *row)
    return table


def _tracked(items: Iterable[Item], what: str) -> Iterable[Item]:
    total = len(items) if isinstance(items, Sized) else None
    return track(items, description=what, total=total, console=Console(stderr=True))
