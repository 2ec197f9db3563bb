"""From characters at places on a page to lines in the order of reading. Pure geometry.

All places are in points from the top left corner of the page.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from bot.knowledge.importing.blocks import Line

_SAME_LINE = 0.5  # of a letter's size that middles may differ: superscripts belong to their line
_WORD_GAP = 0.25  # of a letter's size: a blank is about that wide
_COLUMN_GAP = 1.3  # of a letter's size: gutters of two columns are two hanzi wide, words less
_CELL_GAP = 2.5  # of a letter's size: what stands so far apart is no one sentence
_MIDDLE = (0.3, 0.7)  # of the width of text, where the gutter of two columns runs
_COLUMN_LINES = 6  # lines side by side: fewer are a table or an address
_COLUMN_SHARE = 0.5  # of a page's lines have two halves where it has two columns
_FULL_SHARE = 0.3  # of the left halves reach the gutter, cells of a table only by chance
_NARROWEST = 10  # hanzi in a line of a column; cells of a table are shorter
_RAGGED = 1.6  # hanzi that a wrapped line may fall short: a mark that may not begin a line
_WIDE_SPACING = 1.9  # of the usual distance of lines: a gap between paragraphs
_MOST = 0.9  # of the lines: margins are where nearly all begin and end


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character with its box."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float

    @property
    def middle_x(self) -> float:
        """Give the middle between left and right."""
        return (self.left + self.right) / 2

    @property
    def middle_y(self) -> float:
        """Give the middle between top and bottom."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Printed:
    """A line, or half of one in two columns, or a row of a table, with its box.

    `column` is 0 across the page, 1 or 2 in columns.
    """

    text: str
    left: float
    right: float
    top: float
    size: float
    glyphs: tuple[Glyph, ...] = ()
    cells: tuple[str, ...] = ()
    column: int = 0

    @staticmethod
    def row(cells: tuple[str, ...], glyphs: tuple[Glyph, ...], top: float) -> Printed:
        """Make a row of a table."""
        size = median(one.size for one in glyphs)
        edges = min(one.left for one in glyphs), max(one.right for one in glyphs)
        return Printed(" ".join(cells), *edges, top, size, glyphs, cells)

    def placed(
        self, page: int, margins: Margins, before: Printed | None, usual_size: float
    ) -> Line:
        """Give the line as its place within the margins tells of it."""
        left, right = margins.of(self)
        spacing = margins.spacing * max(self.size / usual_size, 1)
        gap = self.top - before.top if before and before.column == self.column else 0.0
        return Line(
            text=self.text,
            page=page,
            top=self.top,
            indent=(self.left - left) / self.size,
            is_full=self.right >= right - _RAGGED * self.size,
            size=self.size,
            follows_gap=gap > spacing * _WIDE_SPACING,
            cells=self.cells,
        )


@dataclass(frozen=True, slots=True)
class Margins:
    """Where lines begin and end, by column, and how far apart they are as a rule."""

    edges: tuple[tuple[float, float], ...]
    spacing: float

    def of(self, printed: Printed) -> tuple[float, float]:
        """Give the left and right margin of a line's column."""
        return self.edges[printed.column]


def lines_of(glyphs: Sequence[Glyph]) -> tuple[Printed, ...]:
    """Put characters that stand side by side into lines, from top to bottom."""
    lines: list[list[Glyph]] = []
    middle = 0.0
    for glyph in sorted(glyphs, key=lambda one: (one.middle_y, one.left)):
        if lines and abs(glyph.middle_y - middle) <= _SAME_LINE * glyph.size:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
            middle = glyph.middle_y
    made = (_line(sorted(line, key=lambda one: one.left)) for line in lines)
    return tuple(line for line in made if line.text)


def _line(glyphs: Sequence[Glyph]) -> Printed:
    inked = [one for one in glyphs if one.text.strip()]
    if not inked:
        return Printed("", 0, 0, 0, 1)
    text = ""
    before: Glyph | None = None
    for glyph in glyphs:
        if before and glyph.left - before.right > _gap(before, glyph):
            text += " "
        text += glyph.text
        before = glyph
    size = median(one.size for one in inked)
    top = min(one.top for one in inked)
    return Printed(text.strip(), inked[0].left, inked[-1].right, top, size, tuple(glyphs))


def _gap(before: Glyph, after: Glyph) -> float:
    """Give from which distance on there is a blank: hanzi may be spaced out to fill a line."""
    is_word = before.text.isascii() and after.text.isascii()
    return before.size * (_WORD_GAP if is_word else 1)


def columns_of(
    lines: Sequence[Printed], rows: Sequence[Printed], gutter: float | None
) -> tuple[Printed, ...]:
    """Order a page's lines and rows as they are read: two columns one after the other."""
    ordered: list[Printed] = []
    waiting: list[Printed] = []
    for line in sorted((*lines, *rows), key=lambda one: one.top):
        halves = () if gutter is None or line.cells else _halves(line, gutter)
        if halves:
            waiting.extend(halves)
            continue
        ordered.extend(sorted(waiting, key=lambda one: one.column))
        waiting.clear()
        ordered.append(line)
    return (*ordered, *sorted(waiting, key=lambda one: one.column))


def gutter_of(lines: Sequence[Printed]) -> float | None:
    """Find the middle of the empty strip between a page's columns; None for one column."""
    if len(lines) < _COLUMN_LINES:
        return None
    left, right = min(one.left for one in lines), max(one.right for one in lines)
    low, high = (left + share * (right - left) for share in _MIDDLE)
    gaps = [gap for line in lines for gap in _gaps(line) if gap[1] > low and gap[0] < high]
    if len(gaps) < max(_COLUMN_LINES, len(lines) * _COLUMN_SHARE):
        return None
    middle = median((start + end) / 2 for start, end in gaps)
    across = [gap for gap in gaps if gap[0] < middle < gap[1]]
    edge = max((gap[0] for gap in across), default=0.0)
    size = median(line.size for line in lines)
    full = [gap for gap in across if gap[0] >= edge - _RAGGED * size]
    is_two = len(across) >= max(_COLUMN_LINES, len(lines) * _COLUMN_SHARE)
    is_two = is_two and edge - left >= _NARROWEST * size
    return middle if is_two and len(full) >= len(across) * _FULL_SHARE else None


def _gaps(line: Printed) -> Iterator[tuple[float, float]]:
    inked = [one for one in line.glyphs if one.text.strip()]
    for before, after in itertools.pairwise(inked):
        if after.left - before.right > _COLUMN_GAP * line.size:
            yield before.right, after.left


def _halves(line: Printed, gutter: float) -> tuple[Printed, ...]:
    """Cut a line at the gutter; nothing where something stands across it."""
    if any(one.left < gutter < one.right for one in line.glyphs if one.text.strip()):
        return ()
    sides = (
        [one for one in line.glyphs if one.middle_x < gutter],
        [one for one in line.glyphs if one.middle_x >= gutter],
    )
    halves = (replace(_line(side), column=number) for number, side in enumerate(sides, 1) if side)
    return tuple(half for half in halves if half.text)


def margins_of(printed: Sequence[Printed]) -> Margins:
    """Find the margins that the lines of all pages share, and their usual distance."""
    edges = tuple(_edges([one for one in printed if one.column == column]) for column in range(3))
    distances = [
        after.top - before.top
        for before, after in itertools.pairwise(printed)
        if after.column == before.column and after.top > before.top
    ]
    return Margins(edges, median(distances) if distances else 0.0)


def _edges(printed: Sequence[Printed]) -> tuple[float, float]:
    lines = [one for one in printed if not one.cells]
    if not lines:
        return 0.0, float("inf")
    lefts = sorted(one.left for one in lines)
    rights = sorted(one.right for one in lines)
    return lefts[int(len(lefts) * (1 - _MOST))], rights[int((len(rights) - 1) * _MOST)]
