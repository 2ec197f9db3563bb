"""Whether a document holds on a day, by what it states and by what follows it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from bot.models.documents import Corpus, Document, Supersession
from bot.models.questions import Hit, Status
from bot.text.normalise import normalise

PAST = re.compile(
    r"以前|从前|原来|原先|早先|先前|当时|上一版|上一次|上回|旧(方案|政策|标准|办法|规定|版)|老(方案|政策|标准|办法|规定|版)"
    r"|([1-9]|1[0-2]|[一二三四五六七八九十]{1,2})月(份|那|的|初|底|中旬|上旬|下旬|方案|活动|政策)"
)
GONE = frozenset({Status.EXPIRED, Status.SUPERSEDED, Status.NOT_YET})


def counts_from(document: Document) -> date | None:
    """Give the day from which a document counts, None where it states no date at all."""
    if document.effective_from:
        return document.effective_from
    if document.issued:
        return document.issued.last_day()
    return document.source.reported


def successor_of(
    document: Document, corpus: Corpus, day: date
) -> tuple[Document, Supersession] | None:
    """Find the document that follows this one and counts on that day, and how it follows."""
    for other in corpus.documents:
        for supersession in other.supersedes:
            start = counts_from(other)
            if supersession.document == document.id and (start is None or start <= day):
                return other, supersession
    return None


def status_on(document: Document, corpus: Corpus, day: date) -> Status:
    """Tell whether a document holds on a day; in force only by stated dates."""
    start = counts_from(document)
    if start and day < start:
        return Status.NOT_YET
    if successor_of(document, corpus, day):
        return Status.SUPERSEDED
    if document.effective_until and document.effective_until < day:
        return Status.EXPIRED
    if not document.effective_from:
        return Status.UNCONFIRMED
    reviewed = document.review_by is not None and day <= document.review_by
    return Status.IN_FORCE if document.effective_until or reviewed else Status.UNCONFIRMED


def asks_for_past(question: str) -> bool:
    """Tell whether a question asks for an earlier rule as such: 以前, 上一版, 6月份那次."""
    return PAST.search(normalise(question)) is not None


def preferred(hits: Iterable[Hit], corpus: Corpus, day: date, past: bool) -> tuple[Hit, ...]:
    """Put documents that do not hold on the day last, or first where the past is asked for.

    A document of the past comes first only where the question is about it: with at least
    half the best score, or as what the best document followed.
    """
    ordered = tuple(hits)
    documents = {hit.passage.document.id: hit.passage.document for hit in ordered}
    gone = {
        name for name, document in documents.items() if status_on(document, corpus, day) in GONE
    }
    least = ordered[0].score / 2 if ordered else 0.0
    followed = {one.document for hit in ordered[:1] for one in hit.passage.document.supersedes}

    def place(hit: Hit) -> bool:
        name = hit.passage.document.id
        if not past:
            return name in gone
        return not (name in gone and (hit.score >= least or name in followed))

    return tuple(sorted(ordered, key=place))
