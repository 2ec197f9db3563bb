"""Question → slips: stretches of it that sound or look like a term of the corpus, but are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from bot.retrieval.analyzer import is_function_word
from bot.retrieval.dictionary import entry_of
from bot.retrieval.edition import Edition
from bot.retrieval.known_terms import USUAL
from bot.text.shapes import looks_like

LONGEST = 8  # hanzi of a term, as in the table
FEWEST_LETTERS = 4  # pinyin of two hanzi; what is shorter stands for one, or is no pinyin
SURE_LETTERS = 6  # of pinyin that is only alike (zi for zhi): English words have few that fit
HANZI = re.compile(r"[\u4e00-\u9fff]+")
LETTERS = re.compile(r"[a-z]+")
READ = re.compile(r"[\u4e00-\u9fff]+|[a-z]+| (?=[a-z])")
FIELDS = ("words", "asks")


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a folded question, as cut, from `start` on.

    `loose`: it may be a piece of a misspelt word, because it is one hanzi, or because the
    corpus does not know it. `usual`: jieba's dictionary knows it all the same.
    """

    start: int
    word: str
    loose: bool
    usual: bool
    asking: bool

    @property
    def end(self) -> int:
        """Give the place behind it."""
        return self.start + len(self.word)


@dataclass(frozen=True, slots=True)
class Slip:
    """A stretch of a folded question, `start` to `end`, and the term that it may stand for.

    `changed` are the places, in the question, of the hanzi that differ; none where pinyin was
    typed. `exact`: it sounds as the term does, in the usual reading of each hanzi.
    """

    start: int
    end: int
    typed: str
    meant: str
    parts: tuple[Part, ...]
    changed: tuple[int, ...]
    exact: bool


def parts_of(folded: str, edition: Edition) -> tuple[Part, ...]:
    """Cut a folded question into parts, and tell which may be misspelt."""
    words = edition.analyzer.cut(folded)
    named = [(field, word) for field in FIELDS for word in words]
    held = edition.index.holding(named).reshape(len(FIELDS), len(words)).any(axis=0).tolist()
    starts = accumulate((len(word) for word in words), initial=0)
    return tuple(
        _part(start, word, known) for start, word, known in zip(starts, words, held, strict=False)
    )


def _part(start: int, word: str, known: bool) -> Part:
    asking = is_function_word(word)
    if len(word) == 1:
        return Part(start, word, HANZI.match(word) is not None, False, asking)
    loose = not known and not asking and READ.fullmatch(word) is not None
    entry = entry_of(word) if loose else None
    return Part(start, word, loose, entry is not None and entry.frequency >= USUAL, asking)


def slips_in(parts: tuple[Part, ...], edition: Edition) -> Iterator[Slip]:
    """Find what sounds or looks like a term that the corpus knows, and is written otherwise."""
    stretches = tuple(_stretches(parts))
    spellings = [one for stretch in stretches for one in _spellings(stretch)]
    letters = [_letters(spelling, edition) for _, spelling in spellings]
    for place, term in edition.terms.sounding(letters):
        stretch, spelling = spellings[place]
        typed = "".join(part.word for part in stretch)
        if term != typed and (spelling == typed or spelling == term):
            slip = _slip(stretch, typed, term, letters[place], edition)
            if slip:
                yield slip


def _stretches(parts: tuple[Part, ...]) -> Iterator[tuple[Part, ...]]:
    """Give all runs of hanzi and letters with a loose part in them that could be a term."""
    for first, part in enumerate(parts):
        length, loose = 0, False
        for last in range(first, len(parts)):
            word = parts[last].word
            if not READ.fullmatch(word):
                break
            length += len(word) if HANZI.match(word) else word != " "
            if length > LONGEST:
                break
            loose = loose or parts[last].loose
            if loose and (length > 1 or LETTERS.fullmatch(part.word)):
                yield parts[first : last + 1]


def _spellings(stretch: tuple[Part, ...]) -> Iterator[tuple[tuple[Part, ...], str]]:
    """Give a stretch as typed, and with each hanzi that looks like another one replaced."""
    typed = "".join(part.word for part in stretch)
    yield stretch, typed
    for part in stretch:
        if part.loose:
            for at in range(part.start - stretch[0].start, part.end - stretch[0].start):
                for other in looks_like(typed[at]):
                    yield stretch, f"{typed[:at]}{other}{typed[at + 1 :]}"


def _letters(spelling: str, edition: Edition) -> str:
    sound = edition.terms.sound
    return "".join(one if one.isascii() else sound(one) for one in spelling).replace(" ", "")


def _slip(
    stretch: tuple[Part, ...], typed: str, meant: str, letters: str, edition: Edition
) -> Slip | None:
    """Make a slip of a stretch; None where hanzi that both have do not stand in the same places."""
    start, end = stretch[0].start, stretch[-1].end
    exact = _letters(meant, edition) == letters
    if HANZI.fullmatch(typed):
        pairs = zip(typed, meant, strict=False)
        changed = tuple(start + at for at, (one, other) in enumerate(pairs) if one != other)
        same_length = len(typed) == len(meant)
        return Slip(start, end, typed, meant, stretch, changed, exact) if same_length else None
    before, after = HANZI.match(typed), re.search(rf"{HANZI.pattern}$", typed)
    kept = (before[0] if before else "", after[0] if after else "")
    pinyin = typed[len(kept[0]) : len(typed) - len(kept[1])].replace(" ", "")
    inside = len(meant) - len(kept[0]) - len(kept[1])
    fits = meant.startswith(kept[0]) and meant.endswith(kept[1]) and inside > 0
    enough = len(letters) >= (FEWEST_LETTERS if exact else SURE_LETTERS)
    if not (fits and enough and LETTERS.fullmatch(pinyin)):
        return None
    return Slip(start, end, typed, meant, stretch, (), exact)
