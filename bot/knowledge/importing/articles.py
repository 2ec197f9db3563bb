"""Take a newspaper's page apart: each article begins at the headline above its byline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.knowledge.importing.blocks import Block, Kind
from bot.knowledge.importing.bylines import is_byline, is_dateline

_LONGEST_HEADLINE = 45  # characters
_SEARCHED = 4  # blocks above a byline: a headline, what stands above it and below it
_END = "。；，！、"


def articles_of(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], ...]:
    """Cut a page into its articles, the headline of each first; one document is one."""
    starts = _starts(blocks)
    if len(starts) < 2:  # noqa: PLR2004  # one byline makes no page of several articles
        return (tuple(blocks),)
    places = [start for start, _ in starts]
    ends = [*places[1:], len(blocks)]
    headlines = [headline for _, headline in starts]
    articles = []
    for start, headline, end in zip([0, *places[1:]], headlines, ends, strict=True):
        marked = replace(blocks[headline], kind=Kind.HEADING, level=0)
        articles.append((*blocks[start:headline], marked, *blocks[headline + 1 : end]))
    return tuple(articles)


def _starts(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Give where each article begins, and the place of its headline."""
    starts: list[tuple[int, int]] = []
    end = 0
    for place, block in enumerate(blocks):
        if not is_dateline(block.text) and not is_byline(block.text):
            continue
        headline = _headline(blocks, place, end)
        if headline is None:
            continue
        start = headline
        if start > end and blocks[start - 1].text.endswith(("——", "—")):
            start -= 1  # a line above the headline that leads to it
        starts.append((start, headline))
        end = place + 1
    return starts


def _headline(blocks: Sequence[Block], place: int, end: int) -> int | None:
    """Find the headline above a byline: the nearest short line that is no subtitle."""
    for above in range(place - 1, max(place - 1 - _SEARCHED, end - 1), -1):
        text = blocks[above].text
        if (
            blocks[above].kind is Kind.ROW
            or len(text) > _LONGEST_HEADLINE
            or text.endswith(tuple(_END))
        ):
            return None
        if not text.startswith("—") and not text.endswith("—"):
            return above
    return None
