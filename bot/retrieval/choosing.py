"""Hits → what is shown: excerpts that do not repeat each other, reprints named beside the first.

A reprint is a passage of another document that holds a shown excerpt word for word, white
space, punctuation and script aside. Nothing less counts: local copies of a national rule
differ in single figures, and those decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.models.documents import Corpus
from bot.models.questions import Excerpt, Hit, Span
from bot.retrieval.excerpts import Sought, best_window, excerpt_at
from bot.retrieval.neighbours import Context, context_of
from bot.text.normalise import normalise

SAME_MATTER = 30  # characters; shorter sentences stand in rules on quite different matters
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
    hits: Sequence[Hit], sought: Sought, corpus: Corpus, wanted: int
) -> tuple[tuple[Hit, Excerpt], ...]:
    """Give the first hits that say something of their own, each with its excerpt and copies."""
    chosen: list[Shown] = []
    for hit in hits[:LOOKED_AT]:
        context = context_of(hit.ordinal, corpus)
        reprinted = _reprinted(hit, context, chosen)
        if reprinted is not None:
            one = chosen[reprinted]
            copies = (*one.hit.copies, hit.passage)
            chosen[reprinted] = replace(one, hit=replace(one.hit, copies=copies))
        elif len(chosen) < wanted:
            shown = _shown(hit, context, sought, chosen)
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
    return Shown(hit, excerpt, _said(excerpt.text), start, end)


def _same_section(one: Hit, other: Hit) -> bool:
    same_document = one.passage.document.id == other.passage.document.id
    return same_document and one.passage.heading == other.passage.heading


def _reprinted(hit: Hit, context: Context, chosen: Sequence[Shown]) -> int | None:
    """Find the shown excerpt that this hit of another document holds word for word."""
    document = hit.passage.document.id
    others = [
        place
        for place, one in enumerate(chosen)
        if one.hit.passage.document.id != document and len(one.said) >= SAME_MATTER
    ]
    held = _said(context.text) if others else ""
    return next((place for place in others if chosen[place].said in held), None)


def _said(text: str) -> str:
    return UNSAID.sub("", normalise(text))
