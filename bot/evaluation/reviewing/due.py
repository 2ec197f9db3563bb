"""Documents whose review or end has passed or is near."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.answering.validity import successor_of
from bot.evaluation.reviewing.findings import Finding, Matter, Shelf
from bot.models.documents import Document
from bot.reloading.status import SOON


def due(shelf: Shelf) -> Iterator[Finding]:
    """Name what has ended or is to be reviewed; what another document follows needs neither."""
    for document in shelf.edition.corpus.documents:
        if successor_of(document, shelf.edition.catalogue, shelf.today):
            continue
        end = document.effective_until
        if end and end < shelf.today + SOON:
            yield _ending(shelf, document, end)
        if document.review_by and not (end and end < shelf.today):
            yield from _reviewing(shelf, document, document.review_by)


def _ending(shelf: Shelf, document: Document, end: date) -> Finding:
    if end < shelf.today:
        what = f"有效期到 {end}，已经过了"
        remedy = "有接替的文件就写进那份文件的 supersedes，没有就留着，回答会说已经失效"
    else:
        what = f"再过{(end - shelf.today).days}天失效，有效期到 {end}"
        remedy = "延期了就改日期，有新的文件就先准备好"
    note = shelf.reading(document.id).problem(("effective_until",), what, remedy)
    return Finding(Matter.DUE, note)


def _reviewing(shelf: Shelf, document: Document, by: date) -> Iterator[Finding]:
    if by >= shelf.today + SOON:
        return
    what = f"复核日期 {by} 已经过了" if by < shelf.today else f"{by} 以前要复核"
    remedy = f"核对以后运行 policybot reviewed {document.id}"
    note = shelf.reading(document.id).problem(("review_by",), what, remedy)
    yield Finding(Matter.DUE, note)
