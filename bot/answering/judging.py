"""Hits → verdict: answered, hedged or refused, and why, by what the passages hold."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.answering.items import RARE, items_of_rules, outside_grade
from bot.answering.refusing import is_attached, is_meant, refusal_of
from bot.answering.regions import Reach, Regional, places_in, regional, unknown_place
from bot.answering.support import QUANTITY, Support, share_held, support_of
from bot.answering.validity import asks_for_past, status_on
from bot.answering.verdicts import Verdict
from bot.models.documents import Document, Passage
from bot.models.questions import Hit, Outcome, Status
from bot.retrieval.analyzer import is_function_word
from bot.retrieval.catalogue import counts_from
from bot.retrieval.edition import Edition, searched_text
from bot.retrieval.retriever import DEPTH, Query, gives_kind
from bot.text.figures import searchable
from bot.text.normalise import normalise
from bot.text.places import Place

# That something is got done is what every time limit is about, in whichever words.
DONE = re.compile(
    r"(办|审|审查|审批|办理|处理|弄|搞)(完|好|结|成|下来|出来|掉|理)?|完成|结束|拿到|下来|出来"
)
PLAIN = 8.0  # surprise from which a word says what a question is about (装修 9.6)
UNIT = re.compile(r"(?!别|其|全|外).+[区县市州盟旗]")  # a place by its form
# Who buys, and what, are terms of a rule on money; a passage that is silent on them is not sure.
OTHER_TERMS = re.compile(
    r"公司|企业|单位|个体户|商用|学校|医院|幼儿园|村委|居委|合作社|机关|工厂|商店|酒店|饭店"
    r"|二手|翻新|租赁|出租|回收|移机|消费券|下乡"
)
ABOUT_RULE = re.compile(rf".级|现在|目前|以前|之前|后来|今年|去年|明年|{OTHER_TERMS.pattern}")
YEARS_AWAY = {"前年": -2, "去年": -1, "明年": 1}
MONTH = re.compile(r"(?<!\d)(20\d\d)年(1[0-2]|[1-9])月")
YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|到|至|-|—)")


def judge(query: Query, hits: tuple[Hit, ...], edition: Edition, day: date) -> Verdict:
    """Decide how a question ends; a hit of another place is never shown as if it applied."""
    places = places_in(query.text)
    reached = [(hit, regional(hit.passage, places)) for hit in hits]
    inside = tuple(hit for hit, one in reached if one.reach is not Reach.OUTSIDE)
    if not inside:
        return Verdict(Outcome.NO_ANSWER, place=reached[0][1].place if reached else None)
    verdict = _judge_first(query, inside, edition, day)
    first = reached[0][1]
    if verdict.outcome is Outcome.NO_ANSWER and first.reach is Reach.OUTSIDE:
        return replace(verdict, place=first.place)
    return _with_place(verdict, query, places, edition)


def as_staff_ask(
    query: Query, hits: tuple[Hit, ...], edition: Edition, day: date
) -> tuple[Hit, ...]:
    """Put first the passage to which staff attached this very question, if it has come."""

    def is_meant(hit: Hit) -> bool:
        coming = status_on(hit.passage.document, edition.catalogue, day) is Status.NOT_YET
        return is_attached(query, hit.passage) and not coming

    return tuple(sorted(hits, key=lambda hit: not is_meant(hit)))


def speaks_of(added: str, hits: tuple[Hit, ...], edition: Edition) -> bool:
    """Tell whether the passage found first holds what a follow-up brought in.

    Else the subject before it would answer in its place: 「那继承呢」 after 财产登记几天. When,
    who and where a rule is asked for is judged elsewhere.
    """
    if not hits or asks_for_past(added, edition.catalogue) or ABOUT_RULE.search(added):
        return True
    passage = hits[0].passage
    held = searchable("\n".join((searched_text(passage), *passage.asks)))
    words = edition.analyzer.analyze_query(added).words
    return all(
        is_function_word(word) or QUANTITY.fullmatch(word) or share_held(word, held, edition) == 1
        for word in words
    )


def _judge_first(query: Query, found: tuple[Hit, ...], edition: Edition, day: date) -> Verdict:
    carried = _better_carried(query, found, edition)
    hits = _as_meant(query, carried, edition)
    first = hits[0].passage
    support = support_of(first, query, edition, _beside(first, hits))
    refusal = refusal_of(query, first, support, edition)
    if refusal:
        return refusal
    grade = outside_grade(query, first.document)
    lacking = "" if grade else _lacking(first, query, day)
    supported = support.cover >= edition.corpus.calibration.answer_from and hits is carried
    sure = supported and (bool(grade) or _is_sure(query, first, support, edition))
    return Verdict(
        Outcome.ANSWERED if sure and not lacking else Outcome.HEDGED,
        tuple(hit for hit in hits if hit.passage.stated),
        cover=support.cover,
        sure=sure,
        outside_grade=grade,
        lacking=lacking,
    )


def _beside(first: Passage, hits: tuple[Hit, ...]) -> tuple[Passage, ...]:
    """Give the other passages of the first document among the best, however many were sought."""
    found = (hit.passage for hit in hits[:DEPTH] if hit.passage.stated)
    return tuple(one for one in found if one is not first and one.document.id == first.document.id)


def _is_sure(query: Query, first: Passage, support: Support, edition: Edition) -> bool:
    """Tell whether nothing that is asked about is left open, however much is held."""
    return _is_named(support) and not _leaves_doubt(query, first, support, edition)


def _is_named(support: Support) -> bool:
    """Tell whether what is held names a subject: 金 and 领 alone, of 失业金怎么领, do not."""
    return not support.missing or any(len(word) > 1 for word in support.held)


def _leaves_doubt(query: Query, passage: Passage, support: Support, edition: Edition) -> bool:
    """Tell whether a question to a rule names a thing that the rule's passage does not hold.

    A rule decides on money or a day. Where one of its items is named, a noun that it does not
    know may still be what the question is about (平板 of 平板电脑), and any word where it is about
    days (验收) or none is named (装修); without its item a day is never sure.
    """
    document = passage.document
    other_terms = OTHER_TERMS.search(normalise(query.text))
    if document.benefits and other_terms and other_terms[0] not in passage.text:
        return True
    items = items_of_rules(passage, edition)
    if not items or is_attached(query, passage):
        return False
    asked = normalise(query.text)
    named = any(item in asked for item in items)
    if not named and document.time_limits:
        return True
    analyzer = edition.analyzer
    least = RARE if named else PLAIN
    return any(
        len(word) > 1 and analyzer.surprise(word) >= least
        for word in support.missing
        if not DONE.fullmatch(word)
        if not named or document.time_limits or analyzer.may_name_thing(word)
    )


def _better_carried(query: Query, hits: tuple[Hit, ...], edition: Edition) -> tuple[Hit, ...]:
    """Put first the passage of the same document that answers where the first one does not.

    What a document does say goes before an entry of `not_stated` that carries the question
    less; a passage that gives the kind of figure that is asked for goes before one that does
    not and carries the question no better.
    """
    first = hits[0].passage
    if first.stated and gives_kind(first, query):
        return hits
    cover = support_of(first, query, edition).cover
    for hit in hits[1:]:
        passage = hit.passage
        if not passage.stated or passage.document != first.document:
            continue
        own = support_of(passage, query, edition).cover
        gives_more = own >= cover and gives_kind(passage, query) if first.stated else own > cover
        if gives_more:
            return (hit, *(other for other in hits if other is not hit))
    return hits


def _as_meant(query: Query, hits: tuple[Hit, ...], edition: Edition) -> tuple[Hit, ...]:
    """Put what a document states before an entry of `not_stated` that was not asked for."""
    first = hits[0].passage
    if first.stated or is_meant(query, first, edition):
        return hits
    document = first.document.id
    stated = [hit for hit in hits if hit.passage.stated and hit.passage.document.id == document]
    return (*stated[:1], *(hit for hit in hits if hit not in stated[:1])) if stated else hits


def _lacking(passage: Passage, query: Query, day: date) -> str:
    """Name what is asked for and the passage lacks: a year, or a kind of answer."""
    held = normalise(f"{passage.document.title}\n{passage.heading}\n{passage.text}")
    asked = normalise(query.text)
    years = [str(day.year + step) for word, step in YEARS_AWAY.items() if word in asked]
    for year in (*YEAR.findall(asked), *years):
        if year not in held and year not in _stated_years(passage.document):
            return f"{year}年"
    month = next((one for one in MONTH.finditer(asked) if _is_before(one, passage.document)), None)
    if month:
        return month[0]
    return query.cue.name if query.cue and not gives_kind(passage, query) else ""


def _is_before(month: re.Match[str], document: Document) -> bool:
    """Tell whether a document counts only from after a month that is asked about."""
    start = counts_from(document)
    return start is not None and (start.year, start.month) > (int(month[1]), int(month[2]))


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
        if unknown:
            return replace(verdict, outcome=Outcome.HEDGED, unknown_place=unknown)
        return verdict
    in_passing = verdict.lacking or verdict.cover < edition.corpus.calibration.answer_from
    if one.reach is Reach.PARTLY and in_passing:  # the place is named, but not on this
        return Verdict(Outcome.NO_ANSWER, place=one.place)
    return replace(verdict, outcome=Outcome.HEDGED, place=one.place, reach=one.reach)
