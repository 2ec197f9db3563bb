"""Whether a document holds on a day, by what it states and by what follows it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date

from bot.models.documents import Document
from bot.models.questions import Hit, Status
from bot.retrieval.catalogue import Catalogue, Follower, counts_from, named_in
from bot.text.normalise import normalise

# 原来的补贴 asks for the past; 原来的冰箱 does not: what is past must be the rule.
PAST = re.compile(
    r"(以前|从前|原来|原先|早先|早前|先前|当时|之前)的?(家电|节能|国家|省里)?"
    r"(补贴|补助|国补|政策|方案|标准|办法|规定|活动|版|那|最高|最多|能|每|一台|补|呢|是|[，,])"
    r"|^(那)?(以前|过去|从前|原来|原先|之前|早先|先前)(?!的).*(补|减|报销|便宜|优惠|办|多少|几)"
    r"|[旧老]的?(补贴|补助|政策|方案|标准|办法|规定|版)|上一[版轮]|以前$"
)
PRESENT = re.compile(r"现在|目前|如今|眼下")
MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月")
CHINESE_MONTHS = {name: number for number, name in enumerate("一二三四五六七八九十", 1)}
CHINESE_MONTHS |= {"十一": 11, "十二": 12}
OVER = frozenset({Status.EXPIRED, Status.SUPERSEDED})
HALF = 0.5  # of the best score: an earlier rule with less is not what is asked for
NEAR = 0.65  # of a score: what is further behind is about something else
GONE = OVER | {Status.NOT_YET}


def successor_of(document: Document, catalogue: Catalogue, day: date) -> Follower | None:
    """Find the document that follows this one and counts on that day, and how it follows."""
    followers = catalogue.followers.get(document.id, ())
    return next((one for one in followers if one.counts_from <= day.isoformat()), None)


def status_on(document: Document, catalogue: Catalogue, day: date) -> Status:
    """Tell whether a document holds on a day; in force only by stated dates."""
    start = counts_from(document)
    if start and day < start:
        return Status.NOT_YET
    if successor_of(document, catalogue, day):
        return Status.SUPERSEDED
    if document.effective_until and document.effective_until < day:
        return Status.EXPIRED
    if not document.effective_from:
        return Status.UNCONFIRMED
    reviewed = document.review_by is not None and day <= document.review_by
    return Status.IN_FORCE if document.effective_until or reviewed else Status.UNCONFIRMED


def asks_for_past(question: str, catalogue: Catalogue) -> bool:
    """Tell whether a question asks for an earlier rule as such: 以前的补贴, 上一版, 6月份那次.

    So does its title or what people call it, and the month in which it was issued.
    """
    folded = normalise(question)
    if PRESENT.search(folded):
        return False
    return PAST.search(folded) is not None or names_past(question, catalogue)


def names_past(question: str, catalogue: Catalogue) -> bool:
    """Tell whether a question names an earlier rule: by its names, or the month of its issue."""
    folded = normalise(question)
    if any(named_in(folded, catalogue.past_names)):
        return True
    months = (CHINESE_MONTHS.get(name) or int(name) for name in MONTH.findall(folded))
    return any(month in catalogue.past_months for month in months)


def preferred(hits: Iterable[Hit], catalogue: Catalogue, day: date, past: bool) -> tuple[Hit, ...]:
    """Put documents that do not hold on the day behind those that answer as well.

    As well: with nearly the score, or as what followed them; what is found clearly best is
    shown with its status where nothing that holds comes near. Where the past is asked for, a
    document that is over comes first with at least half the best score, or as what the best
    document followed; one to come never does.
    """
    ordered = tuple(hits)
    documents = {hit.passage.document.id: hit.passage.document for hit in ordered}
    status = {name: status_on(one, catalogue, day) for name, one in documents.items()}
    holding = max(
        (hit.score for hit in ordered if _status(hit, status) not in GONE), default=-math.inf
    )
    least = _part(ordered[0].score, HALF) if ordered else 0.0
    followed = {one.document for hit in ordered[:1] for one in hit.passage.document.supersedes}
    renewed = {
        one.document
        for name, document in documents.items()
        for one in document.supersedes
        if status[name] not in GONE
    }

    def place(hit: Hit) -> int:
        found = _status(hit, status)
        if found not in GONE:
            return 1
        if past and found in OVER:
            is_meant = hit.score >= least or hit.passage.document.id in followed
            return 0 if is_meant else 1
        near = holding >= _part(hit.score, NEAR)
        answered_as_well = near or hit.passage.document.id in renewed
        return 2 if answered_as_well else 1

    return tuple(sorted(ordered, key=place))


def _part(score: float, share: float) -> float:
    """Give what counts as so much of a score; those of small folders can be below zero."""
    return score - abs(score) * (1 - share)


def _status(hit: Hit, status: dict[str, Status]) -> Status:
    return status[hit.passage.document.id]
