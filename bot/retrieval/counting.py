"""Terms of passages → counts: what an index is compiled from, in arrays small enough to keep."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.hashing import HALF, hash_of, hash_of_pair, seed_of

Numbers = NDArray[np.uint32]
Hashes = NDArray[np.uint64]
Ordinals = NDArray[np.integer]
NUMBER = 32  # bits of a number; sorted beside the passage, so that one sort groups both
AT_ONCE = 1 << 20  # postings gone through at a time: 8 MB a number of 64 bits
UNSIGNED = "I"  # array's code of 32 bits
NO_TERM = 0  # the number of what is cut from a text and is no term
BREAK = "\n"  # between texts: no hanzi, so that no pair goes across


@dataclass(frozen=True, slots=True)
class Counts:
    """How often N passages hold each of T terms of F fields, in P postings.

    Terms are rows in order of their hashes. The postings of a row follow those of the row
    before it, in order of passages; `held` says how many a row has. `lengths` are the terms
    of each passage, with repeats.
    """

    hashes: Hashes  # T
    fields: NDArray[np.uint8]  # T
    held: NDArray[np.int64]  # T
    passages: NDArray[Any]  # P, whole numbers of any size
    frequencies: NDArray[Any]  # P, the same
    lengths: Numbers  # F × N

    @property
    def size(self) -> int:
        """Give the number of passages."""
        return int(self.lengths.shape[1])


class Numbering(dict[str, int]):
    """Numbers the terms of one field as they come; `numbering[term]` is a term's number.

    A dictionary, because tens of millions of terms are looked up in it. What `is_term` refuses
    has the number `NO_TERM`.
    """

    def __init__(self, field: str, is_term: Callable[[str], object] = bool) -> None:
        super().__init__()
        self._field, self._is_term = field, is_term
        self._hashes = [NO_TERM]

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self._hashes) if self._is_term(term) else NO_TERM
        if number:
            self._hashes.append(hash_of.__wrapped__(self._field, term))
        return number

    def hashes(self, numbers: Numbers) -> Hashes:
        """Give the hashes of numbers."""
        of = self._hashes
        return np.array([of[number] for number in numbers.tolist()], dtype=np.uint64)


def count(fields: Mapping[str, Iterable[Sequence[str]]]) -> Counts:
    """Count the terms of the same passages in each field, passage after passage."""
    return side_by_side(
        [count_terms(passages, Numbering(field)) for field, passages in fields.items()]
    )


def count_terms(passages: Iterable[Sequence[str]], numbering: Numbering) -> Counts:
    """Count the terms of each passage in one field."""
    numbers, sizes = array(UNSIGNED), array(UNSIGNED)
    for passage in passages:
        numbers.extend(map(numbering.__getitem__, passage))
        sizes.append(len(passage))
    found = np.array(numbers, dtype=np.uint32)
    within = np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes)
    terms = found != NO_TERM
    return _counted(found[terms], within[terms], len(sizes), numbering.hashes)


def count_pairs(texts: Sequence[str], field: str, runs: Sequence[tuple[int, int]]) -> Counts:
    """Count the pairs of neighbouring characters of each text in one field.

    Both characters must lie in `runs`, the first and last of ranges below 65,536. All texts
    are gone through at once: pair by pair in Python takes ten times as long.
    """
    content = BREAK.join((*texts, "")).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(content, dtype="<u4")
    taken = np.zeros(len(codes), dtype=np.bool_)
    for first, last in runs:
        taken |= (codes >= first) & (codes <= last)
    at = np.flatnonzero(taken[:-1] & taken[1:])
    sizes = [len(text) + len(BREAK) for text in texts]
    within = np.repeat(np.arange(len(texts), dtype=np.uint32), sizes)[at]
    pairs = codes[at] << HALF | codes[at + 1]
    seed = seed_of(field)
    return _counted(
        pairs, within, len(texts), lambda held: hash_of_pair(seed, held.astype(np.uint64))
    )


def _counted(
    numbers: Numbers, within: Numbers, size: int, hashes: Callable[[Numbers], Hashes]
) -> Counts:
    """Count terms by their numbers and the passages that they stand in, of `size` in all."""
    keys = np.sort(numbers.astype(np.uint64) << NUMBER | within)
    places = _changes(keys)
    frequencies = np.diff(places, append=len(keys))
    keys = keys[places]
    rows = (keys >> NUMBER).astype(np.uint32)
    firsts = _changes(rows)
    counts = Counts(
        hashes=hashes(rows[firsts]),
        fields=np.zeros(len(firsts), dtype=np.uint8),
        held=np.diff(firsts, append=len(rows)),
        passages=_small(keys & ((1 << NUMBER) - 1), size),
        frequencies=_small(frequencies, int(frequencies.max(initial=0))),
        lengths=np.bincount(within, minlength=size).astype(np.uint32)[None],
    )
    return rows_of(counts, np.argsort(counts.hashes))


def _changes(values: NDArray[np.integer]) -> NDArray[np.int64]:
    """Give the place of each value that differs from the one before it."""
    changes = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return np.flatnonzero(changes)


def _small(values: NDArray[np.integer], highest: int) -> NDArray[np.unsignedinteger]:
    """Keep values in as few bytes as the highest takes."""
    return values.astype(np.min_scalar_type(highest))


def places_of(starts: NDArray[np.int64], held: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the places of ranges, range after range, by their starts and lengths."""
    before = np.cumsum(held) - held
    places = np.repeat(starts - before, held)
    places += np.arange(len(places))
    return places


def rows_of(counts: Counts, rows: NDArray[np.int64]) -> Counts:
    """Take some rows, in the order given."""
    held = counts.held[rows]
    places = places_of((np.cumsum(counts.held) - counts.held)[rows], held)
    return replace(
        counts,
        hashes=counts.hashes[rows],
        fields=counts.fields[rows],
        held=held,
        passages=counts.passages[places],
        frequencies=counts.frequencies[places],
    )


def side_by_side(fields: Sequence[Counts]) -> Counts:
    """Put counts of the same passages, each of one field, into one; fields are numbered."""
    sizes = [len(one.hashes) for one in fields]
    together = Counts(
        hashes=np.concatenate([one.hashes for one in fields]),
        fields=np.repeat(np.arange(len(fields), dtype=np.uint8), sizes),
        held=np.concatenate([one.held for one in fields]),
        passages=np.concatenate([one.passages for one in fields]),
        frequencies=np.concatenate([one.frequencies for one in fields]),
        lengths=np.concatenate([one.lengths for one in fields]),
    )
    return rows_of(together, np.argsort(together.hashes))


def joined(parts: Sequence[tuple[Counts, Ordinals]]) -> Counts:
    """Put counts of different passages into one; beside each stands what its passages become.

    Together these are the ordinals of all passages, each once.
    """
    hashes = np.sort(np.concatenate([part.hashes for part, _ in parts]))
    hashes = hashes[_changes(hashes)]
    rows = [np.searchsorted(hashes, part.hashes) for part, _ in parts]
    held = np.zeros(len(hashes), dtype=np.int64)
    fields = np.zeros(len(hashes), dtype=np.uint8)
    shared = np.zeros(len(hashes), dtype=np.int32)
    for (part, _), row in zip(parts, rows, strict=True):
        held[row] += part.held
        fields[row] = part.fields
        shared[row] += 1
    passages = np.empty(int(held.sum()), dtype=np.int32)
    frequencies = np.empty(len(passages), np.result_type(*(part.frequencies for part, _ in parts)))
    lengths = np.empty((len(parts[0][0].lengths), sum(part.size for part, _ in parts)), np.uint32)
    starts = np.cumsum(held) - held
    for (part, ordinals), row in zip(parts, rows, strict=True):
        for some, postings in portions(part.held):
            places = places_of(starts[row[some]], part.held[some])
            passages[places] = ordinals[part.passages[postings]]
            frequencies[places] = part.frequencies[postings]
        lengths[:, ordinals] = part.lengths
        starts[row] += part.held
    whole = Counts(hashes, fields, held, passages, frequencies, lengths)
    order = np.concatenate([ordinals for _, ordinals in parts])
    if not (order[1:] > order[:-1]).all():
        _put_in_order(whole, np.flatnonzero(shared > 1))
    return whole


def portions(held: NDArray[np.int64]) -> Iterator[tuple[slice, slice]]:
    """Give runs of rows with their postings, so many as memory near at hand takes."""
    ends = np.concatenate(([0], np.cumsum(held)))
    cuts = np.searchsorted(ends, np.arange(0, ends[-1], AT_ONCE))
    for first, last in pairwise(np.unique(np.append(cuts, len(held))).tolist()):
        yield slice(first, last), slice(int(ends[first]), int(ends[last]))


def _put_in_order(counts: Counts, several: NDArray[np.int64]) -> None:
    """Bring the postings of those rows that several parts hold into the order of passages."""
    held = counts.held[several]
    places = places_of((np.cumsum(counts.held) - counts.held)[several], held)
    keys = np.repeat(several << NUMBER, held) | counts.passages[places]
    order = places[np.argsort(keys, kind="stable")]  # timsort: quick on what is nearly in order
    counts.passages[places] = counts.passages[order]
    counts.frequencies[places] = counts.frequencies[order]


def passages_of(counts: Counts, kept: NDArray[np.bool_]) -> Counts:
    """Take the passages that `kept` says, with the terms that they hold."""
    ordinals = np.cumsum(kept, dtype=np.int32) - np.int32(1)
    stays = kept[counts.passages]
    gone = np.searchsorted(np.cumsum(counts.held), np.flatnonzero(~stays), side="right")
    held = counts.held - np.bincount(gone, minlength=len(counts.held))
    some = held > 0
    return Counts(
        hashes=counts.hashes[some],
        fields=counts.fields[some],
        held=held[some],
        passages=ordinals[counts.passages[stays]],
        frequencies=counts.frequencies[stays],
        lengths=counts.lengths[:, kept],
    )
