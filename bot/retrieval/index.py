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

from bot.retrieval.compiling import K1, Arrays, norms
from bot.retrieval.hashing import hash_of
from bot.retrieval.selection import Gains, Postings, by_weight, select

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
class Read:
    """The R rows of the index that T terms read, term after term; as arrays, for speed.

    `shares` are of the rows' scores, `terms` the place of the term that reads each row.
    `plain`: each term reads one row at most, as it is.
    """

    rows: NDArray[np.int64]  # R
    shares: Scores  # R
    terms: NDArray[np.int64]  # R
    weights: Scores  # T
    plain: bool


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
        read = self._read(terms)
        found = select(self._postings(read), self.size, wanted)
        total = np.zeros(len(found))
        for scores in self._weighed(read, self._rows_scored(read, found)).scores:
            total += scores  # one by one: numpy's own sum rounds a single passage differently
        best = np.lexsort((found, -total))[:wanted]
        return tuple(zip(found[best].tolist(), total[best].tolist(), strict=True))

    def weigh(self, terms: Iterable[SearchTerm], ordinals: Sequence[int]) -> Weighed:
        """Score some passages for each term by itself."""
        read = self._read(terms)
        wanted = np.array(ordinals, dtype=np.int32)
        return self._weighed(read, self._rows_scored(read, wanted))

    def weigh_documents(self, terms: Iterable[SearchTerm], documents: Sequence[int]) -> Weighed:
        """Score some documents for each term, each document as one text of all its passages.

        The scores are BM25Okapi's of a field in which every document's terms stand together.
        """
        read = self._read(terms)
        wanted = np.array(documents, dtype=np.int64)
        return self._weighed(read, self._documents_scored(read, wanted))

    def idfs(self, terms: Sequence[SearchTerm]) -> Scores:
        """Tell how rare each term is as typed; what no passage holds counts as the rarest."""
        rows = np.array(self._numbers([(term.field, term.text) for term in terms]), dtype=np.int64)
        unseen = math.log(self.size + 0.5) - math.log(0.5)
        if not len(self._arrays.idf):
            return np.full(len(rows), unseen)
        return np.where(rows < 0, unseen, self._arrays.idf[rows])

    def holding(self, named: Sequence[tuple[str, str]]) -> NDArray[np.int64]:
        """Count the passages that hold each (field, text), zero for what none holds."""
        numbers, starts = self._numbers(named), self._arrays.starts
        if not len(self._arrays.hashes):
            return np.zeros(len(named), dtype=np.int64)
        return np.where(numbers < 0, 0, starts[numbers + 1] - starts[numbers])

    def document_lengths(self, field: str, documents: Sequence[int]) -> NDArray[np.int64]:
        """Count the terms of some documents in one field, repeats and all."""
        counted: NDArray[np.int64] = self._document_lengths[self._names.index(field)][documents]
        return counted

    @cached_property
    def words(self) -> int:
        """Count the words of all passages, repeats and all."""
        return int(self._arrays.lengths[self._names.index("words")].sum(dtype=np.int64))

    def document_of(self, ordinals: Sequence[int]) -> NDArray[np.int64]:
        """Give the ordinals of the documents that some passages belong to."""
        return np.searchsorted(self._arrays.firsts, np.array(ordinals), side="right") - 1

    def _numbers(self, named: Sequence[tuple[str, str]]) -> NDArray[np.int64]:
        """Find the rows of (field, text) pairs, -1 where no passage holds one."""
        hashes = self._arrays.hashes
        if not len(hashes):
            return np.full(len(named), -1)
        wanted = np.array([hash_of(field, text) for field, text in named], dtype=np.uint64)
        places = np.minimum(hashes.searchsorted(wanted), len(hashes) - 1)
        return np.where(hashes[places] == wanted, places, -1)

    def _read(self, terms: Iterable[SearchTerm]) -> Read:
        """Find the rows that terms read; none where no passage holds a spelling of it."""
        every = tuple(terms)
        numbers = self._numbers([(term.field, text) for term in every for text in term.spellings])
        weights = np.array([term.weight for term in every], dtype=np.float64)
        if len(numbers) == len(every):
            held = np.flatnonzero(numbers >= 0)
            return Read(numbers[held], np.ones(len(held)), held, weights, plain=True)
        spelled = iter(numbers.tolist())
        rows = [
            (number, share, place)
            for place, term in enumerate(every)
            for number, share in self._rows(term, spelled)
        ]
        number, share, places = zip(*rows, strict=True) if rows else ((), (), ())
        return Read(
            np.array(number, dtype=np.int64),
            np.array(share, dtype=np.float64),
            np.array(places, dtype=np.int64),
            weights,
            plain=False,
        )

    def _rows(self, term: SearchTerm, numbers: Iterator[int]) -> Iterator[tuple[int, float]]:
        """Take the numbers of a term's spellings; a share keeps rarer synonyms in their place."""
        idf = self._arrays.idf
        typed = next(numbers)
        if typed >= 0:
            yield typed, 1.0
        for (_, share), number in zip(term.alternatives, numbers, strict=False):
            if number >= 0:
                above = typed >= 0 and idf[number] > idf[typed] >= 0
                yield number, share * float(idf[typed] / idf[number]) if above else share

    def _spans(self, read: Read) -> list[slice]:
        starts = self._arrays.starts
        return list(map(slice, starts[read.rows].tolist(), starts[read.rows + 1].tolist()))

    def _postings(self, read: Read) -> Postings:
        """Give the lists of terms that some passage holds, each as it lies or merged of several.

        Gains of a row lie between its highest impact and, where half of all passages hold it
        and the idf is below zero, the least that any frequency could give; or are zero.
        """
        arrays = self._arrays
        spans = self._spans(read)
        lists = [(arrays.passages[span], arrays.impacts[span]) for span in spans]
        highs = np.maximum(arrays.highs[read.rows], 0) * read.shares
        lows = np.minimum(arrays.idf[read.rows], 0.0) * (K1 + 1) / arrays.step * read.shares
        weights = read.weights[read.terms] * arrays.step
        if not read.plain and lists:
            firsts = np.flatnonzero(np.diff(read.terms, prepend=-1))
            ends = np.append(firsts[1:], len(lists)).tolist()
            highs, lows = np.maximum.reduceat(highs, firsts), np.minimum.reduceat(lows, firsts)
            weights = weights[firsts]
            lists = [
                _merged(lists[first:end], read.shares[first:end])
                for first, end in zip(firsts.tolist(), ends, strict=True)
            ]
        return by_weight(lists, weights, weights * highs, weights * lows)

    def _weighed(self, read: Read, scored: Scores) -> Weighed:
        """Take the best row of each term, and weigh it."""
        best = np.full((len(read.weights), scored.shape[1]), -np.inf)
        if read.plain:
            best[read.terms] = scored
        else:
            np.maximum.at(best, read.terms, scored)
        held = best > -np.inf
        return Weighed(np.where(held, read.weights[:, None] * best, 0.0), held)

    def _rows_scored(self, read: Read, ordinals: Ordinals) -> Scores:
        """Score passages exactly, row by row; -inf where a passage does not stand in the row."""
        arrays, rows = self._arrays, read.rows
        at = np.empty((len(rows), len(ordinals)), dtype=np.int64)
        for place, span in enumerate(self._spans(read)):
            at[place] = arrays.passages[span].searchsorted(ordinals)
        at = np.minimum(at + arrays.starts[rows, None], arrays.starts[rows + 1, None] - 1)
        norm = self._norms[arrays.fields[rows, None], ordinals]
        scores = (read.shares * arrays.idf[rows])[:, None] * _saturated(
            arrays.frequencies[at], norm
        )
        return np.where(arrays.passages[at] == ordinals, scores, -np.inf)

    def _documents_scored(self, read: Read, documents: NDArray[np.int64]) -> Scores:
        """Score whole documents, row by row; -inf where no passage of one stands in the row."""
        arrays, firsts = self._arrays, self._arrays.firsts
        idf = read.shares * arrays.document_idf[read.rows]
        scored = np.empty((len(read.rows), len(documents)))
        for place, span in enumerate(self._spans(read)):
            own = arrays.passages[span]
            first = own.searchsorted(firsts[documents])
            last = own.searchsorted(firsts[documents + 1])
            frequency = self._frequency(span.start, first, last)
            norm = self._document_norms[arrays.fields[read.rows[place]]][documents]
            scores = idf[place] * _saturated(frequency, norm)
            scored[place] = np.where(last > first, scores, -np.inf)
        return scored

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
        return np.array([norms(lengths) for lengths in self._document_lengths])

    @cached_property
    def _document_lengths(self) -> NDArray[np.int64]:
        """Hold each document's terms of each field, 8 bytes a document and field."""
        firsts = self._arrays.firsts
        ends = np.cumsum(self._arrays.lengths, axis=1, dtype=np.int64)
        before = np.concatenate((np.zeros((len(ends), 1), dtype=np.int64), ends), axis=1)
        lengths: NDArray[np.int64] = before[:, firsts[1:]] - before[:, firsts[:-1]]
        return lengths


def _merged(
    lists: Sequence[tuple[Ordinals, Gains]], shares: Sequence[float] | Scores
) -> tuple[Ordinals, Gains]:
    """Give each passage that holds a spelling once, with the best of what it gains."""
    if len(lists) == 1 and shares[0] == 1:
        return lists[0]
    passages = np.concatenate([own for own, _ in lists])
    gains = np.concatenate(
        [gained * np.float32(share) for (_, gained), share in zip(lists, shares, strict=True)]
    )
    order = np.argsort(passages, kind="stable")
    merged, starts = np.unique(passages[order], return_index=True)
    return merged, np.maximum.reduceat(gains[order], starts)


def _saturated(frequency: NDArray[np.integer], norm: Scores) -> Scores:
    return np.asarray(frequency * (K1 + 1) / (frequency + norm), dtype=np.float64)
