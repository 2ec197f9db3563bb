"""The loops of the index, compiled: arrays in, arrays out.

The only door of numba (extra `fast`). Each is compiled once and kept beside this file or, where
NUMBA_CACHE_DIR says so, in the data folder; nobody waits for a compiler later.
"""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from bot.retrieval.compiling import K1
from bot.retrieval.index import Ordinals, Scores
from bot.retrieval.selection import slack_of

SHIFT = 6  # passages of a block as a power of two: 64, whose scores are four cache lines
WORTH_LOOKING = 60  # what looking one passage up costs, in postings read

_slack_of = numba.njit(cache=True, nogil=True)(slack_of)


@numba.njit(cache=True, nogil=True)
def best_passages(  # noqa: PLR0917  # numba takes arrays, not our types
    passages: NDArray[np.int32],
    impacts: NDArray[np.int16],
    frequencies: NDArray[np.unsignedinteger],
    starts: NDArray[np.int64],
    highs: NDArray[np.int16],
    idf: NDArray[np.float64],
    fields: NDArray[np.uint8],
    norms: Scores,
    step: float,
    rows: NDArray[np.int64],
    weights: Scores,
    wanted: int,
) -> tuple[Ordinals, Scores]:
    """Give the best passages of rows and their scores, none where not all are above zero."""
    none = np.zeros(0, dtype=np.int32), np.zeros(0)
    if (idf[rows] < 0).any():
        return none
    bounds = weights * step * highs[rows]
    order = np.argsort(-bounds)
    found = _selected(
        passages,
        impacts,
        starts[rows[order]],
        starts[rows[order] + 1],
        (weights[order] * step).astype(np.float32),
        _slack_of(weights[order] * step, bounds[order], np.zeros(len(order))),
        norms.shape[1],
        wanted,
    )
    scored = np.full((len(rows), len(found)), -np.inf)
    score_rows(
        passages,
        frequencies,
        starts[rows],
        starts[rows + 1],
        idf[rows],
        fields[rows],
        norms,
        found,
        scored,
    )
    totals = np.zeros(len(found))
    for row in range(len(rows)):
        for number in range(len(found)):
            if scored[row, number] > -np.inf:
                totals[number] += weights[row] * scored[row, number]
    best = np.argsort(-totals, kind="mergesort")[:wanted]  # ties stay in order of passages
    return found[best], totals[best]


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
    remaining = (ends - starts).sum()
    unchecked = 0
    for place in range(len(starts)):
        weight = weights[place]
        for at in range(starts[place], ends[place]):
            totals[np.uint32(passages[at])] += np.float32(impacts[at]) * weight  # never below 0
        remaining -= ends[place] - starts[place]
        unchecked += ends[place] - starts[place]
        could_bound = slacks[0] - slacks[place + 1] > slacks[place + 1]
        worth_it = 2 * unchecked > size and remaining > size
        if remaining and not (could_bound and worth_it):
            continue
        unchecked = 0
        blocks = _best_of_blocks(totals)
        cut = _kth(blocks, wanted) - slacks[place + 1]
        if cut <= 0:
            continue
        found = _reaching(totals, blocks, cut, remaining // WORTH_LOOKING if remaining else size)
        if len(found):
            return _narrowed(
                passages, impacts, starts, ends, weights, slacks, place + 1, wanted, found, totals
            )
    return np.zeros(0, dtype=np.int32)


@numba.njit(cache=True, nogil=True, fastmath={"nnan", "nsz"})  # taken in any order: it is exact
def _best_of_blocks(totals: NDArray[np.float32]) -> NDArray[np.float32]:
    """Give the best total of each block of neighbouring passages."""
    blocks = np.empty((len(totals) + (1 << SHIFT) - 1) >> SHIFT, dtype=np.float32)
    for block in range(len(blocks)):
        best = np.float32(0)
        for total in totals[block << SHIFT : (block + 1) << SHIFT]:
            if total > best:  # noqa: PLR1730  # `max` would mind NaN, and is not vectorised
                best = total
        blocks[block] = best
    return blocks


@numba.njit(cache=True, nogil=True)
def _reaching(
    totals: NDArray[np.float32], blocks: NDArray[np.float32], cut: float, most: int
) -> Ordinals:
    """Give the passages whose totals reach the cut, none where they are more than `most`."""
    found = np.empty(most, dtype=np.int32)  # touched only as far as it is filled
    count = 0
    for block in range(len(blocks)):
        if blocks[block] >= cut:
            for passage in range(block << SHIFT, min((block + 1) << SHIFT, len(totals))):
                if totals[passage] >= cut:
                    if count == most:
                        return found[:0]
                    found[count] = passage
                    count += 1
    return found[:count].copy()


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
def score_rows(  # noqa: PLR0917  # numba takes arrays, not our types
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


@numba.njit(cache=True, nogil=True)
def score_documents(  # noqa: PLR0917  # numba takes arrays, not our types
    passages: NDArray[np.int32],
    frequencies: NDArray[np.unsignedinteger],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    idf: NDArray[np.float64],
    fields: NDArray[np.uint8],
    norms: Scores,
    firsts: NDArray[np.int32],
    documents: NDArray[np.int64],
    scored: Scores,
) -> None:
    """Score documents row by row, each by how often its passages hold the term together."""
    for row in range(len(starts)):
        for number in range(len(documents)):
            document = documents[number]
            at = _place(passages, starts[row], ends[row], firsts[document])
            frequency = 0.0
            while at < ends[row] and passages[at] < firsts[document + 1]:
                frequency += np.float64(frequencies[at])
                at += 1
            if frequency:
                long = frequency + norms[fields[row], document]
                scored[row, number] = idf[row] * (frequency * (K1 + 1) / long)
