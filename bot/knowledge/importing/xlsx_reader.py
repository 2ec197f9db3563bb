"""Read Excel files. The only door of openpyxl."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl

from bot.knowledge.importing.blocks import Block, Extract, Kind, Progress, Unreadable, row

_MOST_CELLS = 1_000_000  # of the rectangle around all cells of a sheet; empty ones cost time too
_PLAIN_NAME = re.compile(r"Sheet\s*\d*|工作表\s*\d*", re.IGNORECASE)
_EXACT = 15  # digits that Excel keeps of a number
_BROKEN = ("文件损坏，打不开", "重新获取文件，或用 Excel、WPS 打开后另存")
_FAULTS = (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OSError)


def read(content: bytes, progress: Progress) -> Extract:
    """Give the rows of each sheet under its name; merged cells are said in each of their rows."""
    try:
        book = openpyxl.load_workbook(BytesIO(content), data_only=True)
    except _FAULTS as error:
        raise Unreadable(*_BROKEN) from error
    sheets = [sheet for sheet in book.worksheets if sheet.max_row and _size(sheet)]
    blocks: list[Block] = []
    source: list[str] = []
    for done, sheet in enumerate(sheets):
        progress(done, len(sheets))
        if sheet.max_row * sheet.max_column > _MOST_CELLS:
            raise Unreadable(f"工作表 {sheet.title} 太大", "删掉没有用的行和列，另存后再导入")
        if len(sheets) > 1 or not _PLAIN_NAME.fullmatch(sheet.title):
            blocks.append(Block(Kind.HEADING, sheet.title, 1, sheet.title))
        blocks.extend(_rows(sheet))
        source.extend(_source(sheet))
    return Extract(tuple(blocks), "\n".join(source))


def _size(sheet: Any) -> int:
    return len(sheet._cells)  # asking for cells by place would make them all


def _source(sheet: Any) -> Iterator[str]:
    for cell in sheet._cells.values():  # the cells that the file has
        yield shown(cell.value, cell.number_format)


def _rows(sheet: Any) -> Iterator[Block]:
    merged = _merged_down(sheet)
    for number, cells in enumerate(sheet.iter_rows(), 1):
        texts = [shown(cell.value, cell.number_format) for cell in cells]
        if not any(text.strip() for text in texts):
            continue
        repeated = ""
        for column, text in enumerate(texts):
            above = merged.get((number, column + 1))
            if above is not None and not text:
                texts[column] = shown(above.value, above.number_format)
                repeated += texts[column]
        yield row(tuple(_without_empty_ends(texts)), repeated)


def _merged_down(sheet: Any) -> dict[tuple[int, int], Any]:
    """Give, for each place below the first row of merged cells, the cell that stands for them."""
    found: dict[tuple[int, int], Any] = {}
    for area in sheet.merged_cells.ranges:
        first = sheet.cell(area.min_row, area.min_col)
        for number in range(area.min_row + 1, min(area.max_row, sheet.max_row) + 1):
            found[number, area.min_col] = first
    return found


def _without_empty_ends(texts: list[str]) -> list[str]:
    """Leave out empty cells at the end, and those that a title spans."""
    while texts and not texts[-1].strip():
        texts.pop()
    return texts


def shown(value: object, form: str) -> str:
    """Write a cell's value as a reader of the sheet sees it: 20% for 0.2, a day for a number."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return value.date().isoformat() if is_day else value.isoformat(" ", "minutes")
    if isinstance(value, float | int) and form.rstrip().endswith("%"):
        return f"{_plain(Decimal(repr(value)) * 100)}%"
    if isinstance(value, float):
        return _plain(Decimal(repr(value)))
    return "" if value is None else str(value)


def _plain(number: Decimal) -> str:
    """Write a number without exponent or the error of its last binary digit."""
    rounded = round(number, _EXACT - 1 - number.adjusted()) if number else Decimal(0)
    digits = f"{rounded:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
