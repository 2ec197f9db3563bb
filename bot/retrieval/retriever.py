"""Query → hits: terms with their synonyms, searched in every field, best passages first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.models.documents import Passage
from bot.models.questions import Hit, Retrieval
from bot.retrieval.cues import Cue, cue_of, is_asking
from bot.retrieval.edition import Edition
from bot.retrieval.excerpts import BIGRAM_SURPRISE, Sought
from bot.retrieval.index import SearchTerm
from bot.text.figures import figure_terms
from bot.text.normalise import normalise

DEPTH = 20  # hits of one question; deeper ones changed no figure
SYNONYM = 0.8  # a synonym's share of its own score: it must not beat the word that was typed
WITHOUT_CUE = 0.3  # what a passage loses that gives no figure where one is asked for
# What each field adds; chosen on four public Chinese question sets (texts) and on the tuned
# half of the shipped judgements (asks).
WEIGHTS = {"words": 1.0, "bigrams": 0.5, "asks": 0.6, "asked_bigrams": 0.3}


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched: its terms, its content words and what it asks for."""

    text: str
    terms: tuple[SearchTerm, ...]
    tokens: tuple[str, ...]
    words: tuple[str, ...]
    asks: bool
    cue: Cue | None
    sought: Sought


def read_query(text: str, edition: Edition) -> Query:
    """Turn a question's text into the terms that are searched for."""
    terms = edition.analyzer.analyze_query(text)
    by_field = {
        "words": terms.content.words,
        "bigrams": terms.content.bigrams,
        "asks": terms.whole.words,
        "asked_bigrams": terms.whole.bigrams,
    }
    search_terms = tuple(
        SearchTerm(field, term, WEIGHTS[field], _alternatives(term, edition))
        for field, found in by_field.items()
        for term in dict.fromkeys(found)
    )
    cue = cue_of(text)
    sought = _sought(search_terms, cue, edition)
    return Query(text, search_terms, terms.tokens, terms.words, is_asking(text), cue, sought)


def _alternatives(term: str, edition: Edition) -> tuple[tuple[str, float], ...]:
    return tuple((other, SYNONYM) for other in edition.synonyms.get(term, ()))


def _sought(terms: tuple[SearchTerm, ...], cue: Cue | None, edition: Edition) -> Sought:
    """Give what excerpts look for: content words and their synonyms, and bigrams."""
    weights: dict[str, float] = {}
    for term in terms:
        is_figure = term.text in figure_terms(term.text)
        if term.text[0].isdigit() and (is_figure or term.text.isascii()):
            if is_figure:  # 要30天吗: a question's own figure is marked, but does not choose
                weights[term.text] = 0.0
            continue
        if term.field == "words":
            for spelling in term.spellings:
                weights[spelling] = edition.analyzer.surprise(term.text)
        elif term.field == "bigrams":
            weights.setdefault(term.text, BIGRAM_SURPRISE)
    return Sought(tuple(weights.items()), cue)


def retrieve(query: Query, edition: Edition, depth: int = DEPTH) -> Retrieval:
    """Find the passages that share terms with the query, best first.

    A passage matches by holding a term, whatever its score: with rank_bm25 a term that half
    of all passages hold scores zero or less.
    """
    terms = tuple(dict.fromkeys(term.text for term in query.terms))
    found = edition.index.search(query.terms, depth)
    held = edition.index.weigh(query.terms, [ordinal for ordinal, _ in found]).held
    hits = (
        _hit(ordinal, score, _texts(query.terms, held[:, place]), query, edition)
        for place, (ordinal, score) in enumerate(found)
    )
    return Retrieval(terms, tuple(sorted(hits, key=lambda hit: -hit.score)))


def _texts(terms: tuple[SearchTerm, ...], held: NDArray[np.bool_]) -> tuple[str, ...]:
    matched = (term.text for term, is_held in zip(terms, held, strict=True) if is_held)
    return tuple(dict.fromkeys(matched))


def gives_kind(passage: Passage, query: Query) -> bool:
    """Tell whether a passage gives the kind of thing that is asked for (a day, an amount …)."""
    return query.cue is None or query.cue.given.search(normalise(passage.text)) is not None


def _hit(
    ordinal: int, score: float, matched: tuple[str, ...], query: Query, edition: Edition
) -> Hit:
    passage = edition.corpus.passages[ordinal]
    if passage.stated and not gives_kind(passage, query):
        score -= abs(score) * WITHOUT_CUE
    return Hit(passage, ordinal, score, matched)
