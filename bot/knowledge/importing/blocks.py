"""What readers of files give: blocks in the order of reading, and every character as a ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Progress: TypeAlias = Callable[[int, int], None]  # how many pages are read, of how many

BETWEEN_CELLS = " | "  # the form of rows that the retrieval shows with their header


class Kind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or a row of a table, on one line.

    `level` counts from 1 down for headings that the file itself marks as such, 0 is its title.
    `added` has the characters of `text` that the file does not hold as text: numbers that its
    program counts, cells repeated because they are merged, what stands between cells.
    """

    kind: Kind
    text: str
    level: int = 0
    added: str = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Text of the file that no draft has, and why."""

    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line as printed, with what tells whether the next one goes on with its paragraph.

    `page` counts from 1, `top` grows down the page; `indent` is in widths of a hanzi; `is_full`:
    it reaches the right margin; `follows_gap`: there is more room above than between lines.
    """

    text: str
    page: int
    top: float
    indent: float = 0
    is_full: bool = False
    size: float = 1
    follows_gap: bool = False
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clues:
    """What a file says of itself outside its text; empty where it says nothing."""

    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    note: str = ""  # what a person must know about how the file was read


@dataclass(frozen=True, slots=True)
class Extract:
    """A file as read. `source` has its characters as the file holds them, found without blocks."""

    blocks: tuple[Block, ...]
    source: str
    dropped: tuple[Dropped, ...] = ()
    clues: Clues = Clues()


class Unreadable(Exception):  # noqa: N818 (what is wrong with a file, not with the program)
    """A file cannot be imported: what is wrong and what to do, both Chinese, one line."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what, self.remedy = what, remedy
        super().__init__(f"{what}，{remedy}")


def row(cells: tuple[str, ...], repeated: str = "") -> Block:
    """Make a row of its cells; one cell alone is a paragraph. `repeated` came by merged cells."""
    held = tuple(" ".join(cell.split()) for cell in cells)
    filled = [cell for cell in held if cell]
    if len(filled) <= 1 and not repeated:
        return Block(Kind.PARAGRAPH, "".join(filled))
    separators = BETWEEN_CELLS * (len(held) - 1)
    return Block(Kind.ROW, BETWEEN_CELLS.join(held), added=separators + repeated)
