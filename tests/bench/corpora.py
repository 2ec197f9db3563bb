"""Passages to search: made from jieba's own dictionary, or cut from the BEIR folders given.

Made passages are reproducible and carry nobody's text. Words come in topical clumps, so that
words and pairs of hanzi meet again as they do in real text; `Shape` holds what was fitted to a
real corpus of 25,368 laws, news and service items (see the comments).
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jieba
import numpy as np
from numpy.typing import NDArray

PASSAGE = 200  # characters, as in the published figures of this project
HANZI_WORD = re.compile(r"[\u4e00-\u9fff]+")
SENTENCE = re.compile(r"[^。！？；\n]+[。！？；\n]*")
SEED = 20241109  # any; it names the corpus, and figures compare only within one
BATCH = 1_000  # passages drawn at once: the first batch is the same in every size
SLOTS = 150  # words drawn for a passage, more than fit into 200 characters


@dataclass(frozen=True, slots=True)
class Shape:
    """What a made corpus is like; the figures were fitted to the share of postings read."""

    words: int = 120_000  # of the dictionary, the most frequent: rarer ones are names and noise
    phrases: int = 20_000  # runs of words that keep coming back
    phrase_words: int = 4  # at most, all lengths alike
    evenness: float = 0.9  # how much of a word's frequency counts when phrases take their words
    steep: float = 1.15  # falling off of phrases, first to last (Zipf's exponent)
    flat: int = 22  # how many of the first phrases are about as frequent (Mandelbrot's shift)
    topics: int = 4_000  # a document has one
    document: int = 10  # passages, one after the other
    topic_phrases: int = 25
    single: float = 0.37  # share of draws that give one word by its frequency
    topical: float = 0.45  # share of draws that give a phrase of the topic; the rest, any phrase
    clause: float = 0.2  # share of draws followed by a mark of punctuation


@dataclass(frozen=True, slots=True)
class Draws:
    """What passages are drawn from: words and phrases, both with running shares, and topics."""

    parts: tuple[str, ...]  # words, most frequent first, then phrases
    words: NDArray[np.float64]
    phrases: NDArray[np.float64]
    topics: NDArray[np.intp]  # a row of phrases for each
    topic: NDArray[np.float64]  # running shares of a topic's phrases


@cache
def read_words(wanted: int) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """Read the most frequent words of jieba's installed dictionary, with their counts."""
    with Path(jieba.__file__).with_name("dict.txt").open(encoding="utf-8") as lines:
        entries = [line.split() for line in lines]
    counted = [(int(count), word) for word, count, *_ in entries if HANZI_WORD.fullmatch(word)]
    counted.sort(key=lambda entry: (-entry[0], entry[1]))
    words = tuple(word for _, word in counted[:wanted])
    return words, np.array([count for count, _ in counted[:wanted]], dtype=np.float64)


def draws_of(shape: Shape, seed: int) -> Draws:
    """Make the phrases and topics of a corpus."""
    words, counts = read_words(shape.words)
    drawing = np.random.default_rng(seed)
    evened = _running(counts**shape.evenness)
    drawn = np.searchsorted(evened, drawing.random((shape.phrases, shape.phrase_words)))
    lengths = drawing.integers(1, shape.phrase_words + 1, size=shape.phrases)
    phrases = tuple(
        "".join(words[number] for number in row[:length])
        for row, length in zip(drawn.tolist(), lengths.tolist(), strict=True)
    )
    falling = _running(_zipf(shape.phrases, shape))
    topics = np.searchsorted(falling, drawing.random((shape.topics, shape.topic_phrases)))
    return Draws(
        parts=(*words, *phrases),
        words=_running(counts),
        phrases=falling,
        topics=topics + len(words),
        topic=_running(1 / np.arange(1, shape.topic_phrases + 1)),
    )


def _zipf(size: int, shape: Shape) -> NDArray[np.float64]:
    return 1 / (np.arange(size) + shape.flat) ** shape.steep


def _running(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    shares: NDArray[np.float64] = np.cumsum(weights) / weights.sum()
    return shares


def made_passages(size: int, shape: Shape | None = None, seed: int = SEED) -> Iterator[str]:
    """Make passages of about 200 characters; a smaller corpus is the beginning of a larger."""
    shape = shape or Shape()
    draws = draws_of(shape, seed)
    for batch in range(-(-size // BATCH)):
        rows, marks = _drawn(draws, shape, (seed, batch))
        wanted = min(BATCH, size - batch * BATCH)
        for row, marked in zip(rows[:wanted], marks[:wanted], strict=True):
            yield _passage(draws.parts, row.tolist(), marked.tolist())


def _drawn(
    draws: Draws, shape: Shape, seed: tuple[int, int]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Draw the parts of a batch of passages, and after which of them a mark stands."""
    drawing = np.random.default_rng(seed)
    like = (BATCH, SLOTS)
    documents = -(-BATCH // shape.document)
    of_topic = np.repeat(drawing.integers(len(draws.topics), size=documents), shape.document)
    places = np.searchsorted(draws.topic, drawing.random(like))
    topical = draws.topics[of_topic[:BATCH, None], places]
    single = np.searchsorted(draws.words, drawing.random(like))
    anything = np.searchsorted(draws.phrases, drawing.random(like)) + len(draws.words)
    kinds = drawing.random(like)
    phrases = np.where(kinds < shape.single + shape.topical, topical, anything)
    rows = np.where(kinds < shape.single, single, phrases)
    return rows, drawing.random(like) < shape.clause


def _passage(parts: Sequence[str], row: Iterable[int], marks: Iterable[bool]) -> str:
    taken: list[str] = []
    length = 0
    for number, marked in zip(row, marks, strict=True):
        part = f"{parts[number]}，" if marked else parts[number]
        length += len(part)
        if length >= PASSAGE:
            break
        taken.append(part)
    return "".join((*taken, "。"))


def real_passages(folders: Iterable[Path], size: int) -> Iterator[str]:
    """Cut the texts of BEIR folders into passages; too short ones are cycled, shuffled.

    After the first time round, the sentences of all texts are shuffled before they are cut, so
    that no passage comes twice and words keep their frequencies, though not their neighbours
    across sentences.
    """
    texts = [text for folder in folders for text in _texts(folder)]
    drawing = random.Random(SEED)  # noqa: S311  a corpus is no secret
    drawing.shuffle(texts)
    made = 0
    while made < size and texts:
        for passage in _cut(texts):
            yield passage
            made += 1
            if made == size:
                return
        texts = [part for text in texts for part in SENTENCE.findall(text)]
        drawing.shuffle(texts)
        texts = ["".join(texts)]


def _texts(folder: Path) -> Iterator[str]:
    with (folder / "corpus.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"] or ""
            yield " ".join(text.split())  # one passage a line


def _cut(texts: Iterable[str]) -> Iterator[str]:
    """Cut each text; what is left at its end, shorter than a passage, is left out."""
    for text in texts:
        for start in range(0, len(text) - PASSAGE + 1, PASSAGE):
            yield text[start : start + PASSAGE]
