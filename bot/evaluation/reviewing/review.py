"""All findings of a review, in the order in which staff read them."""

from __future__ import annotations

from bot.evaluation.reviewing.conflicts import conflicts
from bot.evaluation.reviewing.due import due
from bot.evaluation.reviewing.findings import Finding, Matter, Shelf
from bot.evaluation.reviewing.reaching import Progress, reaching
from bot.evaluation.reviewing.words import radicals, words


def review(shelf: Shelf, progress: Progress) -> tuple[Finding, ...]:
    """Look the whole knowledge over; findings by matter, then in order of place."""
    found = (*due(shelf), *conflicts(shelf), *reaching(shelf, progress), *words(shelf))
    matters = list(Matter)
    return tuple(
        sorted((*found, *radicals(shelf)), key=lambda one: (matters.index(one.matter), one.note))
    )
