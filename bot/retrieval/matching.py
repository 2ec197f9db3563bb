"""Where terms stand in a text, and how much of what is sought stands close together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

NEAR = 50  # characters; 25, 35, 80 and 150 were worse by up to .3 points of MRR


@dataclass(frozen=True, slots=True)
class Matches:
    """Every place where a term stands, in order: `places[i]` holds term number `terms[i]`."""

    places: tuple[int, ...]
    terms: tuple[int, ...]

    def within(self, start: int, end: int) -> slice:
        """Give which matches begin in a range of the text."""
        return slice(bisect_left(self.places, start), bisect_left(self.places, end))


def matches_of(folded: str, terms: Sequence[str]) -> Matches:
    """Find every place of every term in a text that is folded as the terms are."""
    found = []
    for number, term in enumerate(terms):
        at = folded.find(term)
        while at >= 0:
            found.append((at, number))
            at = folded.find(term, at + 1)
    found.sort()
    return Matches(tuple([at for at, _ in found]), tuple([number for _, number in found]))


def masses_near(
    matches: Matches, weights: Sequence[float], width: int = NEAR
) -> tuple[float, ...]:
    """Weigh the distinct terms that begin within `width` characters from each match on."""
    places, terms = matches.places, matches.terms
    held = [0] * len(weights)
    masses = []
    mass, last, count = 0.0, 0, len(places)
    for place, left in zip(places, terms, strict=True):
        end = place + width
        while last < count and places[last] < end:
            term = terms[last]
            if not held[term]:
                mass += weights[term]
            held[term] += 1
            last += 1
        masses.append(mass)
        held[left] -= 1
        if not held[left]:
            mass -= weights[left]
    return tuple(masses)
