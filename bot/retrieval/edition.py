"""Corpus → edition: one immutable, searchable generation of the knowledge."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot import __version__
from bot.errors import EditionError
from bot.models.documents import Corpus, Document, Passage
from bot.retrieval.analyzer import Analyzer
from bot.retrieval.index import Index, field_of
from bot.text.figures import searchable

FINGERPRINT = 12  # hexadecimal digits: 48 bits, and short enough for a button's 64 bytes

Progress = Callable[[Iterable[Passage]], Iterable[Passage]]


@dataclass(frozen=True, slots=True)
class Edition:
    """A corpus with its analyzer, index and synonyms; `fingerprint` names it in answers.

    `vocabularies` holds, by document id, the words of documents whose rules have closed lists.
    """

    corpus: Corpus
    analyzer: Analyzer
    index: Index
    synonyms: dict[str, tuple[str, ...]]
    vocabularies: dict[str, frozenset[str]]
    fingerprint: str


def build_edition(
    corpus: Corpus,
    cache_folder: Path | None = None,
    progress: Progress = iter,
) -> Edition:
    """Analyse every passage and index it; `progress` wraps the passages as they are read.

    Raises `EditionError` where the index cannot be held in memory.
    """
    synonyms = _synonyms(corpus)
    analyzer = Analyzer((*corpus.lexicon, *synonyms, *_items(corpus)), cache_folder)
    try:
        index = _index(corpus.passages, analyzer, progress)
    except MemoryError as error:
        raise EditionError("内存不足") from error
    vocabularies = {
        document.id: vocabulary_of(document, analyzer, synonyms)
        for document in corpus.documents
        if document.benefits
    }
    return Edition(corpus, analyzer, index, synonyms, vocabularies, _fingerprint(corpus))


def vocabulary_of(
    document: Document, analyzer: Analyzer, synonyms: dict[str, tuple[str, ...]]
) -> frozenset[str]:
    """Give the words of a document's names and texts, with their synonyms."""
    sections = (f"{section.heading}\n{section.text}" for section in document.sections)
    text = "\n".join((document.title, *document.also_called, *document.topics, *sections))
    words = set(analyzer.analyze(text).words)
    return frozenset(words | {other for word in words for other in synonyms.get(word, ())})


def _synonyms(corpus: Corpus) -> dict[str, tuple[str, ...]]:
    groups = [tuple(dict.fromkeys(map(searchable, group))) for group in corpus.synonyms]
    return {word: tuple(w for w in group if w != word) for group in groups for word in group}


def _items(corpus: Corpus) -> Iterator[str]:
    """Give the names that rules use, which must be found whole in a question."""
    for document in corpus.documents:
        for benefit in document.benefits:
            yield from benefit.items
        for limit in document.time_limits:
            yield from (limit.item, *limit.also_called)


def searched_text(passage: Passage) -> str:
    """Give all that is searched of a passage beside its `asks`.

    A passage that states a rule is found by the items of that rule too, wherever in the
    document they are listed.
    """
    return "\n".join((passage.document.title, passage.heading, passage.text, *_items_of(passage)))


def _items_of(passage: Passage) -> Iterator[str]:
    for benefit in passage.document.benefits:
        if benefit.quote in passage.text:
            yield from benefit.items
    for limit in passage.document.time_limits:
        if limit.quote in passage.text:
            yield from limit.also_called


def _index(passages: tuple[Passage, ...], analyzer: Analyzer, progress: Progress) -> Index:
    texts = [analyzer.analyze(searched_text(passage)) for passage in progress(passages)]
    # A heading is the office's own way of asking for its section.
    asks = [analyzer.analyze("\n".join((passage.heading, *passage.asks))) for passage in passages]
    return Index(
        size=len(passages),
        fields={
            "words": field_of(terms.words for terms in texts),
            "bigrams": field_of(terms.bigrams for terms in texts),
            "asks": field_of(terms.words for terms in asks),
            "asked_bigrams": field_of(terms.bigrams for terms in asks),
        },
    )


def _fingerprint(corpus: Corpus) -> str:
    """Name what answers depend on: the knowledge's bytes and the version of the code."""
    named = f"{__version__}\n{corpus.digest}"
    return hashlib.sha256(named.encode()).hexdigest()[:FINGERPRINT]
