"""The compiled index: scores equal to those of rank_bm25, and the best passages by them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from bot.retrieval.compiling import compile_index
from bot.retrieval.counting import count
from bot.retrieval.fast import FastIndex
from bot.retrieval.index import Index, SearchTerm

FieldTerms = list[list[str]]

VOCABULARY = "甲乙丙丁戊己"
PASSAGE = st.lists(st.sampled_from(VOCABULARY), max_size=8)
# Random passages, and those that BM25 is awkward about: all alike, all empty, one alone, and a
# term in half of them.
FIELDS = st.one_of(
    st.lists(PASSAGE, max_size=12),
    st.builds(lambda passage, size: [passage] * size, PASSAGE, st.integers(1, 9)),
    st.builds(lambda half: [["甲"]] * half + [["乙"]] * half, st.integers(1, 6)),
)
SPELLING = st.sampled_from(VOCABULARY + "缺")
WEIGHT = st.sampled_from([1.0, 0.5, 0.4, 0.2])
TERM = st.builds(
    SearchTerm,
    field=st.just("words"),
    text=SPELLING,
    weight=WEIGHT,
    alternatives=st.lists(
        st.tuples(SPELLING, st.sampled_from([0.7, 0.3])), max_size=3, unique_by=lambda one: one[0]
    ).map(tuple),
).filter(lambda term: term.text not in dict(term.alternatives))
TYPED = st.lists(st.tuples(SPELLING, WEIGHT), max_size=5, unique_by=lambda one: one[0])


def index_of(firsts: Sequence[int] | None = None, **fields: FieldTerms) -> Index:
    """Build an index of named fields over the same passages, one passage a document if unsaid."""
    size = len(next(iter(fields.values())))
    opening = range(size + 1) if firsts is None else firsts
    arrays = compile_index(count(fields), np.array(opening, dtype=np.int32))
    return Index(tuple(fields), arrays)


def scores_of(index: Index, terms: Sequence[SearchTerm]) -> NDArray[np.float64]:
    """Give the scores of all passages, all terms added up."""
    return index.weigh(terms, range(index.size)).scores.sum(axis=0)


def published(passages: FieldTerms, term: str) -> NDArray[np.float64]:
    """Score one term with rank_bm25 itself, zeros where it cannot be built."""
    if not any(passages):
        return np.zeros(len(passages))
    return np.array(BM25Okapi(passages, k1=0.9, b=0.5).get_scores([term]))


def published_idf(passages: FieldTerms, term: str) -> float:
    """Give rank_bm25's own idf of a term that some passage holds."""
    return float(BM25Okapi(passages, k1=0.9, b=0.5).idf[term])


def expected(passages: FieldTerms, term: SearchTerm) -> NDArray[np.float64]:
    """Score a term with alternatives by rank_bm25: the best of the spellings that are held."""
    vocabulary = {one for passage in passages for one in passage}
    best = np.full(len(passages), -np.inf)
    for text, share in [(term.text, 1.0), *term.alternatives]:
        if text not in vocabulary:
            continue
        scores = share * published(passages, text)
        if term.text in vocabulary and text != term.text:
            typed, own = (published_idf(passages, one) for one in (term.text, text))
            scores = scores * (typed / own if own > typed >= 0 else 1.0)
        held = np.array([text in passage for passage in passages])
        best = np.where(held, np.maximum(best, scores), best)
    return term.weight * np.where(best == -np.inf, 0.0, best)


@given(FIELDS, st.data(), TYPED)
def test_scores_are_the_weighted_sum_of_rank_bm25(
    texts: FieldTerms, data: st.DataObject, typed: list[tuple[str, float]]
) -> None:
    """Each field counts with its weight, whatever the passages are like."""
    asks = [data.draw(PASSAGE) for _ in texts]
    terms = [SearchTerm("words", text, weight) for text, weight in typed]
    terms += [SearchTerm("asks", text, weight / 2) for text, weight in typed]
    wanted = np.zeros(len(texts))
    for text, weight in typed:
        wanted += weight * published(texts, text)
        wanted += weight / 2 * published(asks, text)
    found = scores_of(index_of(words=texts, asks=asks), terms)
    assert found == pytest.approx(wanted, abs=1e-9)


@given(FIELDS, st.lists(TERM, max_size=4, unique_by=lambda term: term.text), st.integers(0, 14))
def test_the_best_are_those_of_a_full_sort(
    passages: FieldTerms, terms: list[SearchTerm], wanted: int
) -> None:
    """However many are wanted, those that hold a term come by score, ties in their order.

    This holds where scores are zero or negative, and where bounds leave lists unread.
    """
    index = index_of(words=passages)
    scores = scores_of(index, terms)
    held = index.weigh(terms, range(index.size)).held.any(axis=0)
    ordered = sorted(np.flatnonzero(held).tolist(), key=lambda one: (-scores[one], one))
    found = index.search(terms, wanted)
    assert [ordinal for ordinal, _ in found] == ordered[:wanted]
    assert [score for _, score in found] == pytest.approx(scores[ordered[:wanted]], abs=1e-9)


@pytest.mark.parametrize("wanted", [1, 10, 60])
@pytest.mark.parametrize("seed", range(4))
def test_bounds_leave_out_none_of_the_best(seed: int, wanted: int) -> None:
    """In a corpus large enough that lists are left unread, the best are those of all scores."""
    draw = np.random.default_rng(seed)
    ranks = draw.zipf(1.3, size=(6_000, 30)) % 500
    index = index_of(words=[[str(rank) for rank in passage] for passage in ranks.tolist()])
    for _ in range(12):
        typed = {str(rank) for rank in draw.zipf(1.3, size=12) % 500}
        terms = [SearchTerm("words", text, 1.0) for text in sorted(typed)]
        scores = scores_of(index, terms)
        held = index.weigh(terms, range(index.size)).held.any(axis=0)
        ordered = np.lexsort((np.arange(index.size), -np.where(held, scores, -np.inf)))[:wanted]
        assert [ordinal for ordinal, _ in index.search(terms, wanted)] == ordered.tolist()


@pytest.mark.parametrize("kind", [Index, FastIndex])
@pytest.mark.parametrize("seed", range(8))
def test_scores_closer_than_a_step_are_told_apart(kind: type[Index], seed: int) -> None:
    """Steps only preselect: of passages that differ by less than one, the best are found."""
    draw = np.random.default_rng(seed)
    size = 3_000
    passages = [["甲", "乙", "丙"] if n % 3 else ["甲", "丁"] for n in range(size)]
    counts = count({"words": passages + [["戊"]] * 7_000})
    lengths = np.append(draw.integers(100_000, 100_060, size), np.full(7_000, 100_030))
    close = replace(counts, lengths=lengths.astype(np.uint32)[None])
    arrays = compile_index(close, np.arange(size + 7_001, dtype=np.int32))
    index = kind(("words",), arrays)
    terms = [SearchTerm("words", text, 1 / 3) for text in "甲乙丙"]
    gains = index.weigh([*terms, SearchTerm("words", "丁", 1.0)], [0, 1]).scores
    even = gains[1:3, 1].sum() / gains[3, 0]  # both kinds of passages then score alike
    terms.append(SearchTerm("words", "丁", even))
    scores = scores_of(index, terms)
    ordered = np.lexsort((np.arange(index.size), -scores)).tolist()
    for wanted in (1, 2, 5, 50):
        assert [ordinal for ordinal, _ in index.search(terms, wanted)] == ordered[:wanted]


@given(FIELDS, TERM)
def test_a_term_counts_as_its_best_alternative(passages: FieldTerms, term: SearchTerm) -> None:
    """Alternatives never add up: of the spellings that a passage holds, the best counts."""
    found = scores_of(index_of(words=passages), [term])
    assert found == pytest.approx(expected(passages, term), abs=1e-9)


def test_a_passage_with_word_and_synonym_gains_nothing_by_the_synonym() -> None:
    """Where both are as common, a passage with both ranks like one with the typed word."""
    passages = [["补贴", "补助"], ["补贴", "标准"], ["补助", "标准"], ["别的"], ["其他"], ["再有"]]
    term = SearchTerm("words", "补贴", 1.0, (("补助", 0.7),))
    scores = scores_of(index_of(words=passages), [term])
    assert scores[0] == scores[1] > scores[2] > scores[3]


def test_a_rarer_synonym_does_not_outrank_the_word_that_was_typed() -> None:
    """A synonym counts up to how rare the typed word is, however rare it is itself."""
    passages = [["补贴"], ["补贴"], ["补贴"], ["国补"], *([str(n)] for n in range(20))]
    term = SearchTerm("words", "补贴", 1.0, (("国补", 0.8),))
    scores = scores_of(index_of(words=passages), [term])
    assert scores[0] > scores[3] > 0


@given(FIELDS, st.data(), TYPED)
def test_documents_score_as_one_text_each(
    passages: FieldTerms, data: st.DataObject, typed: list[tuple[str, float]]
) -> None:
    """A document is scored as rank_bm25 scores the terms of all its passages together."""
    cuts = data.draw(st.lists(st.integers(1, max(1, len(passages) - 1)), unique=True))
    firsts = sorted({0, len(passages), *(cut for cut in cuts if cut < len(passages))})
    index = index_of(firsts, words=passages)
    ranges = list(itertools.pairwise(firsts))
    whole = [[term for one in passages[first:last] for term in one] for first, last in ranges]
    terms = [SearchTerm("words", text, weight) for text, weight in typed]
    found = index.weigh_documents(terms, range(len(ranges))).scores
    assert found.shape == (len(terms), len(ranges))
    for place, (text, weight) in enumerate(typed):
        assert found[place] == pytest.approx(weight * published(whole, text), abs=1e-9)


@given(FIELDS, TERM)
def test_a_passage_holds_what_stands_in_it(passages: FieldTerms, term: SearchTerm) -> None:
    """Holding goes by the term and its alternatives, even where they score zero or less."""
    index = index_of(words=passages)
    found = index.weigh([term], range(len(passages))).held[0].tolist()
    assert found == [bool(set(term.spellings) & set(passage)) for passage in passages]


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
    holding = [ordinal for ordinal, passage in enumerate(passages) if "甲" in passage]
    found = index.search([term], 9)
    assert [ordinal for ordinal, _ in found] == holding
    assert all(score <= 0 for _, score in found)


@pytest.mark.parametrize("passages", [[], [[]], [[], [], []]])
def test_an_index_without_terms_finds_nothing(passages: FieldTerms) -> None:
    """No passages at all, and passages without a term, are searched without an error."""
    index, term = index_of(words=passages), SearchTerm("words", "甲", 1.0, (("乙", 0.7),))
    assert index.search([term], 5) == ()
    assert scores_of(index, [term]).tolist() == [0.0] * len(passages)
    assert not index.weigh([term], range(len(passages))).held.any()


def test_a_query_without_terms_finds_nothing() -> None:
    """Nothing typed is no error either."""
    index = index_of(words=[["甲"], ["乙"]])
    assert index.search([], 5) == ()
    assert scores_of(index, []).tolist() == [0.0, 0.0]


def test_a_term_that_no_passage_holds_counts_as_the_rarest() -> None:
    """Its idf is that of a term in no passage at all."""
    index = index_of(words=[["甲"], ["乙"], ["乙"], ["丙"], ["丁"]])
    absent, rare, common = index.idfs([SearchTerm("words", text, 1.0) for text in "缺甲乙"])
    assert absent > rare > common


def test_passages_belong_to_the_document_that_opens_before_them() -> None:
    """The first passage of each document is where it opens."""
    index = index_of([0, 2, 3], words=[["甲"], ["乙"], ["丙"]])
    assert index.document_of([0, 1, 2]).tolist() == [0, 0, 1]


def test_a_term_may_stand_in_a_passage_thousands_of_times() -> None:
    """Frequencies are kept whole, however high."""
    passages = [["甲"] * 70_000 + ["乙"], ["甲"], ["丙"], ["丁"], ["戊"]]
    found = scores_of(index_of(words=passages), [SearchTerm("words", "甲", 1.0)])
    assert found == pytest.approx(published(passages, "甲"), abs=1e-9)
