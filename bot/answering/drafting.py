"""One text → draft: retrieved, judged, worked out or quoted, and put into blocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.answering import composing, replies
from bot.answering.amounts import amounts_told
from bot.answering.cards import card_told
from bot.answering.drafts import Draft
from bot.answering.due import days_told, limit_told, without_circumstances
from bot.answering.judging import as_staff_ask, judge
from bot.answering.smalltalk import is_small_talk
from bot.answering.vagueness import choices_for, is_vague
from bot.answering.validity import GONE, asks_for_past, preferred, status_on
from bot.answering.verdicts import Verdict
from bot.answering.workings import Working
from bot.models.explanations import Reason
from bot.models.questions import Block, Choice, Evidence, Excerpt, Hit, Outcome, Status
from bot.retrieval.choosing import choose
from bot.retrieval.edition import Edition
from bot.retrieval.retriever import DEPTH, Query, read_query, retrieve
from bot.retrieval.rows import names_other_row

LONGEST_QUESTION = 500  # characters; the longest real one seen has under 200
SHOWN = 3  # passages of one answer: what a phone screen holds, folded


def draft_of(text: str, edition: Edition, day: date, depth: int = DEPTH, added: str = "") -> Draft:
    """Answer one text by itself, without conversation; `depth` is how many hits to retrieve.

    `added` is the part of it that a follow-up brought in: the sentence told is about it.
    """
    if len(text) > LONGEST_QUESTION:
        verdict = Verdict(Outcome.TOO_VAGUE, reasons=(Reason.TOO_LONG,))
        return Draft(verdict.outcome, replies.too_long(LONGEST_QUESTION), verdict=verdict)
    if is_small_talk(text):
        verdict = Verdict(Outcome.DECLINED, reasons=(Reason.SMALL_TALK,))
        return Draft(verdict.outcome, replies.declined(edition.catalogue), verdict=verdict)
    query = read_query(without_circumstances(text, edition, day), edition, added)
    found = retrieve(query, edition, depth).hits
    past = asks_for_past(text, edition.catalogue)
    hits = as_staff_ask(query, preferred(found, edition.catalogue, day, past), edition, day)
    return replace(_judged(text, query, hits, edition, day), hits=hits, query=query)


def _vague(choices: tuple[Choice, ...], edition: Edition) -> Draft:
    topics = tuple(Choice(topic, topic) for topic in edition.corpus.office.hot_topics)
    verdict = Verdict(Outcome.TOO_VAGUE, reasons=(Reason.NOTHING_ASKED,))
    return Draft(verdict.outcome, replies.too_vague(), choices=choices or topics, verdict=verdict)


def _judged(text: str, query: Query, hits: tuple[Hit, ...], edition: Edition, day: date) -> Draft:
    if is_vague(query, edition):
        return _vague(choices_for(hits), edition)
    verdict = judge(query, hits, edition, day)
    card = card_told(query, verdict, hits, edition)
    if card:
        named = replace(_by_rule(verdict, card), support=None)  # by its name, not by support
        return _worked(card, named, edition, day)
    if verdict.outcome is Outcome.NO_ANSWER:
        return Draft(verdict.outcome, replies.no_answer(verdict, edition), verdict=verdict)
    working = amounts_told(query, verdict, edition, day)
    working = working or days_told(text, query, verdict, edition, day)
    return (
        _worked(working, _by_rule(verdict, working), edition, day)
        if working
        else _quoted(query, verdict, edition, day)
    )


def _by_rule(verdict: Verdict, working: Working) -> Verdict:
    """Let a rule decide how a question ends; one of the level above a place stays hedged."""
    reason = Reason.DETAIL_MISSING if working.missing else Reason.BY_RULE
    if verdict.place:
        return replace(verdict, outcome=Outcome.HEDGED, reasons=(Reason.OTHER_LEVEL, reason))
    return replace(verdict, outcome=working.outcome, reasons=(reason,))


def _quoted(query: Query, verdict: Verdict, edition: Edition, day: date) -> Draft:
    """Answer with a rule's own words where one is meant, else with the best excerpts."""
    limit = limit_told(query, verdict, edition, day)
    if limit:
        verdict = replace(verdict, outcome=Outcome.ANSWERED, reasons=(Reason.BY_RULE,))
    chosen = choose(verdict.hits, query.sought, edition, SHOWN)
    evidence = tuple(evidence_of(hit, excerpt, edition, day) for hit, excerpt in chosen)
    if names_other_row(query.text, composing.lead_of(evidence[0]).text):
        verdict = Verdict(Outcome.NO_ANSWER, reasons=(Reason.OTHER_ROW,), judged=verdict.judged)
        return Draft(verdict.outcome, replies.no_answer(verdict, edition), verdict=verdict)
    blocks = _told(verdict, limit, evidence, edition, day)
    return Draft(verdict.outcome, blocks, evidence, verdict=verdict)


def _worked(working: Working, verdict: Verdict, edition: Edition, day: date) -> Draft:
    """Tell what was worked out, and above it where a rule is not known to hold on the day."""
    evidence = evidence_of(working.hit, working.excerpt, edition, day)
    status = status_block(evidence, edition, day)
    first, *others = working.lines
    quote = composing.quote_of(working.excerpt.text, evidence.citation)
    blocks = (
        *replies.cautions(verdict, edition.corpus.office),
        *([status] if evidence.status in GONE else []),
        first,
        *([status] if evidence.status is Status.UNCONFIRMED else []),
        *others,
        *([quote] if working.excerpt.text and first.text != working.excerpt.text else []),
        composing.source_of(evidence.citation),
        *([status] if evidence.status is Status.IN_FORCE else []),
    )
    return Draft(
        outcome=verdict.outcome,
        blocks=blocks,
        evidence=(evidence,),
        computed=working.computed,
        choices=working.choices,
        verdict=verdict,
        working=working,
    )


def evidence_of(hit: Hit, excerpt: Excerpt, edition: Edition, day: date) -> Evidence:
    """Put a hit and its excerpt beside their citation and the status on a day."""
    return Evidence(
        hit=hit,
        excerpt=excerpt,
        citation=composing.citation_of(hit.passage),
        status=status_on(hit.passage.document, edition.catalogue, day),
    )


def _told(
    verdict: Verdict, limit: str, evidence: tuple[Evidence, ...], edition: Edition, day: date
) -> tuple[Block, ...]:
    """Put the sentence that answers first, the limit's own where one is meant, then its source.

    Only that a rule does not hold on the day goes before it.
    """
    first = evidence[0]
    said = composing.bold_lead(limit) if limit in first.hit.passage.text else None
    lead = replies.outside_grade(verdict) or (limit and said) or composing.lead_of(first)
    quote = composing.quote_of(_shown_text(verdict, first), first.citation)
    status = status_block(first, edition, day)
    blocks = [
        *replies.cautions(verdict, edition.corpus.office),
        *([status] if first.status in GONE else []),
        lead,
        *([quote] if lead.text != first.excerpt.text else []),
        composing.source_of(first.citation, first.hit.copies),
        *([] if first.status in GONE else [status]),
    ]
    return tuple(blocks)


def status_block(evidence: Evidence, edition: Edition, day: date) -> Block:
    """Say whether the document of some evidence holds on a day."""
    document, office = evidence.hit.passage.document, edition.corpus.office
    return composing.status_of(document, evidence.status, edition.catalogue, office, day)


def _shown_text(verdict: Verdict, evidence: Evidence) -> str:
    """Give the excerpt; where a sentence of ours leads, the one that it rests on is shown too."""
    return evidence.hit.passage.text if verdict.outside_grade else evidence.excerpt.text
