"""Corpus → its terms by their sound: what a misspelt word may have been meant to be.

Built with the edition and kept in its file, so that a question neither loads pypinyin nor walks
over all terms.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.models.documents import Corpus
from bot.retrieval.analyzer import function_words
from bot.retrieval.dictionary import dictionary
from bot.retrieval.hashing import hash_of
from bot.text.normalise import normalise
from bot.text.sounds import FIRST, across, folded_sound, sounds_of, sounds_of_hanzi

LONGEST = 8  # hanzi; longer names are not misspelt as a whole
TERM = re.compile(rf"[\u4e00-\u9fff]{{2,{LONGEST}}}")
USUAL = 5  # times in jieba's corpus; two thirds of its words are rarer, and many are none
PLAIN = 2  # hanzi; longer words are terms however rare they are (以旧换新: 3 times)
ENTRY = re.compile(
    r"(?m)^([\u4e00-\u9fff]{2,8}) (\d+) (?!nr|[cdemopqruy])\w*$"
)  # no persons, no words of grammar


class Sounding(NamedTuple):
    """A term that sounds like one of some texts: the text's place, the term, and its checksum."""

    place: int
    term: str
    checksum: int


@dataclass(frozen=True, slots=True)
class KnownTerms:
    """The terms of a corpus in order of the checksums of their folded sounds; some come twice.

    `exact` holds the checksum of each one's sound as it is. `ends` tells where each term ends
    in `content`. `sounds` and `folded` are tables for `str.translate`, from hanzi to how they
    sound; both are small, and much faster than an array.
    """

    alike: NDArray[np.uint32]
    exact: NDArray[np.uint32]
    content: memoryview
    ends: NDArray[np.int64]
    sounds: Mapping[int, str]
    folded: Mapping[int, str]

    def sounding(self, sounds: Sequence[str]) -> Iterator[Sounding]:
        """Give the terms that sound, folded, like one of some texts."""
        if not len(self.alike) or not sounds:
            return
        wanted = np.array([checksum_of(across(one)) for one in sounds], dtype=np.uint32)
        first = self.alike.searchsorted(wanted)
        last = self.alike.searchsorted(wanted, side="right")
        for place in np.flatnonzero(last > first).tolist():
            for row in range(int(first[place]), int(last[place])):
                yield Sounding(place, self._term(row), int(self.exact[row]))

    def _term(self, row: int) -> str:
        start = int(self.ends[row - 1]) if row else 0
        return str(self.content[start : int(self.ends[row])], "utf-8")


@dataclass(frozen=True, slots=True)
class WrittenTerms:
    """Known terms as they are put into an edition's file."""

    alike: NDArray[np.uint32]
    exact: NDArray[np.uint32]
    terms: tuple[bytes, ...]
    sounds: NDArray[np.uint16]
    syllables: tuple[str, ...]


def checksum_of(letters: str) -> int:
    """Give the number under which a sound is found."""
    return zlib.crc32(letters.encode())


def tables_of(
    numbers: Sequence[int], syllables: Sequence[str]
) -> tuple[dict[int, str], dict[int, str]]:
    """Make the tables of sounds, plain and folded, from the number of each hanzi's syllable."""
    folded = [folded_sound(syllable) for syllable in syllables]
    known = [(FIRST + at, number) for at, number in enumerate(numbers) if syllables[number]]
    plain = {code: syllables[number] for code, number in known}
    return plain, {code: folded[number] for code, number in known}


def write_terms(corpus: Corpus, hashes: NDArray[np.uint64]) -> WrittenTerms:
    """Gather the terms that a corpus knows; `hashes` are those of its index, in order."""
    terms = sorted({*_names(corpus), *_words(hashes), *filter(TERM.fullmatch, function_words())})
    hanzi = sounds_of_hanzi()
    usual = ("".join(hanzi[ord(one) - FIRST] for one in term) for term in terms)
    ordered = sorted(
        {
            (checksum_of(across(folded_sound(letters))), checksum_of(letters), term.encode())
            for sounds in (sounds_of(terms), usual)
            for letters, term in zip(sounds, terms, strict=True)
        }
    )
    syllables = tuple(sorted(set(hanzi)))
    numbers = {syllable: number for number, syllable in enumerate(syllables)}
    return WrittenTerms(
        alike=np.array([alike for alike, _, _ in ordered], dtype=np.uint32),
        exact=np.array([exact for _, exact, _ in ordered], dtype=np.uint32),
        terms=tuple(term for _, _, term in ordered),
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
    """Give the words of jieba's dictionary that some passage holds."""
    if not len(hashes):
        return iter(())
    usual, wanted = _usual()
    at = np.minimum(hashes.searchsorted(wanted), len(hashes) - 1)
    return (usual[place] for place in np.flatnonzero(hashes[at] == wanted).tolist())


@cache  # 40 MB, for a process that builds again and again: it saves .5 s each time
def _usual() -> tuple[tuple[str, ...], NDArray[np.uint64]]:
    """Give the words of jieba's dictionary that may be meant, with their hashes."""
    entries = ENTRY.findall(dictionary().lines.decode())
    usual = tuple(word for word, times in entries if len(word) > PLAIN or int(times) >= USUAL)
    hashes = (hash_of.__wrapped__("words", word) for word in usual)
    return usual, np.fromiter(hashes, dtype=np.uint64, count=len(usual))
