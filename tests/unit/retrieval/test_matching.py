"""Matching: where terms stand, and what stands close together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.matching import masses_near, matches_of

TEXTS = st.text(st.sampled_from("补贴标准x"), max_size=60)
TERMS = st.lists(st.sampled_from(["补贴", "贴标", "标", "x补"]), unique=True, max_size=4)


@given(TEXTS, TERMS)
def test_every_place_of_every_term_is_found(text: str, terms: list[str]) -> None:
    """Matches are all places where a term stands, overlapping ones too, in order."""
    matches = matches_of(text, terms)
    expected = sorted(
        (at, number)
        for number, term in enumerate(terms)
        for at in range(len(text))
        if text.startswith(term, at)
    )
    assert list(zip(matches.places, matches.terms, strict=True)) == expected


@given(TEXTS, TERMS, st.integers(1, 20))
def test_a_mass_counts_each_term_once(text: str, terms: list[str], width: int) -> None:
    """From each match on, the distinct terms that begin within the width are added up."""
    weights = [1.0 + number for number in range(len(terms))]
    matches = matches_of(text, terms)
    for place, mass in zip(matches.places, masses_near(matches, weights, width), strict=True):
        inside = matches.within(place, place + width)
        held = sum(weights[term] for term in set(matches.terms[inside]))
        assert mass == pytest.approx(held)
