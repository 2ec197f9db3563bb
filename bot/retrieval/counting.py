"""Terms of passages → counts: what an index is compiled from, in arrays small enough to keep."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

UNSIGNED = "I"  # array's code of 32 bits: term ids and counts


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each passage holds each term of one field.

    `vocabulary` names the terms by id. `terms` and `frequencies` are parallel, passage after
    passage; `distinct` says how many of them are a passage's, `lengths` how many terms it has
    with repeats.
    """

    vocabulary: tuple[str, ...]
    terms: NDArray[np.uint32]
    frequencies: NDArray[np.uint32]
    distinct: NDArray[np.uint32]
    lengths: NDArray[np.uint32]

    @property
    def size(self) -> int:
        """Give the number of passages."""
        return len(self.lengths)


def count(passages: Iterable[Sequence[str]]) -> Counts:
    """Count the terms of each passage, in order."""
    ids: dict[str, int] = {}
    terms, frequencies = array(UNSIGNED), array(UNSIGNED)
    distinct, lengths = array(UNSIGNED), array(UNSIGNED)
    for passage in passages:
        found = Counter(passage)
        terms.extend(ids.setdefault(term, len(ids)) for term in found)
        frequencies.extend(found.values())
        distinct.append(len(found))
        lengths.append(len(passage))
    arrays = (np.array(one, dtype=np.uint32) for one in (terms, frequencies, distinct, lengths))
    return Counts(tuple(ids), *arrays)


def joined(parts: Sequence[Counts]) -> Counts:
    """Put counts of passages behind one another, under one vocabulary."""
    ids: dict[str, int] = {}
    renamed = []
    for part in parts:
        names = (ids.setdefault(term, len(ids)) for term in part.vocabulary)
        own = np.fromiter(names, dtype=np.uint32, count=len(part.vocabulary))
        renamed.append(own[part.terms])
    return Counts(
        tuple(ids),
        _end_to_end(renamed),
        _end_to_end([part.frequencies for part in parts]),
        _end_to_end([part.distinct for part in parts]),
        _end_to_end([part.lengths for part in parts]),
    )


def _end_to_end(arrays: Sequence[NDArray[np.uint32]]) -> NDArray[np.uint32]:
    return np.concatenate(arrays) if arrays else np.zeros(0, dtype=np.uint32)


def rows_of(counts: Counts, passages: NDArray[np.int64]) -> Counts:
    """Take some passages' counts, in the order given, with the terms that they have."""
    if np.array_equal(passages, np.arange(counts.size)):
        return counts
    ends = np.cumsum(counts.distinct, dtype=np.int64)
    distinct = counts.distinct[passages].astype(np.int64)
    starts = np.repeat(ends[passages] - distinct, distinct)
    within = np.arange(len(starts)) - np.repeat(np.cumsum(distinct) - distinct, distinct)
    places = starts + within
    used, terms = np.unique(counts.terms[places], return_inverse=True)
    return Counts(
        tuple(counts.vocabulary[term] for term in used.tolist()),
        terms.astype(np.uint32),
        counts.frequencies[places],
        counts.distinct[passages],
        counts.lengths[passages],
    )
