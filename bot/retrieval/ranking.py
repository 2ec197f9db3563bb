"""Candidates → ranking: what the first stage found, scored again by few, explained features.

The first stage adds up BM25 of passages over the whole corpus. Here its best are looked at
closely. Three features are shares of the most that any text could give for the question, and
those that no text earns are zero for what is usual, so that scores compare by their ratio:

    passage     BM25 of the passage, as the first stage scored it
    document    BM25 of its document as one text: long policies spread what is asked
    brevity     ln of how many times shorter the document is than the average, of a million
    window      idf mass of the question's pairs within 50 characters: what stands together
    kind        -1 where the passage does not give the kind of thing that is asked for
    excerpt     how well the best window of sentences answers, in the best three documents
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.compiling import K1
from bot.retrieval.edition import Edition
from bot.retrieval.excerpts import Sought, best_window
from bot.retrieval.index import SearchTerm
from bot.retrieval.matching import masses_near, matches_of
from bot.retrieval.neighbours import context_of
from bot.text.normalise import normalise

CANDIDATES = 150  # passages of the first stage; 200 changed recall@10 by .2 points, down
PAIR = 2  # hanzi; what is longer names a row, and is no term of the index
READ = 30  # passages whose text is looked at; each costs about 20 microseconds, and 40 no better
EXCERPTED = 3  # documents that compete with their excerpts: as many as one answer shows
PASSAGES = 2  # passages of each of them; 6 changed no figure
LONGEST = math.log1p(1_000_000)  # words of a very long document: the unit of brevity

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """What each field adds to the first stage."""

    words: float = 1.0  # the unit
    bigrams: float = 0.8  # public sets: .5 was the same within noise, and .3 worse in the window
    # Texts count twice, as passage and document, so `asks` count for twice their former .6. Of
    # shipped `asks`, each left out of the index, .6 .. 1.2 find 72 to 70 %; tuned judgements 80
    # to 82 of 88.
    asks: float = 1.2
    asked_bigrams: float = 0.6  # half of the words, as they


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds to a score, none below zero, with the measure that chose it.

    Public sets: policies among laws and news, a city's answers, statutes asked for in lay words;
    what is lost without a feature is in points of recall@1, in this order. Fitted on two of them
    by `tests.bench.refit`, weights lose .7, 1.0 and -.1 points on the third.
    """

    passage: float = 1.0  # the unit; without: 2.0, -.4 and .3
    document: float = 1.4  # without: 2.0, 1.0 and .5
    brevity: float = 0.45  # without: .2, 1.5 and .1
    window: float = 0.83  # without: .9, .6 and .5
    kind: float = 0.1  # without: -.2, -.3 and -.1, but 2 of the 88 tuned judgements
    excerpt: float = 0.1  # without: 0 to .1, and .9 of answer@1; at .5 it lost 1.2, .6 and .4


# Passages of which half the idf of pairs and question words is believed: few cannot tell that
# 怎么办 is common. In full, a question's function words cost 7 of 88 tuned judgements on the
# 80 shipped passages; stripped, up to 1.3 points of recall@1 on the public sets.
HALF_BELIEVED = 1000
HALF_USUAL = 100  # documents of which half the average length is believed, as the usual one

FIELD_WEIGHTS = FieldWeights()
WEIGHTS = Weights()


def weight_of(field: str, weights: FieldWeights = FIELD_WEIGHTS) -> float:
    """Give what a field of the index adds to the first stage."""
    return float(getattr(weights, field))


def believed(size: int, half: int = HALF_BELIEVED) -> float:
    """Give the share to which what was counted in a corpus of this size is believed."""
    return size / (size + half)


def rank(
    terms: Sequence[SearchTerm],
    sought: Sought,
    found: Sequence[tuple[int, float]],
    edition: Edition,
    weights: Weights = WEIGHTS,
) -> tuple[tuple[int, float], ...]:
    """Score passages (ordinal, score of the first stage) again; best first, ties in order.

    `terms` are those of the question that search texts.
    """
    if not found:
        return ()
    ordinals = [ordinal for ordinal, _ in found]
    totals = features_of(terms, sought, found, edition, weights) @ np.array(astuple(weights))
    order = _best_first(ordinals, totals)
    return tuple((ordinals[place], float(totals[place])) for place in order)


def features_of(
    terms: Sequence[SearchTerm],
    sought: Sought,
    found: Sequence[tuple[int, float]],
    edition: Edition,
    weights: Weights = WEIGHTS,
) -> Numbers:
    """Give passages × features, in the order of `Weights`.

    Only the `READ` passages that the first three put in front are looked at for the others.
    """
    ordinals = [ordinal for ordinal, _ in found]
    vector = np.array(astuple(weights))
    features = np.zeros((len(found), len(vector)))
    features[:, :3] = _counted(terms, found, edition)
    features[:, 4] = 0.0 if sought.cue is None else -1.0
    read = _best_first(ordinals, features @ vector)[:READ]
    looked_at = _read([ordinals[place] for place in read], sought, edition)
    features[read, 3:5] = list(looked_at)
    features[:, 3] *= believed(edition.index.size)
    features[:, 5] = _excerpts(ordinals, features @ vector, sought, edition)
    return features


def _best_first(ordinals: Sequence[int], totals: Numbers) -> list[int]:
    order: list[int] = np.lexsort((np.array(ordinals), -totals)).tolist()
    return order


def _counted(
    terms: Sequence[SearchTerm], found: Sequence[tuple[int, float]], edition: Edition
) -> Numbers:
    """Give passages × (passage, document, brevity), from the index alone."""
    index = edition.index
    most = _most(terms, index.idfs(terms))
    every, own = np.unique(index.document_of([one for one, _ in found]), return_inverse=True)
    documents: list[int] = every.tolist()
    held = index.weigh_documents(terms, documents).scores.sum(axis=0)
    average = index.words / index.documents
    words = index.document_lengths("words", documents)
    shorter = (math.log1p(average) - np.log1p(words)) / LONGEST
    passage = np.array([score for _, score in found]) / most
    usual = believed(index.documents, HALF_USUAL)
    return np.column_stack((passage, held[own] / most, usual * shorter[own]))


def _most(terms: Sequence[SearchTerm], idfs: Numbers) -> float:
    """Work out the most that a text could score: every term, without end."""
    weights = np.array([term.weight for term in terms])
    most = float((weights * np.abs(idfs)).sum()) * (K1 + 1)
    return most or 1.0


def _read(
    ordinals: Sequence[int], sought: Sought, edition: Edition
) -> Iterator[tuple[float, float]]:
    """Look at texts: what stands close together, and whether they give what is asked for."""
    total = sum(weight for _, weight in sought.pairs)
    pairs = [SearchTerm("bigrams", text, 1.0) for text, _ in sought.pairs]
    held = edition.index.weigh(pairs, ordinals).held
    for place, ordinal in enumerate(ordinals):
        folded = edition.folded[ordinal]
        given = sought.cue is None or sought.cue.given.search(folded) is not None
        standing = [
            pair
            for pair, is_held in zip(sought.pairs, held[:, place].tolist(), strict=True)
            if is_held or len(pair[0]) > PAIR
        ]
        if not folded:  # an entry of `not_stated`: how it is asked for is all that it says
            passage = edition.corpus.passages[ordinal]
            folded = normalise("\n".join((passage.heading, *passage.asks)))
            given, standing = True, list(sought.pairs)
        near = _near(folded, standing) / total if total > 0 else 0.0
        yield near, float(given) - 1


def _near(folded: str, pairs: Sequence[tuple[str, float]]) -> float:
    """Weigh what stands closest together of some pairs."""
    weights = [weight for _, weight in pairs]
    return max(masses_near(matches_of(folded, [text for text, _ in pairs]), weights), default=0.0)


def _excerpts(
    ordinals: Sequence[int], totals: Numbers, sought: Sought, edition: Edition
) -> Numbers:
    """Score the excerpts of the best passages of the best documents; zero for all others."""
    scores = np.zeros(len(ordinals))
    documents = edition.index.document_of(ordinals).tolist()
    counted: dict[int, int] = {}
    for place in _best_first(ordinals, totals):
        document = documents[place]
        if document not in counted and len(counted) == EXCERPTED:
            continue
        counted[document] = counted.get(document, 0) + 1
        if counted[document] > PASSAGES:
            continue
        context = context_of(ordinals[place], edition.corpus)
        window = best_window(context.text, sought, own=context.own)
        scores[place] = max(0.0, window.score) if window else 0.0
    return scores
