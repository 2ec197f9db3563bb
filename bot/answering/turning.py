"""On which days a document's status turns: what a change of its dates means for answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.answering.validity import status_on
from bot.models.documents import Document
from bot.models.questions import Status
from bot.retrieval.catalogue import Catalogue, counts_from

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Turn:
    """The status that a document has from a day on."""

    day: date
    status: Status


def turns_of(document: Document, catalogue: Catalogue, today: date) -> tuple[Turn, ...]:
    """Give the status today and every later one, in order of days."""
    turns = [Turn(today, status_on(document, catalogue, today))]
    for day in sorted(day for day in _days(document, catalogue) if day > today):
        status = status_on(document, catalogue, day)
        if status is not turns[-1].status:
            turns.append(Turn(day, status))
    return tuple(turns)


def _days(document: Document, catalogue: Catalogue) -> set[date]:
    """Give the days on which the status may turn."""
    followers = catalogue.followers.get(document.id, ())
    days = {date.fromisoformat(one.counts_from) for one in followers if one.counts_from}
    first = counts_from(document)
    last = (document.effective_until, document.review_by)
    return days | {day + _DAY for day in last if day} | ({first} if first else set())
