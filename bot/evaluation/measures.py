"""The field's measures over ranked names; all are shares from 0 to 1."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence


def recall_at(k: int, ranked: Sequence[object], relevant: Collection[object]) -> float:
    """Give 1 where one of the relevant stands among the first k, else 0.

    With one relevant passage a question this is recall@k; with several equally sufficient
    ones it is the success@k that the field calls by the same name in question answering.
    """
    return float(any(name in relevant for name in ranked[:k]))


def found_share_at(k: int, ranked: Sequence[object], relevant: Collection[object]) -> float:
    """Give the share of the relevant among the first k: recall@k as BEIR counts it."""
    return len(set(ranked[:k]) & set(relevant)) / len(set(relevant)) if relevant else 0.0


def ndcg_at(k: int, ranked: Sequence[object], relevant: Collection[object]) -> float:
    """Give the normalised discounted cumulative gain of the first k; all relevant count alike.

    Järvelin and Kekäläinen 2002, with a gain of 1 over log2(1 + rank), as trec_eval has it.
    """
    gained = sum(_discount(rank) for rank, name in enumerate(ranked[:k], 1) if name in relevant)
    ideal = sum(_discount(rank) for rank in range(1, min(len(relevant), k) + 1))
    return gained / ideal if ideal else 0.0


def _discount(rank: int) -> float:
    return 1 / math.log2(1 + rank)


def reciprocal_rank(ranked: Sequence[object], relevant: Collection[object]) -> float:
    """Give 1/rank of the first relevant, 0 where none is ranked."""
    return next((1 / rank for rank, name in enumerate(ranked, 1) if name in relevant), 0.0)


def mean(values: Collection[float]) -> float:
    """Give the mean, 0 of nothing."""
    return sum(values) / len(values) if values else 0.0
