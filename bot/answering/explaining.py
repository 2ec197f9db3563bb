"""Trace → explanation: how a question was read, what was found, and why it ended as it did."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answering.considering import considered
from bot.answering.drafts import Trace
from bot.answering.grounds import grounds_of
from bot.answering.regions import places_in, regional
from bot.answering.smalltalk import without_greeting
from bot.answering.validity import status_on
from bot.models.explanations import Explained, Explanation, FoundPassage, Measured, Reading
from bot.retrieval.excerpts import highlights_of
from bot.retrieval.retriever import Query
from bot.retrieval.scores import feature_scores, searched_terms, term_scores

LISTED = 10  # hits: as many as are looked at for what is shown; all twenty would bury the first


def explain(trace: Trace) -> Explained:
    """Explain an answer by what it came from; nothing is decided anew.

    Only what a score is made of is worked out again, by the functions that made the score.
    """
    return Explained(trace.answer, _explanation(trace))


def _explanation(trace: Trace) -> Explanation:
    query = trace.draft.query
    return Explanation(
        day=trace.day,
        readings=tuple(_readings(trace)),
        kind=query.cue.name if query and query.cue else "",
        terms=searched_terms(query, trace.edition) if query else (),
        hits=tuple(_hits(query, trace)) if query else (),
        support=_measured(trace),
        reasons=tuple(grounds_of(trace)),
        rules=tuple(considered(trace)),
        parts=tuple(map(_explanation, trace.parts)),
    )


def _readings(trace: Trace) -> Iterator[Reading]:
    """Give the text as it was typed, and after each step that changed it.

    Whatever else changes a text before it is searched has its line in `steps`, in its order.
    """
    typed = trace.answer.question
    steps = [
        ("without_greeting", without_greeting(typed)),
        ("with_subject", trace.resolved.text),
        ("without_day", trace.draft.query.text if trace.draft.query else ""),
    ]
    yield Reading("typed", typed)
    before = typed
    for step, text in steps:
        if text and text != before:
            yield Reading(step, text)
            before = text


def _hits(query: Query, trace: Trace) -> Iterator[FoundPassage]:
    """Give the first hits in the order in which they were judged, and those that are shown."""
    draft, edition = trace.draft, trace.edition
    shown = {one.hit.ordinal: place for place, one in enumerate(draft.evidence, 1)}
    listed = [
        hit for place, hit in enumerate(draft.hits) if place < LISTED or hit.ordinal in shown
    ]
    places = places_in(query.text)
    features = feature_scores(query, listed, edition)
    for hit, own, terms in zip(listed, features, term_scores(query, listed, edition), strict=True):
        passage = hit.passage
        yield FoundPassage(
            document=passage.document.id,
            heading=passage.heading,
            title=passage.document.title,
            text=passage.text,
            stated=passage.stated,
            status=status_on(passage.document, edition.catalogue, trace.day),
            region=passage.document.region,
            reach=regional(passage, places).reach.value,
            score=hit.score,
            features=own,
            terms=terms,
            highlights=highlights_of(passage.text, query.sought),
            judged=draft.verdict is not None and draft.verdict.judged is passage,
            shown=shown.get(hit.ordinal, 0),
        )


def _measured(trace: Trace) -> Measured | None:
    verdict = trace.draft.verdict
    if verdict is None or verdict.judged is None or verdict.support is None:
        return None
    calibration = trace.edition.corpus.calibration
    return Measured(
        document=verdict.judged.document.id,
        heading=verdict.judged.heading,
        cover=verdict.support.cover,
        refuse_below=calibration.refuse_below,
        answer_from=calibration.answer_from,
        held=verdict.support.held,
        missing=verdict.support.missing,
    )
