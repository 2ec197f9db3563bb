"""Fits the weights of ranking to any BEIR folders, each set measured with weights of the others.

    python -m tests.bench.refit --beir A --beir B --corpus MORE_OF_B --split dev

`--corpus` adds documents to the `--beir` before it. What is fitted is the probability that a
right document comes first (softmax of scores over the candidates), with no weight below zero.
The weight of excerpts is held: it serves what is shown, which these sets mostly do not judge.
Nothing is written: whoever changes `bot/retrieval/ranking.py` puts the measure beside the weight.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.evaluation.beir import digest_of_corpus, read_corpus, read_queries, signature_of_corpus
from bot.retrieval.building import Origin, open_or_build
from bot.retrieval.edition import Edition
from bot.retrieval.ranking import CANDIDATES, WEIGHTS, features_of
from bot.retrieval.retriever import read_query
from bot.text.normalise import readable

STEPS = 400  # of gradient descent; 800 change no figure
STEP = 0.3  # of a weight where scores are about one and sharpness about five
SHRINK = 0.001  # keeps weights finite where a set is ranked without a mistake
SHARP = 5.0  # what a score of one means before fitting
K = 10

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidates:
    """One question's candidates: features by rows, their documents, and which are right."""

    features: Numbers
    documents: NDArray[np.int64]
    right: NDArray[np.bool_]
    wanted: int


def candidates_of(folders: Sequence[Path], split: str, data: Path) -> tuple[Candidates, ...]:
    """Search the first folder's questions in the documents of all; index what is new."""
    origin = Origin(
        partial(read_corpus, folders),
        partial(digest_of_corpus, folders),
        partial(signature_of_corpus, folders),
    )
    edition = open_or_build(origin, data, data)
    judged = _judged(folders[0] / "qrels" / f"{split}.tsv")
    queries = read_queries(folders[0], split, None)
    found = (_candidates(readable(one.text), judged[one.id], edition) for one in queries)
    return tuple(one for one in found if len(one.features))


def _judged(path: Path) -> dict[str, frozenset[str]]:
    judged: dict[str, frozenset[str]] = {}
    for line in path.read_text("utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        if float(grade) > 0:
            judged[query] = judged.get(query, frozenset()) | {document}
    return judged


def _candidates(text: str, right: frozenset[str], edition: Edition) -> Candidates:
    query, index = read_query(text, edition), edition.index
    found = index.search((*query.terms, *query.asking), CANDIDATES)
    ordinals = [ordinal for ordinal, _ in found]
    documents = index.document_of(ordinals)
    names = [edition.corpus.documents[one].id for one in documents.tolist()]
    if not found:
        return Candidates(np.zeros((0, len(astuple(WEIGHTS)))), documents, np.zeros(0, bool), 0)
    features = features_of(query.of_texts, query.sought, found, edition)
    return Candidates(features, documents, np.isin(names, list(right)), len(right))


def recalls(questions: Sequence[Candidates], weights: Numbers) -> tuple[float, float]:
    """Give recall@1 and recall@10 of documents, each as good as its best passage."""
    found = np.zeros(2)
    for one in questions:
        order = np.argsort(-(one.features @ weights), kind="stable")
        firsts = np.unique(one.documents[order], return_index=True)[1]
        right = one.right[order][np.sort(firsts)]
        found += np.array((right[:1].sum(), right[:K].sum())) / one.wanted
    first, tenth = (found / len(questions)).tolist()
    return first, tenth


def fitted(sets: Sequence[Sequence[Candidates]]) -> Numbers:
    """Fit the weights, each set counting alike; the first weight stays the unit."""
    usable = [[_best_rows(one) for one in questions] for questions in sets]
    weights = SHARP * np.array(astuple(WEIGHTS))[:-1]
    first, second = np.zeros(len(weights)), np.zeros(len(weights))
    for step in range(1, STEPS + 1):  # Adam (Kingma and Ba, 2015), kept at zero or above
        slope = SHRINK * weights + np.mean([_slope(one, weights) for one in usable], axis=0)
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        move = (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        weights = np.maximum(0.0, weights - STEP * move)
    unit = weights[0] or 1.0
    return np.append(weights / unit, WEIGHTS.excerpt)


def _best_rows(one: Candidates) -> Candidates:
    """Keep the passage of each document that the present weights put first, excerpts held."""
    order = np.argsort(-(one.features @ np.array(astuple(WEIGHTS))), kind="stable")
    rows = order[np.sort(np.unique(one.documents[order], return_index=True)[1])]
    features = one.features[rows, :-1].copy()
    features[:, 0] += WEIGHTS.excerpt * one.features[rows, -1]  # held: a part of the unit
    return Candidates(features, one.documents[rows], one.right[rows], one.wanted)


def _slope(questions: Sequence[Candidates], weights: Numbers) -> Numbers:
    """Give the mean gradient of -log P(a right document comes first)."""
    total = np.zeros(len(weights))
    for one in questions:
        if not one.right.any():
            continue
        scores = one.features @ weights
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        among_right = np.where(one.right, chances, 0) + 1e-300 * one.right
        total += (chances - among_right / among_right.sum()) @ one.features
    return total / len(questions)


class _Sets(argparse.Action):
    def __call__(
        self, parser: Any, namespace: Any, values: Any, option: str | None = None
    ) -> None:
        if option == "--beir":
            namespace.sets.append([values])
        elif namespace.sets:
            namespace.sets[-1].append(values)
        else:
            parser.error("--corpus follows the --beir that it adds to")


def _line(name: str, *figures: tuple[float, float]) -> str:
    return f"{name:24}" + "".join(f"{one:9.4f} /{ten:7.4f}" for one, ten in figures)


def main() -> None:
    """Print recall@1 / recall@10 of each set by present, left-out and own weights."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.refit", description=__doc__)
    parser.set_defaults(sets=[])
    parser.add_argument("--beir", action=_Sets, type=Path, required=True, dest="sets")
    parser.add_argument("--corpus", action=_Sets, type=Path, dest="sets")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--data", type=Path, default=Path("var"), help="where editions are kept")
    given = parser.parse_args()
    sets = [candidates_of(folders, given.split, given.data) for folders in given.sets]
    present = np.array(astuple(WEIGHTS))
    write = sys.stdout.write
    write(f"{'recall@1 / recall@10':24}{'present':>18}{'of the others':>18}{'its own':>18}\n")
    for place, (folders, own) in enumerate(zip(given.sets, sets, strict=True)):
        others = [one for number, one in enumerate(sets) if number != place]
        left_out = fitted(others) if others else present
        figures = (recalls(own, weights) for weights in (present, left_out, fitted([own])))
        write(_line(folders[0].name, *figures) + "\n")
    for field, weight in zip(fields(WEIGHTS), fitted(sets).tolist(), strict=True):
        write(f"{field.name:24}{weight:9.3f}\n")


if __name__ == "__main__":
    main()
