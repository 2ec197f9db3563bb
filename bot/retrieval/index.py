"""The index: weighted terms in, the best passages out, scored as `rank_bm25.BM25Okapi` does.

It serves from the arrays of `compiling`, which may be mapped from a file and shared.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.compiling import K1, Arrays, hash_of, norms
from bot.retrieval.selection import Gains, Postings, by_weight, select, slack_of

Scores = NDArray[np.float64]
Ordinals = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """A term to search one field for; it counts as its best alternative, never as their sum.

    `weight` scales the score. `alternatives` are synonyms with weights of their own, which
    are less than 1; the idf of an alternative counts up to that of the term that was typed,
    so that none outranks it.
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
class Row:
    """A row of the index that a search term reads, and its share of the row's scores."""

    number: int
    share: float


Read = tuple[SearchTerm, tuple[Row, ...]]  # a term, and the rows of its spellings


@dataclass(frozen=True, slots=True)
class Weighed:
    """What each of some terms gives to each of some texts: terms × texts.

    `scores` are weighted, zero where a text does not hold the term; `held` tells whether it does.
    """

    scores: Scores
    held: NDArray[np.bool_]


class Index:
    """Named fields over the same passages, and over the documents that these make up."""

    def __init__(self, names: Sequence[str], arrays: Arrays) -> None:
        """Take the fields' names, in the order in which they were compiled, and the arrays."""
        self._names = tuple(names)
        self._arrays = arrays
        self.size = int(arrays.firsts[-1])
        self.documents = len(arrays.firsts) - 1

    def search(self, terms: Iterable[SearchTerm], wanted: int) -> tuple[tuple[int, float], ...]:
        """Give the best passages that hold a term, as (ordinal, score), ties in their order.

        A held term may score zero (with rank_bm25, one that half of the passages hold) or less.
        """
        read = [(term, rows) for term, rows in self._read(terms) if rows]
        found = self._select(read, wanted)
        total = self._weighed(read, self._rows_scored(_rows_of(read), found)).scores.sum(axis=0)
        best = np.lexsort((found, -total))[:wanted]
        return tuple((int(found[place]), float(total[place])) for place in best)

    def weigh(self, terms: Iterable[SearchTerm], ordinals: Sequence[int]) -> Weighed:
        """Score some passages for each term by itself."""
        read = self._read(terms)
        wanted = np.array(ordinals, dtype=np.int32)
        return self._weighed(read, self._rows_scored(_rows_of(read), wanted))

    def weigh_documents(self, terms: Iterable[SearchTerm], documents: Sequence[int]) -> Weighed:
        """Score some documents for each term, each document as one text of all its passages.

        The scores are BM25Okapi's of a field in which every document's terms stand together.
        """
        read = self._read(terms)
        wanted = np.array(documents, dtype=np.int64)
        scored = [self._documents_scored(row, wanted) for row in _rows_of(read)]
        return self._weighed(read, _table(scored, len(wanted)))

    def idf(self, field: str, text: str) -> float:
        """Tell how rare a term is among passages; what none holds counts as the rarest."""
        row = self._numbers([(field, text)])[0]
        if row < 0:
            return math.log(self.size + 0.5) - math.log(0.5)
        return float(self._arrays.idf[row])

    def idfs(self, terms: Sequence[SearchTerm]) -> Scores:
        """Tell how rare each term is as typed, whatever its weight; see `idf`."""
        rows = np.array(self._numbers([(term.field, term.text) for term in terms]), dtype=np.int64)
        unseen = math.log(self.size + 0.5) - math.log(0.5)
        if not len(self._arrays.idf):
            return np.full(len(rows), unseen)
        return np.where(rows < 0, unseen, self._arrays.idf[rows])

    def document_lengths(self, field: str, documents: Sequence[int]) -> NDArray[np.int64]:
        """Count the terms of some documents in one field, repeats and all."""
        lengths = self._arrays.lengths[self._names.index(field)]
        firsts = self._arrays.firsts
        counted = [int(lengths[firsts[one] : firsts[one + 1]].sum()) for one in documents]
        return np.array(counted, dtype=np.int64)

    @cached_property
    def words(self) -> int:
        """Count the words of all passages, repeats and all."""
        return int(self._arrays.lengths[self._names.index("words")].sum(dtype=np.int64))

    def document_of(self, ordinals: Sequence[int]) -> NDArray[np.int64]:
        """Give the ordinals of the documents that some passages belong to."""
        return np.searchsorted(self._arrays.firsts, np.array(ordinals), side="right") - 1

    def _numbers(self, named: Sequence[tuple[str, str]]) -> list[int]:
        """Find the rows of (field, text) pairs, -1 where no passage holds one."""
        hashes = self._arrays.hashes
        wanted = np.array([hash_of(field, text) for field, text in named], dtype=np.uint64)
        if not len(hashes):
            return [-1] * len(named)
        places = np.minimum(hashes.searchsorted(wanted), len(hashes) - 1)
        numbers: list[int] = np.where(hashes[places] == wanted, places, -1).tolist()
        return numbers

    def _read(self, terms: Iterable[SearchTerm]) -> list[Read]:
        """Find the rows that each term reads; none where no passage holds a spelling of it."""
        every = tuple(terms)
        named = [(term.field, text) for term in every for text in term.spellings]
        numbers = iter(self._numbers(named))
        return [(term, tuple(self._rows(term, numbers))) for term in every]

    def _rows(self, term: SearchTerm, numbers: Iterator[int]) -> Iterator[Row]:
        """Take the numbers of a term's spellings; a share keeps rarer synonyms in their place."""
        idf = self._arrays.idf
        typed = next(numbers)
        if typed >= 0:
            yield Row(typed, 1.0)
        for (_, share), number in zip(term.alternatives, numbers, strict=False):
            if number >= 0:
                above = typed >= 0 and idf[number] > idf[typed] >= 0
                yield Row(number, share * float(idf[typed] / idf[number]) if above else share)

    def _span(self, row: int) -> slice:
        return slice(int(self._arrays.starts[row]), int(self._arrays.starts[row + 1]))

    def _postings(self, read: Sequence[Read]) -> Postings:
        """Give the lists of terms that some passage holds."""
        if all(len(rows) == 1 and rows[0].share == 1 for _, rows in read):
            return self._mapped(read)
        return by_weight(
            [self._merged(rows) for _, rows in read],
            np.array([self._bounds(term, rows) for term, rows in read]),
        )

    def _mapped(self, read: Sequence[Read]) -> Postings:
        """Give the lists as they lie in the arrays."""
        arrays = self._arrays
        numbers = np.array([rows[0].number for _, rows in read], dtype=np.int64)
        weights = np.array([term.weight for term, _ in read], dtype=np.float64) * arrays.step
        highs = weights * np.maximum(arrays.highs[numbers], 0)
        order = np.argsort(-highs, kind="stable")
        lows = weights * np.minimum(arrays.idf[numbers], 0.0) * (K1 + 1) / arrays.step
        starts, ends = arrays.starts[numbers[order]], arrays.starts[numbers[order] + 1]
        spans = list(map(slice, starts.tolist(), ends.tolist()))
        return Postings(
            passages=tuple(arrays.passages[span] for span in spans),
            gains=tuple(arrays.impacts[span] for span in spans),
            weights=weights[order].astype(np.float32),
            slack=slack_of(weights, highs[order], lows[order]),
            mapped=(starts, ends),
        )

    def _bounds(self, term: SearchTerm, rows: tuple[Row, ...]) -> tuple[float, float, float]:
        """Give the weight of a term, and what it adds to a passage at most and at least."""
        arrays, weight = self._arrays, term.weight * self._arrays.step
        high = max(0.0, *(float(arrays.highs[row.number]) * row.share for row in rows))
        least = min(0.0, *(float(arrays.idf[row.number]) * row.share for row in rows))
        return weight, weight * high, term.weight * least * (K1 + 1)

    def _merged(self, rows: tuple[Row, ...]) -> tuple[Ordinals, Gains]:
        """Give each passage that holds a spelling once, with the best of what it gains."""
        spans = [self._span(row.number) for row in rows]
        if len(rows) == 1 and rows[0].share == 1:
            return self._arrays.passages[spans[0]], self._arrays.impacts[spans[0]]
        passages = np.concatenate([self._arrays.passages[span] for span in spans])
        gains = np.concatenate(
            [
                self._arrays.impacts[span] * np.float32(row.share)
                for row, span in zip(rows, spans, strict=True)
            ]
        )
        order = np.argsort(passages, kind="stable")
        merged, starts = np.unique(passages[order], return_index=True)
        return merged, np.maximum.reduceat(gains[order], starts)

    def _select(self, read: Sequence[Read], wanted: int) -> Ordinals:
        return select(self._postings(read), self.size, wanted)

    def _weighed(self, read: Sequence[Read], scored: Scores) -> Weighed:
        """Take the best row of each term, and weigh it."""
        first, best = 0, np.full((len(read), scored.shape[1]), -np.inf)
        if all(len(rows) == 1 for _, rows in read):
            best = scored
        else:
            for place, (_, rows) in enumerate(read):
                if rows:
                    best[place] = scored[first : first + len(rows)].max(axis=0)
                first += len(rows)
        held = best > -np.inf
        weights = np.array([term.weight for term, _ in read])[:, None]
        return Weighed(np.where(held, weights * best, 0.0), held)

    def _rows_scored(self, rows: Sequence[Row], ordinals: Ordinals) -> Scores:
        """Score passages exactly, row by row; -inf where a passage does not stand in the row."""
        arrays, norms_of = self._arrays, self._norms
        scored = []
        for row in rows:
            span = self._span(row.number)
            own = arrays.passages[span]
            at = own.searchsorted(ordinals)
            at[at == len(own)] = 0
            saturated = _saturated(
                arrays.frequencies[span][at], norms_of[arrays.fields[row.number]][ordinals]
            )
            score = row.share * float(arrays.idf[row.number]) * saturated
            scored.append(np.where(own[at] == ordinals, score, -np.inf))
        return _table(scored, len(ordinals))

    def _documents_scored(self, row: Row, documents: NDArray[np.int64]) -> Scores:
        span = self._span(row.number)
        own, firsts = self._arrays.passages[span], self._arrays.firsts
        first = own.searchsorted(firsts[documents])
        last = own.searchsorted(firsts[documents + 1])
        frequency = self._frequency(span.start, first, last)
        norm = self._document_norms[self._arrays.fields[row.number]][documents]
        idf = float(self._arrays.document_idf[row.number])
        scored = row.share * idf * _saturated(frequency, norm)
        return np.where(last > first, scored, -np.inf)

    def _frequency(
        self, start: int, first: NDArray[np.int64], last: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Add up the frequencies of each range of a row's postings; ranges may be empty."""
        width = int((last - first).max(initial=0))
        places = first[:, None] + np.arange(width)
        inside = places < last[:, None]
        held = self._arrays.frequencies[start + np.where(inside, places, 0)]
        added: NDArray[np.int64] = np.where(inside, held, 0).sum(axis=1, dtype=np.int64)
        return added

    @cached_property
    def _norms(self) -> Scores:
        """Hold each passage's length normalisation, 8 bytes a passage and field."""
        return np.array([norms(lengths) for lengths in self._arrays.lengths])

    @cached_property
    def _document_norms(self) -> Scores:
        firsts = self._arrays.firsts[:-1]
        if not len(firsts):
            return np.zeros((len(self._names), 0))
        added = np.add.reduceat(self._arrays.lengths, firsts, axis=1, dtype=np.uint32)
        return np.array([norms(lengths) for lengths in added])


def _rows_of(read: Iterable[Read]) -> list[Row]:
    return [row for _, rows in read for row in rows]


def _table(scored: Sequence[Scores], width: int) -> Scores:
    return np.array(scored, dtype=np.float64).reshape(len(scored), width)


def _saturated(frequency: NDArray[np.integer], norm: Scores) -> Scores:
    return np.asarray(frequency * (K1 + 1) / (frequency + norm), dtype=np.float64)
