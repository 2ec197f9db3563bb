"""What serves and what is held, as a file in the data folder that anybody may read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.errors import Problem
from bot.knowledge.records import read, written
from bot.knowledge.versions import Withheld
from bot.models.documents import Document
from bot.retrieval.container import write_file

FILE = "status.json"
SOON = timedelta(days=30)  # what an office needs to settle what follows a rule
VERSION = 1  # of the file's fields; it goes up when one of them changes its meaning


@dataclass(frozen=True, slots=True)
class Held:
    """A file that is withheld, and the moment since which it is."""

    withheld: Withheld
    since: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """What the keeper of a knowledge folder knows of it.

    `warnings` are what does not stop a file from serving, such as a judgement whose passage is
    gone. `trouble` says in one line what keeps the whole from being renewed, empty where nothing
    does. `next_due` is the next day on which a document that serves is due for review or ends.
    """

    held: tuple[Held, ...] = ()
    warnings: tuple[Problem, ...] = ()
    trouble: str = ""
    next_due: date | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """What `status.json` holds, version 1; moments with their time zone, durations in seconds.

    `edition` serves since `since`; `reload_took` counts from the first look at a changed file
    until its edition was in service, None where nothing was reloaded since the start.
    """

    version: int
    process: int
    knowledge: str
    edition: str
    since: datetime
    documents: int
    passages: int
    report: Report
    reload_took: float | None = None


def write_status(data: Path, status: Status) -> None:
    """Write the file so that it is there whole or as it was. Raises `OSError`."""
    write_file((memoryview(written(Status, status).encode()),), data / FILE)


def read_status(data: Path) -> Status | None:
    """Read the file; None where there is none, or one of another version."""
    try:
        content = (data / FILE).read_text("utf-8")
        return read(Status, content) if json.loads(content)["version"] == VERSION else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def next_due(documents: Iterable[Document], today: date) -> date | None:
    """Give the next day, from today on, on which a document is due for review or ends."""
    days = (day for one in documents for day in (one.review_by, one.effective_until))
    return min((day for day in days if day and day >= today), default=None)


def due_for_review(documents: Iterable[Document], today: date) -> tuple[Document, ...]:
    """Give the documents whose day of review has come or is past, the longest waiting first."""
    due = (one for one in documents if one.review_by and one.review_by <= today)
    return tuple(sorted(due, key=lambda one: (one.review_by or today, one.id)))


def ending_soon(documents: Iterable[Document], today: date) -> tuple[Document, ...]:
    """Give the documents that end within `SOON` from today on, the first to end first."""
    last = today + SOON
    ending = (one for one in documents if today <= (one.effective_until or date.min) <= last)
    return tuple(sorted(ending, key=lambda one: (one.effective_until or last, one.id)))
