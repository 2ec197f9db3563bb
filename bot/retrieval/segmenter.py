"""Folded text → words: by rjieba where it is installed, by jieba otherwise, alike to the word.

The only door of jieba and rjieba. `HMM=False` makes the cut deterministic and measured better
on every question set tried.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import jieba

from bot.retrieval.dictionary import dictionary, entry_of

try:
    import rjieba
except ImportError:  # the extra `fast` is not installed
    rjieba = None  # type: ignore[assignment]

ADDED_FREQUENCY = 100_000  # high enough that jieba keeps an added word of any length whole
# What jieba can keep whole; rjieba would keep rarer hanzi too, and the two would differ.
ADDABLE = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%-]+")


class Segmenter(Protocol):
    """Cuts folded text; `add` makes it keep a word whole."""

    def add(self, word: str, frequency: int) -> None:
        """Count a word as seen so often, in place of what the dictionary says."""

    def cut(self, text: str) -> list[str]:
        """Cut a text into words that join to the whole."""

    def cut_for_search(self, text: str) -> list[str]:
        """Cut a text into words, with the shorter words inside long ones before them."""


class PlainSegmenter:
    """jieba, with a tokenizer of its own, so that nothing global is changed."""

    def __init__(self, cache_folder: Path | None = None) -> None:
        """Load jieba's tables, from `cache_folder` where an earlier start left them (saves 0.5 s).

        The folder is only tried: one that cannot be written costs nothing but that time.
        """
        jieba.setLogLevel(logging.CRITICAL)
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.cache_file = f"jieba-{dictionary().name}.cache"
        # jieba's own choice is the machine's common folder, from which it would load what
        # anybody put there.
        with TemporaryDirectory() as passing:
            self._tokenizer.tmp_dir = str(cache_folder or passing)
            self._tokenizer.initialize()
        # jieba counts a word that is listed twice, twice; ties are decided by this sum.
        self._tokenizer.total = dictionary().total

    def add(self, word: str, frequency: int) -> None:
        """Count a word as seen so often; what it counted before is taken off the total."""
        self._tokenizer.total -= self._tokenizer.FREQ.get(word, 0)
        self._tokenizer.add_word(word, frequency, "n")

    def cut(self, text: str) -> list[str]:
        """Cut a text into words that join to the whole."""
        return list(self._tokenizer.cut(text, HMM=False))

    def cut_for_search(self, text: str) -> list[str]:
        """Cut a text into words, with the shorter words inside long ones before them."""
        return list(self._tokenizer.cut_for_search(text, HMM=False))


class FastSegmenter:
    """rjieba, about 13 times as fast and loaded in 0.1 s; only where it is installed."""

    def __init__(self) -> None:
        self._tokenizer = rjieba.Jieba()

    def add(self, word: str, frequency: int) -> None:
        """Count a word as seen so often; what it counted before is taken off the total."""
        self._tokenizer.add_word(word, frequency, "n")

    def cut(self, text: str) -> list[str]:
        """Cut a text into words that join to the whole."""
        words: list[str] = self._tokenizer.cut(text, False)
        return words

    def cut_for_search(self, text: str) -> list[str]:
        """Cut a text into words, with the shorter words inside long ones before them."""
        words: list[str] = self._tokenizer.cut_for_search(text, False)
        return words


def segmenter(cache_folder: Path | None = None) -> Segmenter:
    """Give the fastest segmenter that is installed."""
    return FastSegmenter() if rjieba else PlainSegmenter(cache_folder)


def keep_whole(cutter: Segmenter, names: Iterable[str], phrases: Iterable[str]) -> None:
    """Add names, which win against all else, and phrases, which are kept whole where they can be.

    Phrases that the dictionary knows stay as common as they are. Words with characters that
    jieba always cuts apart are left out.
    """
    added: dict[str, int] = {}
    for name in sorted(set(filter(ADDABLE.fullmatch, names))):
        cutter.add(name, ADDED_FREQUENCY)
        added[name] = ADDED_FREQUENCY
    for phrase in sorted(set(filter(ADDABLE.fullmatch, phrases))):
        if phrase not in added and entry_of(phrase) is None:
            added[phrase] = _least_frequency(cutter, phrase, added)
            cutter.add(phrase, added[phrase])


def _least_frequency(cutter: Segmenter, phrase: str, added: dict[str, int]) -> int:
    """Work out how common a phrase must be to be kept whole: more than its parts by chance.

    As jieba's `suggest_freq`, in our own arithmetic so that both segmenters get one number.
    """
    total = dictionary().total
    chance = 1.0
    for part in cutter.cut(phrase):
        entry = entry_of(part)
        chance *= added.get(part, entry.frequency if entry else 1) / total
    return int(chance * total) + 1
