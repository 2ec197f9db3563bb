"""From printed lines to paragraphs: what was wrapped or broken by a page is one again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.knowledge.importing.blocks import Block, Dropped, Kind, Line, row
from bot.knowledge.importing.characters import close_up
from bot.knowledge.importing.furniture import without_furniture
from bot.knowledge.importing.headings import is_numbered

_INDENTED_SHARE = 0.04  # of the lines begin paragraphs; of 30 lines a page that is one
_INDENTS = (1.5, 4.5)  # hanzi: the first line of a paragraph, two as a rule; a title has more
_SAME_SIZE = 0.12  # of a letter; sizes differ by more between a heading and its text
_LONG = 30  # characters: so long a line with a comma in it is a sentence, not a heading
_ENDS = "。！？；：!?;:…”’）)》」』】"
_PUNCTUATION = re.compile(r"[，。；：、]")
_GOES_ON = "，、,"
_LABEL = re.compile(r"[^，。：:]{2,10}[：:]|——|[（(【《]")


def blocks_of(lines: tuple[Line, ...]) -> tuple[tuple[Block, ...], tuple[Dropped, ...]]:
    """Give the paragraphs and rows of printed lines, and the furniture of their pages."""
    kept, dropped = without_furniture(lines)
    return tuple(_joined_broken(tuple(_joined_lines(kept)))), dropped


def _joined_lines(lines: Sequence[Line]) -> Iterator[Block]:
    starts = sum(_INDENTS[0] <= line.indent <= _INDENTS[1] for line in lines)
    is_indented = starts > len(lines) * _INDENTED_SHARE
    held: list[Line] = []
    for line in lines:
        is_title = len(held) == 1 and _is_title_before(held[0], line)
        if held and (is_title or not _goes_on(held[-1], line, is_indented)):
            yield _paragraph(held)
            held = []
        if line.cells:
            yield row(line.cells)
        else:
            held.append(line)
    if held:
        yield _paragraph(held)


def _goes_on(before: Line, line: Line, is_indented: bool) -> bool:
    """Tell whether a line continues the paragraph of the one before."""
    if line.cells or not before.is_full or abs(before.size / line.size - 1) > _SAME_SIZE:
        return False
    if line.indent >= _INDENTS[0] or (line.follows_gap and line.page == before.page):
        return False
    return is_indented or before.text[-1] not in _ENDS


def _is_title_before(title: Line, line: Line) -> bool:
    """Tell a title that fills its line from a paragraph: whom the paper is for comes next."""
    return line.text.endswith(("：", ":")) and _PUNCTUATION.search(title.text) is None


def _paragraph(lines: Sequence[Line]) -> Block:
    return Block(Kind.PARAGRAPH, close_up("\n".join(line.text for line in lines)))


def _joined_broken(blocks: Sequence[Block]) -> Iterator[Block]:
    """Join a paragraph that ends within a sentence to the next one: a column ended there."""
    held: Block | None = None
    for block in blocks:
        if held and _is_broken(held, block):
            held = Block(Kind.PARAGRAPH, close_up(f"{held.text}\n{block.text}"))
            continue
        if held:
            yield held
        held = block
    if held:
        yield held


def _is_broken(before: Block, block: Block) -> bool:
    if before.kind is not Kind.PARAGRAPH or block.kind is not Kind.PARAGRAPH:
        return False
    if not before.text or is_numbered(block.text) or _LABEL.match(block.text):
        return False
    last = before.text[-1]
    if last in _GOES_ON:
        return True
    is_sentence = len(before.text) > _LONG and any(one in before.text for one in "，。")
    return is_sentence and last.isalnum()
