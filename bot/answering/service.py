"""The door of answering: one question in, one answer out, nothing read and nothing written."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from bot.answering import composing, replies
from bot.answering.amounts import amounts_told
from bot.answering.cards import card_told
from bot.answering.conversation import Resolved, continued, resolve
from bot.answering.drafts import Draft, Trace
from bot.answering.due import days_told, limit_told, without_circumstances
from bot.answering.judging import as_staff_ask, judge, speaks_of
from bot.answering.parts import MOST, parts_of
from bot.answering.relating import related_to
from bot.answering.smalltalk import is_small_talk, without_greeting
from bot.answering.vagueness import choices_for, is_vague
from bot.answering.validity import GONE, asks_for_past, preferred, status_on
from bot.answering.verdicts import Verdict
from bot.answering.workings import Working
from bot.models.documents import Passage
from bot.models.explanations import Reason
from bot.models.questions import (
    Answer,
    Block,
    BlockKind,
    Choice,
    Conversation,
    Evidence,
    Excerpt,
    Hit,
    Outcome,
    Question,
    Status,
)
from bot.retrieval.choosing import choose
from bot.retrieval.edition import Edition
from bot.retrieval.retriever import DEPTH, Query, read_query, retrieve
from bot.retrieval.rows import names_other_row
from bot.retrieval.spelling import Correction, corrected
from bot.text.normalise import readable

LONGEST_QUESTION = 500  # characters; the longest real one seen has under 200
LONGEST_SUBJECT = 200  # characters of a subject: with a follow-up it stays a question
FOUND = frozenset({Outcome.ANSWERED, Outcome.HEDGED, Outcome.NEEDS_DETAIL})
# Ends of a short question after which the subject before it is tried.
LEFT_OPEN = frozenset({Outcome.HEDGED, Outcome.TOO_VAGUE, Outcome.NO_ANSWER})
SHOWN = 3  # passages of one answer: what a phone screen holds, folded
ID_DIGITS = 16  # hexadecimal: 64 bits tell all answers of an office apart


def ask(question: Question, conversation: Conversation, edition: Edition, day: date) -> Answer:
    """Answer a question as of a day, with the conversation as it is after it.

    Pure: the same question, conversation, edition and day give an equal answer.
    """
    return trace(question, conversation, edition, day).answer


def trace(question: Question, conversation: Conversation, edition: Edition, day: date) -> Trace:
    """Answer a question, and keep what the answer came from."""
    typed = readable(question.text)
    parts = parts_of(without_greeting(typed)) if len(typed) <= LONGEST_QUESTION else ()
    if len(parts) > 1:
        traces = _in_turn(parts[:MOST], conversation, edition, day)
        if sum(_tells(one.answer) for one in traces) > 1:
            left = replies.one_at_a_time(MOST) if len(parts) > MOST else ()
            return _joined(typed, traces, left, edition, day)
    return _one(typed, conversation, edition, day)


def _in_turn(
    parts: tuple[str, ...], conversation: Conversation, edition: Edition, day: date
) -> tuple[Trace, ...]:
    """Answer one question after the other, each in the conversation that those before it made."""
    traces: list[Trace] = []
    for part in parts:
        before = traces[-1].answer.conversation if traces else conversation
        traces.append(_one(part, before, edition, day))
    return tuple(traces)


def _tells(answer: Answer) -> bool:
    """Tell whether an answer says something of its question, if only that it is left open."""
    named = any(block.kind is BlockKind.SOURCE for block in answer.blocks)
    return answer.outcome in FOUND or named


def _joined(
    typed: str, parts: tuple[Trace, ...], left: tuple[Block, ...], edition: Edition, day: date
) -> Trace:
    """Put the answers to the questions of one message under each other, numbered."""
    answers = tuple(one.answer for one in parts)
    blocks = [
        block
        for number, one in enumerate(answers, 1)
        for block in (composing.note(f"{number}. {one.question}"), *one.blocks)
    ]
    sure = all(one.outcome is Outcome.ANSWERED for one in answers)
    draft = Draft(
        outcome=Outcome.ANSWERED if sure else Outcome.HEDGED,
        blocks=(*blocks, *left),
        evidence=tuple(one.evidence[0] for one in answers if one.evidence),
        computed=tuple(worked for one in answers for worked in one.computed),
    )
    after = answers[-1].conversation
    whole = _answer(draft, typed=typed, resolved=typed, after=after, edition=edition, day=day)
    resolved = Resolved(typed, typed)
    return Trace(replace(whole, parts=answers), resolved, draft, edition, day, parts)


def _one(typed: str, conversation: Conversation, edition: Edition, day: date) -> Trace:
    """Answer one question, with what the conversation adds to it."""
    meant = _meant(without_greeting(typed), edition)
    resolved = resolve(meant.text, conversation, edition, day)
    draft = draft_of(resolved.text, edition, day, added=resolved.added)
    if not resolved.changed and draft.outcome in LEFT_OPEN:
        resolved, draft = _continued(resolved, draft, conversation, edition, day)
    if resolved.added and not speaks_of(resolved.added, draft.hits, edition):
        draft = _not_spoken_of(resolved.added, draft, edition)
    if resolved.changed or meant.changes:
        understood = Block(BlockKind.UNDERSTOOD, f"（按「{resolved.text}」理解）")
        draft = replace(draft, blocks=(understood, *draft.blocks))
    subject = resolved.subject if draft.outcome in FOUND else conversation.subject
    after = Conversation(conversation.id, subject[:LONGEST_SUBJECT])
    answer = _answer(
        draft, typed=typed, resolved=resolved.text, after=after, edition=edition, day=day
    )
    answer = replace(answer, related=related_to(answer, edition))
    return Trace(answer, resolved, draft, edition, day)


def _meant(typed: str, edition: Edition) -> Correction:
    """Put right what is misspelt, unless the question is too long to be read at all."""
    return corrected(typed, edition) if len(typed) <= LONGEST_QUESTION else Correction(typed)


def _continued(
    alone: Resolved, draft: Draft, conversation: Conversation, edition: Edition, day: date
) -> tuple[Resolved, Draft]:
    """Read a short question that does not answer by itself as one about the subject before it.

    Only where the document of that subject is found again, and its passage speaks of what is
    asked, or the document says that it leaves this open.
    """
    resolved = continued(alone.text, conversation, edition)
    if resolved is None:
        return alone, draft
    again = draft_of(resolved.text, edition, day, added=resolved.added)
    before = draft_of(conversation.subject, edition, day).hits
    same = again.hits and before and again.hits[0].passage.document == before[0].passage.document
    told = again.outcome in FOUND or (again.hits and not again.hits[0].passage.stated)
    if not (same and told and speaks_of(alone.text, again.hits, edition)):
        return alone, draft
    return resolved, again


def same_passage(passage: Passage, edition: Edition) -> Hit | None:
    """Find a passage of any edition in this one: same document, heading and text, or none.

    What a document does not state has no text to show, so it is not found.
    """
    if not passage.stated:
        return None
    passages = edition.corpus.passages
    first = edition.catalogue.firsts.get(passage.document.id, len(passages))
    for ordinal in range(first, len(passages)):
        one = passages[ordinal]
        if one.document.id != passage.document.id:
            return None
        if one.stated and (one.heading, one.text) == (passage.heading, passage.text):
            return Hit(one, ordinal, 0.0, ())
    return None


def unfold(hit: Hit, edition: Edition, day: date) -> Answer:
    """Show one whole passage with its source and its validity on a day."""
    evidence = _evidence(hit, Excerpt(""), edition, day)
    blocks = (
        composing.quote_of(hit.passage.text, evidence.citation),
        composing.source_of(evidence.citation),
        _status_block(evidence, edition, day),
    )
    draft = Draft(Outcome.ANSWERED, blocks)
    named = f"\0{hit.passage.document.id}#{hit.ordinal}"  # no question holds a NUL
    return _answer(
        draft, typed=named, resolved=named, after=Conversation(), edition=edition, day=day
    )


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


def _not_spoken_of(added: str, draft: Draft, edition: Edition) -> Draft:
    """Refuse a follow-up that brought in what the passage found first does not hold."""
    verdict = Verdict(Outcome.NO_ANSWER, reasons=(Reason.FOLLOW_UP,), word=added)
    refusal = replies.no_answer(verdict, edition)
    return Draft(verdict.outcome, refusal, hits=draft.hits, query=draft.query, verdict=verdict)


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
    evidence = tuple(_evidence(hit, excerpt, edition, day) for hit, excerpt in chosen)
    if names_other_row(query.text, composing.lead_of(evidence[0]).text):
        verdict = Verdict(Outcome.NO_ANSWER, reasons=(Reason.OTHER_ROW,), judged=verdict.judged)
        return Draft(verdict.outcome, replies.no_answer(verdict, edition), verdict=verdict)
    blocks = _told(verdict, limit, evidence, edition, day)
    return Draft(verdict.outcome, blocks, evidence, verdict=verdict)


def _worked(working: Working, verdict: Verdict, edition: Edition, day: date) -> Draft:
    """Tell what was worked out, and above it where a rule is not known to hold on the day."""
    evidence = _evidence(working.hit, working.excerpt, edition, day)
    status = _status_block(evidence, edition, day)
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


def _evidence(hit: Hit, excerpt: Excerpt, edition: Edition, day: date) -> Evidence:
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
    status = _status_block(first, edition, day)
    blocks = [
        *replies.cautions(verdict, edition.corpus.office),
        *([status] if first.status in GONE else []),
        lead,
        *([quote] if lead.text != first.excerpt.text else []),
        composing.source_of(first.citation, first.hit.copies),
        *([] if first.status in GONE else [status]),
    ]
    return tuple(blocks)


def _status_block(evidence: Evidence, edition: Edition, day: date) -> Block:
    document, office = evidence.hit.passage.document, edition.corpus.office
    return composing.status_of(document, evidence.status, edition.catalogue, office, day)


def _shown_text(verdict: Verdict, evidence: Evidence) -> str:
    """Give the excerpt; where a sentence of ours leads, the one that it rests on is shown too."""
    return evidence.hit.passage.text if verdict.outside_grade else evidence.excerpt.text


def _answer(
    draft: Draft, *, typed: str, resolved: str, after: Conversation, edition: Edition, day: date
) -> Answer:
    named = f"{edition.fingerprint}\n{day.isoformat()}\n{typed}\n{resolved}"
    return Answer(
        id=hashlib.sha256(named.encode()).hexdigest()[:ID_DIGITS],
        question=typed,
        outcome=draft.outcome,
        blocks=draft.blocks,
        edition=edition.fingerprint,
        evidence=draft.evidence,
        computed=draft.computed,
        choices=draft.choices,
        conversation=after,
    )
