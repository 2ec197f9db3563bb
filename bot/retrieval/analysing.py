"""Passages → counts of every field; what an earlier edition has counted is taken over.

A large corpus is analysed in as many processes as the machine has cores.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.models.documents import Corpus
from bot.retrieval.analyzer import Analyzer
from bot.retrieval.container import Container
from bot.retrieval.counting import Counts, count, joined, rows_of
from bot.retrieval.edition import (
    FIELDS,
    analysis_of,
    analyzer_with,
    arrays_of,
    asked_text,
    firsts_of,
    searched_text,
    words_of,
)

BATCH = 500  # passages: 0.1 s of work, so that progress is seen to move
ALONE = 4_000  # passages that one process analyses sooner than others are started
KEY_BYTES = 8  # 64 bits: documents of one office that differ never share a key

Progress = Callable[[int, int], None]
Texts = tuple[str, str]  # what is searched of a passage, and how it is asked for


def silent(_done: int, _of: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """The counts of every field, passage by passage, and a key for each document's content."""

    counts: Mapping[str, Counts]
    keys: tuple[bytes, ...]


def analyse(
    corpus: Corpus,
    earlier: Container | None,
    cache_folder: Path | None,
    progress: Progress = silent,
) -> Analysed:
    """Count the terms of all passages; documents that `earlier` holds are not analysed again.

    `progress` is told how many passages of how many are done.
    """
    texts = [(searched_text(passage), asked_text(passage)) for passage in corpus.passages]
    firsts = firsts_of(corpus)
    keys = tuple(_key(texts[first:last]) for first, last in itertools.pairwise(firsts))
    words = words_of(corpus)
    known = _places(earlier, analysis_of(words))
    taken = [place for place, key in enumerate(keys) if key in known]
    old = _passages(firsts, taken)
    new = np.setdiff1d(np.arange(len(texts)), old)
    todo = [texts[ordinal] for ordinal in new]
    progress(len(old), len(texts))
    batches = []
    for batch in _counted(todo, words, cache_folder):
        batches.append(batch)
        done = len(old) + sum(one[FIELDS[0]].size for one in batches)
        progress(done, len(texts))
    order = np.argsort(np.concatenate((old, new)))
    counts = {}
    for field in FIELDS:
        parts = [batch[field] for batch in batches]
        if earlier is not None and taken:
            parts.insert(0, _taken(earlier, field, [known[keys[place]] for place in taken]))
        counts[field] = rows_of(joined(parts), order)
    return Analysed(counts, keys)


def _key(texts: Sequence[Texts]) -> bytes:
    digest = blake2b(digest_size=KEY_BYTES)
    for text in (one for pair in texts for one in pair):
        content = text.encode()
        digest.update(len(content).to_bytes(8, "little"))
        digest.update(content)
    return digest.digest()


def _places(earlier: Container | None, analysis: str) -> dict[bytes, int]:
    """Give the documents of an earlier edition by key, where its analysis was the same."""
    if earlier is None or earlier.about["analysis"] != analysis:
        return {}
    keys = earlier.arrays["keys"].tobytes()
    return {
        keys[start : start + KEY_BYTES]: start // KEY_BYTES
        for start in range(0, len(keys), KEY_BYTES)
    }


def _passages(firsts: NDArray[np.int32], documents: Sequence[int]) -> NDArray[np.int64]:
    """Give the ordinals of the passages of some documents, in order."""
    ranges = [np.arange(firsts[place], firsts[place + 1]) for place in documents]
    return np.concatenate([np.zeros(0, dtype=np.int64), *ranges]).astype(np.int64)


def _taken(earlier: Container, field: str, documents: Sequence[int]) -> Counts:
    """Turn the postings of a field back into the counts of some documents' passages."""
    arrays = arrays_of(earlier)
    rows = np.flatnonzero(arrays.fields == FIELDS.index(field))
    held = np.diff(arrays.starts)[rows]
    ends = np.cumsum(held)
    places = np.repeat(arrays.starts[rows] - (ends - held), held) + np.arange(held.sum())
    passages = arrays.passages[places]
    order = np.argsort(passages, kind="stable")
    size = int(arrays.firsts[-1])
    whole = Counts(
        vocabulary=_vocabulary(earlier, rows),
        terms=np.repeat(np.arange(len(rows), dtype=np.uint32), held)[order],
        frequencies=arrays.frequencies[places][order].astype(np.uint32),
        distinct=np.bincount(passages, minlength=size).astype(np.uint32),
        lengths=arrays.lengths[FIELDS.index(field)],
    )
    return rows_of(whole, _passages(arrays.firsts, documents))


def _vocabulary(earlier: Container, rows: NDArray[np.int64]) -> tuple[str, ...]:
    content, ends = earlier.texts["vocabulary"], earlier.arrays["vocabulary_ends"]
    starts = np.concatenate(([0], ends[:-1]))
    return tuple(str(content[starts[row] : ends[row]], "utf-8") for row in rows)


def _counted(
    texts: Sequence[Texts], words: tuple[str, ...], cache_folder: Path | None
) -> Iterator[dict[str, Counts]]:
    batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    workers = os.cpu_count() or 1
    if len(texts) <= ALONE or workers == 1:
        _prepare(words, cache_folder)
        yield from map(_count_batch, batches)
        return
    context = get_context("spawn")  # a fork would carry the caller's locks and files along
    with context.Pool(workers, _prepare, (words, cache_folder)) as pool:
        yield from pool.imap(_count_batch, batches)


_prepared: list[Analyzer] = []  # of a worker process: loaded once, for all of its batches


def _prepare(words: tuple[str, ...], cache_folder: Path | None) -> None:
    _prepared[:] = [analyzer_with(words, cache_folder)]


def _count_batch(texts: Sequence[Texts]) -> dict[str, Counts]:
    analyze = _prepared[0].analyze
    searched = [analyze(text) for text, _ in texts]
    asked = [analyze(text) for _, text in texts]
    return {
        "words": count(terms.words for terms in searched),
        "bigrams": count(terms.bigrams for terms in searched),
        "asks": count(terms.words for terms in asked),
        "asked_bigrams": count(terms.bigrams for terms in asked),
    }
