"""Tables in a text: runs of lines with `|` or tabs, whose first line names the columns."""

from __future__ import annotations

import re

ROW = re.compile(r"[|\t]")
RULE = re.compile(r"[\s|:+-]*-[\s|:+-]*")  # |---|---| below the header of a Markdown table


def with_header(text: str, start: int, end: int, kept: int, limit: int) -> tuple[str, int, int]:
    """Give the header of the table that `text[start:end]` begins in, and the range with it.

    Rows at the end make room for it, and at the start where the one at `kept` would be lost;
    without a table, or where the header leaves no room, the header is empty.
    """
    header, body = _header_above(text, start)
    if not header or len(header) + _line_end(text, kept) - kept > limit:
        return "", start, end
    start = max(start, body)
    while start < kept and len(header) + _line_end(text, kept) - start > limit:
        start = min(_line_end(text, start) + 1, kept)
    while len(header) + end - start > limit:
        cut = text.rfind("\n", start, end)
        end = cut if cut > kept else start + limit - len(header)
    return header, start, end


def _header_above(text: str, start: int) -> tuple[str, int]:
    """Find the first line of the table around a place, where it stands above, and its end."""
    line = text.rfind("\n", 0, start) + 1
    top = line
    while ROW.search(text[top : _line_end(text, top)]):
        above = text.rfind("\n", 0, top - 1) + 1 if top else 0
        if top == 0 or not ROW.search(text[above : top - 1]):
            break
        top = above
    end = _line_end(text, top)
    if top == line or not ROW.search(text[top:end]):
        return "", start
    body = end + 1
    if RULE.fullmatch(text[body : _line_end(text, body)]):
        body = _line_end(text, body) + 1
    return text[top:end] + "\n", body


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end
