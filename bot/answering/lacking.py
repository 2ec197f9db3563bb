"""What is asked for and a passage lacks: a year, a month, or a kind of figure."""

from __future__ import annotations

import re
from datetime import date

from bot.models.documents import Document, Passage
from bot.retrieval.catalogue import counts_from
from bot.retrieval.retriever import Query, gives_kind
from bot.text.normalise import normalise

YEARS_AWAY = {"前年": -2, "去年": -1, "明年": 1}
MONTH = re.compile(r"(?<!\d)(20\d\d)年(1[0-2]|[1-9])月")
YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|到|至|-|—)")


def lacking_of(passage: Passage, query: Query, day: date) -> str:
    """Name what is asked for and the passage lacks, empty where it lacks nothing."""
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
