"""Questions that name a subject and ask nothing of it, and what could be meant by them."""

from __future__ import annotations

from bot.models.questions import Choice, Hit
from bot.retrieval.analyzer import is_function_word
from bot.retrieval.edition import Edition
from bot.retrieval.retriever import Query
from bot.text.normalise import normalise
from bot.text.places import place_named

MOST_CHOICES = 4  # what a phone shows without scrolling


def is_vague(query: Query, edition: Edition) -> bool:
    """Tell whether a question says nothing but places or the name of a subject."""
    asked = query.cue.asked.search(normalise(query.text)) if query.cue else None
    content = [
        word
        for word in query.words
        if not is_function_word(word) and not (asked and word in asked[0])
    ]
    if not content or all(place_named(word) for word in content):
        return True
    if query.cue or query.asks:
        return False
    return all(word in edition.catalogue.subjects for word in content)


def choices_for(hits: tuple[Hit, ...]) -> tuple[Choice, ...]:
    """Offer the first way of asking for each of the best passages."""
    asks = dict.fromkeys(
        hit.passage.asks[0] for hit in hits if hit.passage.stated and hit.passage.asks
    )
    return tuple(Choice(ask, ask) for ask in list(asks)[:MOST_CHOICES])
