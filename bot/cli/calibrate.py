"""`policybot calibrate`: thresholds of refusing and hedging, from the knowledge itself."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.app import cache_folder
from bot.cli.options import KnowledgeOption, settings_with
from bot.clock import SystemClock, day_of
from bot.errors import SettingsError
from bot.evaluation.calibrating import (
    LEAST_ANSWERABLE,
    TO_BE_ANSWERED,
    Group,
    Trial,
    answerable,
    choose,
    share,
    trials_of,
)
from bot.knowledge.judgements import load_judgements
from bot.knowledge.loading import CALIBRATION, load
from bot.models.calibration import Calibration
from bot.models.documents import Corpus
from bot.models.judgements import Judgement
from bot.models.questions import Outcome
from bot.retrieval.building import edition_in_memory
from bot.retrieval.edition import Edition
from bot.settings import Settings

STEPS = 20  # rows of the table: thresholds 0.05 apart
DIGEST = 12  # hexadecimal digits that tell one state of the knowledge from others
BAR = 16  # characters of a bar of 100 %
GROUPS = {
    Group.ASKS: "asks，各去掉自己",
    Group.ANSWERABLE: "评测：能回答",
    Group.TAKEN_OUT: "asks，去掉整份文件",
    Group.NEAR_MISS: "评测：近似",
    Group.OFF_TOPIC: "评测：无关",
}


def calibrate(*, knowledge: KnowledgeOption = None) -> None:
    """用知识库自己的 asks 和 judgements.yaml 定出拒答和提醒的门槛，写入 calibration.yaml。"""
    settings = settings_with(knowledge)
    corpus = load(settings.knowledge, calibrated=False)
    today = day_of(SystemClock().now())

    def build(part: Corpus) -> Edition:
        return edition_in_memory(part, cache_folder(settings.data))

    found = trials_of(corpus, _judgements(settings, corpus), build, today)
    trials = tuple(_tracked(found))
    calibration = choose(trials)
    if calibration is None:
        remedy = f"能回答的问题不到{LEAST_ANSWERABLE}个，请先给段落多写几条 asks"
        raise SettingsError("--knowledge", str(settings.knowledge), remedy)
    console = Console(highlight=False, soft_wrap=True)
    console.print(_trade_off(trials, calibration))
    console.print(_outcomes(trials, calibration))
    path = settings.knowledge / CALIBRATION
    path.write_text(_sheet(trials, calibration, corpus.digest[:DIGEST], str(today)), "utf-8")
    console.print(f"已写入 {path}", markup=False)


def _judgements(settings: Settings, corpus: Corpus) -> tuple[Judgement, ...]:
    """Give the judged questions; a folder may have none."""
    if not (settings.knowledge / "judgements.yaml").exists():
        return ()
    return load_judgements(settings.knowledge, corpus).questions


def _tracked(trials: Iterable[Trial]) -> Iterable[Trial]:
    return track(trials, description="试问", total=None, console=Console(stderr=True))


def _trade_off(trials: tuple[Trial, ...], chosen: Calibration) -> Table:
    """Show, for each threshold, what lies below it of what should be answered and what not."""
    table = Table("门槛", "能回答的，低于门槛", "不该回答的，低于门槛", "")
    for step in range(1, STEPS):
        threshold = step / STEPS
        lost = _below(answerable(trials), threshold)
        kept_out = _below((one for one in trials if one.group not in TO_BE_ANSWERED), threshold)
        table.add_row(f"{threshold:.2f}", _bar(lost), _bar(kept_out), _mark(threshold, chosen))
    return table


def _below(trials: Iterable[Trial], threshold: float) -> float:
    every = tuple(trials)
    return sum(one.refused_below(threshold) for one in every) / len(every) if every else 0.0


def _bar(part: float) -> str:
    return f"{part:6.1%} {'█' * round(part * BAR)}"


def _mark(threshold: float, chosen: Calibration) -> str:
    """Mark the first row at or above each of the chosen thresholds."""
    marks = {"拒答": chosen.refuse_below, "直接回答": chosen.answer_from}
    before = threshold - 1 / STEPS
    return " ".join(f"← {at:.2f} {name}" for name, at in marks.items() if before < at <= threshold)


def _outcomes(trials: tuple[Trial, ...], chosen: Calibration) -> Table:
    table = Table("问题", "个数", "直接回答", "提醒后回答", "拒答")
    for group, name in GROUPS.items():
        count = sum(one.is_meant(group) for one in trials)
        ends = (Outcome.ANSWERED, Outcome.HEDGED, Outcome.NO_ANSWER)
        shares = (f"{share(trials, group, one, chosen):.1%}" for one in ends)
        table.add_row(name, str(count), *shares)
    return table


def _sheet(trials: tuple[Trial, ...], chosen: Calibration, digest: str, today: str) -> str:
    """Write calibration.yaml as staff read it."""
    right = answerable(trials)
    refused, held_back = (_below(right, at) for at in (chosen.refuse_below, chosen.answer_from))
    answered = {
        group: share(trials, group, Outcome.ANSWERED, chosen)
        for group in GROUPS
        if group not in TO_BE_ANSWERED
    }
    return f"""\
# 由 policybot calibrate 生成。改了政策文件、asks 或同义词以后重新运行一次；一般不用手改。
# 支持度：问题里说的，找到的段落里有多少，0 到 1。
refuse_below: {chosen.refuse_below:.2f}  # 支持度低于它就拒答；调高更谨慎
answer_from: {chosen.answer_from:.2f}  # 从它起直接回答；两者之间先提醒再回答
# 以下是当时测得的比例，只供人看，不影响回答。
measured:
  day: {today}
  knowledge: {digest}  # 当时知识库的指纹，不含本文件
  answerable: {len(right)}  # 能回答的问题：去掉自己的 asks，和评测里不保留的
  answerable_refused: {refused:.3f}  # 其中支持度不够而拒答的
  answerable_hedged: {held_back - refused:.3f}  # 其中支持度不够而先提醒的
  taken_out_answered: {answered[Group.TAKEN_OUT]:.3f}  # 去掉整份文件后仍直接回答的
  near_miss_answered: {answered[Group.NEAR_MISS]:.3f}  # 近似但没有答案、仍直接回答的
  off_topic_answered: {answered[Group.OFF_TOPIC]:.3f}  # 无关、仍直接回答的
"""
