"""Make small office files as programs write them, for tests of what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

import docx
import openpyxl
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"  # of Adobe's Asian fonts, which readers of PDF have: no file is needed
SIZE = 12.0  # points
WIDTH = 35  # hanzi in a line
LEFT, TOP, LINE = 90.0, 760.0, 21.0  # points
LINES = 32  # on a page

NOTICE = (
    "益阳市商务局 益阳市财政局",
    "关于印发《益阳市家电以旧换新补贴实施细则》的通知",
    "益商发〔2025〕18号",
    "各区县（市）商务主管部门、财政局，各有关单位：",
    "为贯彻落实国家和省关于推动消费品以旧换新的决策部署，现将《益阳市家电以旧换新补贴实施细则》印发给你们。",
    "一、补贴对象",
    "在益阳市行政区域内交售旧家电并购买新家电的个人消费者。每人每类产品享受一次补贴，不得重复领取。",
    "二、补贴标准",
    "购买一级能效产品的，按照产品销售价格的20%给予补贴，每件补贴不超过2000元，资金用完即止。",
    "三、实施期限",
    "本细则自2025年4月1日起施行，有效期至2025年12月31日。",
    "益阳市商务局",
    "2025年3月12日",
)


@dataclass(frozen=True)
class Table:
    """A table of a made file: rows of cells."""

    rows: tuple[tuple[str, ...], ...]


Content = str | Table


def saved(save: Callable[[BytesIO], object]) -> bytes:
    """Give what a library saves."""
    file = BytesIO()
    save(file)
    return file.getvalue()


def docx_of(contents: Sequence[Content], header: str = "", footer: str = "") -> bytes:
    """Write paragraphs and tables; `# ` begins a title, `## ` a heading of the first level."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = header
    document.sections[0].footer.paragraphs[0].text = footer
    for content in contents:
        if isinstance(content, Table):
            table = document.add_table(len(content.rows), len(content.rows[0]))
            for number, cells in enumerate(content.rows):
                for column, text in enumerate(cells):
                    table.cell(number, column).text = text
        elif content.startswith("#"):
            marks, _, text = content.partition(" ")
            document.add_heading(text, len(marks) - 1)
        else:
            document.add_paragraph(content)
    return saved(document.save)


def xlsx_of(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    """Write sheets of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for cells in rows:
            sheet.append(list(cells))
    return saved(book.save)


def wrapped(paragraph: str, width: int = WIDTH) -> list[str]:
    """Wrap a paragraph as typesetters do: two hanzi of indent, no mark begins a line."""
    lines, line, used = [], "", 2.0
    for one in paragraph:
        needs = 0.5 if one.isascii() else 1
        if used + needs > width and one not in "，。；：、）》”":
            lines.append(line)
            line, used = "", 0.0
        line += one
        used += needs
    return [*lines, line]


def pdf_of(
    paragraphs: Sequence[str], header: str = "", numbered: bool = False, password: str = ""
) -> bytes:
    """Print paragraphs with wrapped lines; pages have a header and a number where wanted."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = BytesIO()
    canvas = Canvas(file, encrypt=password or None)
    lines = [
        (2 if number == 0 else 0, line)
        for paragraph in paragraphs
        for number, line in enumerate(wrapped(paragraph))
    ]
    for page, start in enumerate(range(0, len(lines), LINES), 1):
        canvas.setFont(FONT, 9)
        canvas.drawString(LEFT, 805, header)
        if numbered:
            canvas.drawString(290, 40, f"- {page} -")
        canvas.setFont(FONT, SIZE)
        for place, (indent, line) in enumerate(lines[start : start + LINES]):
            canvas.drawString(LEFT + indent * SIZE, TOP - place * LINE, line)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def columned_pdf(paragraphs: Sequence[str], width: int = 17, height: int = 30) -> bytes:
    """Print paragraphs in two columns a page."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = BytesIO()
    canvas = Canvas(file)
    lines = [
        (2 if number == 0 else 0, line)
        for paragraph in paragraphs
        for number, line in enumerate(wrapped(paragraph, width))
    ]
    for number, start in enumerate(range(0, len(lines), height)):
        if number and number % 2 == 0:
            canvas.showPage()
        canvas.setFont(FONT, SIZE)
        left = 60 if number % 2 == 0 else 320
        for place, (indent, line) in enumerate(lines[start : start + height]):
            canvas.drawString(left + indent * SIZE, TOP - place * LINE, line)
    canvas.save()
    return file.getvalue()


def tabled_pdf(before: str, rows: Sequence[Sequence[str]]) -> bytes:
    """Print a paragraph and a table with lines around its cells."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = BytesIO()
    canvas = Canvas(file)
    canvas.setFont(FONT, SIZE)
    canvas.drawString(LEFT, TOP, before)
    edges = [LEFT + 130 * column for column in range(len(rows[0]) + 1)]
    tops = [TOP - 30 - 25 * number for number in range(len(rows) + 1)]
    canvas.grid(edges, tops)
    for number, cells in enumerate(rows):
        for column, text in enumerate(cells):
            canvas.drawString(edges[column] + 4, tops[number] - 17, text)
    canvas.save()
    return file.getvalue()
