"""Corpus → edition: one immutable, searchable generation of the knowledge, mapped from a file."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from hashlib import blake2b, sha256
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot import __version__
from bot.errors import EditionError
from bot.knowledge.records import (
    Documents,
    Folded,
    Known,
    Passages,
    read,
)
from bot.models.calibration import Calibration
from bot.models.documents import Corpus, Document, Office, Passage, Workdays
from bot.retrieval.analyzer import Analyzer
from bot.retrieval.catalogue import Catalogue
from bot.retrieval.compiling import Arrays
from bot.retrieval.container import Buffer, Container, unpack
from bot.retrieval.index import Index
from bot.retrieval.known_terms import KnownTerms, tables_of
from bot.telemetry import log
from bot.text.figures import searchable

FINGERPRINT = 12  # hexadecimal digits: 48 bits, and short enough for a button's 64 bytes
FIELDS = ("words", "bigrams", "asks", "asked_bigrams")
WORTH_COMPILED_LOOPS = 20_000  # passages; below, loading numba costs more than it ever saves
CODE = ("models", "text", "knowledge", "retrieval")  # rooms whose code decides what is compiled


@dataclass(frozen=True, slots=True)
class Edition:
    """A corpus with its analyzer, index and synonyms; `fingerprint` names it in answers.

    `vocabularies` holds, by document id, the words of documents whose rules have closed lists;
    `folded` each passage's text as it is compared.
    """

    corpus: Corpus
    analyzer: Analyzer
    index: Index
    synonyms: dict[str, tuple[str, ...]]
    vocabularies: dict[str, frozenset[str]]
    catalogue: Catalogue
    terms: KnownTerms
    folded: Sequence[str]
    fingerprint: str


@lru_cache(maxsize=2)  # an edition and the one that follows it; jieba takes 70 MB for each
def analyzer_with(words: tuple[str, ...], cache_folder: Path | None) -> Analyzer:
    """Give the analyzer that keeps these words whole; loaded once for the same words."""
    return Analyzer(words, cache_folder)


def words_of(corpus: Corpus) -> tuple[str, ...]:
    """Give the words of a corpus that the analyzer must keep whole, in order."""
    items = (item for document in corpus.documents for item in _items(document))
    return tuple(sorted({*corpus.lexicon, *synonyms_of(corpus), *items}))


def synonyms_of(corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """Give the other words of its group for each word, in the form in which texts are searched."""
    groups = [tuple(dict.fromkeys(map(searchable, group))) for group in corpus.synonyms]
    return {word: tuple(w for w in group if w != word) for group in groups for word in group}


def _items(document: Document) -> Iterator[str]:
    """Give the names that rules use, which must be found whole in a question."""
    for benefit in document.benefits:
        yield from benefit.items
    for limit in document.time_limits:
        yield from (limit.item, *limit.also_called)


def vocabulary_of(
    document: Document, analyzer: Analyzer, synonyms: Mapping[str, tuple[str, ...]]
) -> frozenset[str]:
    """Give the words of a document's names and texts, with their synonyms."""
    sections = (f"{section.heading}\n{section.text}" for section in document.sections)
    text = "\n".join((document.title, *document.also_called, *document.topics, *sections))
    words = set(analyzer.analyze(text).words)
    return frozenset(words | {other for word in words for other in synonyms.get(word, ())})


def searched_text(passage: Passage) -> str:
    """Give all that is searched of a passage beside its `asks`.

    A passage that states a rule is found by the items of that rule too, wherever in the
    document they are listed.
    """
    return "\n".join((passage.document.title, passage.heading, passage.text, *_items_of(passage)))


def asked_text(passage: Passage) -> str:
    """Give how people ask for a passage; a heading is the office's own way of asking."""
    return "\n".join((passage.heading, *passage.asks))


def _items_of(passage: Passage) -> Iterator[str]:
    for benefit in passage.document.benefits:
        if benefit.quote in passage.text:
            yield from benefit.items
    for limit in passage.document.time_limits:
        if limit.quote in passage.text:
            yield from limit.also_called


def firsts_of(corpus: Corpus) -> NDArray[np.int32]:
    """Give the ordinal of each document's first passage, and the number of passages."""
    counted = Counter(id(passage.document) for passage in corpus.passages)  # ids may come twice
    sizes = [counted[id(document)] for document in corpus.documents]
    return np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)


def open_edition(buffer: Buffer, cache_folder: Path | None = None) -> Edition:
    """Make a file's bytes, mapped or not, an edition; records are read when asked for.

    Raises `EditionError` where the bytes are damaged or of another format.
    """
    container = unpack(buffer)
    try:
        return _edition(container, cache_folder)
    except (KeyError, TypeError, ValueError) as error:  # sound, but not written by this code
        raise EditionError("索引文件缺少内容") from error


def _edition(container: Container, cache_folder: Path | None) -> Edition:
    about = container.about
    corpus = _corpus(container)
    vocabularies = {name: frozenset(words) for name, words in about["vocabularies"].items()}
    return Edition(
        corpus=corpus,
        analyzer=analyzer_with(tuple(about["words"]), cache_folder),
        index=_index(arrays_of(container), cache_folder),
        synonyms=synonyms_of(corpus),
        vocabularies=vocabularies,
        catalogue=read(Catalogue, about["catalogue"]),
        terms=_terms(container),
        folded=Folded(container.texts["folded"], container.arrays["folded_ends"]),
        fingerprint=about["fingerprint"],
    )


def _terms(container: Container) -> KnownTerms:
    arrays = container.arrays
    sounds, folded = tables_of(arrays["sounds"].tolist(), container.about["syllables"])
    return KnownTerms(
        alike=arrays["alike"],
        exact=arrays["exact"],
        content=container.texts["terms"],
        ends=arrays["terms_ends"],
        sounds=sounds,
        folded=folded,
    )


def _index(arrays: Arrays, cache_folder: Path | None) -> Index:
    """Take the index with compiled loops where the corpus is worth them and numba is there."""
    if int(arrays.firsts[-1]) < WORTH_COMPILED_LOOPS or not find_spec("numba"):
        return Index(FIELDS, arrays)
    if cache_folder:
        os.environ.setdefault("NUMBA_CACHE_DIR", str(cache_folder.absolute()))
    try:
        from bot.retrieval.fast import FastIndex
    except RuntimeError as error:  # numba finds no folder that it could keep its code in
        log.warning("searching without compiled loops: %s", error)
        return Index(FIELDS, arrays)
    return FastIndex(FIELDS, arrays)


def arrays_of(container: Container) -> Arrays:
    """Give the arrays of a container's index."""
    named = {one.name: container.arrays.get(one.name) for one in fields(Arrays)}
    return Arrays(**named | {"step": container.about["step"]})


def _corpus(container: Container) -> Corpus:
    about, arrays, texts = container.about, container.arrays, container.texts
    documents = Documents(texts["document_records"], arrays["document_records_ends"])
    return Corpus(
        documents=documents,
        passages=Passages(documents, arrays["firsts"], arrays["cuts"]),
        office=read(Office, about["office"]),
        lexicon=tuple(about["lexicon"]),
        synonyms=tuple(tuple(group) for group in about["groups"]),
        digest=about["digest"],
        workdays=tuple(read(Workdays, one) for one in about["workdays"]),
        calibration=read(Calibration, about["calibration"]),
    )


def known_in(container: Container) -> Known:
    """Give the documents of a container that came from files, by these."""
    arrays, sources = container.arrays, container.texts["sources"]
    ends = arrays["document_records_ends"]
    documents = Documents(container.texts["document_records"], ends, len(ends))
    names = bytes(sources).decode().split()
    return Known(
        places={name: place for place, name in enumerate(names)},
        documents=documents,
        firsts=arrays["firsts"],
        cuts=arrays["cuts"],
    )


def fingerprint_of(digest: str) -> str:
    """Name what answers depend on: the knowledge's bytes and the code that compiles them."""
    named = f"{__version__}\n{code_of_compiling()}\n{digest}"
    return sha256(named.encode()).hexdigest()[:FINGERPRINT]


def analysis_of(words: Sequence[str]) -> str:
    """Name what the counts of a text depend on: the analyzer's words and the code."""
    named = json.dumps([__version__, code_of_compiling(), list(words)], ensure_ascii=False)
    return blake2b(named.encode(), digest_size=16).hexdigest()


@lru_cache(maxsize=1)
def code_of_compiling() -> str:
    """Name the code below answering: after an upgrade no older edition may be opened."""
    digest = blake2b(digest_size=16)
    top = Path(__file__).parents[1]
    paths = (path for room in CODE for path in sorted((top / room).glob("*.[pt]*")))
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()
