"""Runs of marked text, their HTML, and where a long text is cut into messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape

LONGEST_MESSAGE = 4096  # UTF-16 units: Telegram's limit; it counts parsed text, we count the HTML
PARAGRAPH_ENDS = ("\n\n", "\n")
SENTENCE_ENDS = ("。", "！", "？", "；", "!", "?", ";")
CLOSERS = "」』”’）〕》"  # stay with the sentence that they close
# What Telegram refuses or drops: control characters but for the newline, and half surrogates.
UNSENDABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
HALF_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Run:
    """Text under the same tags, outermost first, e.g. ("blockquote expandable", "b")."""

    text: str
    tags: tuple[str, ...] = ()


def sendable(text: str) -> str:
    """Replace each character that Telegram cannot take by one that it can, at its place."""
    return HALF_SURROGATE.sub("\ufffd", UNSENDABLE.sub(" ", text))


def utf16_units(text: str) -> int:
    """Give the length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def plain_of(runs: tuple[Run, ...]) -> str:
    """Give the text of runs without their tags."""
    return "".join(run.text for run in runs)


def html_of(runs: tuple[Run, ...]) -> str:
    """Write runs as Telegram's HTML, escaped, with a tag that goes on opened only once."""
    pieces: list[str] = []
    opened: tuple[str, ...] = ()
    for run in (*runs, Run("")):
        shared = _shared(opened, run.tags)
        pieces.extend(f"</{tag.split()[0]}>" for tag in reversed(opened[shared:]))
        pieces.extend(f"<{tag}>" for tag in run.tags[shared:])
        pieces.append(escape(run.text, quote=False))
        opened = run.tags
    return "".join(pieces)


def part_of(runs: tuple[Run, ...], start: int, end: int) -> tuple[Run, ...]:
    """Give the runs of the characters from `start` to `end`, with the tags that hold there."""
    parts: list[Run] = []
    position = 0
    for run in runs:
        text = run.text[max(0, start - position) : max(0, end - position)]
        if text:
            parts.append(replace(run, text=text))
        position += len(run.text)
    return tuple(parts)


def stripped(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Give the runs without white space at both ends; empty where nothing is left."""
    plain = plain_of(runs)
    return part_of(runs, len(plain) - len(plain.lstrip()), len(plain.rstrip()))


def split(runs: tuple[Run, ...]) -> Iterator[tuple[Run, ...]]:
    """Cut runs into messages: at paragraphs, else at sentence ends, else anywhere."""
    plain = plain_of(runs)
    start = 0
    while start < len(plain):
        end = _cut(plain, start, _furthest(runs, start, len(plain)))
        message = stripped(part_of(runs, start, end))
        if message:
            yield message
        start = end


def _shared(left: tuple[str, ...], right: tuple[str, ...]) -> int:
    """Count the outermost tags that are the same in both."""
    for count, (one, other) in enumerate(zip(left, right, strict=False)):
        if one != other:
            return count
    return min(len(left), len(right))


def _furthest(runs: tuple[Run, ...], start: int, length: int) -> int:
    """Find the last end with which the HTML still fits, by halving: HTML only grows with text."""
    fits, bound = start + 1, min(length, start + LONGEST_MESSAGE)
    while fits < bound:
        middle = (fits + bound + 1) // 2
        if utf16_units(html_of(part_of(runs, start, middle))) <= LONGEST_MESSAGE:
            fits = middle
        else:
            bound = middle - 1
    return fits


def _cut(plain: str, start: int, end: int) -> int:
    """Choose the best place to cut in the second half: a first half makes stubs of messages."""
    if end == len(plain):
        return end
    middle = (start + end + 1) // 2
    for ends in (PARAGRAPH_ENDS[:1], PARAGRAPH_ENDS[1:], SENTENCE_ENDS):
        places = [plain.rfind(mark, middle, end) + len(mark) for mark in ends]
        best = max(places)
        if best > middle:
            return _past_closers(plain, best, end)
    return end


def _past_closers(plain: str, place: int, end: int) -> int:
    while place < end and plain[place] in CLOSERS:
        place += 1
    return place
