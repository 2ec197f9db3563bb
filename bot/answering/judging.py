"""Hits → verdict: answered, hedged or refused, and why, by what the passages hold."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.answering.items import unlisted_item
from bot.answering.regions import Reach, Regional, places_in, regional
from bot.answering.support import support_of
from bot.models.documents import Passage
from bot.models.questions import Hit, Outcome
from bot.retrieval.edition import Edition
from bot.retrieval.retriever import Query
from bot.text.normalise import normalise
from bot.text.places import Place

# Chosen on the tuned half of the shipped judgements; the kept half measures them.
LEAST_MASS = 6.0  # held words that say less than one plain noun are chance
LEAST_COVER = 0.15  # below: most of what is asked is not there
SURE_COVER = 0.45  # from here on the passage holds most of what is asked
FULL_COVER = 0.8  # from here on a short question of common words (哪些能补) is carried too


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome with the hits to show, and what a caution or a refusal has to name."""

    outcome: Outcome
    hits: tuple[Hit, ...] = ()
    place: Place | None = None
    reach: Reach = Reach.NAMED
    silent: Passage | None = None  # the entry of `not_stated` that says it
    unlisted: str = ""  # the item that no rule lists
    lacking: str = ""  # the kind of answer (金额, 电话 …) that no passage gives


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
    return _with_place(verdict, places)


def _judge_first(query: Query, hits: tuple[Hit, ...], edition: Edition) -> Verdict:
    first = hits[0].passage
    support = support_of(first, query, edition)
    unlisted = unlisted_item(query, first.document, edition)
    if unlisted:
        return Verdict(Outcome.NO_ANSWER, hits, unlisted=unlisted)
    carried = support.mass >= LEAST_MASS or support.cover >= FULL_COVER
    if not carried or support.cover < LEAST_COVER:
        return Verdict(Outcome.NO_ANSWER)
    silent = _silent_on(query, first, edition)
    if silent:
        return Verdict(Outcome.NO_ANSWER, silent=silent)
    shown = tuple(hit for hit in hits if hit.passage.stated)
    lacking = query.cue.name if query.cue and not _gives(first, query) else ""
    sure = support.cover >= SURE_COVER and not lacking
    return Verdict(Outcome.ANSWERED if sure else Outcome.HEDGED, shown, lacking=lacking)


def _silent_on(query: Query, first: Passage, edition: Edition) -> Passage | None:
    """Find the entry of `not_stated` that the question is about.

    It was found first, or the question names what it is about (手机, 电话) and the passage
    that was found first, of the same document, does not hold that word.
    """
    if not first.stated:
        return first
    asked, held = normalise(query.text), normalise(first.text)
    for passage in edition.corpus.passages:
        if passage.stated or passage.document != first.document:
            continue
        about = normalise(passage.heading)
        if about in asked and about not in held:
            return passage
    return None


def _gives(passage: Passage, query: Query) -> bool:
    return query.cue is None or bool(query.cue.given.search(normalise(passage.text)))


def _with_place(verdict: Verdict, places: tuple[Place, ...]) -> Verdict:
    """Hedge where the rule is of another level than the place that the question names."""
    if verdict.outcome not in {Outcome.ANSWERED, Outcome.HEDGED}:
        return verdict
    one: Regional = regional(verdict.hits[0].passage, places)
    if one.reach is Reach.NAMED:
        return verdict
    return replace(verdict, outcome=Outcome.HEDGED, place=one.place, reach=one.reach)
