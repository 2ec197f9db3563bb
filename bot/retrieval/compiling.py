"""Counts of all fields → the arrays of a compiled index, with the statistics of rank_bm25.

The only door of rank_bm25: it works out each field's idf, and its `BM25Okapi.get_scores` is what
the tests hold every score to.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from bot.retrieval.counting import Counts, portions

K1 = 0.9  # term saturation; better than the usual 1.5 on four public Chinese question sets
B = 0.5  # length normalisation; better than the usual 0.75 on the same sets
STEPS = 32_767  # of the highest score that any posting could have: what 16 bits hold


@dataclass(frozen=True, slots=True)
class Arrays:
    """A compiled index of N passages in D documents, T terms, P postings and F fields.

    Terms are rows in order of their hashes; `starts[row]` to `starts[row + 1]` are a row's
    postings, in order of passages. `impacts` are BM25Okapi's scores, precomputed, in whole
    steps of `step`; `highs` holds the highest of each row. `idf` is over passages,
    `document_idf` over whole documents. `firsts` holds each document's first passage, and N
    behind the last.
    """

    hashes: NDArray[np.uint64]  # T
    fields: NDArray[np.uint8]  # T
    starts: NDArray[np.int64]  # T + 1
    highs: NDArray[np.int16]  # T
    idf: NDArray[np.float64]  # T
    document_idf: NDArray[np.float64]  # T
    passages: NDArray[np.int32]  # P
    impacts: NDArray[np.int16]  # P
    frequencies: NDArray[np.unsignedinteger]  # P
    lengths: NDArray[np.uint32]  # F × N
    firsts: NDArray[np.int32]  # D + 1
    step: float


class _Statistics(BM25Okapi):  # type: ignore[misc]  # rank_bm25 has no types
    """rank_bm25's statistics of a field with one term, which so many passages hold."""

    def __init__(self, holding: int, size: int) -> None:
        self._holding, self._size = holding, size
        super().__init__((), k1=K1, b=B)

    def _initialize(self, _corpus: object) -> dict[int, int]:
        self.corpus_size = self._size
        return {0: self._holding}


def norms(lengths: NDArray[np.integer]) -> NDArray[np.float64]:
    """Give k1·(1 − b + b·length/average) of each text of a field; K1 where all are empty."""
    average = lengths.mean() if len(lengths) else 0.0
    if not average:
        return np.full(len(lengths), K1)
    return np.asarray(K1 * (1 - B + B * lengths / average), dtype=np.float64)


def compile_index(counts: Counts, firsts: NDArray[np.int32]) -> Arrays:
    """Turn the counts of all passages into scores; `firsts` as in the arrays."""
    starts = np.concatenate(([0], np.cumsum(counts.held)))
    size = int(firsts[-1])
    idf = _idf(counts.held, counts.fields, size)
    step = float(np.abs(idf).max(initial=0.0)) * (K1 + 1) / STEPS or 1.0
    impacts = _impacts(counts, idf / step)
    in_documents = _documents_holding(counts, firsts)
    highest = int(counts.frequencies.max(initial=0))
    return Arrays(
        hashes=counts.hashes,
        fields=counts.fields,
        starts=starts,
        highs=_highs(impacts, starts),
        idf=idf,
        document_idf=_idf(in_documents, counts.fields, len(firsts) - 1),
        passages=counts.passages.astype(np.int32, copy=False),
        impacts=impacts,
        frequencies=counts.frequencies.astype(np.min_scalar_type(highest), copy=False),
        lengths=counts.lengths,
        firsts=firsts,
        step=step,
    )


def _idf(held: NDArray[np.int64], fields: NDArray[np.uint8], size: int) -> NDArray[np.float64]:
    """Work out the idf of each row from how many texts of `size` hold it, field by field."""
    idf = np.zeros(len(held), dtype=np.float64)
    for number in np.unique(fields):
        rows = np.flatnonzero(fields == number)
        idf[rows] = _field_idf(np.bincount(held[rows]), size)[held[rows]]
    return idf


def _field_idf(terms: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    """Let rank_bm25 work out the idf by how many texts hold a term; so many terms have each.

    It would be below zero for terms in more than half of the texts: those get a share of the
    average over all terms instead, as in `BM25Okapi`. Term by term, as it does itself, takes a
    second for a million of them.
    """
    idf = np.zeros(len(terms), dtype=np.float64)
    held = np.flatnonzero(terms)
    alone = [_Statistics(count, size) for count in held.tolist()]
    idf[held] = [one.average_idf for one in alone]  # of one term: its own
    average = math.fsum(idf * terms) / int(terms.sum())
    return np.where(idf < 0, alone[0].epsilon * average, idf)


def _impacts(counts: Counts, idf: NDArray[np.float64]) -> NDArray[np.int16]:
    norm = np.array([norms(one) for one in counts.lengths])
    impacts = np.empty(len(counts.passages), dtype=np.int16)
    for some, postings in portions(counts.held):
        row = np.repeat(np.arange(some.start, some.stop), counts.held[some])
        frequency = counts.frequencies[postings].astype(np.float64)
        long = norm[counts.fields[row], counts.passages[postings]]
        impacts[postings] = np.rint(idf[row] * (frequency * (K1 + 1) / (frequency + long)))
    return impacts


def _highs(impacts: NDArray[np.int16], starts: NDArray[np.int64]) -> NDArray[np.int16]:
    if not len(impacts):
        return np.zeros(0, dtype=np.int16)
    return np.maximum.reduceat(impacts, starts[:-1])


def _documents_holding(counts: Counts, firsts: NDArray[np.int32]) -> NDArray[np.int64]:
    """Count the documents of each row: its postings that open another document's passages."""
    of_passage = np.repeat(np.arange(len(firsts) - 1, dtype=np.int32), np.diff(firsts))
    holding = np.zeros(len(counts.held), dtype=np.int64)
    for some, postings in portions(counts.held):
        document = of_passage[counts.passages[postings]]
        starts = np.cumsum(counts.held[some]) - counts.held[some]
        opens = np.ones(len(document), dtype=np.int64)
        opens[1:] = document[1:] != document[:-1]
        opens[starts] = 1
        holding[some] = np.add.reduceat(opens, starts)
    return holding
