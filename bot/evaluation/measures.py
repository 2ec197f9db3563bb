"""The field's measures over ranked names; all are shares from 0 to 1."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def recall_at(k: int, ranked: Sequence[object], relevant: Collection[object]) -> float:
    """Give 1 where one of the relevant stands among the first k, else 0.

    With one relevant passage a question this is recall@k; with several equally sufficient
    ones it is the success@k that the field calls by the same name in question answering.
    """
    return float(any(name in relevant for name in ranked[:k]))


def reciprocal_rank(ranked: Sequence[object], relevant: Collection[object]) -> float:
    """Give 1/rank of the first relevant, 0 where none is ranked."""
    return next((1 / rank for rank, name in enumerate(ranked, 1) if name in relevant), 0.0)


def mean(values: Collection[float]) -> float:
    """Give the mean, 0 of nothing."""
    return sum(values) / len(values) if values else 0.0
