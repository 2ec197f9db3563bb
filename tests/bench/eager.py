"""bm25s as a system: scores worked out when the index is built, added up when it is asked.

bm25s knows neither fields nor weights of terms. So each field is indexed by itself, with its
own lengths, and the two matrices of scores are joined column beside column, those of bigrams
multiplied by their weight: one call of bm25s then gives what the other systems are asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.libraries import K1, B, absence
from tests.bench.systems import WANTED, InProcess, Opened
from tests.bench.terms import WEIGHTS, Question, Terms

METHOD = "robertson"  # of bm25s' ways to score, the one with the idf of BM25Okapi


class Bm25s:
    """bm25s with numpy, or with numba where `compiled`."""

    largest = 1_000_000
    index = "bm25s"

    def __init__(self, *, compiled: bool) -> None:
        self.name = f"bm25s, {'numba' if compiled else 'numpy'}"
        self.note = f"k1 {K1}, b {B}, {METHOD}; both fields in one matrix, weights multiplied in"
        self._backend = "numba" if compiled else "numpy"

    def missing(self) -> str:
        """Tell whether bm25s, and numba where it is wanted, are installed."""
        return absence("bm25s", *(["numba"] if self._backend == "numba" else []))

    def build(self, terms: Terms, folder: Path) -> None:
        """Index each field, join them, and save what is joined."""
        fields = [
            _indexed(terms, place, field, weight)
            for place, (field, weight) in enumerate(WEIGHTS.items())
        ]
        joined = fields[0]
        for other in fields[1:]:
            _join(joined, other)
        joined.vocab_dict[""] = len(joined.scores["indptr"]) - 2  # what bm25s falls back upon
        joined.save(folder, show_progress=False)

    def open(self, terms: Terms, folder: Path, questions: Sequence[Question]) -> Opened:
        """Map the saved arrays."""
        import bm25s

        _ = terms
        model = bm25s.BM25.load(
            folder, mmap=True, backend=self._backend, auto_compile=False, show_progress=False
        )
        model.scores = {
            name: np.asarray(value) if isinstance(value, np.ndarray) else value
            for name, value in model.scores.items()
        }
        asked = [[_columns(one)] for one in questions]
        wanted = min(WANTED, model.scores["num_docs"])

        def search(tokens: list[list[str]]) -> Any:
            return model.retrieve(
                tokens, k=wanted, show_progress=False, backend_selection=self._backend
            ).documents[0]

        return InProcess(asked, search, lambda found: [int(one) for one in found])


class Postings:
    """No search: every posting of a question's terms is read once, which no system can beat.

    Only systems that skip postings can be faster. Reads the arrays that bm25s has built.
    """

    name = "(postings read once)"
    index = "bm25s"
    note = "sums 4 + 4 bytes of each posting in a compiled loop: the bound by memory"
    largest = 1_000_000

    def missing(self) -> str:
        """Tell whether bm25s and numba are installed."""
        return absence("bm25s", "numba")

    def build(self, terms: Terms, folder: Path) -> None:
        """Build what bm25s builds."""
        Bm25s(compiled=False).build(terms, folder)

    def open(self, terms: Terms, folder: Path, questions: Sequence[Question]) -> Opened:
        """Map the arrays, and find where each term's postings stand."""
        import bm25s
        from numba import njit

        _ = terms
        model = bm25s.BM25.load(folder, mmap=True, auto_compile=False, show_progress=False)
        scores = np.asarray(model.scores["data"])
        passages = np.asarray(model.scores["indices"])
        at = np.asarray(model.scores["indptr"])
        asked = [np.array(model.get_tokens_ids(_columns(one)), np.int64) for one in questions]
        ranges = [np.stack([at[columns], at[columns + 1]]) for columns in asked]
        read = njit(fastmath=True)(_read)
        return InProcess(ranges, lambda found: read(scores, passages, found), lambda _: ())


def _read(scores: Any, passages: Any, ranges: Any) -> float:
    total = 0.0
    for number in range(ranges.shape[1]):
        for at in range(ranges[0, number], ranges[1, number]):
            total += scores[at] + passages[at]
    return total


def _columns(question: Question) -> list[str]:
    return [_column(field, term) for field, term, _ in question.terms()]


def _column(field: str, term: str) -> str:
    return f"{field}:{term}"


def _indexed(terms: Terms, place: int, field: str, weight: float) -> Any:
    """Index one field by itself, its scores multiplied by its weight."""
    import bm25s

    numbers: dict[str, int] = {}
    found = [
        [numbers.setdefault(term, len(numbers)) for term in passage[place]]
        for passage in terms.passages()
    ]
    numbers = {_column(field, term): number for term, number in numbers.items()}
    numbers[""] = len(numbers)
    model = bm25s.BM25(k1=K1, b=B, method=METHOD, auto_compile=False)
    model.index((found, numbers), show_progress=False)
    model.scores["data"] *= np.float32(weight)
    return model


def _join(joined: Any, other: Any) -> None:
    """Put the columns of a second field behind those of the first."""
    first, second = joined.scores, other.scores
    columns, postings = len(first["indptr"]) - 1, first["indptr"][-1]
    first["data"] = np.concatenate([first["data"], second["data"]])
    first["indices"] = np.concatenate([first["indices"], second["indices"]])
    first["indptr"] = np.concatenate([first["indptr"], second["indptr"][1:] + postings])
    joined.vocab_dict |= {name: at + columns for name, at in other.vocab_dict.items()}
