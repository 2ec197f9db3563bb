"""What else can be asked: ways of asking of the sections beside the one that answered.

Each is attached by staff to its own passage, which is therefore found first and never refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from bot.models.documents import Passage
from bot.models.questions import Answer, Outcome
from bot.retrieval.edition import Edition

MOST = 3  # buttons below an answer that a phone shows without scrolling
LOOKED_AT = 12  # passages of the document: a long one has more than anybody presses through
ANSWERING = frozenset({Outcome.ANSWERED, Outcome.HEDGED})


def related_to(answer: Answer, edition: Edition) -> tuple[str, ...]:
    """Give up to three questions that the document of an answer answers elsewhere."""
    if answer.outcome not in ANSWERING or not answer.evidence or answer.choices:
        return ()
    shown = {(one.hit.passage.document.id, one.hit.passage.heading) for one in answer.evidence}
    first = answer.evidence[0].hit
    asks: dict[str, None] = {}
    for passage in _beside(first.ordinal, first.passage, edition):
        if (passage.document.id, passage.heading) not in shown and passage.asks:
            shown.add((passage.document.id, passage.heading))
            asks[passage.asks[0]] = None
    asks.pop(answer.question, None)
    return tuple(islice(asks, MOST))


def _beside(ordinal: int, passage: Passage, edition: Edition) -> Iterator[Passage]:
    """Give the stated passages of a document behind one, then those from its beginning on."""
    passages = edition.corpus.passages
    first = edition.catalogue.firsts.get(passage.document.id, ordinal)
    behind = range(ordinal + 1, min(ordinal + 1 + LOOKED_AT, len(passages)))
    before = range(first, min(ordinal, first + LOOKED_AT))
    for places in (behind, before):
        for place in places:
            one = passages[place]
            if one.document.id != passage.document.id:
                break
            if one.stated:
                yield one
