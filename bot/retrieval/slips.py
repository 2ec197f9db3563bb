"""Question → slips: stretches of it that sound or look like a term of the corpus, but are not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from bot.retrieval.analyzer import is_function_word
from bot.retrieval.dictionary import entry_of
from bot.retrieval.edition import Edition
from bot.retrieval.known_terms import LONGEST, PLAIN, USUAL, Sounding, checksum_of
from bot.text.normalise import normalise
from bot.text.shapes import looks_like
from bot.text.sounds import folded_sound

FEWEST_LETTERS = 4  # pinyin of two hanzi; what is shorter stands for one, or is no pinyin
SURE_LETTERS = 6  # of pinyin that is only alike (zi for zhi): few English words fit by chance
HANZI = re.compile(r"[\u4e00-\u9fff]+")
LETTERS = re.compile(r"[a-z]+")
# What stands before pinyin, the pinyin (its syllables may be apart), and what stands behind it.
MIXED = re.compile(r"([\u4e00-\u9fff]*)([a-z][a-z ]*)([\u4e00-\u9fff]*)")
FIELDS = ("words", "asks")
PAIRS = ("bigrams", "asked_bigrams")


class Part(NamedTuple):
    """A word of a folded question, as cut, `start` to `end`; a plain tuple, for speed.

    `loose`: it may be a piece of a misspelt word, because it is one hanzi, or because the
    corpus does not know it. `usual`: jieba's dictionary knows it all the same. `asking`: it is
    a function word. `sound` is how it sounds, folded; empty for what is no word.
    """

    start: int
    end: int
    word: str
    loose: bool
    usual: bool
    asking: bool
    sound: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A stretch of a folded question, `start` to `end`, and the term that it may stand for.

    `changed` are the places, in the question, of the hanzi that differ; none where pinyin was
    typed. `exact`: it sounds just as the term does.
    """

    start: int
    end: int
    typed: str
    meant: str
    parts: tuple[Part, ...]
    changed: tuple[int, ...]
    exact: bool

    @property
    def changed_parts(self) -> tuple[Part, ...]:
        """Give the parts with a hanzi that differs."""
        return tuple(
            part for part in self.parts if any(part.start <= at < part.end for at in self.changed)
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A folded question, cut into parts, beside the edition that is to answer it."""

    folded: str
    parts: tuple[Part, ...]
    edition: Edition

    def knows(self, texts: Sequence[str], fields: Sequence[str]) -> list[bool]:
        """Tell which texts, words or pairs of hanzi, some passage holds in one of the fields."""
        held = self.edition.index.holding([(field, text) for field in fields for text in texts])
        return [count > 0 for count in held.reshape(len(fields), len(texts)).sum(axis=0).tolist()]


def asked_of(text: str, edition: Edition) -> Asked:
    """Cut a question into parts, and tell which may be misspelt."""
    asked = Asked(normalise(text), (), edition)
    words = edition.analyzer.cut_whole(asked.folded)
    starts = accumulate((len(word) for word in words), initial=0)
    cut = zip(starts, words, asked.knows(words, FIELDS), strict=False)
    parts = (part for start, word, known in cut for part in _parts(start, word, known, edition))
    return replace(asked, parts=tuple(parts))


def _parts(start: int, word: str, known: bool, edition: Edition) -> Iterator[Part]:
    """Give a word as one part; what nobody uses as a word, hanzi by hanzi."""
    asking, end, sound = is_function_word(word), start + len(word), _sound(word, edition)
    if len(word) == 1 or known or asking or not sound:
        loose = len(word) == 1 and sound != "" and not word.isascii()
        yield Part(start, end, word, loose, False, asking, sound)
        return
    entry = entry_of(word)
    if word.isascii() or (entry and entry.frequency >= USUAL):
        yield Part(start, end, word, True, True, False, sound)
        return
    for at, one in enumerate(word, start):
        yield Part(at, at + 1, one, True, False, is_function_word(one), _sound(one, edition))


def _sound(word: str, edition: Edition) -> str:
    """Give how a word sounds, folded; empty for what is neither hanzi nor letters."""
    if word.isascii():
        return folded_sound(word) if LETTERS.fullmatch(word) else ""
    letters = word.translate(edition.terms.folded)
    return letters if letters.isascii() and letters.isalpha() else ""


def slips_in(asked: Asked) -> Iterator[Slip]:
    """Find what sounds or looks like a term that the corpus knows, and is written otherwise."""
    parts, edition = asked.parts, asked.edition
    firsts = range(len(parts))
    stretches: list[tuple[int, int, str, Sequence[Part]]]
    stretches = [(*one, parts) for one in _stretches(parts, firsts)]
    for place, part in enumerate(parts):
        for other in looks_like(part.word) if part.loose and not part.asking else "":
            looked = list(parts)
            looked[place] = part._replace(word=other, sound=_sound(other, edition))
            around = firsts[max(0, place - LONGEST + 1) : place + 1]
            stretches += [(*one, looked) for one in _stretches(looked, around) if one[1] > place]
    for one in edition.terms.sounding([sound for _, _, sound, _ in stretches]):
        first, last, _, spelt = stretches[one.place]
        if spelt is parts or "".join(part.word for part in spelt[first:last]) == one.term:
            slip = _slip(tuple(parts[first:last]), one, edition)
            if slip:
                yield slip


def _stretches(parts: Sequence[Part], firsts: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """Give each run of parts that could be a term and may be misspelt, with its sound."""
    for first in firsts:
        sound, length, loose, says = "", 0, False, False
        for last in range(first, len(parts)):
            one = parts[last]
            if not one.sound:
                if one.word != " " or last == first:
                    break
                continue
            length += 1 if one.word.isascii() else one.end - one.start
            if length > LONGEST:
                break
            sound += one.sound
            if one.loose:
                loose, says = True, says or not one.asking
            if says or (loose and length > PLAIN):
                yield first, last + 1, sound


def _slip(stretch: tuple[Part, ...], meant: Sounding, edition: Edition) -> Slip | None:
    """Make a slip of a stretch; None where it could not have become the term."""
    typed = "".join(part.word for part in stretch)
    letters = typed.replace(" ", "").translate(edition.terms.sounds)
    exact = checksum_of(letters) == meant.checksum
    slip = Slip(stretch[0].start, stretch[-1].end, typed, meant.term, stretch, (), exact)
    mixed = MIXED.fullmatch(typed)
    if mixed:
        before, _, after = mixed.groups()
        fits = meant.term.startswith(before) and meant.term.endswith(after)
        inside = len(meant.term) > len(before) + len(after)
        enough = len(letters) >= (FEWEST_LETTERS if exact else SURE_LETTERS)
        return slip if fits and inside and enough else None
    if len(typed) != len(meant.term) or typed == meant.term or not _says(meant.term):
        return None
    pairs = enumerate(zip(typed, meant.term, strict=True), slip.start)
    return replace(slip, changed=tuple(at for at, (one, other) in pairs if one != other))


def _says(term: str) -> bool:
    """Tell whether a term is more than grammar (在不在, 是在); in pinyin, grammar is read too."""
    return not is_function_word(term) and not all(map(is_function_word, term))
