"""What changed, as Markdown for a merge request: GitHub's and GitLab's flavours alike."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from bot.cli.wording import (
    KINDS,
    counts_of,
    files_of,
    heading_of,
    questions_of,
    summary_of,
    texts_of,
    verdict_of,
)
from bot.evaluation.comparing import Group
from bot.evaluation.report import Report
from bot.text.differing import Part, differing

LONGEST: Final = 60_000  # characters: GitHub takes comments of 65,536 at most
# What a host makes a link or a call of a person of: @name, #12, !3, ~label, %milestone, $snippet.
_CALLS = re.compile(r"([@#!~%$^])(?=[A-Za-z0-9_\"])")
_MARKUP = re.compile(r"([\\`*_\[\]#|~])")


def markdown_of(report: Report) -> str:
    """Write the report; where it grows too long for a comment, the least bad is left out."""
    pieces = [*_top(report)]
    length = sum(map(len, pieces))
    left = len(report.groups)
    for kind, groups in groupby(report.groups, key=lambda group: group.kind):
        pieces.append(f"### {KINDS[kind]}\n")
        for group in groups:
            piece = "".join(_group(group))
            length += len(piece)
            if length > LONGEST:
                pieces.append(f"还有{left}组没有列出，运行 `policybot changes` 看全部。\n")
                return "\n".join(pieces)
            pieces.append(piece)
            left -= 1
    return "\n".join(pieces)


def _top(report: Report) -> Iterator[str]:
    yield "## 这次改动会改变哪些回答\n"
    yield f"{_text(summary_of(report))}\n\n**{_text(verdict_of(report))}**\n"
    counts = [f"| {_text(name)} | {count} |" for name, count in counts_of(report)]
    if counts:
        yield "\n".join(["| 变化 | 问题 |", "| --- | --- |", *counts, ""])
    files = [f"- {_text(line)}" for line in files_of(report)]
    if files:
        yield "\n".join(files) + "\n"


def _group(group: Group) -> Iterator[str]:
    """Write one group as a collapsed table in HTML, in which no Markdown is read."""
    before, after = texts_of(group)
    old, new = differing(before, after)
    yield f"<details><summary>{_inline(questions_of(group))}</summary>\n"
    yield "<table>\n<tr><th>原来</th><th>现在</th></tr>\n"
    yield f"<tr><td>{_inline(heading_of(group.before))}</td>"
    yield f"<td>{_inline(heading_of(group.after))}</td></tr>\n"
    if before or after:
        yield f"<tr><td>{_marked(old, 'del')}</td><td>{_marked(new, 'ins')}</td></tr>\n"
    yield "</table>\n</details>\n"


def _marked(parts: tuple[Part, ...], tag: str) -> str:
    marked = (
        f"<{tag}>{_inline(text)}</{tag}>" if differs else _inline(text) for text, differs in parts
    )
    return "".join(marked)


def _inline(text: str) -> str:
    """Escape for HTML; an empty line would end the table, and @name would call a person."""
    escaped = html.escape(text.strip("\n"), quote=False)
    return _CALLS.sub(r"\1<i></i>", escaped).replace("\n", "<br>")


def _text(text: str) -> str:
    """Escape for Markdown outside of tables in HTML."""
    escaped = html.escape(" ".join(text.split()), quote=False)
    return _CALLS.sub(r"\1<i></i>", _MARKUP.sub(r"\\\1", escaped))
