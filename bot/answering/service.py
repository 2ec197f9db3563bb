"""The door of answering: one question in, one answer out, nothing read and nothing written."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from bot.answering import composing, replies
from bot.answering.conversation import Resolved, continued, resolve
from bot.answering.drafting import LONGEST_QUESTION, draft_of, evidence_of, status_block
from bot.answering.drafts import Draft, Trace
from bot.answering.judging import speaks_of
from bot.answering.parts import MOST, parts_of
from bot.answering.relating import related_to
from bot.answering.smalltalk import without_greeting
from bot.answering.verdicts import Verdict
from bot.models.documents import Passage
from bot.models.explanations import Reason
from bot.models.questions import (
    FOUND,
    Answer,
    Block,
    BlockKind,
    Conversation,
    Excerpt,
    Hit,
    Outcome,
    Question,
)
from bot.retrieval.edition import Edition
from bot.retrieval.spelling import Correction, corrected
from bot.text.normalise import readable

LONGEST_SUBJECT = 200  # characters of a subject: with a follow-up it stays a question
# Ends of a short question after which the subject before it is tried.
LEFT_OPEN = frozenset({Outcome.HEDGED, Outcome.TOO_VAGUE, Outcome.NO_ANSWER})
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
    answer = replace(answer, related=related_to(answer))
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
    evidence = evidence_of(hit, Excerpt(""), edition, day)
    blocks = (
        composing.quote_of(hit.passage.text, evidence.citation),
        composing.source_of(evidence.citation),
        status_block(evidence, edition, day),
    )
    draft = Draft(Outcome.ANSWERED, blocks)
    named = f"\0{hit.passage.document.id}#{hit.ordinal}"  # no question holds a NUL
    return _answer(
        draft, typed=named, resolved=named, after=Conversation(), edition=edition, day=day
    )


def _not_spoken_of(added: str, draft: Draft, edition: Edition) -> Draft:
    """Refuse a follow-up that brought in what the passage found first does not hold."""
    verdict = Verdict(Outcome.NO_ANSWER, reasons=(Reason.FOLLOW_UP,), word=added)
    refusal = replies.no_answer(verdict, edition)
    return Draft(verdict.outcome, refusal, hits=draft.hits, query=draft.query, verdict=verdict)


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
