"""Read a file of any format that can be read: each has its reader, loaded when it is needed."""

from __future__ import annotations

from collections.abc import Callable

from bot.knowledge.importing.archives import check_archive
from bot.knowledge.importing.blocks import Extract, Progress
from bot.knowledge.importing.formats import Format, format_of


def read(name: str, content: bytes, progress: Progress) -> Extract:
    """Read a file by its bytes; `name` tells what it should be.

    Raises `Unreadable`, and whatever the libraries let through that read a broken file.
    """
    form = format_of(name, content)
    if form in (Format.DOCX, Format.XLSX):
        check_archive(content)  # before a library that would unpack it is even loaded
    return _reader(form)(content, progress)


def _reader(form: Format) -> Callable[[bytes, Progress], Extract]:
    if form is Format.DOCX:
        from bot.knowledge.importing.docx_reader import read
    elif form is Format.PDF:
        from bot.knowledge.importing.pdf_reader import read
    elif form is Format.HTML:
        from bot.knowledge.importing.html_reader import read
    elif form is Format.XLSX:
        from bot.knowledge.importing.xlsx_reader import read
    elif form is Format.MARKDOWN:
        from bot.knowledge.importing.markdown_reader import read
    else:
        from bot.knowledge.importing.text_reader import read
    return read
