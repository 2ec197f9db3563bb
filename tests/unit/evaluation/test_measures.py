"""The measures, against values worked out by hand."""

from __future__ import annotations

import math

import pytest

from bot.evaluation.measures import (
    found_share_at,
    mean,
    ndcg_at,
    recall_at,
    reciprocal_rank,
)


@pytest.mark.parametrize(
    ("k", "ranked", "relevant", "value"),
    [
        (1, "abc", "a", 1),
        (1, "abc", "b", 0),
        (3, "abc", "c", 1),
        (3, "abcd", "d", 0),
        (3, "abc", "cx", 1),
        (3, "a", "a", 1),
        (3, "", "a", 0),
        (1, "abc", "", 0),
        (0, "abc", "a", 0),
    ],
)
def test_recall_tells_whether_one_that_answers_is_among_the_first(
    k: int, ranked: str, relevant: str, value: float
) -> None:
    """One of several equally sufficient is enough, and what is not ranked is not found."""
    assert recall_at(k, tuple(ranked), set(relevant)) == value


@pytest.mark.parametrize(
    ("ranked", "relevant", "value"),
    [
        ("abc", "a", 1),
        ("abc", "b", 1 / 2),
        ("abc", "c", 1 / 3),
        ("abc", "cb", 1 / 2),
        ("aab", "b", 1 / 3),
        ("abc", "x", 0),
        ("", "a", 0),
    ],
)
def test_the_reciprocal_rank_is_that_of_the_first_that_answers(
    ranked: str, relevant: str, value: float
) -> None:
    """Later ones add nothing."""
    assert reciprocal_rank(tuple(ranked), set(relevant)) == pytest.approx(value)


@pytest.mark.parametrize(
    ("k", "ranked", "relevant", "value"),
    [
        (1, "abc", "a", 1),
        (1, "abc", "ab", 1 / 2),
        (3, "abc", "cx", 1 / 2),
        (3, "abcd", "d", 0),
        (3, "", "a", 0),
        (3, "abc", "", 0),
    ],
)
def test_the_share_found_is_of_all_that_answer(
    k: int, ranked: str, relevant: str, value: float
) -> None:
    """Where several answer, each that is not among the first k is missed."""
    assert found_share_at(k, tuple(ranked), set(relevant)) == pytest.approx(value)


@pytest.mark.parametrize(
    ("k", "ranked", "relevant", "value"),
    [
        (10, "abc", "a", 1),
        (10, "abc", "b", 1 / math.log2(3)),
        (10, "abc", "ac", (1 + 1 / 2) / (1 + 1 / math.log2(3))),
        (10, "ab", "ba", 1),
        (1, "ab", "ab", 1),
        (1, "ab", "b", 0),
        (10, "abc", "x", 0),
        (10, "", "a", 0),
        (10, "abc", "", 0),
    ],
)
def test_ndcg_counts_a_relevant_one_less_the_further_down_it_stands(
    k: int, ranked: str, relevant: str, value: float
) -> None:
    """The best order of as many as fit gives 1, whatever their number."""
    assert ndcg_at(k, tuple(ranked), set(relevant)) == pytest.approx(value)


@pytest.mark.parametrize(
    ("values", "value"), [([], 0), ([1.0], 1), ([1.0, 0.0, 0.5], 0.5), ([1.0, 0.0, 0.0], 1 / 3)]
)
def test_the_mean_of_nothing_is_zero(values: list[float], value: float) -> None:
    """Values count alike."""
    assert mean(values) == pytest.approx(value)
