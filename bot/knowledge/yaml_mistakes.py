"""What a YAML parser's complaint means, in the words of whoever wrote the file.

A parser complains where it can go on no longer, often a line after the mistake, and in terms of
its grammar. Here the lines around that place are searched for what people really get wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.knowledge.decoding import Position
from bot.knowledge.yaml_faults import Explanation, Fault
from bot.knowledge.yaml_indents import (
    block_text,
    dash,
    misplaced,
    no_colon,
    out_of_line,
    text_not_indented,
)
from bot.knowledge.yaml_lines import told_of_colon

_FIELD = re.compile(r"\s*(?:- +)*([A-Za-z_]{1,40})(：|:(?!\s|$|//))")
# Before the next field of a mapping, or where a quoted item ends.
_FULL_WIDTH_COMMA = re.compile(r"[，、；](?=\s*[A-Za-z_]+.$)|(?<=[\"'])\s*[，、；](?=.?$)")
_FULL_WIDTH_BRACKETS = {"］": "]", "｝": "}", "】": "]"}
_CLOSING = {"[": "]", "{": "}"}
_COMMENT = re.compile(r"\s#\S")
_UNFIT_START = ("anchor", "alias", "tag", "directive", "next token")
_UNCLOSED = ("引号没有关上", "在值的末尾补上同样的引号")
_OPEN = ("括号没有关上", "补上对应的 ] 或 }")


def explain(fault: Fault) -> Explanation:
    """Say in plain words what a syntax error is; the most specific explanation is given."""
    for reason in _REASONS:
        told = reason(fault)
        if told:
            return told
    at = fault.last_text() if fault.at.line >= len(fault.lines) else fault.at
    if fault.line(at.line)[at.column - 1 : at.column] == "?":
        return _begun_with(fault, at)
    remedy = "检查这一行和上一行的缩进、冒号、引号和括号"
    return Explanation(at, "这里的写法 YAML 读不懂", remedy)


def _colon(fault: Fault) -> Explanation | None:
    for number in fault.upwards():
        line = fault.line(number)
        match = _FIELD.match(line)
        if match:
            at = Position(number, match.start(2) + 1)
            mended = {number: f"{line[: match.start(2)]}: {line[match.end() :].lstrip()}"}
            return Explanation(at, *told_of_colon(match[1], match[2]), mended=mended)
    return None


def _quote(fault: Fault) -> Explanation | None:
    if "quoted scalar" in fault.context:
        return _inside_quotes(fault)
    line = fault.line(fault.at.line)
    before = line[: fault.at.column - 1].rstrip()
    if not before.endswith(('"', "'")):
        return None
    closing = before[-1]
    if closing in before[:-1]:
        if "parsing a flow" in fault.context:
            return None
        remedy = "把整个值放进一对引号里，里面的引号用“”"
        return Explanation(fault.at, "引号后面还有字", remedy, {fault.at.line: _bare(line)})
    for number in range(fault.at.line - 1, 0, -1):
        column = fault.line(number).rfind(closing)
        if column >= 0:
            mended = {number: fault.line(number).rstrip() + closing}
            return Explanation(Position(number, column + 1), *_UNCLOSED, mended=mended)
    return None


def _inside_quotes(fault: Fault) -> Explanation | None:
    if "escape" in fault.problem:
        what, remedy = "双引号里的反斜杠写法不对", "改用单引号，或把 \\ 写成 \\\\"
        line = fault.line(fault.at.line)
        return Explanation(fault.at, what, remedy, {fault.at.line: line.replace("\\", "/")})
    at = fault.since or fault.at
    line = fault.line(at.line)
    quote = line[at.column - 1 : at.column]
    inside = any(bracket in line[: at.column - 1] for bracket in _CLOSING)
    mended = {} if inside else {at.line: line.rstrip() + quote}
    return Explanation(at, *_UNCLOSED, mended=mended)


def _bare(line: str) -> str:
    """Leave out the quotes of a value."""
    start = line.find(": ") + 1
    return line[:start] + re.sub("[\"']", "", line[start:])


def _flow(fault: Fault) -> Explanation | None:
    since = fault.since
    if since is None or "parsing a flow" not in fault.context:
        return None
    line = fault.line(fault.at.line)
    comma = _FULL_WIDTH_COMMA.search(line, 0, fault.at.column)
    if comma:
        at = Position(fault.at.line, comma.start() + 1)
        mended = {at.line: f"{line[: comma.start()]}, {line[comma.end() :]}"}
        what = f"括号里有全角逗号“{line[comma.start() :].lstrip()[0]}”"
        return Explanation(at, what, "换成半角逗号加一个空格", mended)
    told = _cut_in_brackets(fault, since)
    if told:
        return told
    if since.line == fault.at.line and fault.line(since.line).strip():
        what, remedy = "括号里少了逗号，或括号没有关上", "每项之间用半角逗号加空格"
        place = fault.at.column - 1
        mended = {since.line: f"{line[:place].rstrip()}, {line[place:]}"}
        return Explanation(fault.at, what, remedy, mended)
    if since == fault.at and not fault.line(since.line).strip():  # the file ends in a bracket
        return Explanation(fault.last_text(), *_OPEN)
    return Explanation(since, *_OPEN, mended=_closed(fault, since))


def _cut_in_brackets(fault: Fault, since: Position) -> Explanation | None:
    """Find what hides the end of a bracket: one of full width, or a comment."""
    for number in range(since.line, fault.at.line + 1):
        line = fault.line(number).rstrip()
        if line.endswith(tuple(_FULL_WIDTH_BRACKETS)):
            right = _FULL_WIDTH_BRACKETS[line[-1]]
            what, remedy = f"这是全角括号“{line[-1]}”", f"换成半角的 {right}"
            mended = {number: line[:-1] + right}
            return Explanation(Position(number, len(line)), what, remedy, mended)
        cut = _COMMENT.search(line)
        if cut:
            at = Position(number, cut.start() + 2)
            mended = {number: f"{line[: cut.start()]}{line[cut.end() - 1 :]}"}
            return Explanation(at, *CUT_OFF, mended=mended)
    return None


CUT_OFF = (
    "空格加 # 后面的字都不算，被当成了备注",
    "如果是文字，给整个值加引号；如果是备注，# 后面加一个空格",
)


def _closed(fault: Fault, since: Position) -> dict[int, str]:
    line = fault.line(since.line).rstrip()
    bracket = _CLOSING.get(line[since.column - 1 : since.column])
    return {since.line: line + bracket} if bracket and not line.endswith(",") else {}


def _inner_colon(fault: Fault) -> Explanation | None:
    if "mapping values are not allowed" not in fault.problem:
        return None
    line = fault.line(fault.at.line)
    if ": " in line[: fault.at.column - 1]:
        remedy = "给整个值加引号，或把值里的冒号换成全角“：”"
        mended = fault.with_character(fault.at, "：")
        return Explanation(fault.at, "值里又有冒号加空格", remedy, mended)
    at = Position(fault.at.line, len(line) - len(line.lstrip()) + 1)
    return out_of_line(fault, at)


def _unfit_start(fault: Fault) -> Explanation | None:
    if not fault.context.startswith("while") or not fault.context.endswith(_UNFIT_START):
        return None
    return _begun_with(fault, fault.since or fault.at)


def _begun_with(fault: Fault, at: Position) -> Explanation:
    character = fault.line(at.line)[at.column - 1 : at.column]
    mended = fault.with_character(at, "_")
    return Explanation(at, f"值不能以 {character} 开头", "给整个值加引号", mended)


def _stray_sign(fault: Fault) -> Explanation | None:
    character = fault.line(fault.at.line)[fault.at.column - 1 : fault.at.column]
    if "expected node content" not in fault.problem or not character:
        return None
    remedy = "删掉它；如果是文字，给整个值加引号"
    mended = fault.with_character(fault.at, "")
    return Explanation(fault.at, f"这里多了“{character}”", remedy, mended)


_REASONS: tuple[Callable[[Fault], Explanation | None], ...] = (
    _colon,
    _quote,
    _flow,
    _inner_colon,
    _unfit_start,
    block_text,
    text_not_indented,
    no_colon,
    dash,
    misplaced,
    _stray_sign,
)
