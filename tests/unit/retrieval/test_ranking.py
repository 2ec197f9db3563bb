"""Ranking: few features, each of which can only help what has more of it."""

from __future__ import annotations

from dataclasses import astuple, fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.edition import Edition
from bot.retrieval.ranking import WEIGHTS, FieldWeights, believed, features_of, rank
from bot.retrieval.retriever import read_query, retrieve
from tests.unit.builders import document, edition_of

FILLER = "为了方便群众办事，制定本办法，请遵照执行。" * 6
OTHERS = tuple(
    document(f"x{number}", "其他", {"正文": f"别的事项{number}。"}) for number in range(30)
)


def first(question: str, edition: Edition) -> str:
    """Give the document that a question finds first."""
    return retrieve(read_query(question, edition), edition).hits[0].passage.document.id


def test_no_weight_is_below_zero() -> None:
    """More of any feature, or in any field, never puts a passage behind."""
    assert min(*astuple(WEIGHTS), *astuple(FieldWeights())) >= 0


def test_what_stands_together_goes_first() -> None:
    """Of two texts with the same words, the one that says them in one place answers."""
    together = f"{FILLER}冰箱一级能效补贴标准。{FILLER}"
    apart = f"冰箱。{FILLER}一级能效。{FILLER}补贴标准。"
    documents = (document("apart", "", {"": apart}), document("together", "", {"": together}))
    assert first("冰箱一级能效补贴标准", edition_of(*documents, *OTHERS)) == "together"


def test_a_document_lends_its_passages_what_its_others_say() -> None:
    """Of two like passages, the one from the document about the matter goes first."""
    like = "申请人应当提交身份证明和合同。"
    about = "冰箱以旧换新的补贴由商务部门负责，冰箱以旧换新每件补贴20%。"
    documents = (
        document("other", "通知", {"材料": like, "总则": "停车收费由城管部门负责。"}),
        document("about", "通知", {"材料": like, "总则": about}),
    )
    edition = edition_of(*documents, *OTHERS)
    hits = retrieve(read_query("冰箱以旧换新要提交什么合同", edition), edition).hits
    like_ones = [hit.passage.document.id for hit in hits if hit.passage.heading == "材料"]
    assert like_ones == ["about", "other"]


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_larger_corpus_is_believed_more(one: int, other: int) -> None:
    """What was counted is believed from not at all to nearly in full."""
    assert 0 <= believed(one) < 1
    assert (believed(one) < believed(other)) == (one < other)


def test_features_have_a_weight_each() -> None:
    """There is a column for every weight, finite even where every term is everywhere."""
    edition = edition_of(*(document(f"d{number}", "", {"": "补贴"}) for number in range(4)))
    query = read_query("补贴多少", edition)
    found = edition.index.search(query.terms, 9)
    features = features_of(query.of_texts, query.sought, found, edition)
    assert features.shape == (4, len(fields(WEIGHTS)))
    assert np.isfinite(features).all()


def test_equal_passages_come_in_order() -> None:
    """Ties are broken by the order of passages, whatever order they were found in."""
    edition = edition_of(*(document(f"d{number}", "", {"": "补贴"}) for number in range(4)))
    query = read_query("补贴", edition)
    found = edition.index.search(query.terms, 9)
    ranked = rank(query.of_texts, query.sought, found[::-1], edition)
    assert [ordinal for ordinal, _ in ranked] == [0, 1, 2, 3]
    assert rank(query.of_texts, query.sought, (), edition) == ()


def test_weights_decide() -> None:
    """Without any weight all are equal, so that nothing else enters the ranking."""
    edition = edition_of(document("a", "", {"": "冰箱补贴"}), *OTHERS)
    query = read_query("冰箱补贴事项", edition)
    found = edition.index.search(query.terms, 99)
    none = replace(WEIGHTS, **{one.name: 0.0 for one in fields(WEIGHTS)})
    ranked = rank(query.of_texts, query.sought, found, edition, none)
    assert {score for _, score in ranked} == {0.0}


@pytest.mark.parametrize(
    "text",
    ["补", "补贴" * 60_000, "无" * 20_000 + "补贴", "\n" * 5000 + "补贴", "ผู้ 补贴 🏠" * 3000],
    ids=["one character", "repeats", "no sentence end", "blank", "other scripts"],
)
def test_any_text_is_ranked_and_shown(text: str) -> None:
    """Texts of any length and form are ranked without an error."""
    edition = edition_of(document("odd", "", {"": text}), *OTHERS)
    hits = retrieve(read_query("补贴事项多少钱", edition), edition).hits
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert "odd" in {hit.passage.document.id for hit in hits} or text == "补"
