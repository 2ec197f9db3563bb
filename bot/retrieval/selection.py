"""Postings of a query's terms → the few passages that can be among the best. Exact, by bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = 64  # passages whose best stands for them: the k-th best block bounds the k-th best
FEW_BLOCKS = 16  # picking a block's passages costs what passing over 16 blocks does
FIRST_PART = 8  # the strongest lists are added up first, until an 8th of all passages is read
WORTH_BOUNDS = 4  # finding bounds costs about as much as reading a 4th of all passages
LOOKED_UP = 20  # looking a passage up in a list costs about what reading 20 postings does
HALF_STEP = 0.5  # gains are whole steps: what rounding to one took away or added
ROUNDINGS = 2.0**-22  # share of a sum that float32 can be off after tens of additions

Passages = NDArray[np.int32]
Gains = NDArray[Any]  # int16 as compiled, float32 where several lists were merged
Sums = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Postings:
    """The lists of a query's terms, those first that can add most.

    Each list holds the passages with its term, in order, and what each gains by it, times its
    weight. `slack`, by how many lists are read: how far a passage may then be behind another
    one and still end before it.
    """

    passages: tuple[Passages, ...]
    gains: tuple[Gains, ...]
    weights: NDArray[np.float32]
    slack: NDArray[np.float64]

    def size_from(self, place: int) -> int:
        """Count the postings of the lists from a place on."""
        return sum(map(len, self.passages[place:]))


def slack_of(weights: Sums, highs: Sums, lows: Sums) -> Sums:
    """Give the slack before the first list is read, before the second … and after the last.

    `highs` and `lows` bound what each list adds to any passage, zero included: most passages
    are not in it.
    """
    open_to = np.zeros(len(weights) + 1)
    open_to[:-1] = (highs - lows)[::-1].cumsum()[::-1]
    slack: Sums = open_to + 2 * (HALF_STEP * weights.sum() + ROUNDINGS * open_to[0])
    return slack


def select(postings: Postings, size: int, wanted: int) -> Passages:
    """Give passages in order, among them all of the `wanted` best that hold a term.

    Lists are added up in order of what they can add (MaxScore); once what remains cannot lift
    an untouched passage to the best, only passages that are still in question are looked up in
    the remaining lists. Scores of zero or less are provided for: where the best are not above
    zero, all passages that hold a term are given.
    """
    if not postings.passages or wanted <= 0:
        return np.zeros(0, dtype=np.int32)
    total: Sums | None = None
    read = 0
    while read < len(postings.passages):
        end = _end_of_part(postings, read, size)
        part = _added_up(postings, read, end, size)
        total = part if total is None else total + part
        read = end
        blocks = _best_of_blocks(total, wanted)
        cut = _kth(blocks, wanted) - postings.slack[read]
        if cut <= 0:  # also in question: passages that no list so far holds
            continue
        found = _reaching(total, blocks, cut)
        if read == len(postings.passages):
            return found.astype(np.int32)
        if len(found) * LOOKED_UP <= postings.size_from(read):
            return _narrowed(postings, read, found.astype(np.int32), total[found], wanted)
    return np.unique(np.concatenate(postings.passages))


def _end_of_part(postings: Postings, start: int, size: int) -> int:
    """Give how many lists to read before bounds are worth being looked at again."""
    end, read = start, 0
    while end < len(postings.passages) and read <= size // FIRST_PART:
        read += len(postings.passages[end])
        end += 1
    worth_it = postings.size_from(end) > size // WORTH_BOUNDS
    return end if worth_it else len(postings.passages)


def _added_up(postings: Postings, start: int, end: int, size: int) -> Sums:
    lists = postings.passages[start:end]
    gains: Gains = np.concatenate(postings.gains[start:end])
    weights = np.repeat(postings.weights[start:end], list(map(len, lists)))
    added: Sums = np.bincount(  # type: ignore[assignment]  # weights make it float64
        np.concatenate(lists), weights=gains * weights, minlength=size
    )
    return added


def _best_of_blocks(total: Sums, wanted: int) -> Sums:
    """Give the best of each block, or of each passage where blocks are too few.

    The last passages, too few to fill blocks, stand for themselves.
    A block is every `blocks`-th passage: numpy takes the best along the rows at full speed.
    """
    blocks = len(total) // BLOCK
    if blocks < wanted:
        return total
    best = total[: blocks * BLOCK].reshape(BLOCK, blocks).max(axis=0)
    return np.append(best, total[blocks * BLOCK :])


def _reaching(total: Sums, best: Sums, cut: float) -> NDArray[np.int64]:
    """Give the passages that reach the cut, in order, looking only into blocks whose best does."""
    blocks = len(total) // BLOCK
    places = np.flatnonzero(best >= cut)
    if len(best) == len(total) or len(places) * FEW_BLOCKS > blocks:
        return np.flatnonzero(total >= cut)
    inside = places[places < blocks]
    within = (inside + np.arange(0, blocks * BLOCK, blocks)[:, None]).ravel()
    alone = places[len(inside) :] + blocks * (BLOCK - 1)
    every: NDArray[np.int64] = np.sort(np.concatenate((within, alone)))
    return every[total[every] >= cut]


def _narrowed(
    postings: Postings, read: int, found: Passages, scores: Sums, wanted: int
) -> Passages:
    """Look the passages in question up in the lists that remain, leaving out who falls behind."""
    for place in range(read, len(postings.passages)):
        own = postings.passages[place]
        at = own.searchsorted(found)
        at[at == len(own)] = 0
        gained = postings.gains[place][at] * postings.weights[place]
        scores = scores + np.where(own[at] == found, gained, 0.0)
        if len(found) > wanted:
            least = _kth(scores, wanted) - postings.slack[place + 1]
            found, scores = found[scores >= least], scores[scores >= least]
    return found


def _kth(scores: Sums, wanted: int) -> float:
    """Give what at least `wanted` scores reach."""
    if len(scores) < wanted:
        return -np.inf
    return float(np.partition(scores, len(scores) - wanted)[len(scores) - wanted])


def by_weight(
    lists: Sequence[tuple[Passages, Gains]], weights: Sums, highs: Sums, lows: Sums
) -> Postings:
    """Put lists in order; `highs` and `lows` bound what each adds, weight and all."""
    order = np.argsort(-highs, kind="stable")
    ordered = [lists[place] for place in order.tolist()]
    return Postings(
        passages=tuple(passages for passages, _ in ordered),
        gains=tuple(gains for _, gains in ordered),
        weights=weights[order].astype(np.float32),
        slack=slack_of(weights, highs[order], lows[order]),
    )
