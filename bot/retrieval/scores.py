"""What the scores of hits are made of, recomputed for who wants to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, fields, replace

import numpy as np

from bot.models.explanations import Feature, SearchedTerm, TermScore
from bot.models.questions import Hit
from bot.retrieval.edition import Edition
from bot.retrieval.ranking import WEIGHTS, Weights, features_of
from bot.retrieval.retriever import Query, candidates_of


def searched_terms(query: Query, edition: Edition) -> tuple[SearchedTerm, ...]:
    """Give the terms of a query as they were searched, field by field."""
    terms = (*query.terms, *query.asking)
    return tuple(
        SearchedTerm(
            field=term.field,
            text=term.text,
            weight=term.weight,
            idf=float(idf),
            synonyms=tuple(text for text, _ in term.alternatives),
        )
        for term, idf in zip(terms, edition.index.idfs(terms), strict=True)
    )


def term_scores(
    query: Query, hits: Sequence[Hit], edition: Edition
) -> tuple[tuple[TermScore, ...], ...]:
    """Give for each hit what each term that it holds adds in the first stage, most first."""
    terms = (*query.terms, *query.asking)
    ordinals = [hit.ordinal for hit in hits]
    weighed = edition.index.weigh(terms, ordinals)
    typed = edition.index.weigh([replace(term, alternatives=()) for term in terms], ordinals).held
    return tuple(
        tuple(
            TermScore(
                field=terms[place].field,
                text=terms[place].text,
                score=float(weighed.scores[place, column]),
                synonym=not typed[place, column],
            )
            for place in np.argsort(-weighed.scores[:, column], kind="stable").tolist()
            if weighed.held[place, column]
        )
        for column in range(len(ordinals))
    )


def feature_scores(
    query: Query, hits: Sequence[Hit], edition: Edition
) -> tuple[tuple[Feature, ...], ...]:
    """Give for each hit what each feature of `ranking` adds; together they are its score."""
    found, _ = candidates_of(query, edition)
    if not found:
        return ()
    features = features_of(query.of_texts, query.sought, found, edition)
    places = {ordinal: place for place, (ordinal, _) in enumerate(found)}
    names = [field.name for field in fields(Weights)]
    added = features * np.array(astuple(WEIGHTS))
    return tuple(
        tuple(
            Feature(name, score)
            for name, score in zip(names, added[places[hit.ordinal]].tolist(), strict=True)
        )
        for hit in hits
    )
