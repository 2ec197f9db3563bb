"""The product as a system: the one place that builds, opens and searches its index.

What the benches need of the product goes through this file, so that only it follows when the
product's own doors change.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from functools import partial
from operator import itemgetter
from pathlib import Path

import numpy as np

from bot.answering.service import ask
from bot.clock import day_of
from bot.evaluation.beir import NOBODY, rank_all, read_corpus, read_queries
from bot.knowledge.passages import passages_of
from bot.knowledge.records import Known
from bot.models.documents import Corpus, Document, Passage, Section, Source, Wording
from bot.models.questions import Asker, Conversation
from bot.models.questions import Question as Asking
from bot.retrieval.building import Origin, edition_in_memory, open_or_build, write_edition
from bot.retrieval.compiling import K1, Arrays, B, compile_index
from bot.retrieval.container import map_file, pack, unpack, write_file
from bot.retrieval.counting import count
from bot.retrieval.edition import Edition, arrays_of
from bot.retrieval.index import Index, SearchTerm
from tests.bench.freshness import index_code
from tests.bench.libraries import absence
from tests.bench.systems import WANTED, Answered, InProcess, Opened
from tests.bench.terms import WEIGHTS, Question, Terms

FILE = "arrays"  # of an index, in its folder
SECTIONS = 10  # of a made document, a passage each, as corpora.Shape has it
ASKED_AT = datetime(2024, 11, 9, tzinfo=UTC)  # made documents have no dates: any day will do


class Product:
    """The compiled index behind `Index.search`: numpy alone, or numba where `compiled`."""

    largest = 1_000_000

    def __init__(self, *, compiled: bool) -> None:
        self.name = f"policybot ({'numba, extra fast' if compiled else 'numpy'})"
        self.index = f"policybot-{index_code()}"
        self.note = f"Index.search, exact, k1 {K1}, b {B}"
        self._compiled = compiled

    def missing(self) -> str:
        """Tell whether numba is installed where it is wanted."""
        return absence("numba", "bot.retrieval.fast") if self._compiled else ""

    def build(self, terms: Terms, folder: Path) -> None:
        """Write the compiled arrays of both fields, as an edition's file holds them."""
        counts = count(
            {
                field: map(itemgetter(place), terms.passages())
                for place, field in enumerate(WEIGHTS)
            }
        )
        firsts = np.append(np.arange(0, terms.size, SECTIONS), terms.size).astype(np.int32)
        arrays = compile_index(counts, firsts)
        named = {one.name: getattr(arrays, one.name) for one in fields(Arrays)}
        about = {"step": named.pop("step")}
        write_file(pack(about, named, {}), folder / FILE)

    def open(self, terms: Terms, folder: Path, questions: Sequence[Question]) -> Opened:
        """Map the file."""
        _ = terms
        index = self._index(arrays_of(unpack(map_file(folder / FILE))))
        asked = [tuple(SearchTerm(*term) for term in question.terms()) for question in questions]

        def search(sought: tuple[SearchTerm, ...]) -> tuple[tuple[int, float], ...]:
            return index.search(sought, WANTED)

        return InProcess(asked, search, lambda hits: [ordinal for ordinal, _ in hits])

    def _index(self, arrays: Arrays) -> Index:
        if not self._compiled:
            return Index(tuple(WEIGHTS), arrays)
        from bot.retrieval.fast import FastIndex

        return FastIndex(tuple(WEIGHTS), arrays)


def corpus_of(terms: Terms, _known: Known | None = None) -> Corpus:
    """Make documents of the passages, ten sections each."""
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
    return Corpus(documents, passages, NOBODY, (), (), terms.folder.name)


def changed(corpus: Corpus) -> Corpus:
    """Change the text of one document, the middle one; all others stay as they are."""
    middle = len(corpus.documents) // 2
    before = corpus.documents[middle]
    first, *others = before.sections
    after = replace(before, sections=(replace(first, text=f"{first.text}。改"), *others))
    documents = (*corpus.documents[:middle], after, *corpus.documents[middle + 1 :])
    passages: list[Passage] = []
    for passage in corpus.passages:
        if passage.document is not before:
            passages.append(passage)
        elif not passages or passages[-1].document is not after:
            passages += passages_of(after)
    return replace(
        corpus, documents=documents, passages=tuple(passages), digest=f"{corpus.digest} changed"
    )


def written(corpus: Corpus, data: Path) -> Path:
    """Analyse, compile and write an edition, below the folder that a deployment keeps."""
    return write_edition(corpus, data / "editions", data)


def opened(terms: Terms, data: Path) -> Edition:
    """Open the edition of a made corpus as the service does; it must have been written."""
    origin = Origin(partial(corpus_of, terms), lambda: terms.folder.name, lambda: "")
    return open_or_build(origin, data, data)


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
    edition = edition_in_memory(read_corpus(folders))
    ranked = rank_all(read_queries(folders[0], split, None), edition, day_of(ASKED_AT))
    return {one.query.id: tuple(name for name, _ in one.documents) for one in ranked}
