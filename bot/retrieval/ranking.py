"""Candidates → ranking: what the first stage found, scored again by few, explained features.

The first stage adds up BM25 of passages over the whole corpus. Here its best are looked at
closely. Every feature is a share of the most that any text could give for the question, and
more of it is never worse:

    passage     BM25 of the passage, as the first stage scored it
    document    BM25 of its document as one text: long policies spread what is asked
    brevity     1 - ln(1 + words of the document) / ln(1 + a million)
    window      idf mass of the question's pairs within 50 characters: what stands together
    kind        1 where the passage gives the kind of thing that is asked for, or none is
    excerpt     how well the best window of sentences answers, in the best three documents
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from bot.models.documents import Passage
from bot.retrieval.compiling import K1
from bot.retrieval.edition import Edition
from bot.retrieval.excerpts import Sought, best_window
from bot.retrieval.index import SearchTerm
from bot.retrieval.matching import masses_near, matches_of
from bot.retrieval.neighbours import context_of
from bot.text.normalise import normalise

CANDIDATES = 200  # passages of the first stage; their documents hold .99 of ncp's answers
READ = 40  # passages whose text is looked at; each costs about 30 microseconds
EXCERPTED = 3  # documents that compete with their excerpts: as many as one answer shows
PASSAGES = 3  # passages of each of them; 6 changed no figure
LONGEST = math.log1p(1_000_000)  # words of the longest document that brevity tells apart

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """What each field adds to the first stage, and the question words in it."""

    words: float = 1.0  # the unit
    bigrams: float = 0.8  # public sets: .5 lost .4 points of recall@1 on average
    asks: float = 0.6  # shipped `asks`, each asked without itself in the index
    asked_bigrams: float = 0.3  # the same
    # Passages of which half the idf of question and function words is believed: few passages
    # cannot tell that 怎么办 is common. In full on public sets, where stripping them lost up to
    # 1.3 points of recall@1; on 80 passages the full idf lost 7 of the tuned judgements.
    asking: float = 1000.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds to a score, none below zero, with the measure that chose it.

    Public sets: ncp + others, kcg_faq and lecoqa, fitted on two and measured on the third.
    """

    passage: float = 1.0  # the unit
    document: float = 1.16  # public sets: recall@1 lost 1.4, .6 and .3 points without
    brevity: float = 0.52  # public sets: recall@1 lost 1.3, -.6 and .3 points without
    window: float = 0.83  # public sets: recall@1 lost .7, .4 and .7 points without
    kind: float = 0.06  # public sets
    excerpt: float = 0.1  # ncp: answer@1 gained 1.7 points


FIELD_WEIGHTS = FieldWeights()
WEIGHTS = Weights()


def weight_of(field: str, weights: FieldWeights = FIELD_WEIGHTS) -> float:
    """Give what a field of the index adds to the first stage."""
    return float(getattr(weights, field))


def asking_share(passages: int, weights: FieldWeights = FIELD_WEIGHTS) -> float:
    """Give how much a question or function word counts in a corpus of so many passages."""
    return passages / (passages + weights.asking)


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
    features = features_of(terms, sought, found, edition, weights)
    totals = features @ np.array(astuple(weights)[: features.shape[1]])
    totals += weights.excerpt * _excerpts(ordinals, totals, sought, edition)
    order = np.lexsort((ordinals, -totals))
    return tuple((ordinals[place], float(totals[place])) for place in order)


def features_of(
    terms: Sequence[SearchTerm],
    sought: Sought,
    found: Sequence[tuple[int, float]],
    edition: Edition,
    weights: Weights = WEIGHTS,
) -> Numbers:
    """Give passages × (passage, document, brevity, window, kind).

    The last two are zero but for the `READ` passages that the first three put in front.
    """
    index = edition.index
    ordinals = np.array([ordinal for ordinal, _ in found])
    most = _most(terms, index.idfs(terms))
    documents, own = np.unique(index.document_of(ordinals), return_inverse=True)
    features = np.zeros((len(found), 5))
    features[:, 0] = [score / most for _, score in found]
    features[:, 1] = index.weigh_documents(terms, documents).scores.sum(axis=0)[own] / most
    words = index.document_lengths("words", documents)
    features[:, 2] = np.maximum(0, 1 - np.log1p(words) / LONGEST)[own]
    before = features[:, :3] @ np.array(astuple(weights)[:3])
    for place in np.lexsort((ordinals, -before))[:READ]:
        passage = edition.corpus.passages[int(ordinals[place])]
        features[place, 3:] = _read(passage, sought)
    return features


def _most(terms: Sequence[SearchTerm], idfs: Numbers) -> float:
    """Work out the most that a text could score: every term, without end."""
    weights = np.array([term.weight for term in terms])
    most = float((weights * np.maximum(idfs, 0)).sum()) * (K1 + 1)
    return most or 1.0  # of a single passage every term scores below zero


def _read(passage: Passage, sought: Sought) -> tuple[float, float]:
    """Look at a text: what stands close together, and whether it gives what is asked for."""
    text = passage.text if passage.stated else "\n".join((passage.heading, *passage.asks))
    folded = normalise(text)
    given = not passage.stated or sought.cue is None or sought.cue.given.search(folded) is not None
    weights = [weight for _, weight in sought.pairs]
    total = sum(weights)
    if total <= 0:
        return 0.0, float(given)
    near = masses_near(matches_of(folded, [text for text, _ in sought.pairs]), weights)
    return max(near, default=0.0) / total, float(given)


def _excerpts(
    ordinals: Sequence[int], totals: Numbers, sought: Sought, edition: Edition
) -> Numbers:
    """Score the excerpts of the best passages of the best documents; zero for all others."""
    scores = np.zeros(len(ordinals))
    documents = edition.index.document_of(ordinals)
    counted: dict[int, int] = {}
    for place in np.lexsort((ordinals, -totals)):
        document = int(documents[place])
        if document not in counted and len(counted) == EXCERPTED:
            continue
        counted[document] = counted.get(document, 0) + 1
        if counted[document] > PASSAGES:
            continue
        context = context_of(ordinals[place], edition.corpus)
        window = best_window(context.text, sought, own=context.own)
        scores[place] = max(0.0, window.score) if window else 0.0
    return scores
