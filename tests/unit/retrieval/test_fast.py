"""The compiled loops: the same passages and the same bits as the index without them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.compiling import Arrays, compile_index
from bot.retrieval.counting import count
from bot.retrieval.fast import FastIndex
from bot.retrieval.index import Index, SearchTerm
from tests.unit.retrieval.test_index import FIELDS, TERM, FieldTerms

FIELD = ("words",)


def arrays_of(passages: FieldTerms) -> Arrays:
    """Compile passages of one field, one passage a document."""
    firsts = np.arange(len(passages) + 1, dtype=np.int32)
    return compile_index(count({"words": passages}), firsts)


@given(FIELDS, st.lists(TERM, max_size=4, unique_by=lambda term: term.text), st.integers(0, 14))
def test_small_corpora_are_searched_alike(
    passages: FieldTerms, terms: list[SearchTerm], wanted: int
) -> None:
    """Scores of zero or less, synonyms and too few passages make no difference."""
    arrays = arrays_of(passages)
    index, fast = Index(FIELD, arrays), FastIndex(FIELD, arrays)
    assert fast.search(terms, wanted) == index.search(terms, wanted)
    scores = [one.weigh(terms, range(one.size)).scores.tobytes() for one in (index, fast)]
    assert scores[0] == scores[1]


@pytest.mark.parametrize("wanted", [1, 10, 60])
@pytest.mark.parametrize("seed", range(4))
def test_large_corpora_are_searched_alike(seed: int, wanted: int) -> None:
    """Where lists are left unread, the same passages come with the same scores."""
    draw = np.random.default_rng(seed)
    ranks = draw.zipf(1.3, size=(6_000, 30)) % 500
    arrays = arrays_of([[str(rank) for rank in passage] for passage in ranks.tolist()])
    index, fast = Index(FIELD, arrays), FastIndex(FIELD, arrays)
    for _ in range(12):
        typed = sorted({str(rank) for rank in draw.zipf(1.3, size=12) % 500})
        alternatives = ((typed[0], 0.8),) if seed % 2 else ()
        terms = [SearchTerm("words", text, 1.0) for text in typed[1:]]
        terms.append(SearchTerm("words", "缺", 0.5, alternatives))
        assert fast.search(terms, wanted) == index.search(terms, wanted)


@given(FIELDS, st.data(), st.lists(TERM, max_size=4, unique_by=lambda term: term.text))
def test_documents_are_weighed_alike(
    passages: FieldTerms, data: st.DataObject, terms: list[SearchTerm]
) -> None:
    """Documents of several passages, and of none, score to the same bits."""
    cuts = data.draw(st.lists(st.integers(0, len(passages)), max_size=3))
    firsts = np.array(sorted([0, *cuts, len(passages)]), dtype=np.int32)
    arrays = compile_index(count({"words": passages}), firsts)
    index, fast = Index(FIELD, arrays), FastIndex(FIELD, arrays)
    every = range(index.documents)
    scores = [one.weigh_documents(terms, every).scores.tobytes() for one in (index, fast)]
    assert scores[0] == scores[1]
