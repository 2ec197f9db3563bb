"""Hits → verdict: answered, hedged or refused, and why, by what the passages hold."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answering.items import RARE
from bot.answering.refusing import refusal_of
from bot.answering.regions import Reach, Regional, places_in, regional, unknown_place
from bot.answering.support import Support, support_of
from bot.answering.verdicts import Verdict
from bot.models.documents import Document, Passage
from bot.models.questions import Hit, Outcome
from bot.retrieval.edition import Edition
from bot.retrieval.retriever import Query
from bot.text.normalise import normalise
from bot.text.places import Place

SURE_COVER = 0.5  # from here on the passage holds most of what is asked
PUNCTUATION = re.compile(r"[\W_]+")
UNIT = re.compile(r".+[区县市州盟旗]")  # a place by its form, not only by the dictionary
YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|到|至|-|—)")


def judge(query: Query, hits: tuple[Hit, ...], edition: Edition) -> Verdict:
    """Decide how a question ends; a hit of another place is never shown as if it applied."""
    places = places_in(query.text)
    reached = [(hit, regional(hit.passage, places)) for hit in hits]
    inside = tuple(hit for hit, one in reached if one.reach is not Reach.OUTSIDE)
    if not inside:
        return Verdict(Outcome.NO_ANSWER, place=reached[0][1].place if reached else None)
    verdict = _judge_first(query, inside, edition)
    first = reached[0][1]
    if verdict.outcome is Outcome.NO_ANSWER and first.reach is Reach.OUTSIDE:
        return replace(verdict, place=first.place)
    return _with_place(verdict, query, places, edition)


def as_staff_ask(text: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Put first the passage to which staff attached this very question."""
    asked = PUNCTUATION.sub("", normalise(text))

    def is_attached(hit: Hit) -> bool:
        return any(PUNCTUATION.sub("", normalise(ask)) == asked for ask in hit.passage.asks)

    return tuple(sorted(hits, key=lambda hit: not is_attached(hit)))


def _judge_first(query: Query, found: tuple[Hit, ...], edition: Edition) -> Verdict:
    hits = _better_carried(query, found, edition)
    first = hits[0].passage
    support = support_of(first, query, edition)
    refusal = refusal_of(query, first, support, edition)
    if refusal:
        return refusal
    shown = tuple(hit for hit in hits if hit.passage.stated)
    lacking = _lacking(first, query)
    carried = support.cover >= SURE_COVER and _is_named(support)
    sure = carried and not lacking and not _leaves_doubt(first, support, edition)
    return Verdict(Outcome.ANSWERED if sure else Outcome.HEDGED, shown, lacking=lacking)


def _is_named(support: Support) -> bool:
    """Tell whether what is held names a subject: 金 and 领 alone, of 失业金怎么领, do not."""
    return not support.missing or any(len(word) > 1 for word in support.held)


def _leaves_doubt(passage: Passage, support: Support, edition: Edition) -> bool:
    """Tell whether a question to a rule names a thing that the rule's passage does not hold.

    A rule decides on money or a day; a noun in the question that it does not know may be what
    the question is about (平板 of 平板电脑, 身份证).
    """
    document = passage.document
    quotes = [benefit.quote for benefit in document.benefits]
    quotes += [limit.quote for limit in document.time_limits]
    if not any(quote in passage.text for quote in quotes):
        return False
    analyzer = edition.analyzer
    return any(
        len(word) > 1 and analyzer.is_noun(word) and analyzer.surprise(word) >= RARE
        for word in support.missing
    )


def _better_carried(query: Query, hits: tuple[Hit, ...], edition: Edition) -> tuple[Hit, ...]:
    """Put a stated passage before an entry of `not_stated` that carries the question less.

    What a document does say goes before what it leaves open, where both are asked alike.
    """
    first = hits[0]
    if first.passage.stated:
        return hits
    least = support_of(first.passage, query, edition).cover
    for hit in hits:
        passage = hit.passage
        same = passage.stated and passage.document == first.passage.document
        if same and support_of(passage, query, edition).cover > least:
            return (hit, *(other for other in hits if other is not hit))
    return hits


def _lacking(passage: Passage, query: Query) -> str:
    """Name what is asked for and the passage lacks: a year, or a kind of answer."""
    held = normalise(f"{passage.document.title}\n{passage.heading}\n{passage.text}")
    for year in YEAR.findall(normalise(query.text)):
        if year not in held and year not in _stated_years(passage.document):
            return f"{year}年"
    if query.cue and not query.cue.given.search(normalise(passage.text)):
        return query.cue.name
    return ""


def _stated_years(document: Document) -> frozenset[str]:
    days = (document.effective_from, document.effective_until, document.source.reported)
    issued = {str(document.issued.year)} if document.issued else set()
    return frozenset({str(day.year) for day in days if day} | issued)


def _with_place(
    verdict: Verdict, query: Query, places: tuple[Place, ...], edition: Edition
) -> Verdict:
    """Hedge where the rule is of another level than the place that the question names."""
    if verdict.outcome not in {Outcome.ANSWERED, Outcome.HEDGED}:
        return verdict
    passage = verdict.hits[0].passage
    one: Regional = regional(passage, places)
    if one.reach is Reach.NAMED:
        unknown = unknown_place(query, passage, edition)
        if UNIT.fullmatch(unknown):
            return Verdict(Outcome.NO_ANSWER, unknown_place=unknown)
        return (
            replace(verdict, outcome=Outcome.HEDGED, unknown_place=unknown) if unknown else verdict
        )
    return replace(verdict, outcome=Outcome.HEDGED, place=one.place, reach=one.reach)
