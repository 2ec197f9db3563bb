"""What a paragraph's style says in a Word file: how high a heading it is, and in which list."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml.ns import qn

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"title|标题|文档标题|大标题", re.IGNORECASE)
_DEEPEST = 10  # styles based on each other; a circle must end
_BODY = 9  # the outline level that means: body text


class Styles:
    """The styles of a document by their ids; what one does not say, the one below it says."""

    def __init__(self, element: Any) -> None:
        self._styles = {style.get(qn("w:styleId")): style for style in element.iter(qn("w:style"))}

    def heading_level(self, paragraph: Any) -> int | None:
        """Tell how high a heading a paragraph is: 0 the title, then from 1; None for text."""
        own = _outline(paragraph.find(qn("w:pPr")))
        if own is not None:
            return own + 1 if own < _BODY else None
        for style in self._chain(paragraph):
            name = _value(style.find(qn("w:name")))
            if _TITLE.fullmatch(name):
                return 0
            if match := _HEADING.fullmatch(name):
                return int(match[1])
            outline = _outline(style.find(qn("w:pPr")))
            if outline is not None:
                return outline + 1 if outline < _BODY else None
        return None

    def list_of(self, paragraph: Any) -> tuple[str, int]:
        """Give the id of the list that a paragraph is in and its level; empty for none."""
        places = [paragraph, *self._chain(paragraph)]
        for place in places:
            properties = place.find(qn("w:pPr"))
            numbers = None if properties is None else properties.find(qn("w:numPr"))
            if numbers is None:
                continue
            name, level = (_value(numbers.find(qn(tag))) for tag in ("w:numId", "w:ilvl"))
            if name:
                return name, int(level) if level.isdigit() else 0
        return "", 0

    def _chain(self, paragraph: Any) -> list[Any]:
        properties = paragraph.find(qn("w:pPr"))
        name = "" if properties is None else _value(properties.find(qn("w:pStyle")))
        found: list[Any] = []
        while name in self._styles and len(found) < _DEEPEST:
            found.append(self._styles[name])
            name = _value(found[-1].find(qn("w:basedOn")))
        return found


def _outline(properties: Any) -> int | None:
    value = "" if properties is None else _value(properties.find(qn("w:outlineLvl")))
    return int(value) if value.isdigit() else None


def _value(element: Any) -> str:
    return "" if element is None else element.get(qn("w:val")) or ""
