"""The product as a system: the one place that builds, opens and searches its index.

What the benches need of the product goes through this file, so that only it follows when the
product's own doors change.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.answering.service import ask
from bot.clock import day_of
from bot.evaluation.beir import NOBODY, rank_all, read_corpus, read_queries
from bot.knowledge.passages import passages_of
from bot.models.documents import Corpus, Document, Section, Source, Wording
from bot.models.questions import Asker, Conversation
from bot.models.questions import Question as Asking
from bot.retrieval.edition import Edition, build_edition
from bot.retrieval.index import Index, SearchTerm, field_of
from tests.bench.systems import WANTED, Answered, InProcess, Opened
from tests.bench.terms import Question, Terms

SECTIONS = 10  # of a made document, a passage each, as corpora.Shape has it
ASKED_AT = datetime(2024, 11, 9, tzinfo=UTC)  # made documents have no dates: any day will do


class Product:
    """The index behind `Index.search`, for now the one in memory."""

    largest = 10_000  # until the index is compiled: rank_bm25 serves it
    index = "policybot"

    def __init__(self) -> None:
        self.name = "policybot"
        self.note = "Index.search, exact"

    def missing(self) -> str:
        """Nothing is missing."""
        return ""

    def build(self, terms: Terms, folder: Path) -> None:
        """Write nothing: the index is built in memory when opened."""

    def open(self, terms: Terms, folder: Path, questions: Sequence[Question]) -> Opened:
        """Open the index."""
        _ = folder
        passages = tuple(terms.passages())
        index = Index(
            size=terms.size,
            fields={
                "words": field_of(words for words, _ in passages),
                "bigrams": field_of(bigrams for _, bigrams in passages),
            },
        )
        asked = [tuple(SearchTerm(*term) for term in question.terms()) for question in questions]

        def search(sought: tuple[SearchTerm, ...]) -> tuple[tuple[int, float], ...]:
            return index.search(sought, WANTED)

        return InProcess(asked, search, lambda hits: [ordinal for ordinal, _ in hits])


def edition_of(terms: Terms) -> Edition:
    """Build an edition of documents made of the passages, ten sections each."""
    texts = tuple(terms.texts())
    documents = tuple(
        Document(
            id=f"made-{first}",
            title=texts[first][:12],
            wording=Wording.ORIGINAL,
            source=Source(""),
            sections=tuple(Section(text[:8], text) for text in texts[first : first + SECTIONS]),
        )
        for first in range(0, len(texts), SECTIONS)
    )
    passages = tuple(passage for document in documents for passage in passages_of(document))
    return build_edition(Corpus(documents, passages, NOBODY, (), (), terms.folder.name))


def answered(edition: Edition, text: str) -> Answered:
    """Time one question from its text to the composed answer."""
    asking = Asking(text, Asker("bench", "bench"), ASKED_AT)
    day = day_of(ASKED_AT)
    wall, cpu = time.perf_counter_ns(), time.thread_time_ns()
    answer = ask(asking, Conversation(), edition, day)
    cpu, wall = time.thread_time_ns() - cpu, time.perf_counter_ns() - wall
    return Answered(wall, cpu, tuple(one.hit.ordinal for one in answer.evidence))


def ranked_by_product(folders: Sequence[Path], split: str) -> dict[str, tuple[str, ...]]:
    """Rank documents for each question of the first folder, as `policybot evaluate` does."""
    edition = build_edition(read_corpus(folders))
    ranked = rank_all(read_queries(folders[0], split, None), edition, day_of(ASKED_AT))
    return {one.query.id: tuple(name for name, _ in one.documents) for one in ranked}
