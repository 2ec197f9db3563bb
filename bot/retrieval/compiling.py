"""Counts of all fields → the arrays of a compiled index, with the statistics of rank_bm25.

The only door of rank_bm25: it works out each field's idf, and its `BM25Okapi.get_scores` is what
the tests hold every score to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from bot.errors import EditionError
from bot.retrieval.counting import Counts

K1 = 0.9  # term saturation; better than the usual 1.5 on four public Chinese question sets
B = 0.5  # length normalisation; better than the usual 0.75 on the same sets
HASH_BYTES = 8  # 64 bits: that two of a million terms meet has a chance of 3 in 100 million
AT_ONCE = 1 << 22  # postings scored at a time: 32 MB of float64
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


@dataclass(frozen=True, slots=True)
class _Postings:
    """The row, the passage and the frequency of each posting, by row and passage."""

    rows: NDArray[np.int32]
    passages: NDArray[np.int32]
    frequencies: NDArray[np.uint32]


class _Statistics(BM25Okapi):  # type: ignore[misc]  # rank_bm25 has no types
    """rank_bm25's statistics of a field, from counts instead of lists of terms."""

    def __init__(self, holding: NDArray[np.int64], size: int) -> None:
        self._holding, self._size = holding, size
        super().__init__((), k1=K1, b=B)

    def _initialize(self, _corpus: object) -> dict[int, int]:
        self.corpus_size = self._size
        return dict(enumerate(self._holding.tolist()))


@lru_cache(maxsize=1 << 16)  # 10 MB: one question looks its terms up several times
def hash_of(field: str, term: str) -> int:
    """Give the number under which a field's term is found."""
    named = f"{field}\0{term}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(named, digest_size=HASH_BYTES).digest(), "little")


def norms(lengths: NDArray[np.integer]) -> NDArray[np.float64]:
    """Give k1·(1 − b + b·length/average) of each text of a field; K1 where all are empty."""
    average = lengths.mean() if len(lengths) else 0.0
    if not average:
        return np.full(len(lengths), K1)
    return np.asarray(K1 * (1 - B + B * lengths / average), dtype=np.float64)


def compile_index(
    counts: Mapping[str, Counts], firsts: NDArray[np.int32]
) -> tuple[Arrays, tuple[str, ...]]:
    """Turn the counts of each field into postings, and give the term of each row beside them.

    Fields count the same passages, in order. Raises `EditionError` where two terms have the
    same hash.
    """
    vocabulary = [(name, term) for name, one in counts.items() for term in one.vocabulary]
    hashes = np.array([hash_of.__wrapped__(*one) for one in vocabulary], dtype=np.uint64)
    order = np.argsort(hashes)
    if len(hashes) > 1 and not (np.diff(hashes[order]) > 0).all():
        raise EditionError("两个检索词的编号相同")
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    fields = _fields(counts, ranks)
    postings = _postings(counts, ranks)
    passages, frequencies = postings.passages, postings.frequencies
    held = np.bincount(postings.rows, minlength=len(order))
    starts = np.concatenate(([0], np.cumsum(held)))
    size = int(firsts[-1])
    lengths = np.array([one.lengths for one in counts.values()], dtype=np.uint32)
    lengths = lengths.reshape(len(counts), size)
    idf = _idf(held, fields, size)
    step = float(np.abs(idf).max(initial=0.0)) * (K1 + 1) / STEPS or 1.0
    impacts = _impacts(postings, idf / step, fields, lengths)
    arrays = Arrays(
        hashes=hashes[order],
        fields=fields,
        starts=starts,
        highs=_highs(impacts, starts),
        idf=idf,
        document_idf=_idf(_documents_holding(passages, starts, firsts), fields, len(firsts) - 1),
        passages=passages,
        impacts=impacts,
        frequencies=frequencies.astype(np.min_scalar_type(int(frequencies.max(initial=0)))),
        lengths=lengths,
        firsts=firsts,
        step=step,
    )
    return arrays, tuple(vocabulary[place][1] for place in order.tolist())


def _fields(counts: Mapping[str, Counts], ranks: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Give the number of each row's field."""
    sizes = [len(one.vocabulary) for one in counts.values()]
    fields = np.zeros(len(ranks), dtype=np.uint8)
    fields[ranks] = np.repeat(np.arange(len(sizes), dtype=np.uint8), sizes)
    return fields


def _postings(counts: Mapping[str, Counts], ranks: NDArray[np.int64]) -> _Postings:
    rows, passages, frequencies = [], [], []
    offset = 0
    for one in counts.values():
        own = ranks[offset : offset + len(one.vocabulary)].astype(np.int32)
        rows.append(own[one.terms])
        passages.append(np.repeat(np.arange(one.size, dtype=np.int32), one.distinct))
        frequencies.append(one.frequencies)
        offset += len(one.vocabulary)
    row = np.concatenate(rows)
    order = np.argsort(row, kind="stable")  # passages stay in order within a row
    return _Postings(
        row[order], np.concatenate(passages)[order], np.concatenate(frequencies)[order]
    )


def _idf(held: NDArray[np.int64], fields: NDArray[np.uint8], size: int) -> NDArray[np.float64]:
    """Let rank_bm25 work out the idf of each row, field by field."""
    idf = np.zeros(len(held), dtype=np.float64)
    for number in np.unique(fields):
        rows = np.flatnonzero(fields == number)
        idf[rows] = list(_Statistics(held[rows], size).idf.values())
    return idf


def _impacts(
    postings: _Postings,
    idf: NDArray[np.float64],
    fields: NDArray[np.uint8],
    lengths: NDArray[np.uint32],
) -> NDArray[np.int16]:
    norm = np.array([norms(one) for one in lengths])
    impacts = np.empty(len(postings.rows), dtype=np.int16)
    for start in range(0, len(impacts), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        row, frequency = postings.rows[part], postings.frequencies[part]
        long = norm[fields[row], postings.passages[part]]
        impacts[part] = np.rint(idf[row] * (frequency * (K1 + 1) / (frequency + long)))
    return impacts


def _highs(impacts: NDArray[np.int16], starts: NDArray[np.int64]) -> NDArray[np.int16]:
    if not len(impacts):
        return np.zeros(0, dtype=np.int16)
    return np.maximum.reduceat(impacts, starts[:-1])


def _documents_holding(
    passages: NDArray[np.int32], starts: NDArray[np.int64], firsts: NDArray[np.int32]
) -> NDArray[np.int64]:
    """Count the documents of each row: its postings that open another document's passages."""
    if not len(passages):
        return np.zeros(0, dtype=np.int64)
    document = np.repeat(np.arange(len(firsts) - 1, dtype=np.int32), np.diff(firsts))[passages]
    opens = np.ones(len(passages), dtype=np.int64)
    opens[1:] = document[1:] != document[:-1]
    opens[starts[:-1]] = 1
    return np.add.reduceat(opens, starts[:-1])
