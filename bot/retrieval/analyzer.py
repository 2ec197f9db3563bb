"""Text → terms: words from jieba's search mode, and pairs of neighbouring hanzi.

The only door of jieba. `HMM=False` makes the cut deterministic and measured better on every
question set tried; the tokenizer is our own, so that nothing global is changed.
"""

from __future__ import annotations

import logging
import math
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import jieba

from bot.text.normalise import normalise

HANZI_RUNS = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
WORD = re.compile(r"\w")
# 三个, 几台, 两样: counts that a question brings along; 一级 and 二级 are grades and stay.
COUNT = re.compile(r"[一二两三四五六七八九十几]+[个台块件样条份道家位部辆]")
ADDED_FREQUENCY = 100_000  # high enough that jieba keeps an added word of any length whole


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a text in order, with repeats: words, and bigrams of hanzi."""

    words: tuple[str, ...]
    bigrams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """A query: its content (function words stripped), the whole, and its content words.

    `content` searches texts, `whole` searches `asks`, in which the way of asking counts.
    `tokens` are all words in order as cut once, `words` those of content, by which support is
    measured.
    """

    content: Terms
    whole: Terms
    tokens: tuple[str, ...]
    words: tuple[str, ...]


@cache
def _function_words() -> frozenset[str]:
    text = files("bot.retrieval").joinpath("function_words.txt").read_text("utf-8")
    lines = map(str.strip, text.splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


class Analyzer:
    """Cuts texts and queries into terms; the same words in always give the same terms out."""

    def __init__(self, words: Iterable[str] = (), cache_folder: Path | None = None) -> None:
        """Load jieba's dictionary and add words that it must keep whole.

        `cache_folder` may hold jieba's compiled dictionary (saves 0.5 s of a start); it is
        only tried, a folder that cannot be written costs nothing but that time.
        """
        jieba.setLogLevel(logging.CRITICAL)
        self._tokenizer = jieba.Tokenizer()
        _initialize(self._tokenizer, cache_folder)
        self._total: int = self._tokenizer.total
        folded = {normalise(word) for word in words}
        self._added = {word: self._tokenizer.FREQ.get(word) or 0 for word in sorted(folded)}
        for word in self._added:
            self._tokenizer.add_word(word, ADDED_FREQUENCY, "n")
        for word in sorted(_function_words() - self._tokenizer.FREQ.keys()):
            # 能不能 is cut 能/不能 otherwise, and would count as content.
            self._tokenizer.add_word(word, self._tokenizer.suggest_freq(word))

    def analyze(self, text: str) -> Terms:
        """Cut a text into the terms that are indexed."""
        folded = normalise(text)
        cut = self._tokenizer.cut_for_search(folded, HMM=False)
        return Terms(tuple(word for word in cut if WORD.search(word)), _bigrams(folded))

    def analyze_query(self, text: str) -> QueryTerms:
        """Cut a query; where it holds nothing but function words, all of them are kept."""
        folded = normalise(text)
        tokens = tuple(self._tokenizer.cut(folded, HMM=False))
        content = _without_function_words(tokens)
        words = tuple(
            dict.fromkeys(word for part in content for word in part if WORD.search(word))
        )
        parts = tuple(self.analyze("".join(part)) for part in content)
        return QueryTerms(
            content=Terms(
                tuple(word for part in parts for word in part.words),
                tuple(pair for part in parts for pair in part.bigrams),
            ),
            whole=self.analyze(folded),
            tokens=tokens,
            words=words,
        )

    def surprise(self, word: str) -> float:
        """Tell how much a word says: -ln of its share in jieba's own corpus (5 to 18)."""
        frequency = self._added.get(word, self._tokenizer.FREQ.get(word, 0))
        return math.log(self._total / max(frequency, 1))

    def is_noun(self, word: str) -> bool:
        """Tell whether jieba's dictionary knows a word as a noun that is no place or person."""
        tag = _tags().get(word, "")
        return tag == "j" or (tag.startswith("n") and tag[1:2] not in {"s", "r"})  # j: 社保, 环评

    def may_name_thing(self, word: str) -> bool:
        """Tell whether a word is a noun, or one that jieba's dictionary does not know."""
        return self.is_noun(word) or word not in _tags()

    def is_place(self, word: str) -> bool:
        """Tell whether jieba's dictionary knows a word as a place; it holds some that are none."""
        return _tags().get(word) == "ns"


def _initialize(tokenizer: jieba.Tokenizer, cache_folder: Path | None) -> None:
    """Load the dictionary, from and into a folder of our own.

    jieba's own choice is the machine's common folder, from which it would load what anybody
    put there.
    """
    with TemporaryDirectory() as passing:
        tokenizer.tmp_dir = str(cache_folder or passing)
        tokenizer.initialize()


@cache
def _tags() -> dict[str, str]:
    """Read the part of speech of every word of jieba's dictionary, 0.2 s, when first needed."""
    with Path(jieba.__file__).with_name("dict.txt").open(encoding="utf-8") as lines:
        entries = (line.split() for line in lines)
        return {word: sys.intern(tag) for word, _, tag in entries}


def _bigrams(folded: str) -> tuple[str, ...]:
    return tuple(
        run[index : index + 2]
        for run in HANZI_RUNS.findall(folded)
        for index in range(len(run) - 1)
    )


def _without_function_words(tokens: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Give the runs of tokens between function words, or all tokens where none is left."""
    runs: list[list[str]] = [[]]
    for token in tokens:
        if is_function_word(token) or not WORD.search(token):
            runs.append([])
        else:
            runs[-1].append(token)
    kept = tuple(tuple(run) for run in runs if run)
    return kept or (tokens,)


def is_function_word(word: str) -> bool:
    """Tell whether a word only asks, joins or counts."""
    return word in _function_words() or COUNT.fullmatch(word) is not None
