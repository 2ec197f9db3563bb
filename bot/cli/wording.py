"""How outcomes, statuses and changes are called in what staff read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.evaluation.comparing import Group, Kind, Said
from bot.evaluation.documents import DocumentChange, Fate
from bot.evaluation.report import Report
from bot.models.questions import Outcome, Status

OUTCOMES: Final = {
    Outcome.ANSWERED: "直接回答",
    Outcome.HEDGED: "先提醒再回答",
    Outcome.NEEDS_DETAIL: "问清再算",
    Outcome.TOO_VAGUE: "请对方说清楚",
    Outcome.NO_ANSWER: "拒答",
    Outcome.DECLINED: "婉拒",
}
STATUSES: Final = {
    Status.IN_FORCE: "现行有效",
    Status.NOT_YET: "还没有施行",
    Status.EXPIRED: "已经失效",
    Status.SUPERSEDED: "已被接替",
    Status.UNCONFIRMED: "是否有效未确认",
}
KINDS: Final = {
    Kind.BROKEN: "检验问题原来对，现在不对",
    Kind.LOST: "原来能回答，现在不回答了",
    Kind.FIGURE: "数字变了",
    Kind.ELSEWHERE: "换成了别的段落",
    Kind.STATUS: "是否有效变了",
    Kind.CAUTION: "原来直接回答，现在先提醒",
    Kind.GAINED: "原来不回答，现在回答了",
    Kind.WORDING: "说法变了",
    Kind.BETTER: "比原来好",
}
FATES: Final = {
    Fate.ADDED: "新增",
    Fate.CHANGED: "改动",
    Fate.RETIRED: "不再有效",
    Fate.REMOVED: "撤下",
}


def counts_of(report: Report) -> Iterator[tuple[str, int]]:
    """Give how many questions changed in which way, the worst first; what is not, is left out."""
    return ((KINDS[kind], count) for kind, count in report.counts.items() if count)


def summary_of(report: Report) -> str:
    """Say in one sentence how much changed."""
    changed = sum(report.counts.values())
    told = f"{changed}个的回答变了" if changed else "回答都没有变"
    return f"和 {report.against} 比：问了{report.asked}个问题，{told}。"


def verdict_of(report: Report) -> str:
    """Say what the exit code says."""
    broken = report.counts[Kind.BROKEN]
    if not broken:
        return "原来对的检验问题都还对。"
    remedy = "改好文件；小标题改了名或文件撤下了的，judgements.yaml 里也要跟着改"
    return f"有{broken}个检验问题原来对、现在不对：{remedy}。"


def files_of(report: Report) -> Iterator[str]:
    """Say, a line each, what became of documents, other files and judged questions."""
    for one in report.documents:
        yield f"{FATES[one.fate]} {one.id}《{one.title}》{_details(one)}"
    if report.others:
        yield f"改动 {'、'.join(report.others)}"
    for what, named, kept in (
        ("新增", report.added, report.kept_added),
        ("删去", report.removed, report.kept_removed),
    ):
        if named or kept:
            shown = f"：{'｜'.join(named)}" if named else ""
            yield f"{what}检验问题{len(named) + kept}个{_kept(kept)}{shown}"


def _details(one: DocumentChange) -> str:
    told = [
        *(f"改了“{name}”" for name in one.edited),
        *(f"新增“{name}”" for name in one.added),
        *(f"删去“{name}”" for name in one.removed),
        *(f"“{old}”改名为“{new}”" for old, new in one.renamed),
        *([f"字段 {'、'.join(one.fields)}"] if one.fields else []),
    ]
    return f"：{'，'.join(told)}" if told else ""


def questions_of(group: Group) -> str:
    """Name the questions of a group; kept ones are counted only, lest files be made for them."""
    if not group.questions:
        return f"{group.kept}个保留的问题，不列出"
    count = len(group.questions) + group.kept
    return f"{count}个问题{_kept(group.kept)}：{'｜'.join(group.questions)}"


def _kept(count: int) -> str:
    return f"（其中{count}个是保留的，不列出）" if count else ""


def heading_of(said: Said) -> str:
    """Say how one side answered: the outcome, the passage and whether it holds."""
    if not said.shows:
        return OUTCOMES[said.outcome]
    status = f"（{STATUSES[said.status]}）" if said.status else ""
    return f"{OUTCOMES[said.outcome]}：《{said.title}》{said.heading}{status}"


def texts_of(group: Group) -> tuple[str, str]:
    """Give the passages of both sides, or the leading sentences where the passages are alike.

    Nothing where those are alike too: then only the headings of the sides differ.
    """
    before, after = group.before, group.after
    if before.text != after.text:
        return before.text, after.text
    return (before.lead, after.lead) if before.lead != after.lead else ("", "")
