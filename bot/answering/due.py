"""Question → last days: when the business that is named is done, handed in on a named day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.answering.composing import bold_lead, note
from bot.answering.deadlines import Deadline, day_text, work_out
from bot.answering.replies import lead
from bot.answering.validity import status_on
from bot.answering.verdicts import Verdict
from bot.answering.workdays import Calendar
from bot.answering.workings import Working, excerpt_of, holder_of
from bot.models.documents import TimeLimit
from bot.models.explanations import RuleUse
from bot.models.questions import Block, Computed, ComputedKind, Hit, Status
from bot.retrieval.catalogue import named_in, names_of
from bot.retrieval.edition import Edition
from bot.retrieval.retriever import Query
from bot.text.days import Named, day_named, without_day
from bot.text.figures import searchable

ABOUT_TIME = frozenset({"时间", "天数"})  # kinds of answer that a last day is
FURTHEST = 366  # days to come: nobody plans further, and no calendar is known there
EARLIEST = 2004  # the first year whose days off are on record


def without_circumstances(text: str, edition: Edition, day: date) -> str:
    """Drop the day of handing in from a question about something that a rule is about.

    What is left is what is searched for: no rule speaks of the day on which one asks.
    """
    searched = searchable(text)
    if not any(named_in(searched, edition.catalogue.items)):
        return text
    left = without_day(searched, day)
    return text if left == searched else left


def days_told(
    text: str, query: Query, verdict: Verdict, edition: Edition, day: date
) -> Working | None:
    """Work out the last day from the whole text of a question.

    None where no time limit is meant or no day is named.
    """
    if hindrance(query, verdict, edition, day):
        return None
    named = day_named(searchable(text), day)
    found = tuple(_limits(query, verdict, edition)) if named else ()
    if named is None or not found:
        return None
    calendar = Calendar(edition.corpus.workdays)
    accepted = _accepted(named, day, calendar)
    hit = found[0][1]
    if isinstance(accepted, str):
        return Working((lead(accepted),), hit, excerpt_of(found[0][0].quote), missing=True)
    return _told(found, accepted, day, calendar)


def limit_told(query: Query, verdict: Verdict, edition: Edition, day: date) -> str:
    """Give the words of the one time limit that a question asks for, empty where none is meant."""
    if query.cue is None or hindrance(query, verdict, edition, day):
        return ""
    quotes = tuple(limit.quote for limit, _ in _limits(query, verdict, edition))
    return quotes[0] if len(quotes) == 1 else ""


def hindrance(query: Query, verdict: Verdict, edition: Edition, day: date) -> RuleUse | None:
    """Tell why no day is worked out: a question must ask when, of a rule that is surely meant."""
    if not verdict.sure or (verdict.lacking and verdict.lacking not in ABOUT_TIME):
        return RuleUse.UNSURE
    if verdict.place or verdict.unknown_place:
        return RuleUse.OTHER_PLACE
    if status_on(verdict.hits[0].passage.document, edition.catalogue, day) is Status.NOT_YET:
        return RuleUse.NOT_YET
    if query.cue is not None:
        return None if query.cue.name in ABOUT_TIME else RuleUse.OTHER_KIND
    asks_when = not query.asks or query.text.rstrip("?？。 ").endswith("呢")
    return None if asks_when else RuleUse.OTHER_KIND


def _limits(query: Query, verdict: Verdict, edition: Edition) -> Iterator[tuple[TimeLimit, Hit]]:
    """Give the time limits whose item is named, with the hit that holds their quote."""
    document = verdict.hits[0].passage.document
    for limit in document.time_limits:
        hit = holder_of(limit.quote, verdict.hits, document.id)
        if hit and names_item(query, limit, edition):
            yield limit, hit


def names_item(query: Query, limit: TimeLimit, edition: Edition) -> bool:
    """Tell whether a question names what a time limit is for, by any of its names.

    What a follow-up brought in must be among the limit's words: 「那房产证呢」 asks for its own.
    """
    names = names_of({limit.item, *limit.also_called}, edition.synonyms)
    asked, held = searchable(query.text), searchable(limit.quote)
    meant = all(word in held for word in query.added)
    return meant and any(name in asked for name in names)


def _accepted(named: Named, today: date, calendar: Calendar) -> date | str:
    """Give the day that is named, or say what is wrong with it."""
    if named.several:
        return f"说到了几个日期（{named.said}），请只说受理的那一天。"
    found = named.day
    if named.holiday:
        found = calendar.first_after_holiday(named.holiday, today)
        if found is None:
            return f"「{named.said}」的放假安排还没有收录，请说具体的日期。"
    if found is None:
        return f"没有「{named.said}」这一天，请核对日期。"
    if (found - today).days > FURTHEST or found.year < EARLIEST:
        return f"「{named.said}」离今天太远，算不出办结日期，请核对日期。"
    return found


def _told(
    found: tuple[tuple[TimeLimit, Hit], ...], accepted: date, today: date, calendar: Calendar
) -> Working | None:
    worked = [
        (limit, hit, deadline)
        for limit, hit in found
        if (deadline := work_out(limit, accepted, calendar)) is not None
    ]
    if not worked:
        return None
    lines: list[Block] = []
    for limit, _, deadline in worked:
        said = _said(limit, deadline, today)
        lines.append((note if lines else bold_lead)(said))
        lines += [note(f"{step}。") for step in deadline.steps]
    assumptions = dict.fromkeys(one for _, _, each in worked for one in each.assumptions)
    lines += [note(f"{one}。") for one in assumptions]
    first = worked[0]
    quotes = "".join(dict.fromkeys(limit.quote for limit, hit, _ in worked if hit is first[1]))
    computed = tuple(_computed(*one) for one in worked)
    return Working(tuple(lines), first[1], excerpt_of(quotes), computed)


def _said(limit: TimeLimit, deadline: Deadline, today: date) -> str:
    day = day_text(deadline.day)
    if not deadline.known:
        unknown = f"{deadline.day.year}年放假安排未收录，给不出准确日期"
        return f"{limit.item}的办结期限不早于 {day}，{unknown}。"
    past = "，这一天已经过去" if deadline.day < today else ""
    return f"{limit.item}最晚 {day} 办结{past}。"


def _computed(limit: TimeLimit, hit: Hit, deadline: Deadline) -> Computed:
    return Computed(
        kind=ComputedKind.DEADLINE,
        quote=limit.quote,
        document=hit.passage.document.id,
        heading=hit.passage.heading,
        steps=deadline.steps,
        assumptions=deadline.assumptions,
        day=deadline.day if deadline.known else None,
        not_before=None if deadline.known else deadline.day,
    )
