"""Read Word files. The only door of python-docx."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from bot.knowledge.importing.blocks import (
    Block,
    Clues,
    Dropped,
    Extract,
    Kind,
    Progress,
    Unreadable,
    row,
)
from bot.knowledge.importing.docx_numbering import ListLevel, Numbering
from bot.knowledge.importing.docx_styles import Styles

_PARAGRAPH, _TABLE, _BOX = qn("w:p"), qn("w:tbl"), qn("w:txbxContent")
_TEXTS = (qn("w:t"), qn("m:t"))  # m: formulas
_HYPHEN = qn("w:noBreakHyphen")
_BREAKS = {qn("w:tab"): " ", qn("w:br"): " ", qn("w:cr"): " ", _HYPHEN: "-"}
_UNSEEN = (  # the same text once more for old programs, and what was moved to another place
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    qn("w:moveFrom"),
)
_BESIDE = {  # parts of a document beside its body, by the end of their type of relation
    "header": "页眉页脚",
    "footer": "页眉页脚",
    "comments": "批注",
}
_RUN = qn("w:r")
_REVISIONS = (qn("w:ins"), qn("w:del"))
_REVISED = "文件里有还没有接受的修订：草稿取修订后的文字，请对照原文核对"
_NOTES = ("footnotes", "endnotes")
_PAGE = 20  # blocks on a page as a rule, for signs of progress


def read(content: bytes, progress: Progress) -> Extract:
    """Give the blocks of a Word file in order: text boxes where they hang, notes at the end."""
    try:
        document = docx.Document(BytesIO(content))
    except (KeyError, ValueError, SyntaxError, AttributeError) as error:
        what = "文件损坏，打不开"
        raise Unreadable(what, "重新获取文件，或用 Word、WPS 打开后另存") from error
    body = document.element.body
    walk = _Walk(Styles(document.styles.element), _numbering(document))
    blocks: list[Block] = []
    children = list(body)
    for done, child in enumerate(children):
        blocks.extend(walk.blocks_of(child))
        if done % _PAGE == 0:
            progress(done // _PAGE, len(children) // _PAGE)
    beside = tuple(_beside(document.part))
    notes = [part for reason, part in beside if not reason]
    blocks.extend(block for part in notes for child in part for block in walk.blocks_of(child))
    dropped = tuple(
        Dropped(reason, text) for reason, part in beside if reason for text in _texts(part)
    )
    hidden = (run for part in (body, *notes) for run in part.iter(_RUN) if _is_hidden(run))
    dropped += tuple(Dropped("设为隐藏的文字", "".join(_texts(run))) for run in hidden)
    revised = next(body.iter(*_REVISIONS), None) is not None
    clues = Clues(note=_REVISED if revised else "")
    source = "".join(_texts(body)) + "".join(text for _, part in beside for text in _texts(part))
    shown = tuple(block for block in blocks if block.text.strip())
    return Extract(shown, source, dropped, clues)


def _is_hidden(run: Any) -> bool:
    """Tell whether a run is not meant to be seen: no citizen may read it either."""
    mark = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return mark is not None and mark.get(qn("w:val")) not in {"0", "false"}


def _texts(element: Any) -> Iterator[str]:
    """Give all text of a part, once where it stands in two forms for old and new programs."""
    for child in element.iter(*_TEXTS, _HYPHEN):
        if not _is_unseen(child):
            yield "-" if child.tag == _HYPHEN else child.text or ""


def _is_unseen(element: Any) -> bool:
    return any(above.tag in _UNSEEN for above in element.iterancestors())


def _beside(main: Any) -> Iterator[tuple[str, Any]]:
    """Give the parts beside the body, each with why it is dropped; empty for notes."""
    for relation in main.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if relation.is_external or kind not in (*_BESIDE, *_NOTES):
            continue
        part = relation.target_part
        element = getattr(part, "element", None)
        if element is None:
            element = parse_xml(part.blob)
        yield _BESIDE.get(kind, ""), element


class _Walk:
    """Walks through the elements of a document once, and counts its lists on the way."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering

    def blocks_of(self, element: Any) -> Iterator[Block]:
        """Give the blocks of a child of the body: a paragraph, a table, or what holds such."""
        if element.tag == _PARAGRAPH:
            yield from self._paragraph(element)
        elif element.tag == _TABLE:
            yield from self._table(element)
        elif element.tag not in _UNSEEN:
            for child in element:
                yield from self.blocks_of(child)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        label = ""
        text = "".join(_run_text(element))
        if text.strip():
            label = self._numbering.next_label(*self._styles.list_of(element))
        level = self._styles.heading_level(element)
        kind = Kind.PARAGRAPH if level is None else Kind.HEADING
        yield Block(kind, f"{label}{text}".strip(), level or 0, label)
        for box in element.iter(_BOX):
            if not _is_unseen(box):
                for child in box:
                    yield from self.blocks_of(child)

    def _table(self, element: Any) -> Iterator[Block]:
        above: dict[int, str] = {}
        for table_row in element.iterchildren(qn("w:tr")):
            cells: list[str] = []
            repeated = ""
            column = 0
            for cell in _cells_of(table_row):
                properties = cell.find(qn("w:tcPr"))
                merge = None if properties is None else properties.find(qn("w:vMerge"))
                text = " ".join(block.text for child in cell for block in self.blocks_of(child))
                if merge is not None and merge.get(qn("w:val")) != "restart" and not text.strip():
                    text = above.get(column, "")
                    repeated += text
                above[column] = text
                cells.append(text)
                column += _span(properties)
            yield row(tuple(cells), repeated)


def _cells_of(table_row: Any) -> Iterator[Any]:
    for child in table_row:
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag == qn("w:sdt"):
            yield from child.iter(qn("w:tc"))


def _span(properties: Any) -> int:
    span = None if properties is None else properties.find(qn("w:gridSpan"))
    value = "1" if span is None else str(span.get(qn("w:val")))
    return int(value) if value.isdigit() else 1


def _run_text(element: Any) -> Iterator[str]:
    """Give the text of a paragraph's own runs: neither text boxes nor what was deleted."""
    for child in element:
        if child.tag in _TEXTS:
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag not in (_BOX, *_UNSEEN) and not (child.tag == _RUN and _is_hidden(child)):
            yield from _run_text(child)


def _numbering(document: Any) -> Numbering:
    """Read the lists of a document; a document may have none."""
    part = next(
        (
            relation.target_part
            for relation in document.part.rels.values()
            if not relation.is_external and relation.reltype.endswith("/numbering")
        ),
        None,
    )
    if part is None:
        return Numbering({})
    element = part.element
    abstract = {
        one.get(qn("w:abstractNumId")): _levels(one) for one in element.iter(qn("w:abstractNum"))
    }
    lists = {}
    for number in element.iter(qn("w:num")):
        of = number.find(qn("w:abstractNumId"))
        if of is not None:
            lists[number.get(qn("w:numId"))] = abstract.get(of.get(qn("w:val")), {})
    return Numbering(lists)


def _levels(abstract: Any) -> dict[int, ListLevel]:
    def value(level: Any, name: str, default: str) -> str:
        found = level.find(qn(name))
        return default if found is None else found.get(qn("w:val")) or default

    levels = {}
    for level in abstract.iter(qn("w:lvl")):
        start = value(level, "w:start", "1")
        levels[int(level.get(qn("w:ilvl")))] = ListLevel(
            int(start) if start.isdigit() else 1,
            value(level, "w:numFmt", "decimal"),
            value(level, "w:lvlText", ""),
        )
    return levels
