"""The measures, against values worked out by hand."""

from __future__ import annotations

import pytest

from bot.evaluation.measures import mean, recall_at, reciprocal_rank


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
    ("values", "value"), [([], 0), ([1.0], 1), ([1.0, 0.0, 0.5], 0.5), ([1.0, 0.0, 0.0], 1 / 3)]
)
def test_the_mean_of_nothing_is_zero(values: list[float], value: float) -> None:
    """Values count alike."""
    assert mean(values) == pytest.approx(value)
