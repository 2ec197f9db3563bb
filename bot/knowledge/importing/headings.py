"""Know a heading by its number, as Chinese official papers write them: 第X章, 一、, （一）, 1."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from bot.knowledge.importing.blocks import BETWEEN_CELLS, Block, Kind
from bot.knowledge.importing.bylines import is_byline, is_day, is_signature

_NUMERAL = r"[一二三四五六七八九十百千零〇两\d]{1,7}"
_STOP = re.compile(r"[。！？；：!?;]")
_NAMED = re.compile(
    r"[^，；！？。：:]+[。：:]"
)  # the first words are a name, no sentence with parts
_END = "。！？；，、：!?;,:"
_SAYS = "。；，、：;,:"
SIGNATURE = "落款"  # the heading of who signed, and when
_ANSWER = re.compile(r"答\s*[:：]|[Aa]\d*\s*[:：]")
LONGEST_HEADING = 60  # characters: a citation names it in one line; official ones have 30
_LONGEST_LINE = 40  # characters: a line that is all heading; what is longer says something
_LONGEST_LEAD = 30  # characters: the first words of a paragraph that name what it is about
_LONG_ENOUGH = 40  # characters: below, a numbered line is an item of a list
_SHORT = 32  # characters: a heading without a number, as newspapers have
_FULL = 30  # characters: what follows such a heading is a paragraph


class Rank(IntEnum):
    """How high a heading is; a lower number stands above."""

    ATTACHMENT = 0
    STYLED = 1  # to 6, as the file says
    BOOK = 11
    CHAPTER = 12
    PART = 13
    ARTICLE = 14
    FIRST = 15  # 一、
    SECOND = 16  # （一）
    THIRD = 17  # 1.
    QUESTION = 18
    PLAIN = 19  # a short line alone


@dataclass(frozen=True, slots=True)
class Opening:
    """A heading that a block begins with: `heading` is what names it, `rest` what follows.

    Where it `is_copied`, `rest` is the whole block, its heading included.
    """

    rank: int
    heading: str
    rest: str = ""
    is_copied: bool = False


_NUMBERED: tuple[tuple[Rank, re.Pattern[str]], ...] = (
    (
        Rank.QUESTION,
        re.compile(rf"(?:{_NUMERAL}[、.．]\s*)?问\s*{_NUMERAL}?\s*[:：]|[Qq]\d*\s*[:：]"),
    ),
    (Rank.ATTACHMENT, re.compile(rf"附\s*[件表录]\s*{_NUMERAL}?(?=\s|[:：]\s*$|$)[:：]?")),
    (Rank.BOOK, re.compile(rf"第{_NUMERAL}[编篇](?![^\s]*[，。])")),
    (Rank.CHAPTER, re.compile(rf"第{_NUMERAL}章(?![^\s]*[，。])")),
    (Rank.PART, re.compile(rf"第{_NUMERAL}节(?![^\s]*[，。])")),
    (
        Rank.ARTICLE,
        re.compile(
            rf"第{_NUMERAL}条(?:之{_NUMERAL})?(?![的和或及至、，规所第款]|中[^华国央]|执行)"
        ),
    ),
    (Rank.FIRST, re.compile(r"[一二三四五六七八九十]{1,3}、")),
    (Rank.SECOND, re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]、?")),
    (Rank.THIRD, re.compile(r"\d{1,2}(?:[.．](?!\d)|、)")),
)
_NO_HEADING = re.compile(r"[（(—①-⑳]|\d{1,2}\)|[-•·●■◆]|附件|[^，。：:]{1,10}[：:]")
_ITEM = re.compile(r"[（(]\d{1,2}[）)]|[①-⑳]|\d{1,2}\)|[-•·●■◆]")


def number_of(text: str) -> Rank | None:
    """Tell by which kind of number a paragraph begins; None for none."""
    return next((rank for rank, pattern in _NUMBERED if pattern.match(text)), None)


def is_numbered(text: str) -> bool:
    """Tell whether a paragraph begins with the number of a heading or of an item of a list."""
    return number_of(text) is not None or _ITEM.match(text) is not None


def opening_of(block: Block, following: Block | None, is_in_article: bool) -> Opening | None:
    """Find the heading that a block is or begins with; None for text alone.

    Within a numbered article (第X条) only what stands above it opens a section: the items of its
    list are its text.
    """
    if block.kind is Kind.ROW:
        return None
    if block.kind is Kind.HEADING:
        return Opening(Rank.STYLED + max(block.level, 1) - 1, block.text)
    text = block.text
    if (
        is_signature(text)
        and following
        and (is_day(following.text) or is_signature(following.text))
    ):
        return Opening(Rank.ATTACHMENT, SIGNATURE, text, is_copied=True)
    rank = number_of(text)
    if following and _ANSWER.match(following.text) and len(text) <= LONGEST_HEADING:
        rank = Rank.QUESTION
    if rank is None:
        return _plain(text, following)
    if is_in_article and rank > Rank.ARTICLE:
        return None
    return _numbered(text, rank, following)


def _numbered(text: str, rank: Rank, following: Block | None) -> Opening | None:
    if rank is Rank.ARTICLE:
        return _article(text)
    if rank <= Rank.PART:
        return Opening(rank, text) if len(text) <= _LONGEST_LINE else None
    if rank is Rank.QUESTION:
        return Opening(rank, text) if len(text) <= LONGEST_HEADING else _led(text, rank)
    if len(text) <= _LONGEST_LINE and not text.endswith(tuple(_END)):
        is_item = rank is Rank.THIRD and (number_of(_text(following)) or not _is_full(following))
        return None if is_item else Opening(rank, text)
    if rank is Rank.FIRST:
        return _led(text, rank)
    is_item = rank is Rank.THIRD or text.endswith("；") or len(text) < _LONG_ENOUGH
    name = _NAMED.match(text)
    return None if is_item or not name or name.end() > _LONGEST_LEAD else _led(text, rank)


def _article(text: str) -> Opening:
    """Take 第X条 from its text, with the name that stands in brackets behind it."""
    match = re.match(
        rf"第{_NUMERAL}条(?:之{_NUMERAL})?(?:\s*[【（(〔][^】）)〕]{{1,20}}[】）)〕])?", text
    )
    end = match.end() if match else 0
    return Opening(Rank.ARTICLE, text[:end], text[end:].strip())


def _led(text: str, rank: Rank) -> Opening:
    """Name a paragraph by its first words, which stay in it."""
    stop = _STOP.search(text)
    if stop and stop.start() <= _LONGEST_LEAD:
        return Opening(rank, text[: stop.start()], text, is_copied=True)
    comma = text.find("，")
    cut = comma if 0 < comma <= _LONGEST_LEAD else _LONGEST_LEAD
    return Opening(rank, text[:cut].strip(), text, is_copied=True)


def _plain(text: str, following: Block | None) -> Opening | None:
    """Take a short line before a full paragraph for its heading; a question is one too."""
    if len(text) > _SHORT or text.endswith(tuple(_SAYS)) or _NO_HEADING.match(text):
        return None
    if is_byline(text) or BETWEEN_CELLS.strip() in text:
        return None
    return Opening(Rank.PLAIN, text) if _is_full(following) else None


def _text(block: Block | None) -> str:
    return block.text if block else ""


def _is_full(following: Block | None) -> bool:
    """Tell whether what follows is what a heading is about: a full paragraph, a list, a table."""
    if following is None or following.kind is Kind.HEADING:
        return False
    is_list = following.kind is Kind.ROW or is_numbered(following.text)
    return is_list or len(following.text) >= _FULL
