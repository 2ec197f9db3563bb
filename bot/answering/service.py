"""The door of answering: one question in, one answer out, nothing read and nothing written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from bot.answering import composing, replies
from bot.answering.conversation import resolve
from bot.answering.judging import as_staff_ask, judge, speaks_of
from bot.answering.smalltalk import is_small_talk, without_greeting
from bot.answering.vagueness import choices_for, is_vague
from bot.answering.validity import GONE, asks_for_past, preferred, status_on
from bot.answering.verdicts import Verdict
from bot.models.documents import Passage
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
)
from bot.retrieval.choosing import choose
from bot.retrieval.edition import Edition
from bot.retrieval.retriever import DEPTH, Query, read_query, retrieve
from bot.retrieval.rows import names_other_row
from bot.text.normalise import readable

LONGEST_QUESTION = 500  # characters; the longest real one seen has under 200
LONGEST_SUBJECT = 200  # characters of a subject: with a follow-up it stays a question
SHOWN = 3  # passages of one answer: what a phone screen holds, folded
ID_DIGITS = 16  # hexadecimal: 64 bits tell all answers of an office apart


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before it has its id, its question and its edition.

    `hits` are all that were retrieved, in the order in which they were judged; `cover` is the
    support that the thresholds judged, 1 where none was asked.
    """

    outcome: Outcome
    blocks: tuple[Block, ...]
    evidence: tuple[Evidence, ...] = ()
    choices: tuple[Choice, ...] = ()
    hits: tuple[Hit, ...] = ()
    cover: float = 1.0


def ask(question: Question, conversation: Conversation, edition: Edition, day: date) -> Answer:
    """Answer a question as of a day, with the conversation as it is after it.

    Pure: the same question, conversation, edition and day give an equal answer.
    """
    typed = readable(question.text)
    resolved = resolve(without_greeting(typed), conversation, edition)
    draft = draft_of(resolved.text, edition, day)
    if resolved.added and not speaks_of(resolved.added, draft.hits, edition):
        refusal = replies.no_answer(Verdict(Outcome.NO_ANSWER), edition)
        draft = Draft(Outcome.NO_ANSWER, refusal, hits=draft.hits)
    if resolved.changed:
        understood = Block(BlockKind.UNDERSTOOD, f"（按「{resolved.text}」理解）")
        draft = replace(draft, blocks=(understood, *draft.blocks))
    found = draft.outcome in {Outcome.ANSWERED, Outcome.HEDGED}
    subject = resolved.subject if found else conversation.subject
    after = Conversation(conversation.id, subject[:LONGEST_SUBJECT])
    return _answer(
        draft, typed=typed, resolved=resolved.text, after=after, edition=edition, day=day
    )


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


def draft_of(text: str, edition: Edition, day: date, depth: int = DEPTH) -> Draft:
    """Answer one text by itself, without conversation; `depth` is how many hits to retrieve."""
    if len(text) > LONGEST_QUESTION:
        return Draft(Outcome.TOO_VAGUE, replies.too_long(LONGEST_QUESTION))
    if is_small_talk(text):
        return Draft(Outcome.DECLINED, replies.declined(edition.catalogue))
    query = read_query(text, edition)
    found = retrieve(query, edition, depth).hits
    past = asks_for_past(text, edition.catalogue)
    hits = as_staff_ask(query, preferred(found, edition.catalogue, day, past), edition, day)
    return replace(_judged(query, hits, edition, day), hits=hits)


def _vague(choices: tuple[Choice, ...], edition: Edition) -> Draft:
    topics = tuple(Choice(topic, topic) for topic in edition.corpus.office.hot_topics)
    return Draft(Outcome.TOO_VAGUE, replies.too_vague(), choices=choices or topics)


def _judged(query: Query, hits: tuple[Hit, ...], edition: Edition, day: date) -> Draft:
    if is_vague(query, edition):
        return _vague(choices_for(hits), edition)
    verdict = judge(query, hits, edition, day)
    if verdict.outcome is Outcome.NO_ANSWER:
        blocks = replies.no_answer(verdict, edition)
        return Draft(Outcome.NO_ANSWER, blocks, cover=verdict.cover)
    chosen = choose(verdict.hits, query.sought, edition, SHOWN)
    evidence = tuple(_evidence(hit, excerpt, edition, day) for hit, excerpt in chosen)
    if names_other_row(query.text, composing.lead_of(evidence[0]).text):
        return Draft(Outcome.NO_ANSWER, replies.no_answer(Verdict(Outcome.NO_ANSWER), edition))
    blocks = _told(verdict, evidence, edition, day)
    return Draft(verdict.outcome, blocks, evidence, cover=verdict.cover)


def _evidence(hit: Hit, excerpt: Excerpt, edition: Edition, day: date) -> Evidence:
    return Evidence(
        hit=hit,
        excerpt=excerpt,
        citation=composing.citation_of(hit.passage),
        status=status_on(hit.passage.document, edition.catalogue, day),
    )


def _told(
    verdict: Verdict, evidence: tuple[Evidence, ...], edition: Edition, day: date
) -> tuple[Block, ...]:
    """Put the sentence that answers first, then what it rests on.

    Only that a rule does not hold on the day goes before it.
    """
    first = evidence[0]
    lead = replies.outside_grade(verdict) or composing.lead_of(first)
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
        choices=draft.choices,
        conversation=after,
    )
