"""Hits → verdict: answered, hedged or refused, and why, by what the passages hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.answering.items import RARE, other_business, unlisted_item
from bot.answering.regions import Reach, Regional, places_in, regional, unknown_place
from bot.answering.support import Support, support_of
from bot.models.documents import Document, Passage
from bot.models.questions import Hit, Outcome
from bot.retrieval.edition import Edition
from bot.retrieval.retriever import Query
from bot.text.normalise import normalise
from bot.text.places import Place

# Chosen on the tuned half of the shipped judgements (4 % refused), on the shipped `asks`, each
# asked without itself in the index (5 % refused), and on 1,900 public questions on other
# subjects (6 % shown, hedged, 1 % answered). The kept half only measures them.
LEAST_COVER = 0.33  # below: most of what is asked is not there
SURE_COVER = 0.5  # from here on the passage holds most of what is asked
# 专利补贴多少, 多少奖金: what is asked for stands beside the word that asks how much.
HOW_MUCH = r"{0}(标准|金额|额度)?(是|要|有)?(多少|几)|(多少|几).?{0}"
YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|到|至|-|—)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome with the hits to show, and what a caution or a refusal has to name."""

    outcome: Outcome
    hits: tuple[Hit, ...] = ()
    place: Place | None = None
    reach: Reach = Reach.NAMED
    unknown_place: str = ""  # a word for a place that is not in the table of places
    silent: Passage | None = None  # the entry of `not_stated` that says it
    unlisted: str = ""  # the item that no rule lists
    listing: Document | None = None  # the document whose list it is not on
    lacking: str = ""  # the year or the kind of answer (金额, 电话 …) that the passage lacks


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


def _judge_first(query: Query, found: tuple[Hit, ...], edition: Edition) -> Verdict:
    hits = _better_carried(query, found, edition)
    first = hits[0].passage
    support = support_of(first, query, edition)
    silent = _named_silent(query, first, edition)
    if silent:
        return Verdict(Outcome.NO_ANSWER, silent=silent)
    unlisted = unlisted_item(query, first.document, edition)
    if unlisted:
        return Verdict(Outcome.NO_ANSWER, listing=first.document, unlisted=unlisted)
    if support.cover < LEAST_COVER or other_business(query, first, edition):
        return Verdict(Outcome.NO_ANSWER)
    if not first.stated:
        return Verdict(Outcome.NO_ANSWER, silent=first)
    shown = tuple(hit for hit in hits if hit.passage.stated)
    lacking = _lacking(first, query, support)
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


def _scheme(document: Document, edition: Edition) -> tuple[Document, ...]:
    """Give a document and those that follow it: what they leave open is one matter."""
    followers = (
        other
        for other in edition.corpus.documents
        for supersession in other.supersedes
        if supersession.document == document.id
    )
    return (document, *followers)


def _named_silent(query: Query, first: Passage, edition: Edition) -> Passage | None:
    """Find the entry of `not_stated` whose subject (手机, 电话) the question names.

    It is one of the scheme that was found first, and the passage that was found first does
    not hold the subject.
    """
    scheme = _scheme(first.document, edition)
    asked, held = normalise(query.text), normalise(first.text)
    for passage in edition.corpus.passages:
        if passage.stated or passage.document not in scheme:
            continue
        about = normalise(passage.heading)
        if about in asked and about not in held:
            return passage
    return None


def _lacking(passage: Passage, query: Query, support: Support) -> str:
    """Name what is asked for and the passage lacks: a year, a thing, or a kind of answer."""
    held = normalise(f"{passage.document.title}\n{passage.heading}\n{passage.text}")
    for year in YEAR.findall(normalise(query.text)):
        if year not in held and year not in _stated_years(passage.document):
            return f"{year}年"
    asked = normalise(query.text)
    for word in support.missing:
        if len(word) > 1 and re.search(HOW_MUCH.format(re.escape(word)), asked):
            return word
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
        return (
            replace(verdict, outcome=Outcome.HEDGED, unknown_place=unknown) if unknown else verdict
        )
    return replace(verdict, outcome=Outcome.HEDGED, place=one.place, reach=one.reach)
