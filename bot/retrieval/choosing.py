"""Hits → what is shown: excerpts that do not repeat each other, reprints named beside the first.

A reprint is a passage of another document that holds a shown excerpt word for word, white
space, punctuation and script aside. Nothing less counts: local copies of a national rule
differ in single figures, and those decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.models.questions import Excerpt, Hit, Span
from bot.retrieval.edition import Edition
from bot.retrieval.excerpts import Sought, best_window, excerpt_at
from bot.retrieval.neighbours import Context, context_of
from bot.text.normalise import normalise

SAME_MATTER = 30  # characters; shorter sentences stand in rules on quite different matters
PROBE = 8  # characters of either end of an excerpt that a passage with a part of it holds
LOOKED_AT = 10  # hits in which reprints are looked for: they score nearly alike
UNSAID = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit with its excerpt, what that says, and the places where it starts and ends."""

    hit: Hit
    excerpt: Excerpt
    said: str
    start: tuple[int, int]
    end: tuple[int, int]


def choose(
    hits: Sequence[Hit], sought: Sought, edition: Edition, wanted: int
) -> tuple[tuple[Hit, Excerpt], ...]:
    """Give the first hits that say something of their own, each with its excerpt and copies."""
    chosen: list[Shown] = []
    for hit in hits[:LOOKED_AT]:
        reprinted = _reprinted(hit, chosen, edition)
        if reprinted is not None:
            one = chosen[reprinted]
            copies = (*one.hit.copies, hit.passage)
            chosen[reprinted] = replace(one, hit=replace(one.hit, copies=copies))
        elif len(chosen) < wanted:
            shown = _shown(hit, context_of(hit.ordinal, edition.corpus), sought, chosen)
            chosen += [shown] if shown else []
    return tuple((one.hit, one.excerpt) for one in chosen)


def _shown(hit: Hit, context: Context, sought: Sought, chosen: Sequence[Shown]) -> Shown | None:
    taken = (
        Span(context.offset(one.start), context.offset(one.end))
        for one in chosen
        if _same_section(one.hit, hit)
    )
    window = best_window(context.text, sought, own=context.own, taken=taken)
    if window is None:
        return None if chosen else Shown(hit, Excerpt(""), "", (hit.ordinal, 0), (hit.ordinal, 0))
    excerpt = excerpt_at(context.text, window, sought)
    start, end = context.place(window.start), context.place(window.end)
    return Shown(hit, excerpt, _said(normalise(excerpt.text)), start, end)


def _same_section(one: Hit, other: Hit) -> bool:
    same_document = one.passage.document.id == other.passage.document.id
    return same_document and one.passage.heading == other.passage.heading


def _reprinted(hit: Hit, chosen: Sequence[Shown], edition: Edition) -> int | None:
    """Find the shown excerpt that this hit of another document holds word for word.

    Only where its own passage holds the excerpt's beginning or end are those beside it read.
    """
    document = hit.passage.document.id
    own = _said(edition.folded[hit.ordinal])
    others = [
        place
        for place, one in enumerate(chosen)
        if one.hit.passage.document.id != document and _is_part(own, one.said)
    ]
    held = _said(normalise(context_of(hit.ordinal, edition.corpus).text)) if others else ""
    return next((place for place in others if chosen[place].said in held), None)


def _is_part(own: str, said: str) -> bool:
    if len(said) < SAME_MATTER:
        return False
    return said[:PROBE] in own or said[-PROBE:] in own or own in said


def _said(folded: str) -> str:
    return UNSAID.sub("", folded)
