"""Text → terms: words of the segmenter's search mode, figures, and pairs of neighbouring hanzi."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from bot.retrieval.dictionary import dictionary, entry_of
from bot.retrieval.segmenter import keep_whole, segmenter
from bot.text.figures import figure_terms, searchable

HANZI = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF))  # first and last: the ranges of common hanzi
HANZI_RUNS = re.compile("[" + "".join(f"{chr(a)}-{chr(b)}" for a, b in HANZI) + "]+")
WORD = re.compile(r"\w")
# 三个, 几台, 两样: counts that a question brings along; 一级 and 二级 are grades and stay.
COUNT = re.compile(r"([一二两三四五六七八九十几]+|[0-9]+)[个台块件样条份道家位部辆]")


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
def function_words() -> frozenset[str]:
    """Give the words that only ask, join or count, as they are listed."""
    text = files("bot.retrieval").joinpath("function_words.txt").read_text("utf-8")
    lines = map(str.strip, text.splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


class Analyzer:
    """Cuts texts and queries into terms; the same words in always give the same terms out."""

    def __init__(self, words: Iterable[str] = (), cache_folder: Path | None = None) -> None:
        """Load the segmenter and add words that it must keep whole.

        `cache_folder` may hold jieba's compiled dictionary, where jieba is what cuts.
        """
        self._segmenter = segmenter(cache_folder)
        keep_whole(self._segmenter, map(searchable, words), function_words())

    def analyze(self, text: str) -> Terms:
        """Cut a text into the terms that are indexed."""
        return self._terms(searchable(text))

    def cut_whole(self, folded: str) -> list[str]:
        """Cut a folded text into words that join to the whole."""
        return self._segmenter.cut(folded)

    def _terms(self, searched: str) -> Terms:
        return Terms(tuple(filter(WORD.search, self.cut(searched))), _bigrams(searched))

    def cut(self, searched: str) -> list[str]:
        """Cut a text that is in its searchable form; words are what `WORD` finds among it."""
        return [*self._segmenter.cut_for_search(searched), *figure_terms(searched)]

    def analyze_query(self, text: str) -> QueryTerms:
        """Cut a query; where it holds nothing but function words, all of them are kept."""
        searched = searchable(text)
        tokens = tuple(self._segmenter.cut(searched))
        content = _without_function_words(tokens)
        words = tuple(
            dict.fromkeys(word for part in content for word in part if WORD.search(word))
        )
        parts = tuple(self._terms("".join(part)) for part in content)
        return QueryTerms(
            content=Terms(
                tuple(word for part in parts for word in part.words),
                tuple(pair for part in parts for pair in part.bigrams),
            ),
            whole=self._terms(searched),
            tokens=tokens,
            words=words,
        )

    def surprise(self, word: str) -> float:
        """Tell how much a word says: -ln of its share in jieba's own corpus (5 to 18).

        Adding a word makes it no more common.
        """
        entry = entry_of(word)
        return math.log(dictionary().total / (entry.frequency if entry else 1))

    def is_noun(self, word: str) -> bool:
        """Tell whether jieba's dictionary knows a word as a noun that is no place or person."""
        entry = entry_of(word)
        tag = entry.tag if entry else ""
        return tag == "j" or (tag.startswith("n") and tag[1:2] not in {"s", "r"})  # j: 社保, 环评

    def may_name_thing(self, word: str) -> bool:
        """Tell whether a word is a noun, or one that jieba's dictionary does not know."""
        return self.is_noun(word) or entry_of(word) is None

    def is_place(self, word: str) -> bool:
        """Tell whether jieba's dictionary knows a word as a place; it holds some that are none."""
        entry = entry_of(word)
        return entry is not None and entry.tag == "ns"


def _bigrams(folded: str) -> tuple[str, ...]:
    return tuple(
        run[index : index + 2]
        for run in HANZI_RUNS.findall(folded)
        for index in range(len(run) - 1)
    )


def _without_function_words(tokens: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Give the runs of tokens between function words, or all tokens where none is left."""
    runs: list[list[str]] = [[]]
    counted = _counts(tokens)
    for token, counts in zip(tokens, counted, strict=True):
        if counts or is_function_word(token) or not WORD.search(token):
            runs.append([])
        else:
            runs[-1].append(token)
    kept = tuple(tuple(run) for run in runs if run)
    return kept or (tokens,)


def _counts(tokens: tuple[str, ...]) -> list[bool]:
    """Tell which tokens make up a count that was cut in two: 3 and 台."""
    heads = [
        COUNT.fullmatch(token + after) is not None for token, after in pairwise((*tokens, ""))
    ]
    return [head or tail for head, tail in zip(heads, (False, *heads), strict=False)]


@lru_cache(maxsize=65536)  # asked of every word of every question, several times
def is_function_word(word: str) -> bool:
    """Tell whether a word only asks, joins or counts."""
    return word in function_words() or COUNT.fullmatch(word) is not None
