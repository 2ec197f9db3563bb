"""A verdict's reasons in words for staff: what decided, and what they could change."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answering.drafts import Draft, Trace
from bot.answering.refusing import is_attached
from bot.answering.regions import Reach
from bot.answering.support import cover_told
from bot.answering.verdicts import Verdict
from bot.models.explanations import Ground, Reason
from bot.retrieval.edition import Edition

OTHER_NAME = "如果只是另一种叫法，在 synonyms.yaml 里加一组；否则补一份讲「{word}」的文件。"
OF_PLACE = "如果有{place}的规定，补一份 region 写{place}的文件。"
TO_ASKS = (
    "如果这一段就是答案，把{question}写进它的 asks{synonyms}；如果没有一段讲这件事，补一份文件。"
)
LEVELS = {Reach.ABOVE: "上一级的规定", Reach.BELOW: "只管一部分地方的规定"}

# What is said of each reason and what staff could do, with the places of `_facts` in braces.
WORDS = {
    Reason.SMALL_TALK: (
        "整句是寒暄、辱骂或想改变机器人的话，不当作政策问题。",
        "这条规则在程序里，改知识文件不起作用。",
    ),
    Reason.TOO_LONG: ("问题太长，没有检索。", ""),
    Reason.NOTHING_ASKED: (
        "问题里只有地名、主题名或虚词，没有说要问什么，所以请他说具体。",
        "给他选的问题取自找到的各段 asks 的第一条，没有时取自 office.yaml 的 hot_topics。",
    ),
    Reason.OUT_OF_FORCE: (
        "找到的文件在这一天不适用，问的又不是以前的规定，所以只给了提示。",
        "有现行的文件：补上，或检查它的 effective_from 和 supersedes。",
    ),
    Reason.NOTHING_FOUND: (
        "没有一段含有问题里的词。",
        "如果有一段讲这件事，把{question}写进它的 asks；没有就补一份文件。",
    ),
    Reason.ELSEWHERE: (
        "问题问的是{place}，找到的都是别处的规定（{regions}），所以拒答。",
        OF_PLACE,
    ),
    Reason.UNKNOWN_PLACE: (
        "「{unknown_place}」不在{passage}管的地方（{region}）里，也不在地名表里。",
        "如果有那里的规定，补一份文件；湖南以外的区县，region 前面写上省。"
        "如果它不是地名，在这一段正文里写上这个词。",
    ),
    Reason.NOT_STATED: (
        "{silent_title}的 not_stated 写明没有写「{about}」，所以照实说没有写。",
        "如果文件其实写了，删掉这一条 not_stated，把内容写进 sections；别的文件写了，就补那一份。",
    ),
    Reason.UNLISTED: (
        "「{unlisted}」不在{listing}的 benefits.items 里，所以拒答。",
        "如果规定包括它，加进 items；如果只是另一种叫法，在 synonyms.yaml 里加一组。",
    ),
    Reason.OTHER_BUSINESS: (
        "问的是「{word}」，{passage}讲的是别的事项，所以拒答。",
        "如果原文把两者当作一回事，写进那条 time_limits 的 also_called；"
        "否则补一份讲「{word}」的文件。",
    ),
    Reason.OTHER_SUBSIDY: (
        "问的是「{word}」的补贴，{document}里没有，所以拒答。",
        OTHER_NAME,
    ),
    Reason.OTHER_MONEY: ("问的是「{word}」，{passage}里没有，所以拒答。", OTHER_NAME),
    Reason.UNSUPPORTED: (
        "{missing}支持度 {cover} < {refuse_below}（refuse_below），所以拒答。最近的是{passage}。",
        TO_ASKS,
    ),
    Reason.OTHER_ROW: (
        "问题点名了表里的一行，{passage}里找到的是另一行，所以拒答。",
        "把那一行写进这一段，或补一份文件。",
    ),
    Reason.FOLLOW_UP: (
        "接着上文问的「{word}」，{first}里没有，所以拒答。",
        "如果这一段也管「{word}」，在正文或 asks 里写上；否则补一份讲「{word}」的文件。",
    ),
    Reason.OTHER_LEVEL: (
        "没有专门说{place}的规定，找到的是{region}的，{level}，所以先提醒再回答。",
        f"{OF_PLACE}如果这份规定就管{{place}}，在正文里写明。",
    ),
    Reason.LACKING: (
        "问的是{lacking}，{passage}里没有，所以只给了提示。",
        "如果这份文件写了，写进这一段；写在别的段，就把{question}写进那一段的 asks。",
    ),
    Reason.NOT_MEANT: (
        "排在最前的是 not_stated 的一条，问题没有问到它，改用了{passage}。",
        TO_ASKS,
    ),
    Reason.PARTLY_SUPPORTED: (
        "{missing}支持度 {cover} < {answer_from}（answer_from），所以只给了提示。",
        TO_ASKS,
    ),
    Reason.UNNAMED: ("对得上的只有单个的字（{held}），看不出问的是不是同一件事。", TO_ASKS),
    Reason.OTHER_ITEM: (
        "问题没有说到{passage}里时限的任何一项，拿不准问的是不是它。",
        "如果这样说就是指某一项，写进它的 also_called，或把{question}写进这一段的 asks。",
    ),
    Reason.SILENT_TERM: (
        "「{word}」是给钱的规定要写明的条件，{passage}的正文里没有，所以只给了提示。",
        "如果规定写了「{word}」，在这一段正文里写明；没有写，可以在 not_stated 里加一条。",
    ),
    Reason.DOUBTFUL: ("「{word}」可能才是要问的事，{passage}里没有，所以只给了提示。", TO_ASKS),
    Reason.SUPPORTED: ("支持度 {cover} ≥ {answer_from}（answer_from），直接回答。", ""),
    Reason.ATTACHED: ("问题就是{passage}的小标题或 asks 里的一条，所以它排在最前。", ""),
    Reason.OUTSIDE_GRADE: (
        "{document}的 benefits.rates 里没有问到的等级，所以直接说不补。",
        "如果规定写了这个等级，加进 rates。",
    ),
    Reason.BY_RULE: ("由一条规定直接回答，见下面的规定。", ""),
    Reason.DETAIL_MISSING: ("规定找到了，还缺一项才能算，所以问他：{asked}", ""),
}
# An entry of `not_stated` was judged, and the question did not ask for what it leaves open.
SILENT_NEAR = (
    "最近的是 not_stated 的一条：{passage}。问题没有问到它，也没有别的段落能答，所以拒答。"
)


def grounds_of(trace: Trace) -> Iterator[Ground]:
    """Give each reason of an answer in words, the gravest first; a remedy is said once."""
    draft, verdict = trace.draft, trace.draft.verdict
    if verdict is None:
        return
    facts = _facts(trace.answer.question, draft, verdict, trace.edition)
    reasons = verdict.reasons
    if draft.query and verdict.judged and is_attached(draft.query, verdict.judged):
        reasons = (*reasons, Reason.ATTACHED)
    told: set[str] = set()
    for reason in reasons:
        said, remedy = WORDS[reason]
        if reason is Reason.UNSUPPORTED and verdict.judged and not verdict.judged.stated:
            said = SILENT_NEAR
        yield Ground(
            reason, said.format_map(facts), "" if remedy in told else remedy.format_map(facts)
        )
        told.add(remedy)


def _facts(typed: str, draft: Draft, verdict: Verdict, edition: Edition) -> dict[str, str]:
    """Give what the words name; empty where a verdict has nothing of the kind."""
    calibration, support = edition.corpus.calibration, verdict.support
    missing = support.missing if support else ()
    judged, first = verdict.judged, draft.hits[0].passage if draft.hits else None
    regions = dict.fromkeys(hit.passage.document.region for hit in draft.hits)
    query = draft.query
    return {
        # An ask is compared with the text that is searched, whatever was typed.
        "question": "这个问题" if query is None or query.text == typed else f"「{query.text}」",
        "word": verdict.word,
        "place": verdict.place.name if verdict.place else "",
        "unknown_place": verdict.unknown_place,
        "regions": "、".join(region for region in regions if region),
        "region": judged.document.region if judged else "",
        "level": LEVELS.get(verdict.reach, "那里只是顺带提到"),
        "passage": f"《{judged.document.title}》的「{judged.heading}」" if judged else "",
        "document": f"《{judged.document.title}》" if judged else "",
        "first": f"《{first.document.title}》的「{first.heading}」" if first else "",
        "silent_title": f"《{verdict.silent.document.title}》" if verdict.silent else "",
        "about": verdict.silent.heading if verdict.silent else "",
        "listing": f"《{verdict.listing.title}》" if verdict.listing else "",
        "unlisted": verdict.unlisted,
        "lacking": verdict.lacking,
        "cover": cover_told(verdict.cover),
        "refuse_below": f"{calibration.refuse_below:.2f}",
        "answer_from": f"{calibration.answer_from:.2f}",
        "missing": f"问题里的{_quoted(missing)}在这一段里找不到，" if missing else "",
        "held": "、".join(support.held) if support else "",
        "synonyms": f"，或在 synonyms.yaml 里给{_quoted(missing)}加同义词" if missing else "",
        "asked": draft.working.lines[0].text if draft.working else "",
    }


def _quoted(words: tuple[str, ...]) -> str:
    return "、".join(f"「{word}」" for word in words)
