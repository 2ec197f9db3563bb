"""Read Markdown: headings by #, tables, and paragraphs whose lines belong together."""

from __future__ import annotations

import re

from bot.knowledge.importing.blocks import (
    Block,
    Clues,
    Dropped,
    Extract,
    Kind,
    Progress,
    row,
)
from bot.knowledge.importing.characters import close_up, decode
from bot.knowledge.importing.headings import is_numbered

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_RULE = re.compile(
    r"[ \t]*(?:([-*_])[ \t]*(?:\1[ \t]*){2,}|[|:+ \t-]*-[|:+ \t-]*\|[|:+ \t-]*|(?:```|~~~).*)"
)
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*")
_ITEM = re.compile(r"[ \t]*[-*+][ \t]+")
_QUOTED = re.compile(r"[ \t]*>[ \t]?")
_MARKS = re.compile(r"\*\*|__|`|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)")
MARKS = "Markdown 的记号"


def read(content: bytes, progress: Progress) -> Extract:
    """Give the blocks of a Markdown file; its marks are dropped, links stay as written."""
    decoded = decode(content)
    progress(0, 1)
    reader = _Reader()
    for line in decoded.text.split("\n"):
        reader.take(line)
    reader.end_paragraph()
    dropped = tuple(Dropped(MARKS, mark) for mark in reader.marks if mark.strip())
    return Extract(tuple(reader.blocks), decoded.text, dropped, Clues(note=decoded.note))


class _Reader:
    """Takes a file line by line; a paragraph goes on until something else begins."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.marks: list[str] = []
        self._held: list[str] = []

    def take(self, line: str) -> None:
        """Take in the next line."""
        if not line.strip() or _RULE.fullmatch(line):
            self.end_paragraph()
            self.marks.append(line)
        elif heading := _HEADING.fullmatch(line):
            self.end_paragraph()
            text = self._without_marks(heading[2])
            self.marks.extend((line[: heading.start(2)], line[heading.end(2) :]))
            if text:
                self.blocks.append(Block(Kind.HEADING, text, len(heading[1])))
        elif _ROW.fullmatch(line):
            self.end_paragraph()
            self._take_row(line.strip())
        else:
            self._take_text(line)

    def _take_row(self, line: str) -> None:
        """Take a row: the bars between its cells come again in ours."""
        made = row(tuple(self._without_marks(cell) for cell in line.strip("|").split("|")))
        self.marks.append("|" * line.count("|"))
        self.blocks.append(made)

    def _take_text(self, line: str) -> None:
        for pattern in (_QUOTED, _ITEM):
            if mark := pattern.match(line):
                if pattern is _ITEM:
                    self.end_paragraph()
                self.marks.append(mark[0])
                line = line[mark.end() :]
        text = self._without_marks(line)
        if is_numbered(text):
            self.end_paragraph()
        self._held.append(text)
        if line.endswith("  "):  # a hard line end
            self.end_paragraph()

    def end_paragraph(self) -> None:
        """Make a block of the lines that belong together."""
        text = close_up("\n".join(self._held))
        self._held.clear()
        if text:
            self.blocks.append(Block(Kind.PARAGRAPH, text))

    def _without_marks(self, text: str) -> str:
        self.marks.extend(_MARKS.findall(text))
        return _MARKS.sub("", text).strip()
