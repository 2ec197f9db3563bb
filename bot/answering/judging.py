"""Hits → verdict: answered, hedged or refused, and why, by what the passages hold."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.answering.items import RARE, items_of_rules, outside_grade
from bot.answering.lacking import lacking_of
from bot.answering.refusing import is_attached, is_meant, refusal_of
from bot.answering.regions import Reach, Regional, places_in, regional, unknown_place
from bot.answering.support import QUANTITY, Support, share_held, support_of
from bot.answering.validity import GONE, OVER, asks_for_past, names_past, status_on
from bot.answering.verdicts import Verdict
from bot.models.documents import Passage
from bot.models.explanations import Reason
from bot.models.questions import Hit, Outcome, Status
from bot.retrieval.analyzer import is_function_word
from bot.retrieval.edition import Edition, searched_text
from bot.retrieval.retriever import DEPTH, Query, gives_kind
from bot.text.figures import searchable
from bot.text.normalise import normalise
from bot.text.places import Place

# That something is got done is what every time limit is about, in whichever words.
DONE = re.compile(
    r"(办|审|审查|审批|办理|处理|弄|搞)(完|好|结|成|下来|出来|掉|理)?|完成|结束|拿到|下来|出来|最晚|最迟|最快"
)
PLAIN = 8.0  # surprise from which a word says what a question is about (装修 9.6)
UNIT = re.compile(r"(?!别|其|全|外).+[区县市州盟旗]")  # a place by its form
# Who buys, and what, are terms of a rule on money; a passage that is silent on them is not sure.
OTHER_TERMS = re.compile(
    r"公司|企业|单位|个体户|商用|学校|医院|幼儿园|村委|居委|合作社|机关|工厂|商店|酒店|饭店"
    r"|二手|翻新|租赁|出租|回收|移机|消费券|下乡"
)
ABOUT_RULE = re.compile(rf".级|现在|目前|以前|之前|后来|今年|去年|明年|{OTHER_TERMS.pattern}")


def judge(query: Query, hits: tuple[Hit, ...], edition: Edition, day: date) -> Verdict:
    """Decide how a question ends; a hit of another place is never shown as if it applied."""
    places = places_in(query.text)
    reached = [(hit, regional(hit.passage, places)) for hit in hits]
    inside = tuple(hit for hit, one in reached if one.reach is not Reach.OUTSIDE)
    if not reached:
        return Verdict(Outcome.NO_ANSWER, reasons=(Reason.NOTHING_FOUND,))
    first = reached[0][1]
    if not inside:
        return Verdict(Outcome.NO_ANSWER, reasons=(Reason.ELSEWHERE,), place=first.place)
    verdict = _judge_first(query, inside, edition, day)
    if verdict.outcome is Outcome.NO_ANSWER and first.reach is Reach.OUTSIDE:
        return replace(verdict, reasons=(Reason.ELSEWHERE, *verdict.reasons), place=first.place)
    return _with_place(_in_time(verdict, query, edition, day), query, places, edition)


def _in_time(verdict: Verdict, query: Query, edition: Edition, day: date) -> Verdict:
    """Hedge where the rule does not hold on the day and the past was not asked for.

    Nothing is worked out from it either.
    """
    if verdict.outcome not in {Outcome.ANSWERED, Outcome.HEDGED}:
        return verdict
    status = status_on(verdict.hits[0].passage.document, edition.catalogue, day)
    if status not in GONE or (status in OVER and _asks_for_past(query.text, edition)):
        return verdict
    if is_attached(query, verdict.hits[0].passage):
        return verdict
    reasons = (Reason.OUT_OF_FORCE,)
    return replace(verdict, outcome=Outcome.HEDGED, reasons=reasons, sure=False)


def as_staff_ask(
    query: Query, hits: tuple[Hit, ...], edition: Edition, day: date
) -> tuple[Hit, ...]:
    """Put first the passage to which staff attached this very question, if it has come.

    Not one of a document that is over, where one that holds carries the question, too.
    """

    def is_meant(hit: Hit) -> bool:
        if not is_attached(query, hit.passage):
            return False
        status = status_on(hit.passage.document, edition.catalogue, day)
        past = not hit.passage.stated or _asks_for_past(query.text, edition)
        if status in OVER and not past:
            return not _is_carried_now(query, hits, edition, day)
        return status is not Status.NOT_YET

    return tuple(sorted(hits, key=lambda hit: not is_meant(hit)))


def _asks_for_past(question: str, edition: Edition) -> bool:
    """Tell whether an earlier rule is asked for as such, if only whether it still holds."""
    return asks_for_past(question, edition.catalogue) or names_past(question, edition.catalogue)


def _is_carried_now(query: Query, hits: tuple[Hit, ...], edition: Edition, day: date) -> bool:
    """Tell whether the best passage of a document that holds carries a question."""
    holding = (
        hit.passage
        for hit in hits
        if hit.passage.stated
        and status_on(hit.passage.document, edition.catalogue, day) not in GONE
    )
    first = next(holding, None)
    least = edition.corpus.calibration.refuse_below
    return first is not None and support_of(first, query, edition).cover >= least


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
        return replace(refusal, judged=first, support=support)
    grade = outside_grade(query, first.document)
    lacking = "" if grade else lacking_of(first, query, day)
    doubts = {} if hits is carried else {Reason.NOT_MEANT: ""}
    doubts |= _doubts(query, first, support, edition, bool(grade))
    reasons = (*([Reason.LACKING] if lacking else []), *doubts)
    return Verdict(
        Outcome.HEDGED if reasons else Outcome.ANSWERED,
        tuple(hit for hit in hits if hit.passage.stated),
        reasons=reasons or (Reason.OUTSIDE_GRADE if grade else Reason.SUPPORTED,),
        judged=first,
        support=support,
        word="".join(doubts.values()),
        sure=not doubts,
        outside_grade=grade,
        lacking=lacking,
    )


def _beside(first: Passage, hits: tuple[Hit, ...]) -> tuple[Passage, ...]:
    """Give the other passages of the first document among the best, however many were sought."""
    found = (hit.passage for hit in hits[:DEPTH] if hit.passage.stated)
    return tuple(one for one in found if one is not first and one.document.id == first.document.id)


def _doubts(
    query: Query, first: Passage, support: Support, edition: Edition, on_grade: bool
) -> dict[Reason, str]:
    """Give why it is not sure that a passage is meant, each with the word that tells, if one does.

    That no rate is for a grade is sure, whatever else is said.
    """
    doubts: dict[Reason, str] = {}
    if support.cover < edition.corpus.calibration.answer_from:
        doubts[Reason.PARTLY_SUPPORTED] = ""
    if on_grade:
        return doubts
    if not _is_named(support):
        doubts[Reason.UNNAMED] = ""
    return doubts | _left_open(query, first, support, edition)


def _is_named(support: Support) -> bool:
    """Tell whether what is held names a subject: 金 and 领 alone, of 失业金怎么领, do not."""
    return not support.missing or any(len(word) > 1 for word in support.held)


def _left_open(
    query: Query, passage: Passage, support: Support, edition: Edition
) -> dict[Reason, str]:
    """Give the thing that a question to a rule names and the rule's passage does not hold.

    A rule decides on money or a day. Where one of its items is named, a noun that it does not
    know may still be what the question is about (平板 of 平板电脑), and any word where it is about
    days (验收) or none is named (装修); without its item a day is never sure.
    """
    document = passage.document
    other_terms = OTHER_TERMS.search(normalise(query.text))
    if document.benefits and other_terms and other_terms[0] not in passage.text:
        return {Reason.SILENT_TERM: other_terms[0]}
    items = items_of_rules(passage, edition)
    if not items or is_attached(query, passage):
        return {}
    asked = normalise(query.text)
    named = any(item in asked for item in items)
    if not named and document.time_limits:
        return {Reason.OTHER_ITEM: ""}
    analyzer = edition.analyzer
    least = RARE if named else PLAIN
    doubtful = (
        word
        for word in support.missing
        if len(word) > 1 and analyzer.surprise(word) >= least
        if not DONE.fullmatch(word)
        if not named or document.time_limits or analyzer.may_name_thing(word)
    )
    word = next(doubtful, "")
    return {Reason.DOUBTFUL: word} if word else {}


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
            return replace(_refused(verdict, Reason.UNKNOWN_PLACE), unknown_place=unknown)
        if unknown:
            return replace(_hedged(verdict, Reason.UNKNOWN_PLACE), unknown_place=unknown)
        return verdict
    in_passing = verdict.lacking or verdict.cover < edition.corpus.calibration.answer_from
    if one.reach is Reach.PARTLY and in_passing:  # the place is named, but not on this
        return replace(_refused(verdict, Reason.ELSEWHERE), place=one.place)
    return replace(_hedged(verdict, Reason.OTHER_LEVEL), place=one.place, reach=one.reach)


def _refused(verdict: Verdict, reason: Reason) -> Verdict:
    """Refuse after all, and keep what was judged."""
    judged, support = verdict.judged, verdict.support
    return Verdict(Outcome.NO_ANSWER, reasons=(reason,), judged=judged, support=support)


def _hedged(verdict: Verdict, reason: Reason) -> Verdict:
    """Put a reason to hedge before the others: a wrong place is the gravest."""
    others = verdict.reasons if verdict.outcome is Outcome.HEDGED else ()
    return replace(verdict, outcome=Outcome.HEDGED, reasons=(reason, *others))
