"""An explanation is of the very answer, names what decided, and says what would change it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answering import service
from bot.answering.explaining import explain
from bot.channels.explanations import explained_object
from bot.knowledge.judgements import load_judgements
from bot.models.documents import Document
from bot.models.explanations import Explained, Explanation, Reason, RuleUse
from bot.models.questions import ComputedKind, Conversation, Outcome, Question
from bot.retrieval.edition import Edition
from tests.unit import builders
from tests.unit.answering.asking import (
    ASKER,
    DAY,
    KNOWLEDGE,
    NOON,
    ask,
    shipped,
    small,
    small_documents,
)
from tests.unit.answering.test_purity import ANY

REFUSED = frozenset(
    {
        *(Reason.NOTHING_FOUND, Reason.ELSEWHERE, Reason.UNKNOWN_PLACE, Reason.NOT_STATED),
        *(Reason.UNLISTED, Reason.OTHER_BUSINESS, Reason.OTHER_SUBSIDY, Reason.OTHER_MONEY),
        *(Reason.UNSUPPORTED, Reason.OTHER_ROW, Reason.FOLLOW_UP),
    }
)
HEDGED = frozenset(
    {
        *(Reason.UNKNOWN_PLACE, Reason.OTHER_LEVEL, Reason.LACKING, Reason.NOT_MEANT),
        *(Reason.PARTLY_SUPPORTED, Reason.UNNAMED, Reason.OTHER_ITEM, Reason.SILENT_TERM),
        *(Reason.DOUBTFUL, Reason.OUT_OF_FORCE),
    }
)
BY_OUTCOME = {
    Outcome.NO_ANSWER: REFUSED,
    Outcome.HEDGED: HEDGED,
    Outcome.ANSWERED: frozenset({Reason.SUPPORTED, Reason.OUTSIDE_GRADE, Reason.BY_RULE}),
    Outcome.NEEDS_DETAIL: frozenset({Reason.DETAIL_MISSING}),
    Outcome.TOO_VAGUE: frozenset({Reason.NOTHING_ASKED, Reason.TOO_LONG}),
    Outcome.DECLINED: frozenset({Reason.SMALL_TALK}),
}
SOME = 3  # asks of a passage: all of them take ten seconds more
FIGURES = frozenset({ComputedKind.BENEFIT, ComputedKind.DEADLINE})


def explained(*texts: str, edition: Edition, day: date = DAY) -> Explained:
    """Put texts one after the other in one conversation, and explain the last answer."""
    conversation = Conversation("c1")
    for text in texts[:-1]:
        conversation = ask(text, edition, day, conversation).conversation
    question = Question(texts[-1], ASKER, NOON)
    return explain(service.trace(question, conversation, edition, day))


def reasons_of(*texts: str, edition: Edition) -> tuple[Reason, ...]:
    """Give the names of the reasons of the last answer."""
    explanation = explained(*texts, edition=edition).explanation
    return tuple(one.reason for one in explanation.reasons)


def asked_questions() -> Iterator[tuple[tuple[str, ...], date]]:
    """Give some asks of each shipped passage, and every judgement that was tuned on."""
    for passage in shipped().corpus.passages:
        for text in passage.asks[:SOME]:
            yield (text,), DAY
    for one in load_judgements(KNOWLEDGE, shipped().corpus).questions:
        if not one.kept:
            yield (*one.after, one.question), one.asked_on


def is_true(found: Explained) -> bool:
    """Tell whether an explanation says of an answer what the answer is."""
    answer, explanation = found.answer, found.explanation
    if answer.parts:
        pairs = zip(answer.parts, explanation.parts, strict=True)
        return all(is_true(Explained(*pair)) for pair in pairs)
    hits = {(one.document, one.heading, round(one.score, 9)) for one in explanation.hits}
    shown = [one.hit for one in answer.evidence]
    listed = [(one.passage.document.id, one.passage.heading, round(one.score, 9)) for one in shown]
    named = {one.reason for one in explanation.reasons}
    worked = sum(one.kind in FIGURES for one in answer.computed)
    said = sum(one.use is RuleUse.WORKED_OUT for one in explanation.rules)
    return bool(
        set(listed) <= hits
        and sorted(one.shown for one in explanation.hits if one.shown)
        == list(range(1, len(shown) + 1))
        and all(_adds_up(explanation))
        and named & BY_OUTCOME[answer.outcome]
        and _keeps_thresholds(explanation, named)
        and (said > 0) == (worked > 0)
    )


def _adds_up(explanation: Explanation) -> Iterator[bool]:
    for hit in explanation.hits:
        yield abs(sum(one.score for one in hit.features) - hit.score) < 1e-9


def _keeps_thresholds(explanation: Explanation, named: set[Reason]) -> bool:
    support = explanation.support
    if support is None:
        return not named & {Reason.SUPPORTED, Reason.PARTLY_SUPPORTED, Reason.UNSUPPORTED}
    if Reason.SUPPORTED in named:
        return support.cover >= support.answer_from
    if Reason.PARTLY_SUPPORTED not in named:
        return True
    # What is told is rounded down, so that 0.4196 does not read 0.42 < 0.42.
    told = next(one.said for one in explanation.reasons if one.reason is Reason.PARTLY_SUPPORTED)
    cover, threshold = told.split("支持度 ")[1].split("（")[0].split(" < ")
    return support.cover < support.answer_from and float(cover) < float(threshold)


def test_an_explanation_is_of_the_answer() -> None:
    """Of shipped asks and tuned questions, it has the outcome, the hits and the figures."""
    for texts, day in asked_questions():
        found = explained(*texts, edition=shipped(), day=day)
        assert is_true(found), (texts, found.explanation.reasons)


def test_explaining_changes_no_answer() -> None:
    """What is explained is the answer that is given without an explanation."""
    for texts in (("冰箱补多少",), ("公积金怎么提取",), ("一级冰箱补多少？财产登记几天？",)):
        assert explained(*texts, edition=shipped()).answer == ask(*texts, shipped())


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        (("你好",), Reason.SMALL_TALK),
        (("字" * 600,), Reason.TOO_LONG),
        (("家电补贴",), Reason.NOTHING_ASKED),
        (("xyz",), Reason.NOTHING_FOUND),
        (("广东冰箱补多少",), Reason.ELSEWHERE),
        (("海淀区冰箱补多少",), Reason.UNKNOWN_PLACE),
        (("手机补多少",), Reason.NOT_STATED),
        (("洗碗机补多少",), Reason.UNLISTED),
        (("结婚登记几天",), Reason.OTHER_BUSINESS),
        (("养老补贴多少钱",), Reason.OTHER_SUBSIDY),
        (("公积金怎么提取",), Reason.UNSUPPORTED),
        (("财产登记几天", "那继承呢"), Reason.FOLLOW_UP),
        (("长沙冰箱补多少",), Reason.OTHER_LEVEL),
        (("2019年冰箱补多少",), Reason.LACKING),
        (("二手冰箱能补吗",), Reason.SILENT_TERM),
        (("二手冰箱能补吗",), Reason.PARTLY_SUPPORTED),
        (("房产证多久能拿到",), Reason.OTHER_ITEM),
        (("冰箱补多少",), Reason.SUPPORTED),
        (("一级能效补多少",), Reason.ATTACHED),
        (("三级能效冰箱补多少",), Reason.OUTSIDE_GRADE),
        (("财产登记几天办好",), Reason.BY_RULE),
        (("冰箱5999元补多少",), Reason.DETAIL_MISSING),
    ],
)
def test_the_rule_that_decided_is_named(texts: tuple[str, ...], reason: Reason) -> None:
    """Each way in which a question ends has its name among the reasons."""
    assert reason in reasons_of(*texts, edition=shipped())


def test_reasons_are_said_with_their_figures_and_a_remedy() -> None:
    """A clerk reads the missing words, the support with its threshold, and what to change."""
    reasons = explained("公积金怎么提取", edition=shipped()).explanation.reasons
    (refused,) = (one for one in reasons if one.reason is Reason.UNSUPPORTED)
    for part in ("「公积金」", "支持度 0.", "refuse_below", "所以拒答"):
        assert part in refused.said
    for part in ("asks", "synonyms.yaml", "补一份文件"):
        assert part in refused.remedy


def with_ask(ask_: str, heading: str) -> Edition:
    """Give the small knowledge with one more ask of a section."""
    return edited(heading, asks=(ask_,))


def edited(heading: str, **fields: object) -> Edition:
    """Give the small knowledge with a section changed."""

    def changed(document: Document) -> Document:
        sections = tuple(
            replace(one, **fields) if one.heading == heading else one  # type: ignore[arg-type]
            for one in document.sections
        )
        return replace(document, sections=sections)

    return builders.edition_of(*map(changed, small_documents()))


def test_the_remedy_of_a_refusal_works() -> None:
    """A refused question that is written into the section's asks is answered from it."""
    question = "车子放一晚上得掏几块"
    assert Reason.NOTHING_FOUND in reasons_of(question, edition=small())
    after = explained(question, edition=with_ask(question, "收费标准"))
    assert after.answer.outcome in {Outcome.ANSWERED, Outcome.HEDGED}
    assert after.answer.evidence[0].hit.passage.heading == "收费标准"


def test_the_remedy_names_the_text_that_is_searched() -> None:
    """An ask is compared with what is searched, so that is what to write where it differs."""
    greeted = explained("请问，公积金怎么提取", edition=shipped()).explanation.reasons
    assert any("把「公积金怎么提取」写进" in one.remedy for one in greeted)


def test_what_changed_the_text_is_told_step_by_step() -> None:
    """A greeting that was dropped, a subject that came back, a day that is not searched."""
    greeted = explained("请问，财产登记几天", edition=shipped()).explanation
    assert [one.step for one in greeted.readings] == ["typed", "without_greeting"]
    follow = explained("一级能效冰箱补多少", "那洗衣机呢", edition=shipped()).explanation
    assert [one.step for one in follow.readings] == ["typed", "with_subject"]
    assert follow.readings[-1].text == "一级能效洗衣机补多少"
    dated = explained("财产登记11月20日交的几号好", edition=shipped()).explanation
    assert dated.readings[-1].step == "without_day"
    assert "20" not in dated.readings[-1].text


def test_a_synonym_that_matched_is_marked() -> None:
    """A passage that holds only a synonym of a word says so; one that holds the word does not."""
    explanation = explained("雪柜补多少", edition=shipped()).explanation
    marked = {one.text: one.synonym for hit in explanation.hits for one in hit.terms}
    assert marked["雪柜"]
    (searched,) = (one for one in explanation.terms if one.text == "雪柜" and one.field == "words")
    assert "冰箱" in searched.synonyms


def test_every_question_of_a_message_has_its_own_explanation() -> None:
    """Where several questions are answered, their explanations stand in their order."""
    found = explained("一级冰箱补多少？财产登记几天？", edition=shipped())
    assert len(found.answer.parts) == len(found.explanation.parts) == 2
    assert [one.kind for one in found.explanation.parts] == ["金额或比例", "天数"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(ANY, min_size=1, max_size=2))
def test_no_text_breaks_explaining(texts: list[str]) -> None:
    """Whatever is typed, its explanation is true of its answer and can be sent."""
    found = explained(*texts, edition=shipped())
    assert is_true(found)
    json.dumps(explained_object(found), ensure_ascii=False, allow_nan=False).encode()


@pytest.mark.parametrize(
    ("text", "rule", "use"),
    [
        ("5999元一级能效冰箱补多少", "家电以旧换新补贴", RuleUse.WORKED_OUT),
        ("冰箱补多少", "家电以旧换新补贴", RuleUse.NO_PRICE),
        ("冰箱5999元补多少", "家电以旧换新补贴", RuleUse.DETAIL_MISSING),
        ("洗碗机5999元补多少", "家电以旧换新补贴", RuleUse.REFUSED),
        ("二手冰箱5999元能补吗", "家电以旧换新补贴", RuleUse.UNSURE),
        ("财产登记11月20日交的几号好", "财产登记", RuleUse.WORKED_OUT),
        ("财产登记11月20日交的几号好", "高频事项", RuleUse.OTHER_ITEM),
        ("财产登记几天办好", "财产登记", RuleUse.TOLD),
    ],
)
def test_what_came_of_a_rule_is_told(text: str, rule: str, use: RuleUse) -> None:
    """Each rule of the document has what came of it, in a word and in words."""
    rules = explained(text, edition=shipped()).explanation.rules
    found = [one for one in rules if one.name == rule and one.kind != "service"]
    assert [one.use for one in found] == [use]
    assert found[0].said


def test_the_status_is_of_the_asked_day() -> None:
    """A rule to come is shown as such on a day before it."""
    question = "停车一小时多少钱"
    before = explained(question, edition=small(), day=date(2024, 2, 29)).explanation.hits[0]
    after = explained(question, edition=small(), day=date(2025, 2, 28)).explanation.hits[0]
    assert (before.status, after.status) == ("not_yet", "in_force")
