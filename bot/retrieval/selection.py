"""Postings of a query's terms → the few passages that can be among the best. Exact, by bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLOCK = 64  # passages whose best stands for them: the k-th best block bounds the k-th best
FIRST_PART = 8  # the strongest lists are added up first, until an 8th of all passages is read
WORTH_BOUNDS = 4  # finding bounds costs about as much as reading a 4th of all passages
LOOKED_UP = 20  # looking a passage up in a list costs about what reading 20 postings does
HALF_STEP = 0.5  # gains are whole steps: what rounding to one took away or added
ROUNDINGS = 2.0**-22  # share of a sum that float32 can be off after tens of additions

Sums = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Postings:
    """The passages that hold a term, in order, with what each gains by it, times `weight`.

    `high` and `low` bound what any passage gains or loses by the term, zero included: most
    passages do not hold it.
    """

    passages: NDArray[np.int32]
    gains: NDArray[np.int16] | NDArray[np.float32]
    weight: float
    high: float
    low: float


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the lists from each place on can still add at most (`high`) or take away (`low`).

    `unsure` is how far a sum of gains may be from the exact score.
    """

    high: tuple[float, ...]
    low: tuple[float, ...]
    unsure: float

    def slack(self, place: int) -> float:
        """Give how far a passage may be behind one and still end before it."""
        return self.high[place] - self.low[place] + 2 * self.unsure

    def behind(self, place: int) -> Bounds:
        """Give the bounds of the lists from a place on."""
        return Bounds(self.high[place:], self.low[place:], self.unsure)


def bounds_of(lists: Sequence[Postings]) -> Bounds:
    """Add up the bounds of lists from the end."""
    high, low = [0.0], [0.0]
    for one in reversed(lists):
        high.append(high[-1] + one.high)
        low.append(low[-1] + one.low)
    rounding = HALF_STEP * sum(one.weight for one in lists)
    return Bounds(
        tuple(reversed(high)),
        tuple(reversed(low)),
        rounding + ROUNDINGS * (high[-1] - low[-1]),
    )


def select(postings: Sequence[Postings], size: int, wanted: int) -> NDArray[np.int32]:
    """Give passages in order, among them all of the `wanted` best that hold a term.

    Lists are added up in order of what they can add (MaxScore); once what remains cannot lift
    an untouched passage to the best, only passages that are still in question are looked up in
    the remaining lists. Scores of zero or less are provided for: where the best are not above
    zero, all passages that hold a term are given.
    """
    lists = sorted((one for one in postings if len(one.passages)), key=lambda one: -one.high)
    if not lists or wanted <= 0:
        return np.zeros(0, dtype=np.int32)
    bounds = bounds_of(lists)
    total: Sums | None = None
    read = 0
    while read < len(lists):
        end = _end_of_part(lists, read, size)
        part = _added_up(lists[read:end], size)
        total = part if total is None else total + part
        read = end
        cut = _kth_best(total, wanted) - bounds.slack(read)
        if cut <= 0:  # also in question: passages that no list so far holds
            continue
        found = np.flatnonzero(total >= cut)
        remaining = sum(len(one.passages) for one in lists[read:])
        if len(found) * LOOKED_UP <= remaining or read == len(lists):
            rest = bounds.behind(read)
            return _narrowed(lists[read:], rest, found.astype(np.int32), total[found], wanted)
    return np.unique(np.concatenate([one.passages for one in lists]))


def _end_of_part(lists: Sequence[Postings], start: int, size: int) -> int:
    """Give how many lists to read before bounds are worth being looked at again."""
    end, read = start, 0
    while end < len(lists) and read <= size // FIRST_PART:
        read += len(lists[end].passages)
        end += 1
    remaining = sum(len(one.passages) for one in lists[end:])
    return end if remaining > size // WORTH_BOUNDS else len(lists)


def _added_up(lists: Sequence[Postings], size: int) -> Sums:
    gains = np.concatenate([one.gains * np.float32(one.weight) for one in lists])
    passages = np.concatenate([one.passages for one in lists])
    added: Sums = np.bincount(passages, weights=gains, minlength=size)  # type: ignore[assignment]  # weights make it float64
    return added


def _kth_best(total: Sums, wanted: int) -> float:
    """Give what at least `wanted` passages reach: the best of as many blocks."""
    blocks = len(total) // BLOCK
    # A block is every `blocks`-th passage: numpy takes the best along the rows at full speed.
    best = (
        total[: blocks * BLOCK].reshape(BLOCK, blocks).max(axis=0) if blocks >= wanted else total
    )
    return _kth(best, wanted) if len(best) >= wanted else -np.inf


def _narrowed(
    lists: Sequence[Postings], rest: Bounds, found: NDArray[np.int32], scores: Sums, wanted: int
) -> NDArray[np.int32]:
    """Look the passages in question up in the lists that remain, leaving out who falls behind."""
    for place, one in enumerate(lists, 1):
        at = one.passages.searchsorted(found)
        at[at == len(one.passages)] = 0
        held = one.passages[at] == found
        scores = scores + np.where(held, one.gains[at] * np.float32(one.weight), 0.0)
        if len(found) > wanted:
            least = _kth(scores, wanted) - rest.slack(place)
            found, scores = found[scores >= least], scores[scores >= least]
    return found


def _kth(scores: Sums, wanted: int) -> float:
    return float(np.partition(scores, len(scores) - wanted)[len(scores) - wanted])
