"""The index: weighted terms in, a score for every passage out, by `rank_bm25.BM25Okapi`.

The only door of rank_bm25. Right and plain, in memory, built anew at each start; its door is
small so that a compiled index can stand behind it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

K1 = 0.9  # term saturation; better than the usual 1.5 on four public Chinese question sets
B = 0.5  # length normalisation; better than the usual 0.75 on the same sets

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of all passages, scored as `BM25Okapi(field, k1=K1, b=B).get_scores`."""

    size: int
    bm25: BM25Okapi | None  # None where no passage holds a term: rank_bm25 divides by zero there

    def scores(self, term: str) -> Scores | None:
        """Score every passage for one term; None where no passage holds it."""
        if self.bm25 is None or term not in self.bm25.idf:
            return None
        scores: Scores = self.bm25.get_scores([term])
        return scores

    def holds(self, ordinal: int, term: str) -> bool:
        """Tell whether a passage holds the term; its score may be zero or less all the same."""
        return self.bm25 is not None and term in self.bm25.doc_freqs[ordinal]


def field_of(passages: Iterable[Sequence[str]]) -> Field:
    """Build one field from the terms of each passage, in order."""
    terms = [[sys.intern(term) for term in passage] for passage in passages]
    if not any(terms):
        return Field(len(terms), None)
    return Field(len(terms), BM25Okapi(terms, k1=K1, b=B))


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """A term to search one field for; it counts as its best alternative, never as their sum.

    `weight` scales the score. `alternatives` are synonyms with weights of their own, which
    are less than 1 so that none outranks the term that was typed.
    """

    field: str
    text: str
    weight: float
    alternatives: tuple[tuple[str, float], ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Give the term and its alternatives."""
        return (self.text, *(text for text, _ in self.alternatives))


@dataclass(frozen=True, slots=True)
class Index:
    """Named fields over the same passages."""

    size: int
    fields: dict[str, Field]

    def search(self, terms: Iterable[SearchTerm], wanted: int) -> tuple[tuple[int, float], ...]:
        """Give the best passages that hold a term, as (ordinal, score), ties in their order.

        A held term may score zero (with rank_bm25, one that half of the passages hold) or less.
        """
        scores, matched = self._added_up(terms)
        found = np.where(matched, scores, -np.inf)
        best = best_ordinals(found, min(wanted, int(matched.sum())))
        return tuple((ordinal, float(scores[ordinal])) for ordinal in best)

    def scores(self, terms: Iterable[SearchTerm]) -> Scores:
        """Add up the scores of all terms for every passage, in order of ordinals."""
        return self._added_up(terms)[0]

    def _added_up(self, terms: Iterable[SearchTerm]) -> tuple[Scores, NDArray[np.bool_]]:
        """Give the scores of all passages, and which of them hold a term."""
        total = np.zeros(self.size, dtype=np.float64)
        matched = np.zeros(self.size, dtype=np.bool_)
        for term in terms:
            scores = self._best(term)
            if scores is None:
                continue
            total += term.weight * scores
            matched |= scores != 0
            if self._may_score_zero(term):
                matched |= [self.holds(ordinal, term) for ordinal in range(self.size)]
        return total, matched

    def _may_score_zero(self, term: SearchTerm) -> bool:
        field = self.fields[term.field]
        idf = field.bm25.idf if field.bm25 else {}
        return any(idf.get(text) == 0 for text in term.spellings)

    def holds(self, ordinal: int, term: SearchTerm) -> bool:
        """Tell whether a passage holds the term or one of its alternatives."""
        field = self.fields[term.field]
        return any(field.holds(ordinal, text) for text in term.spellings)

    def _best(self, term: SearchTerm) -> Scores | None:
        field = self.fields[term.field]
        best = field.scores(term.text)
        for text, weight in term.alternatives:
            scores = field.scores(text)
            if scores is not None:
                best = weight * scores if best is None else np.maximum(best, weight * scores)
        return best


def best_ordinals(scores: Scores, wanted: int) -> tuple[int, ...]:
    """Give the ordinals of the highest scores, best first, ties in order of passages."""
    if wanted <= 0:
        return ()
    if wanted < len(scores):
        least = np.partition(scores, len(scores) - wanted)[len(scores) - wanted]
        candidates = np.flatnonzero(scores >= least)
    else:
        candidates = np.arange(len(scores))
    order = np.argsort(-scores[candidates], kind="stable")[:wanted]
    return tuple(int(ordinal) for ordinal in candidates[order])
