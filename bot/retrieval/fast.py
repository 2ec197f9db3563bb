"""The same index with compiled loops, for large corpora: identical results, several times faster.

The only door of numba (extra `fast`). The loops are compiled once and kept beside this file or,
where that cannot be written, in the user's own cache; nobody waits for a compiler later.
"""

from __future__ import annotations

from collections.abc import Sequence

import numba
import numpy as np
from numpy.typing import NDArray

from bot.retrieval.compiling import K1, Arrays
from bot.retrieval.index import Index, Ordinals, Row, Scores
from bot.retrieval.selection import Postings, bounds_of, select

SHIFT = 6  # passages of a block as a power of two: 64, whose scores are four cache lines
WORTH_LOOKING = 8  # what looking one passage up costs, in postings read


class FastIndex(Index):
    """An `Index` that adds up, selects and scores in compiled loops."""

    def __init__(self, names: Sequence[str], arrays: Arrays) -> None:
        """Compile the loops, or load them, for arrays of these very types."""
        super().__init__(names, arrays)
        if len(arrays.hashes):
            whole = Postings(arrays.passages[:1], arrays.impacts[:1], 1.0, 1.0, 0.0, 0)
            self._select([whole], 1)
            self._rows_scored([Row(0, 1.0)], np.zeros(1, dtype=np.int32))

    def _select(self, postings: Sequence[Postings], wanted: int) -> Ordinals:
        lists = sorted((one for one in postings if len(one.passages)), key=lambda one: -one.high)
        whole = all(one.start >= 0 and one.low == 0 for one in lists)
        if not whole or not lists or not 0 < wanted <= self.size >> SHIFT:
            return select(postings, self.size, wanted, self._arrays.step / 2)
        bounds = bounds_of(lists, self._arrays.step / 2)
        starts = np.array([one.start for one in lists])
        found = _selected(
            self._arrays.passages,
            self._arrays.impacts,
            starts,
            starts + np.array([len(one.passages) for one in lists]),
            np.array([one.weight for one in lists], dtype=np.float32),
            np.array([bounds.slack(place) for place in range(len(lists) + 1)]),
            self.size,
            wanted,
        )
        if not len(found):  # too few passages are above zero: those at zero count as well
            return select(postings, self.size, wanted, self._arrays.step / 2)
        return found

    def _rows_scored(self, rows: Sequence[Row], ordinals: Ordinals) -> Scores:
        arrays = self._arrays
        numbers = np.array([row.number for row in rows], dtype=np.int64)
        scored = np.full((len(rows), len(ordinals)), -np.inf)
        _score_rows(
            arrays.passages,
            arrays.frequencies,
            arrays.starts[numbers],
            arrays.starts[numbers + 1],
            np.array([row.share for row in rows], dtype=np.float64) * arrays.idf[numbers],
            arrays.fields[numbers],
            self._norms,
            ordinals,
            scored,
        )
        return scored


@numba.njit(cache=True, nogil=True)
def _place(passages: NDArray[np.int32], start: int, end: int, wanted: int) -> int:
    """Find the first place from `start` on whose passage is not below the wanted one."""
    step = 1
    while start + step < end and passages[start + step] < wanted:
        start += step
        step *= 2
    end = min(end, start + step + 1)
    while start < end:
        middle = (start + end) >> 1
        if passages[middle] < wanted:
            start = middle + 1
        else:
            end = middle
    return start


@numba.njit(cache=True, nogil=True)
def _kth(scores: NDArray[np.float32], wanted: int) -> float:
    """Give the `wanted`-th best score, by a heap of the best so far with the least on top."""
    heap = scores[:wanted].copy()
    heap.sort()
    for score in scores[wanted:]:
        if score <= heap[0]:
            continue
        at = 0
        while True:
            below = 2 * at + 1
            if below >= wanted:
                break
            if below + 1 < wanted and heap[below + 1] < heap[below]:
                below += 1
            if heap[below] >= score:
                break
            heap[at] = heap[below]
            at = below
        heap[at] = score
    return float(heap[0])


@numba.njit(cache=True, nogil=True)
def _selected(  # noqa: PLR0917  # numba takes arrays, not our types
    passages: NDArray[np.int32],
    impacts: NDArray[np.int16],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    weights: NDArray[np.float32],
    slacks: NDArray[np.float64],
    size: int,
    wanted: int,
) -> Ordinals:
    """Give the passages that can be among the best, none where these are not all above zero."""
    totals = np.zeros(size, dtype=np.float32)
    blocks = np.zeros((size >> SHIFT) + 1, dtype=np.float32)
    remaining = (ends - starts).sum()
    for place in range(len(starts)):
        weight = weights[place]
        for at in range(starts[place], ends[place]):
            passage = passages[at]
            total = totals[passage] + impacts[at] * weight
            totals[passage] = total
            block = passage >> SHIFT
            blocks[block] = max(blocks[block], total)
        remaining -= ends[place] - starts[place]
        could_bound = slacks[0] - slacks[place + 1] > slacks[place + 1]
        if remaining and (not could_bound or remaining < len(blocks)):
            continue
        cut = _kth(blocks, wanted) - slacks[place + 1]
        if cut <= 0:
            continue
        found = _reaching(totals, blocks, cut)
        if not remaining or len(found) * WORTH_LOOKING <= remaining:
            return _narrowed(
                passages, impacts, starts, ends, weights, slacks, place + 1, wanted, found, totals
            )
    return np.zeros(0, dtype=np.int32)


@numba.njit(cache=True, nogil=True)
def _reaching(totals: NDArray[np.float32], blocks: NDArray[np.float32], cut: float) -> Ordinals:
    found = []
    for block in range(len(blocks)):
        if blocks[block] >= cut:
            first = block << SHIFT
            for passage in range(first, min(first + (1 << SHIFT), len(totals))):
                if totals[passage] >= cut:
                    found.append(passage)  # noqa: PERF401  # compiled, it is the fast way
    return np.array(found, dtype=np.int32)


@numba.njit(cache=True, nogil=True)
def _narrowed(  # noqa: PLR0917  # numba takes arrays, not our types
    passages: NDArray[np.int32],
    impacts: NDArray[np.int16],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    weights: NDArray[np.float32],
    slacks: NDArray[np.float64],
    first: int,
    wanted: int,
    found: Ordinals,
    totals: NDArray[np.float32],
) -> Ordinals:
    """Look the passages in question up in the lists that remain, leaving out who falls behind."""
    scores = totals[found]
    for place in range(first, len(starts)):
        at = starts[place]
        for number in range(len(found)):
            at = _place(passages, at, ends[place], found[number])
            if at < ends[place] and passages[at] == found[number]:
                scores[number] += impacts[at] * weights[place]
        if len(found) > wanted:
            keep = scores >= _kth(scores, wanted) - slacks[place + 1]
            found, scores = found[keep], scores[keep]
    return found


@numba.njit(cache=True, nogil=True)
def _score_rows(  # noqa: PLR0917  # numba takes arrays, not our types
    passages: NDArray[np.int32],
    frequencies: NDArray[np.unsignedinteger],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    idf: NDArray[np.float64],
    fields: NDArray[np.uint8],
    norms: Scores,
    ordinals: Ordinals,
    scored: Scores,
) -> None:
    """Score passages row by row, in the order of operations of `Index`, to the same bits."""
    for row in range(len(starts)):
        for number in range(len(ordinals)):
            ordinal = ordinals[number]
            at = _place(passages, starts[row], ends[row], ordinal)
            if at < ends[row] and passages[at] == ordinal:
                frequency = np.float64(frequencies[at])
                long = frequency + norms[fields[row], ordinal]
                scored[row, number] = idf[row] * (frequency * (K1 + 1) / long)
