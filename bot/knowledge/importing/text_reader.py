"""Read plain text: each line as typed, with its indent and whether it was wrapped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.knowledge.importing.blocks import Clues, Extract, Line, Progress
from bot.knowledge.importing.characters import decode
from bot.knowledge.importing.paragraphs import blocks_of

_HANZI = 2  # columns
_WIDEST_WRAP = 120  # columns: no program wraps further out, paragraphs on one line are longer
_RAGGED = 3 * _HANZI  # columns that a wrapped line may fall short of the margin
_WRAPPED_SHARE = 0.5  # of the lines longer than half a line; unwrapped text has any length
_FEWEST = 3  # lines that tell of wrapping
_CELLS = re.compile(r"\t+")


def read(content: bytes, progress: Progress) -> Extract:
    """Give the paragraphs of a plain text; wrapped lines are joined, tabs make rows."""
    decoded = decode(content)
    progress(0, 1)
    lines = tuple(_lines(decoded.text))
    blocks, dropped = blocks_of(lines)
    return Extract(blocks, decoded.text, dropped, Clues(note=decoded.note))


def _lines(text: str) -> Iterator[Line]:
    typed = [line.rstrip() for line in text.replace("\f", "\n\f").split("\n")]
    margin = _margin([_width(line) for line in typed if line])
    page, number, is_after_gap = 1, 0, False
    for whole in typed:
        if whole.startswith("\f"):
            page, number = page + 1, 0
        line = whole.removeprefix("\f")
        number += 1
        if not line.strip():
            is_after_gap = True
            continue
        bare = line.strip()
        cells = tuple(_CELLS.split(bare)) if "\t" in bare else ()
        indent = (_width(line) - _width(line.lstrip())) / _HANZI
        is_full = _width(line) >= margin - _RAGGED
        yield Line(bare, page, number, indent, is_full, 1, is_after_gap, cells)
        is_after_gap = False


def _margin(widths: list[int]) -> float:
    """Give the column at which lines were wrapped; infinite where each is a paragraph."""
    if not widths:
        return float("inf")
    margin = sorted(widths)[int(len(widths) * 0.95)]
    long = [width for width in widths if width > margin / 2]
    full = [width for width in long if width >= margin - _RAGGED]
    is_wrapped = len(full) >= max(_FEWEST, len(long) * _WRAPPED_SHARE)
    return margin if is_wrapped and margin <= _WIDEST_WRAP else float("inf")


def _width(line: str) -> int:
    """Give the columns of a line: two for a hanzi or its punctuation."""
    return sum(_HANZI if unicodedata.east_asian_width(one) in "WFA" else 1 for one in line)
