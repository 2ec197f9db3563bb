"""Which rules an answer could have used, and what came of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from bot.answering import amounts, due
from bot.answering.benefits import yuan
from bot.answering.composing import chinese_date
from bot.answering.drafts import Draft, Trace
from bot.answering.purchases import purchases_in
from bot.answering.verdicts import Verdict
from bot.answering.workings import holder_of
from bot.models.documents import Benefit, Document, Service, TimeLimit
from bot.models.explanations import ConsideredRule, RuleUse
from bot.models.questions import Computed, ComputedKind, Outcome
from bot.retrieval.retriever import Query
from bot.text.days import day_named
from bot.text.figures import searchable

KINDS = {Benefit: "benefit", TimeLimit: "time_limit", Service: "service"}
REFUSING = frozenset({Outcome.NO_ANSWER, Outcome.TOO_VAGUE, Outcome.DECLINED})
SAID = {
    RuleUse.TOLD: "说了规定的原话，没有算数",
    RuleUse.DETAIL_MISSING: "还缺一项才能算",
    RuleUse.REFUSED: "问题没有得到回答，没有用规定",
    RuleUse.UNSURE: "拿不准问的就是这条规定，没有算",
    RuleUse.OTHER_DOCUMENT: "判断时看的是另一份文件",
    RuleUse.OTHER_PLACE: "问的是别的地方，没有算",
    RuleUse.NOT_YET: "问的那天还不适用，没有算",
    RuleUse.QUOTE_NOT_FOUND: "含有 quote 的那一段没有找到，没有算",
    RuleUse.NO_PRICE: "没有说价格，没有算",
    RuleUse.NO_DAY: "没有说哪天受理，没有算",
    RuleUse.OTHER_ITEM: "没有说到这一项",
    RuleUse.START_UNKNOWN: "看不懂 from 写的从哪天起算，没有算",
    RuleUse.OTHER_RULE: "用了另一条规定",
}
CARD = "给出了这个事项的卡片"
NOT_ASKED = {
    "benefit": "问的不是金额，没有算",
    "time_limit": "问的不是时间，没有算",
    "service": "问的不是怎么办、在哪办、材料或费用",
}

Rule: TypeAlias = Benefit | TimeLimit | Service
Rules: TypeAlias = tuple[Rule, ...]


def considered(trace: Trace) -> Iterator[ConsideredRule]:
    """Give the rules of the documents that were found, in the order of the hits.

    Only those of the document that was judged can be used; where a question is refused, only
    they are given.
    """
    draft = trace.draft
    for document in _documents(draft):
        rules: Rules = (*document.benefits, *document.time_limits, *document.services)
        for rule in rules:
            use = _use(rule, document, trace)
            name = rule.item if isinstance(rule, TimeLimit) else rule.name
            said = _said(use, rule, draft)
            yield ConsideredRule(KINDS[type(rule)], name, document.id, use, said)


def _documents(draft: Draft) -> tuple[Document, ...]:
    if draft.outcome in REFUSING:
        judged = _judged_document(draft)
        return (judged,) if judged else ()
    return tuple({hit.passage.document.id: hit.passage.document for hit in draft.hits}.values())


def _judged_document(draft: Draft) -> Document | None:
    """Give the document whose rules may be used: a rule's own, else that of what was judged."""
    passages = (
        draft.working.hit.passage if draft.working else None,
        draft.verdict.judged if draft.verdict else None,
        draft.hits[0].passage if draft.hits else None,
    )
    return next((one.document for one in passages if one), None)


def _use(rule: Rule, document: Document, trace: Trace) -> RuleUse:
    draft = trace.draft
    query, verdict = draft.query, draft.verdict
    if query is None or verdict is None or draft.outcome in REFUSING:
        return RuleUse.REFUSED
    if document != _judged_document(draft):
        return RuleUse.OTHER_DOCUMENT
    if isinstance(rule, Service):
        return _use_of_service(rule, query, verdict, draft)
    return _use_of_figure(rule, query, verdict, trace)


def _use_of_figure(
    rule: Benefit | TimeLimit, query: Query, verdict: Verdict, trace: Trace
) -> RuleUse:
    draft = trace.draft
    is_card = _is_card(draft)  # it may rest on the same words
    if not is_card and any(one.quote == rule.quote for one in draft.computed):
        return RuleUse.WORKED_OUT
    if not is_card and draft.working and rule.quote in draft.working.excerpt.text:
        return RuleUse.DETAIL_MISSING if draft.working.missing else RuleUse.TOLD
    if isinstance(rule, Benefit):
        return _use_of_benefit(rule, query, verdict, trace)
    return _use_of_limit(rule, query, verdict, trace)


def _use_of_benefit(benefit: Benefit, query: Query, verdict: Verdict, trace: Trace) -> RuleUse:
    if hindrance := amounts.hindrance(query, verdict, trace.edition, trace.day):
        return hindrance
    if not holder_of(benefit.quote, verdict.hits, verdict.hits[0].passage.document.id):
        return RuleUse.QUOTE_NOT_FOUND
    purchases = purchases_in(query.text, benefit, trace.edition.synonyms)
    return RuleUse.OTHER_RULE if any(one.prices for one in purchases) else RuleUse.NO_PRICE


def _use_of_limit(limit: TimeLimit, query: Query, verdict: Verdict, trace: Trace) -> RuleUse:
    edition, day = trace.edition, trace.day
    if hindrance := due.hindrance(query, verdict, edition, day):
        return hindrance
    if not holder_of(limit.quote, verdict.hits, verdict.hits[0].passage.document.id):
        return RuleUse.QUOTE_NOT_FOUND
    if not due.names_item(query, limit, edition):
        return RuleUse.OTHER_ITEM
    if trace.draft.working:
        return RuleUse.OTHER_RULE
    if due.limit_told(query, verdict, edition, day) == limit.quote:
        return RuleUse.TOLD
    named = day_named(searchable(trace.resolved.text), day)
    return RuleUse.START_UNKNOWN if named else RuleUse.NO_DAY


def _use_of_service(service: Service, query: Query, verdict: Verdict, draft: Draft) -> RuleUse:
    if searchable(service.name) not in searchable(query.text):
        return RuleUse.OTHER_ITEM
    if _is_card(draft):
        return RuleUse.TOLD
    elsewhere = verdict.place or verdict.unknown_place
    return RuleUse.OTHER_PLACE if elsewhere else RuleUse.OTHER_KIND


def _is_card(draft: Draft) -> bool:
    return any(one.kind is ComputedKind.SERVICE for one in draft.computed)


def _said(use: RuleUse, rule: Rule, draft: Draft) -> str:
    if isinstance(rule, Service) and use is RuleUse.TOLD:
        return CARD
    if use is RuleUse.OTHER_KIND:
        return NOT_ASKED[KINDS[type(rule)]]
    if use is not RuleUse.WORKED_OUT or isinstance(rule, Service):
        return SAID[use]
    return "；".join(_figure(one) for one in draft.computed if one.quote == rule.quote)


def _figure(one: Computed) -> str:
    steps = "；".join(one.steps)
    if one.amount is not None:
        return f"算出{yuan(one.amount)}：{steps}"
    if one.day is not None:
        return f"算出{chinese_date(one.day)}：{steps}"
    return f"只能算到不早于{chinese_date(one.not_before)}：{steps}" if one.not_before else steps
