"""Questions that name a subject and ask nothing of it, and what could be meant by them."""

from __future__ import annotations

from bot.models.questions import Choice, Hit
from bot.retrieval.analyzer import is_function_word
from bot.retrieval.edition import Edition
from bot.retrieval.retriever import Query
from bot.text.normalise import normalise

MOST_CHOICES = 4  # what a phone shows without scrolling
MOST_WORDS = 2  # a bare subject: 补贴, 家电补贴; three words say what is asked of it


def is_vague(query: Query, edition: Edition) -> bool:
    """Tell whether a question holds no content, or nothing but the name of a subject."""
    if all(is_function_word(word) for word in query.words):
        return True
    if query.cue or query.asks or len(query.words) > MOST_WORDS:
        return False
    return all(word in names for word in query.words for names in [_names(edition)])


def _names(edition: Edition) -> str:
    """Give the names of subjects: topics and what people call the documents."""
    return normalise(
        "\n".join(
            name
            for document in edition.corpus.documents
            for name in (*document.topics, *document.also_called)
        )
    )


def choices_for(hits: tuple[Hit, ...]) -> tuple[Choice, ...]:
    """Offer the first way of asking for each of the best passages."""
    asks = dict.fromkeys(
        hit.passage.asks[0] for hit in hits if hit.passage.stated and hit.passage.asks
    )
    return tuple(Choice(ask, ask) for ask in list(asks)[:MOST_CHOICES])
