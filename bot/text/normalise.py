"""One form for text that means the same: NFKC, Simplified, lower case, nothing invisible.

The only door of opencc. Folding goes character by character, so that every character of the
result can be traced to the one that it came from (`origins`), which highlighting needs.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import opencc

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Mn"}  # controls, zero-width, surrogates, selectors
MOST_STEPS = 5  # folding ends after three at most: 薴 → 苧 → 苎
UNREADABLE = INVISIBLE - {"Mn"}  # selectors that colour an emoji may stay in what is shown
BREAKS = {"\n", "\r", "\t", "\v", "\f", "\u2028", "\u2029"}  # controls that separate words
IN_FIGURE = re.compile(r"[\d.,．，％%]\d|\d[\d.,．，%％万亿元]")
ENDS = re.compile(r"(?<=[。！？!?\n])")  # ；joins the parts of one rule: never cut there


@cache
def _to_simplified() -> opencc.OpenCC:
    """Load the character table once, when the first Chinese character is folded."""
    return opencc.OpenCC("t2s")


@cache
def _to_mainland() -> opencc.OpenCC:
    return opencc.OpenCC("tw2sp")


class _Folding(dict[int, str]):
    """A table for `str.translate` that works out each character when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold(chr(code))
        return folded


def _fold(character: str) -> str:
    if character in BREAKS:
        return "\n" if character in "\n\u2028\u2029" else " "
    if unicodedata.category(character) in INVISIBLE:
        return ""
    folded = character
    for _ in range(MOST_STEPS):
        plain = unicodedata.normalize("NFKC", folded).lower()
        kept = "".join(one for one in plain if unicodedata.category(one) not in INVISIBLE)
        again = kept if kept.isascii() else _to_simplified().convert(kept)
        if again == folded:
            break
        folded = again
    return folded


_TABLE = _Folding()


def normalise(text: str) -> str:
    """Fold a text for comparing and searching; its length may change."""
    return text.translate(_TABLE)


def in_mainland_words(text: str) -> str:
    """Fold a text in Traditional script, with the words of Taiwan as the mainland has them.

    計程車 → 出租车, where `normalise` gives 计程车. Words are known in Traditional script only.
    """
    return normalise(_to_mainland().convert(text))


def origins(text: str) -> tuple[int, ...]:
    """Give, for each character of `normalise(text)`, the index in `text` that it came from."""
    return tuple([index for index, code in enumerate(map(ord, text)) for _ in _TABLE[code]])


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Cut a text after each 。！？ or line end; half-open ranges that join to the whole."""
    ranges = []
    start = 0
    for part in ENDS.split(text):
        if part:
            ranges.append((start, start + len(part)))
            start += len(part)
    return tuple(ranges)


def before_figure(text: str, at: int, least: int = 0) -> int:
    """Move a cut before the figure that it would fall into: 123456元 is never shown as 3456元.

    Not below `least`: what is all figure is cut where it was to be cut.
    """
    moved = at
    while moved > least and moved < len(text) and IN_FIGURE.fullmatch(text[moved - 1 : moved + 1]):
        moved -= 1
    return moved if moved > least else at


def readable(text: str) -> str:
    """Drop what cannot be seen or stored (controls, zero-width, surrogates), keep the rest."""
    kept = (
        " " if character in BREAKS else character
        for character in text
        if character in BREAKS or unicodedata.category(character) not in UNREADABLE
    )
    return "".join(kept).strip()
