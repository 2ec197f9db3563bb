"""Passages → counts of every field; what an earlier edition has counted is taken over.

A large corpus is analysed in as many processes as the machine has cores.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

from bot.errors import EditionError
from bot.models.documents import Passage
from bot.retrieval.analyzer import HANZI, WORD
from bot.retrieval.counting import (
    Counts,
    Numbering,
    count,
    count_pairs,
    count_terms,
    joined,
    side_by_side,
)
from bot.retrieval.edition import FIELDS, analyzer_with, asked_text, searched_text
from bot.retrieval.groundwork import Groundwork
from bot.text.figures import searchable

BATCH = 2_000  # passages: .2 s of work, so that progress is seen to move
ALONE = 8_000  # passages that one process analyses sooner than others are started
AHEAD = 2  # batches a process: one under way and one at hand, not all texts a second time

Progress = Callable[[int, int], None]
Texts = tuple[str, str]  # what is searched of a passage, and how it is asked for


def silent(_done: int, _of: int) -> None:
    """Show no progress."""


def analyse(
    ground: Groundwork,
    words: tuple[str, ...],
    cache_folder: Path | None,
    progress: Progress = silent,
) -> Counts:
    """Count the terms of all passages; those of an earlier edition are not analysed again.

    `words` are kept whole. `progress` is told how many passages of how many are done. Raises
    `EditionError` where a process that helps is ended from outside.
    """
    new, size = ground.new, len(ground.before)
    done = size - len(new)
    progress(done, size)
    parts = list(ground.counted())
    passages = ground.corpus.passages
    batches = [new[start : start + BATCH] for start in range(0, len(new), BATCH)]
    texts = ([_texts(passages[ordinal]) for ordinal in batch.tolist()] for batch in batches)
    found = _counted(texts, len(new), words, cache_folder)
    for ordinals, counts in zip(batches, found, strict=True):
        parts.append((counts, ordinals))
        done += len(ordinals)
        progress(done, size)
    return joined(parts or [(count(dict.fromkeys(FIELDS, ())), new)])


def _texts(passage: Passage) -> Texts:
    return searched_text(passage), asked_text(passage)


def _counted(
    batches: Iterable[Sequence[Texts]],
    size: int,
    words: tuple[str, ...],
    cache_folder: Path | None,
) -> Iterator[Counts]:
    """Count batches of `size` texts in all, in order."""
    workers = os.cpu_count() or 1
    if size <= ALONE or workers == 1:
        counting = Counting(words, cache_folder)
        yield from map(counting.batch, batches)
        return
    context = get_context("spawn")  # a fork would carry the caller's locks and files along
    given = (words, cache_folder)
    try:
        with ProcessPoolExecutor(workers, context, _prepare, given) as processes:
            waiting: deque[Future[Counts]] = deque()
            for batch in batches:
                waiting.append(processes.submit(_count_batch, batch))
                if len(waiting) > AHEAD * workers:
                    yield waiting.popleft().result()
            yield from (one.result() for one in waiting)
    except BrokenProcessPool:
        raise EditionError("分词的进程中断了，可能是内存不足") from None


class Counting:
    """Counts batches of texts; terms that came before are not hashed again."""

    def __init__(self, words: tuple[str, ...], cache_folder: Path | None) -> None:
        self._cut = analyzer_with(words, cache_folder).cut
        self._words = Numbering("words", WORD.search)
        self._asked_words = Numbering("asks", WORD.search)

    def batch(self, texts: Sequence[Texts]) -> Counts:
        """Count the terms of one batch in every field."""
        searched = [searchable(text) for text, _ in texts]
        asked = [searchable(text) for _, text in texts]
        return side_by_side(
            (
                count_terms(map(self._cut, searched), self._words),
                count_pairs(searched, "bigrams", HANZI),
                count_terms(map(self._cut, asked), self._asked_words),
                count_pairs(asked, "asked_bigrams", HANZI),
            )
        )


_prepared: list[Counting] = []  # of a worker process: loaded once, for all of its batches


def _prepare(words: tuple[str, ...], cache_folder: Path | None) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    _prepared[:] = [Counting(words, cache_folder)]


def _end_with_parent() -> None:
    """End when the process that asks is killed: else this one would wait for work for ever."""
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _count_batch(texts: Sequence[Texts]) -> Counts:
    return _prepared[0].batch(texts)
