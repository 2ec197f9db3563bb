"""Read PDF files that hold text. The only door of pdfplumber."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from statistics import median
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

from bot.knowledge.importing.blocks import Dropped, Extract, Line, Progress, Unreadable
from bot.knowledge.importing.paragraphs import blocks_of
from bot.knowledge.importing.printing import (
    Glyph,
    Printed,
    columns_of,
    gutter_of,
    lines_of,
    margins_of,
)

_MOST_PAGES = 2_000  # the law collections of a year have so many; more is not one document
_FEWEST_CHARACTERS = 10  # on a page on the average; a scanned page has only its stamp
_MOST_PAGE_BYTES = 8 << 20  # of drawing; a page full of hanzi has 50 kB, a map some million
_TABLE_LINES = 6  # lines or edges drawn: what has fewer encloses no two cells
_UNMAPPED = "(cid:"
_UNMAPPED_SHARE = 0.02  # of the characters: a symbol or two can be read past
_ENCRYPTED = ("文件加了密码", "用密码打开后另存一份不加密的 pdf，或另存为 docx 再导入")
_BROKEN = ("文件损坏，读不出来", "重新获取文件，或用阅读器打开后另存")
_SCANNED = ("扫描件没有文字", "先用扫描软件做文字识别，存为 docx 或 txt 再导入")
_NO_MAP = ("文件里的字体没有说明是什么字", "用 WPS 打开后另存为 docx，或做文字识别再导入")
SLANTED = "斜排或竖排的字（多为水印）"
TWICE = "重叠印了两遍的字"


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as read: its lines and its rows of tables, and what it dropped."""

    number: int
    lines: tuple[Printed, ...]
    rows: tuple[Printed, ...]
    source: str
    dropped: tuple[Dropped, ...]
    has_picture: bool


def read(content: bytes, progress: Progress) -> Extract:
    """Give the paragraphs and tables of a PDF file, pages and columns joined."""
    try:
        with pdfplumber.open(BytesIO(content)) as document:
            pages = tuple(_pages(document, progress))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise Unreadable(*_ENCRYPTED) from error
    except PdfminerException as error:
        is_locked = isinstance(error.args[0], (PDFPasswordIncorrect, PDFEncryptionError))
        raise Unreadable(*(_ENCRYPTED if is_locked else _BROKEN)) from error
    except _FAULTS as error:
        raise Unreadable(*_BROKEN) from error
    source = "".join(page.source for page in pages)
    if _is_scanned(pages):
        raise Unreadable(*_SCANNED)
    if source.count(_UNMAPPED) > len(source) * _UNMAPPED_SHARE:
        raise Unreadable(*_NO_MAP)
    blocks, furniture = blocks_of(tuple(_lines(pages)))
    dropped = (*furniture, *(one for page in pages for one in page.dropped))
    return Extract(blocks, source, dropped)


# What pdfminer lets through where a file is not what it says; it promises no more.
_FAULTS = (
    *(PDFException, PSException, ValueError, TypeError, KeyError, IndexError),
    *(AttributeError, AssertionError, OSError, EOFError, ZeroDivisionError, OverflowError),
)


def _is_scanned(pages: Sequence[_Page]) -> bool:
    """Tell pictures of pages from pages: they have no text, or that of a stamp."""
    characters = sum(len("".join(page.source.split())) for page in pages)
    pictures = sum(page.has_picture for page in pages)
    few = characters < _FEWEST_CHARACTERS * len(pages)
    return not characters or (few and pictures * 2 > len(pages))


def _pages(document: Any, progress: Progress) -> Iterator[_Page]:
    count = len(document.pages)
    if count > _MOST_PAGES:
        raise Unreadable(f"有 {count} 页", f"拆成几个文件，每个不超过 {_MOST_PAGES} 页")
    for number, page in enumerate(document.pages, 1):
        if sum(len(stream.get_data()) for stream in page.page_obj.contents) > _MOST_PAGE_BYTES:
            raise Unreadable(f"第 {number} 页大得不正常", "请向发文单位要正常的文件")
        yield _page(number, page)
        page.close()  # frees what was read of it: else 300 pages take a gigabyte
        progress(number, count)


def _page(number: int, page: Any) -> _Page:
    source = "".join(char["text"] for char in page.chars)
    slanted = "".join(char["text"] for char in page.chars if not char["upright"])
    glyphs, twice = _distinct([char for char in page.chars if char["upright"]])
    dropped = [
        Dropped(reason, text)
        for reason, text in ((SLANTED, slanted), (TWICE, twice))
        if text.strip()
    ]
    rows: list[Printed] = []
    if len(page.edges) >= _TABLE_LINES:
        for table in page.find_tables():
            inside = tuple(one for one in glyphs if _is_within(one, table.bbox))
            found = tuple(_rows(table, inside))
            if found:
                rows.extend(found)
                taken = {id(one) for printed in found for one in printed.glyphs}
                glyphs = [one for one in glyphs if id(one) not in taken]
    return _Page(number, lines_of(glyphs), tuple(rows), source, tuple(dropped), bool(page.images))


def _distinct(chars: Sequence[Any]) -> tuple[list[Glyph], str]:
    """Leave out characters that are printed twice at a place, as a poor man's bold."""
    seen: set[tuple[str, int, int]] = set()
    glyphs: list[Glyph] = []
    twice: list[str] = []
    for char in chars:
        place = (char["text"], round(char["x0"]), round(char["top"]))
        if place in seen and char["text"].strip():
            twice.append(char["text"])
            continue
        seen.add(place)
        size = max(char["size"], 1.0)
        glyphs.append(
            Glyph(char["text"], char["x0"], char["x1"], char["top"], char["bottom"], size)
        )
    return glyphs, "".join(twice)


def _is_within(glyph: Glyph, box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = box
    return left <= glyph.middle_x <= right and top <= glyph.middle_y <= bottom


def _rows(table: Any, glyphs: Sequence[Glyph]) -> Iterator[Printed]:
    """Give the rows of a table with the text of each cell; nothing where it is but a frame."""
    if len(table.rows) < 2 or max((len(one.cells) for one in table.rows), default=0) < 2:  # noqa: PLR2004  # a box around text
        return
    taken: set[int] = set()
    for table_row in table.rows:
        cells: list[str] = []
        used: list[Glyph] = []
        for box in table_row.cells:
            free = (one for one in glyphs if id(one) not in taken)
            held = [one for one in free if box and _is_within(one, box)]
            taken.update(map(id, held))
            cells.append(" ".join(line.text for line in lines_of(held)))
            used.extend(held)
        if used:
            yield Printed.row(tuple(cells), tuple(used), table_row.bbox[1])


def _lines(pages: Sequence[_Page]) -> Iterator[Line]:
    """Place all printed lines in order, within the margins that the pages share.

    The last page of a paper in columns may have too few lines to show them: it has the gutter
    of the others.
    """
    gutters = [gutter_of(page.lines) for page in pages]
    found = [one for one in gutters if one is not None]
    usual_gutter = median(found) if len(found) * 2 >= len(pages) else None
    ordered = [
        columns_of(page.lines, page.rows, gutter or usual_gutter)
        for page, gutter in zip(pages, gutters, strict=True)
    ]
    sizes = Counter(round(one.size) for printed in ordered for one in printed)
    usual = sizes.most_common(1)[0][0] if sizes else 1
    margins = margins_of([one for printed in ordered for one in printed])
    for page, printed in zip(pages, ordered, strict=True):
        before: Printed | None = None
        for one in printed:
            yield one.placed(page.number, margins, before, usual)
            before = one
