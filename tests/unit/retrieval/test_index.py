"""The index: scores equal to those of rank_bm25, and the best passages by them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from bot.retrieval.index import Index, SearchTerm, best_ordinals, field_of

FieldTerms = list[list[str]]

VOCABULARY = "甲乙丙丁戊己"
PASSAGE = st.lists(st.sampled_from(VOCABULARY), max_size=8)
# Random passages, and those that BM25 is awkward about: all alike, all empty, one alone.
FIELDS = st.one_of(
    st.lists(PASSAGE, max_size=12),
    st.builds(lambda passage, size: [passage] * size, PASSAGE, st.integers(1, 9)),
)
SPELLING = st.sampled_from(VOCABULARY + "缺")
WEIGHT = st.sampled_from([1.0, 0.5, 0.4, 0.2])
TERM = st.builds(
    SearchTerm,
    field=st.just("words"),
    text=SPELLING,
    weight=WEIGHT,
    alternatives=st.lists(st.tuples(SPELLING, st.sampled_from([0.7, 0.3])), max_size=3).map(tuple),
)
SCORE = st.one_of(st.sampled_from([0.0, -1.0, 1.0, 2.5]), st.floats(-9, 9))


def index_of(**fields: FieldTerms) -> Index:
    """Build an index of named fields over the same passages."""
    size = len(next(iter(fields.values())))
    return Index(size, {name: field_of(terms) for name, terms in fields.items()})


def published(passages: FieldTerms, term: str) -> Sequence[float]:
    """Score one term with rank_bm25 itself, zeros where it cannot be built."""
    if not any(passages):
        return [0.0] * len(passages)
    scores: Sequence[float] = BM25Okapi(passages, k1=0.9, b=0.5).get_scores([term])
    return scores


@given(FIELDS, st.data(), st.lists(st.tuples(SPELLING, WEIGHT), max_size=4))
def test_scores_are_the_weighted_sum_of_rank_bm25(
    texts: FieldTerms, data: st.DataObject, typed: list[tuple[str, float]]
) -> None:
    """Each field counts with its weight, whatever the passages are like."""
    asks = [data.draw(PASSAGE) for _ in texts]
    terms = [SearchTerm("words", text, weight) for text, weight in typed]
    terms += [SearchTerm("asks", text, weight / 2) for text, weight in typed]
    wanted = np.zeros(len(texts))
    for text, weight in typed:
        wanted += weight * np.array(published(texts, text))
        wanted += weight / 2 * np.array(published(asks, text))
    found = index_of(words=texts, asks=asks).scores(terms)
    assert found == pytest.approx(wanted, abs=1e-9)


@given(FIELDS, TERM)
def test_a_term_counts_as_its_best_alternative(passages: FieldTerms, term: SearchTerm) -> None:
    """Alternatives never add up: of all spellings that any passage holds, the best counts."""
    spellings = [(term.text, 1.0), *term.alternatives]
    vocabulary = {one for passage in passages for one in passage}
    held = [
        share * np.array(published(passages, text))
        for text, share in spellings
        if text in vocabulary
    ]
    wanted = term.weight * np.max(held, axis=0) if held else np.zeros(len(passages))
    found = index_of(words=passages).scores([term])
    assert found == pytest.approx(wanted, abs=1e-9)


def test_a_passage_with_word_and_synonym_gains_nothing_by_the_synonym() -> None:
    """Where both are as common, a passage with both ranks like one with the typed word."""
    passages = [["补贴", "补助"], ["补贴", "标准"], ["补助", "标准"], ["别的"], ["其他"], ["再有"]]
    term = SearchTerm("words", "补贴", 1.0, (("补助", 0.7),))
    scores = index_of(words=passages).scores([term])
    assert scores[0] == scores[1] > scores[2] > scores[3]


@given(FIELDS, TERM)
def test_a_passage_holds_what_stands_in_it(passages: FieldTerms, term: SearchTerm) -> None:
    """Holding goes by the term and its alternatives, even where they score zero or less."""
    index = index_of(words=passages)
    spellings = {term.text, *(text for text, _ in term.alternatives)}
    found = [index.holds(ordinal, term) for ordinal in range(len(passages))]
    assert found == [bool(spellings & set(passage)) for passage in passages]


@pytest.mark.parametrize(
    "passages",
    [
        pytest.param([["甲"], ["甲"], ["乙"], ["乙"]], id="half of the passages: zero"),
        pytest.param([["甲", "乙"]], id="one passage: negative"),
        pytest.param([["甲", "乙"]] * 3, id="all alike: negative"),
    ],
)
def test_a_held_term_may_score_nothing(passages: FieldTerms) -> None:
    """A score of zero or less does not mean that a passage lacks the term."""
    index, term = index_of(words=passages), SearchTerm("words", "甲", 1.0)
    assert index.scores([term])[0] <= 0
    assert index.holds(0, term)


@pytest.mark.parametrize("passages", [[], [[]], [[], [], []]])
def test_an_index_without_terms_scores_nothing(passages: FieldTerms) -> None:
    """No passages at all, and passages without a term, are searched without an error."""
    index, term = index_of(words=passages), SearchTerm("words", "甲", 1.0, (("乙", 0.7),))
    assert index.scores([term]).tolist() == [0.0] * len(passages)
    assert not any(index.holds(ordinal, term) for ordinal in range(len(passages)))


def test_a_query_without_terms_scores_nothing() -> None:
    """Nothing typed is no error either."""
    assert index_of(words=[["甲"], ["乙"]]).scores([]).tolist() == [0.0, 0.0]


@given(st.lists(SCORE, max_size=30))
def test_the_best_are_those_of_a_full_sort(scores: list[float]) -> None:
    """However many are wanted, they come by score, and ties in order of passages."""
    ordered = sorted(range(len(scores)), key=lambda ordinal: (-scores[ordinal], ordinal))
    for wanted in range(1, len(scores) + 2):
        assert best_ordinals(np.array(scores), wanted) == tuple(ordered[:wanted])


def test_where_none_is_wanted_none_is_given() -> None:
    """A depth of zero is no error."""
    assert best_ordinals(np.array([1.0, 2.0]), 0) == ()
