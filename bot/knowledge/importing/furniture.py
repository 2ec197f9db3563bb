"""Find what a page repeats: headers, footers and page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from bot.knowledge.importing.blocks import Dropped, Line
from bot.knowledge.importing.characters import bare

REPEATED = "每页重复的页眉页脚"
PAGE_NUMBER = "页码"
_EDGE = 2  # lines at the top and at the bottom of a page that may be furniture
_FEWEST_PAGES = 2  # at the same height of both; in a text it would stand somewhere else
_SHARE = 2.5  # of the pages, nearly every second: headers of left and right pages differ
_SENTENCE = re.compile(r"[，。；]")  # says something, however often
_NUMBER = re.compile(r"\d{1,4}")
_FIGURES = re.compile(r"\d+")
_MARKED_NUMBER = re.compile(
    r"[-—–－─·•~]+\s*\d{1,4}\s*[-—–－─·•~]+|第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?|\d+\s*/\s*\d+"
)


def without_furniture(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Dropped, ...]]:
    """Give the lines that say something, and those that every page has."""
    edges = _edges(lines)
    forms = Counter({form: len(pages) for form, pages in _pages_by_form(edges).items()})
    pages = len({line.page for line in lines})
    kept: list[Line] = []
    dropped: list[Dropped] = []
    for line in lines:
        reason = _reason(line, line in edges, forms, pages)
        if reason:
            dropped.append(Dropped(reason, line.text))
        else:
            kept.append(line)
    return tuple(kept), tuple(dropped)


def _edges(lines: tuple[Line, ...]) -> frozenset[Line]:
    by_page: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_page[line.page].append(line)
    ordered = [sorted(page, key=lambda line: line.top) for page in by_page.values()]
    return frozenset(line for page in ordered for line in (*page[:_EDGE], *page[-_EDGE:]))


def _pages_by_form(edges: frozenset[Line]) -> dict[str, set[int]]:
    pages: dict[str, set[int]] = defaultdict(set)
    for line in edges:
        pages[_form(line)].add(line.page)
    return pages


def _form(line: Line) -> str:
    return f"{_FIGURES.sub('#', bare(line.text))} {line.top:.0f}"


def _reason(line: Line, is_edge: bool, forms: Counter[str], pages: int) -> str:
    text = line.text.strip()
    if line.cells:
        return ""
    if _MARKED_NUMBER.fullmatch(text):
        return PAGE_NUMBER
    if _SENTENCE.search(text):
        return ""
    if not is_edge or forms[_form(line)] < max(_FEWEST_PAGES, pages / _SHARE):
        return ""
    return PAGE_NUMBER if _NUMBER.fullmatch(text) else REPEATED
