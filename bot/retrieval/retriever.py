"""Query → hits: terms with their synonyms, searched in every field, best passages first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.models.documents import Passage
from bot.models.questions import Hit, Retrieval
from bot.retrieval.cues import Cue, cue_of, is_asking
from bot.retrieval.edition import Edition
from bot.retrieval.excerpts import BIGRAM_SURPRISE, Sought
from bot.retrieval.index import SearchTerm
from bot.retrieval.ranking import CANDIDATES, believed, rank, weight_of
from bot.retrieval.rows import rows_named
from bot.text.figures import figure_terms, searchable

NAMED_ROW = 40.0  # as much as three rare words: of rows that read alike, the named one
NUMBER = re.compile(r"[0-9.]+")
DEPTH = 20  # hits of one question; deeper ones changed no figure
TEXTS = frozenset({"words", "bigrams"})  # the fields of what documents say
SYNONYM = 0.8  # a synonym's share of its own score: it must not beat the word that was typed


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched: its terms, its content words and what it asks for.

    `terms` are what a passage must hold one of; `asking`, its question and function words,
    only add to the score of a text. `added` are the content words that a follow-up brought in.
    """

    text: str
    terms: tuple[SearchTerm, ...]
    asking: tuple[SearchTerm, ...]
    tokens: tuple[str, ...]
    words: tuple[str, ...]
    asks: bool
    cue: Cue | None
    sought: Sought
    added: tuple[str, ...] = ()

    @property
    def of_texts(self) -> tuple[SearchTerm, ...]:
        """Give the terms that search texts, not `asks`."""
        return (*(term for term in self.terms if term.field in TEXTS), *self.asking)


def read_query(text: str, edition: Edition, added: str = "") -> Query:
    """Turn a question's text into the terms that are searched for.

    `added` is the part that a follow-up brought in: of sentences alike, the one that holds it
    answers.
    """
    found = edition.analyzer.analyze_query(text)
    content, whole = found.content, found.whole
    terms = (
        *_terms("words", content.words, edition),
        *_terms("bigrams", content.bigrams, edition),
        *_terms("asks", whole.words, edition),
        *_terms("asked_bigrams", whole.bigrams, edition),
    )
    share = believed(edition.index.size)
    asking = (
        *_asking("words", whole.words, content.words, share),
        *_asking("bigrams", whole.bigrams, content.bigrams, share),
    )
    cue = cue_of(text)
    sought = _sought(terms, asking, cue, edition)
    rows = tuple((row, NAMED_ROW) for row in rows_named(text))
    words = edition.analyzer.analyze_query(added).words if added else ()
    meant = tuple((word, NAMED_ROW) for word in words)
    sought = replace(sought, terms=(*rows, *meant, *sought.terms), pairs=(*rows, *sought.pairs))
    asks = is_asking(text)
    return Query(text, terms, asking, found.tokens, found.words, asks, cue, sought, words)


def _terms(field: str, texts: tuple[str, ...], edition: Edition) -> tuple[SearchTerm, ...]:
    weight = weight_of(field)
    return tuple(
        SearchTerm(field, text, weight, _alternatives(text, edition))
        for text in dict.fromkeys(texts)
    )


def _asking(
    field: str, whole: tuple[str, ...], content: tuple[str, ...], share: float
) -> tuple[SearchTerm, ...]:
    weight = weight_of(field) * share
    left = dict.fromkeys(text for text in whole if text not in content)
    return tuple(SearchTerm(field, text, weight) for text in left)


def _alternatives(term: str, edition: Edition) -> tuple[tuple[str, float], ...]:
    return tuple((other, SYNONYM) for other in edition.synonyms.get(term, ()))


def _sought(
    terms: tuple[SearchTerm, ...],
    asking: tuple[SearchTerm, ...],
    cue: Cue | None,
    edition: Edition,
) -> Sought:
    """Give what excerpts look for: content words and their synonyms, and all bigrams.

    The number of a figure (30 of 30天) is left out; another one (72岁) may tell rows apart.
    """
    weights: dict[str, float] = {}
    figures = (term.text for term in terms if term.text in figure_terms(term.text))
    own_numbers = {number for figure in figures for number in NUMBER.findall(figure)}
    for term in terms:
        if term.text[0].isdigit() and term.text in figure_terms(term.text):
            weights[term.text] = 0.0  # 要30天吗: its own figure is marked, but does not choose
            continue
        if term.text in own_numbers:
            continue
        if term.field == "words":
            for spelling in term.spellings:
                weights[spelling] = edition.analyzer.surprise(term.text)
        elif term.field == "bigrams":
            weights.setdefault(term.text, BIGRAM_SURPRISE)
    pairs = [term for term in (*terms, *asking) if term.field == "bigrams"]
    idfs = edition.index.idfs(pairs).tolist()
    weighed = (
        (term.text, max(idf, 0.0) * term.weight / weight_of(term.field))
        for term, idf in zip(pairs, idfs, strict=True)
    )
    return Sought(tuple(weights.items()), cue, tuple(weighed))


def retrieve(query: Query, edition: Edition, depth: int = DEPTH) -> Retrieval:
    """Find the passages that share terms with the query, best first.

    A passage matches by holding a term, whatever its score: with rank_bm25 a term that half
    of all passages hold scores zero or less.
    """
    terms = tuple(dict.fromkeys(term.text for term in query.terms))
    found, held = candidates_of(query, edition, depth)
    places = {ordinal: place for place, (ordinal, _) in enumerate(found)}
    ranked = rank(query.of_texts, query.sought, found, edition)[:depth]
    passages = edition.corpus.passages
    hits = (
        Hit(passages[one], one, score, _texts(query.terms, held[:, places[one]]))
        for one, score in ranked
    )
    return Retrieval(terms, tuple(hits))


def candidates_of(
    query: Query, edition: Edition, depth: int = DEPTH
) -> tuple[list[tuple[int, float]], NDArray[np.bool_]]:
    """Give what the first stage finds, as (ordinal, score), and terms × passages: what each holds.

    Each holds at least one of `query.terms`.
    """
    index = edition.index
    every = index.search((*query.terms, *query.asking), max(depth, CANDIDATES))
    held = index.weigh(query.terms, [ordinal for ordinal, _ in every]).held
    kept = np.flatnonzero(held.any(axis=0))
    return [every[place] for place in kept.tolist()], held[:, kept]


def _texts(terms: tuple[SearchTerm, ...], held: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms[place].text for place in np.flatnonzero(held).tolist()))


def gives_kind(passage: Passage, query: Query) -> bool:
    """Tell whether a passage gives the kind of thing that is asked for (a day, an amount …)."""
    return query.cue is None or query.cue.given.search(searchable(passage.text)) is not None
