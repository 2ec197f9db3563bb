"""Corpus → its terms by their sound: what a misspelt word may have been meant to be.

Built with the edition and kept in its file, so that a question neither loads pypinyin nor walks
over all terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.models.documents import Corpus
from bot.retrieval.analyzer import is_function_word
from bot.retrieval.compiling import hash_of
from bot.retrieval.dictionary import dictionary
from bot.text.normalise import normalise
from bot.text.sounds import FIRST, LAST, folded_sound, sounds_of, sounds_of_hanzi

TERM = re.compile(r"[\u4e00-\u9fff]{2,8}")  # longer names are not misspelt as a whole
USUAL = 5  # times in jieba's corpus; two thirds of its words are rarer, and many are none
ENTRY = re.compile(r"(?m)^([\u4e00-\u9fff]{2,8}) (\d+) (?!nr)\w*$")  # nr: a person
SOUND = "sound"  # the name under which sounds are hashed, as fields are


@dataclass(frozen=True, slots=True)
class KnownTerms:
    """The terms of a corpus in order of the hashes of their folded sounds; one may come twice.

    `ends` tells where each term ends in `content`. `sounds` holds the number in `syllables` of
    each hanzi from `FIRST` on.
    """

    hashes: NDArray[np.uint64]
    content: memoryview
    ends: NDArray[np.int64]
    sounds: NDArray[np.uint16]
    syllables: tuple[str, ...]

    def sound(self, hanzi: str) -> str:
        """Give the usual sound of one character, empty where it has none."""
        place = ord(hanzi) - FIRST
        return self.syllables[self.sounds[place]] if 0 <= place <= LAST - FIRST else ""

    def sounding(self, letters: Sequence[str]) -> Iterator[tuple[int, str]]:
        """Give the terms that sound like each of some texts, with the place of that text."""
        if not len(self.hashes) or not letters:
            return
        wanted = np.array([hash_of(SOUND, folded_sound(one)) for one in letters], np.uint64)
        first = self.hashes.searchsorted(wanted)
        last = self.hashes.searchsorted(wanted, side="right")
        for place in np.flatnonzero(last > first).tolist():
            for row in range(int(first[place]), int(last[place])):
                yield place, self._term(row)

    def _term(self, row: int) -> str:
        start = int(self.ends[row - 1]) if row else 0
        return str(self.content[start : int(self.ends[row])], "utf-8")


@dataclass(frozen=True, slots=True)
class WrittenTerms:
    """Known terms as they are put into an edition's file."""

    hashes: NDArray[np.uint64]
    terms: tuple[bytes, ...]
    sounds: NDArray[np.uint16]
    syllables: tuple[str, ...]


def write_terms(corpus: Corpus, hashes: NDArray[np.uint64]) -> WrittenTerms:
    """Gather the terms that a corpus knows; `hashes` are those of its index, in order."""
    terms = sorted({*_names(corpus), *_words(hashes)})
    terms = [term for term in terms if not is_function_word(term)]
    hanzi = sounds_of_hanzi()
    usual = ("".join(hanzi[ord(one) - FIRST] for one in term) for term in terms)
    found = {
        (hash_of.__wrapped__(SOUND, folded_sound(letters)), term.encode())
        for sounds in (sounds_of(terms), usual)
        for letters, term in zip(sounds, terms, strict=True)
    }
    ordered = sorted(found)
    syllables = tuple(sorted(set(hanzi)))
    numbers = {syllable: number for number, syllable in enumerate(syllables)}
    return WrittenTerms(
        hashes=np.array([number for number, _ in ordered], dtype=np.uint64),
        terms=tuple(term for _, term in ordered),
        sounds=np.array([numbers[one] for one in hanzi], dtype=np.uint16),
        syllables=syllables,
    )


def _names(corpus: Corpus) -> Iterator[str]:
    """Give what staff wrote as names, as they are searched."""
    return filter(TERM.fullmatch, map(normalise, _written_names(corpus)))


def _written_names(corpus: Corpus) -> Iterator[str]:
    yield from corpus.lexicon
    for group in corpus.synonyms:
        yield from group
    for document in corpus.documents:
        yield from (document.title, *document.topics, *document.also_called)
        for benefit in document.benefits:
            yield from (benefit.name, *benefit.items)
        for limit in document.time_limits:
            yield from (limit.item, *limit.also_called)
        yield from (section.heading for section in document.sections)


def _words(hashes: NDArray[np.uint64]) -> Iterator[str]:
    """Give the words of jieba's dictionary that some passage or its `asks` hold."""
    entries = ENTRY.findall(dictionary().lines.decode())
    usual = [word for word, frequency in entries if int(frequency) >= USUAL]
    for field in ("words", "asks"):
        wanted = [hash_of.__wrapped__(field, word) for word in usual]
        held = np.isin(np.array(wanted, dtype=np.uint64), hashes)
        yield from (usual[place] for place in np.flatnonzero(held).tolist())

