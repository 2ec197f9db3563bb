"""Explanation → tables for a terminal: why first, then what was read, found and considered."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot.answering.support import cover_told
from bot.channels.terminal.rendering import rendered
from bot.models.explanations import Explained, Explanation, FoundPassage, Measured
from bot.models.questions import Outcome, Status

OUTCOMES = {
    Outcome.ANSWERED: "直接回答",
    Outcome.HEDGED: "先提醒再回答",
    Outcome.NEEDS_DETAIL: "请他补一项",
    Outcome.TOO_VAGUE: "请他说具体",
    Outcome.NO_ANSWER: "拒答",
    Outcome.DECLINED: "不当作政策问题",
}
STATUSES = {
    Status.IN_FORCE: "现行有效",
    Status.NOT_YET: "还不适用",
    Status.EXPIRED: "已过期",
    Status.SUPERSEDED: "已被接替",
    Status.UNCONFIRMED: "效力未载明",
}
STEPS = {
    "typed": "问的",
    "without_greeting": "去掉问候",
    "with_subject": "接上文",
    "without_day": "去掉日期后检索",
}
REACHES = {
    "named": "",
    "above": "上一级",
    "below": "下一级",
    "partly": "顺带提到",
    "outside": "别处",
}
WORDS = frozenset({"words", "asks"})  # fields of words; those of pairs are told in one row
# Column and what it says; together they are the score.
FEATURES = {
    "passage": ("段落", "这一段含有的词"),
    "document": ("全文", "整份文件含有的词"),
    "brevity": ("篇幅", "文件比平均短多少"),
    "window": ("相邻", "问题里挨着的字也挨着"),
    "kind": ("缺项", "没有所问的金额、天数等"),
    "excerpt": ("摘句", "最好的几句答得多好"),
}
TOP_PASSAGES = 3  # compared word by word: as many as one answer shows
RULES = {"benefit": "benefits", "time_limit": "time_limits", "service": "services"}


def explained(found: Explained) -> Iterator[RenderableType]:
    """Lay out an answer's explanation, part by part where several questions were answered."""
    answers = found.answer.parts or (found.answer,)
    explanations = found.explanation.parts or (found.explanation,)
    for answer, explanation in zip(answers, explanations, strict=True):
        yield Rule(f"{OUTCOMES[answer.outcome]} {answer.outcome.value} · {explanation.day}")
        yield _why(explanation)
        yield _read(explanation)
        yield from _found(explanation)
        if explanation.rules:
            yield _rules(explanation)
        yield Rule("群众看到的")
        yield rendered(answer)


def _found(explanation: Explanation) -> Iterator[RenderableType]:
    if explanation.support:
        yield _support(explanation.support)
    if explanation.hits:
        yield _ranking(explanation.hits)
        yield from _passages(explanation.hits)
        yield _terms(explanation)


def _why(explanation: Explanation) -> Text:
    text = Text("为什么\n", style="bold")
    for one in explanation.reasons:
        text.append(f"· {one.said}", style="not bold")
        text.append(f" [{one.reason.value}]\n", style="dim not bold")
        if one.remedy:
            text.append(f"  可以改：{one.remedy}\n", style="green not bold")
    return text


def _read(explanation: Explanation) -> Text:
    text = Text()
    for one in explanation.readings:
        text.append(f"{STEPS.get(one.step, one.step)}：{one.text}\n")
    if explanation.kind:
        text.append(f"问的是：{explanation.kind}\n")
    return text


def _support(support: Measured) -> Text:
    """Say what of the question the judged passage holds, with the thresholds."""
    text = Text(f"支持度 {cover_told(support.cover)}", style="bold")
    lines = (
        f"（低于 {support.refuse_below:.2f} 拒答，从 {support.answer_from:.2f} 起直接回答）\n"
        f"判断的段落：{support.document} · {support.heading}\n"
        f"对得上的词：{'、'.join(support.held) or '无'}\n"
        f"找不到的词：{'、'.join(support.missing) or '无'}\n"
    )
    text.append(lines, style="not bold")
    return text


def _ranking(hits: tuple[FoundPassage, ...]) -> Table:
    """List the hits in the order in which they were judged, with what their scores are made of."""
    told = "；".join(f"{name}：{meaning}" for name, meaning in FEATURES.values())
    table = _table("找到的段落", caption=f"得分是后面几项的和。{told}。")
    table.add_column("", justify="right")
    table.add_column("文件 · 小标题", ratio=1, overflow="fold")
    for name in ("得分", *(name for name, _ in FEATURES.values())):
        table.add_column(name, justify="right", no_wrap=True)
    for place, hit in enumerate(hits, 1):
        scores = {one.name: f"{one.score:z.2f}" for one in hit.features}
        figures = (f"{hit.score:.2f}", *(scores[name] for name in FEATURES))
        style = "" if hit.shown or hit.judged else "dim"
        table.add_row(str(place), _named(hit), *figures, style=style)
    return table


def _named(hit: FoundPassage) -> str:
    marks = (
        "判断的" if hit.judged else "",
        f"展示的第{hit.shown}段" if hit.shown else "",
        "" if hit.stated else "not_stated",
        f"{hit.region}，{REACHES[hit.reach]}" if REACHES[hit.reach] else "",
        STATUSES[hit.status],
    )
    told = "，".join(mark for mark in marks if mark)
    return f"{hit.document} · {hit.heading}（{told}）"


def _passages(hits: tuple[FoundPassage, ...]) -> Iterator[Text]:
    """Print the first passages and those shown or judged, the question's terms marked."""
    for place, hit in enumerate(hits, 1):
        if place <= TOP_PASSAGES or hit.shown or hit.judged:
            text = Text(f"{place}. {hit.title} · {hit.heading}\n", style="bold")
            own = Text(hit.text.strip() or "（not_stated：没有正文）", style="not bold")
            for span in hit.highlights:
                own.stylize("reverse", span.start, span.end)
            yield text.append(own).append("\n")


def _terms(explanation: Explanation) -> Table:
    """Compare the first passages word by word: what each word of the question gave them."""
    first = explanation.hits[:TOP_PASSAGES]
    caption = "– 没有这个词；同：只有同义词。越少见的词越要紧。"
    table = _table("检索的词和各段得分", caption=caption)
    for name in ("词", "同义词", "少见", *(f"第{place}段" for place in range(1, len(first) + 1))):
        table.add_column(name, overflow="fold")
    words = [one for one in explanation.terms if one.field in WORDS]
    rarest = {one.text: one for one in sorted(words, key=lambda one: one.idf)}
    for one in sorted(rarest.values(), key=lambda one: -one.idf):
        scores = (_score(hit, {one.text}, WORDS) for hit in first)
        table.add_row(one.text, "、".join(one.synonyms), f"{one.idf:.1f}", *scores)
    others = frozenset(one.field for one in explanation.terms) - WORDS
    pairs = dict.fromkeys(one.text for one in explanation.terms if one.field in others)
    if pairs:
        scores = (_score(hit, set(pairs), others) for hit in first)
        table.add_row(f"字对：{' '.join(pairs)}", "", "", *scores)
    return table


def _score(hit: FoundPassage, texts: set[str], among: frozenset[str]) -> str:
    own = [one for one in hit.terms if one.text in texts and one.field in among]
    if not own:
        return "–"
    synonym = "同" if all(one.synonym for one in own) else ""
    return f"{sum(one.score for one in own):.1f}{synonym}"


def _rules(explanation: Explanation) -> Table:
    table = _table("规定")
    for name in ("文件", "规定", "结果"):
        table.add_column(name, overflow="fold")
    for one in explanation.rules:
        table.add_row(one.document, f"{RULES[one.kind]}：{one.name}", one.said)
    return table


def _table(title: str, caption: str = "") -> Table:
    return Table(
        title=title,
        caption=caption or None,
        title_justify="left",
        caption_justify="left",
        title_style="bold",
        caption_style="dim",
    )
