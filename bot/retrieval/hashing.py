"""Terms → the numbers of 64 bits under which an index holds and finds them."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

BITS = (1 << 64) - 1
HASH_BYTES = 8  # 64 bits: that two of a million terms meet has a chance of 3 in 100 million
PAIR = 2  # characters: what the numbers of bigrams are worked out from, many at once
HALF = 16  # bits of a character in a pair
LAST = "\uffff"  # the last character of 16 bits


@lru_cache(maxsize=1 << 16)  # 10 MB: one question looks its terms up several times
def hash_of(field: str, term: str) -> int:
    """Give the number under which a field's term is found."""
    if len(term) == PAIR and max(term) <= LAST:
        return hash_of_pair(seed_of(field), ord(term[0]) << HALF | ord(term[1]))
    return _digest(f"{field}\0{term}")


@lru_cache(maxsize=16)  # an edition has four fields
def seed_of(field: str) -> int:
    """Give the number that sets a field's pairs apart from those of other fields."""
    return _digest(field)


@overload
def hash_of_pair(seed: int, pair: int) -> int: ...
@overload
def hash_of_pair(seed: int, pair: NDArray[np.uint64]) -> NDArray[np.uint64]: ...
def hash_of_pair(seed: int, pair: int | NDArray[np.uint64]) -> int | NDArray[np.uint64]:
    """Mix the two characters of a pair; pairs of one field never meet.

    The finalizer of SplitMix64 (Steele, Lea and Flood 2014), which maps no two numbers alike.
    """
    mixed: Any = pair ^ seed
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & BITS
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & BITS
    found: int | NDArray[np.uint64] = mixed ^ (mixed >> 31)
    return found


def _digest(named: str) -> int:
    content = named.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(content, digest_size=HASH_BYTES).digest(), "little")
