"""What a YAML parser's complaint means, in the words of whoever wrote the file.

A parser complains where it can go on no longer, often a line after the mistake, and in terms of
its grammar. Here the lines around that place are searched for what people really get wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.knowledge.decoding import Position

_FIELD = re.compile(r"\s*(?:- +)*([A-Za-z_]{1,40})(：|:(?!\s|$|//))")
_TAB = re.compile(r" *\t")
_FULL_WIDTH_COMMA = re.compile(r"，(?=\s*[A-Za-z_]+$)")  # before the next field of a mapping
_FULL_WIDTH_BRACKETS = {"］": "]", "｝": "}"}
_RUNNING_ON = ("simple key", "plain scalar")
_UNFIT_START = ("anchor", "alias", "tag", "directive", "next token")


@dataclass(frozen=True, slots=True)
class Fault:
    """A parser's complaint about a file: `at` is where it gave up, `since` what it was reading."""

    lines: tuple[str, ...]
    problem: str
    context: str
    at: Position
    since: Position | None

    def line(self, number: int) -> str:
        """Give a line by its number from 1; beyond the end it is empty."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def upwards(self) -> Iterator[int]:
        """Give the numbers of the lines that may be wrong, nearest to the complaint first.

        They reach to where a text that went on too long began, else to the line before.
        """
        ran_on = self.since and self.context.endswith(_RUNNING_ON)
        last = min(self.at.line, len(self.lines))
        yield last
        for number in range(last - 1, 0, -1):
            yield number
            if self.since.line >= number if self.since and ran_on else self.line(number).strip():
                return


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where the mistake is, what is wrong and what to do instead, in Chinese."""

    at: Position
    what: str
    remedy: str


def explain(fault: Fault) -> Explanation:
    """Say in plain words what a syntax error is; the most specific explanation is given."""
    for reason in _REASONS:
        told = reason(fault)
        if told:
            return told
    at = _last_text(fault) if fault.at.line >= len(fault.lines) else fault.at
    remedy = "检查这一行和上一行的缩进、冒号、引号和括号"
    return Explanation(at, "这里的写法 YAML 读不懂", remedy)


def _tab(fault: Fault) -> Explanation | None:
    for number in fault.upwards():
        match = _TAB.match(fault.line(number))
        if match:
            at = Position(number, match.end())
            return Explanation(at, "缩进用了制表符（Tab）", "换成空格，每深一层多两个空格")
    return None


def _colon(fault: Fault) -> Explanation | None:
    for number in fault.upwards():
        match = _FIELD.match(fault.line(number))
        if match is None:
            continue
        at = Position(number, match.start(2) + 1)
        name = match[1]
        if match[2] == "：":
            return Explanation(at, f"{name} 后面是全角冒号", f"换成半角冒号加一个空格：{name}: …")
        return Explanation(at, f"{name} 的冒号后面没有空格", f"冒号后加一个空格：{name}: …")
    return None


def _quote(fault: Fault) -> Explanation | None:
    if "quoted scalar" in fault.context:
        return _inside_quotes(fault)
    before = fault.line(fault.at.line)[: fault.at.column - 1].rstrip()
    if not before.endswith(('"', "'")):
        return None
    closing = before[-1]
    if closing in before[:-1]:
        if "parsing a flow" in fault.context:
            return None
        what = "引号后面还有字"
        return Explanation(fault.at, what, "把整个值放进一对引号里，里面的引号用“”")
    for number in range(fault.at.line - 1, 0, -1):
        column = fault.line(number).rfind(closing)
        if column >= 0:
            return Explanation(Position(number, column + 1), *_UNCLOSED)
    return None


_UNCLOSED = ("引号没有关上", "在值的末尾补上同样的引号")


def _inside_quotes(fault: Fault) -> Explanation | None:
    if "escape" in fault.problem:
        return Explanation(fault.at, "双引号里的反斜杠写法不对", "改用单引号，或把 \\ 写成 \\\\")
    return Explanation(fault.since or fault.at, *_UNCLOSED)


def _flow(fault: Fault) -> Explanation | None:
    since = fault.since
    if since is None or "parsing a flow" not in fault.context:
        return None
    if since == fault.at and not fault.line(since.line).strip():  # the file ends after a bracket
        return Explanation(_last_text(fault), *_OPEN)
    comma = _FULL_WIDTH_COMMA.search(fault.line(fault.at.line)[: fault.at.column - 1])
    if comma:
        at = Position(fault.at.line, comma.start() + 1)
        return Explanation(at, "括号里有全角逗号“，”", "换成半角逗号加一个空格")
    for number in range(since.line, fault.at.line + 1):
        line = fault.line(number).rstrip()
        if line.endswith(tuple(_FULL_WIDTH_BRACKETS)):
            right = _FULL_WIDTH_BRACKETS[line[-1]]
            return Explanation(
                Position(number, len(line)), f"这是全角括号“{line[-1]}”", f"换成半角的 {right}"
            )
    if since.line == fault.at.line:
        return Explanation(fault.at, "括号里少了逗号，或括号没有关上", "每项之间用半角逗号加空格")
    return Explanation(since, *_OPEN)


_OPEN = ("括号没有关上", "补上对应的 ] 或 }")


def _inner_colon(fault: Fault) -> Explanation | None:
    if "mapping values are not allowed" not in fault.problem:
        return None
    line = fault.line(fault.at.line)
    if ": " in line[: fault.at.column - 1]:
        remedy = "给整个值加引号，或把值里的冒号换成全角“：”"
        return Explanation(fault.at, "值里又有冒号加空格", remedy)
    return Explanation(Position(fault.at.line, _indent(line)), *_MISPLACED)


_MISPLACED = (
    "这一行的缩进不对",
    "同级的行左对齐，每深一层多两个空格；如果是正文，字段后面写 | 再换行",
)


def _unfit_start(fault: Fault) -> Explanation | None:
    if not fault.context.startswith("while") or not fault.context.endswith(_UNFIT_START):
        return None
    at = fault.since or fault.at
    character = fault.line(at.line)[at.column - 1 : at.column]
    return Explanation(at, f"值不能以 {character} 开头", "给整个值加引号")


def _block_text(fault: Fault) -> Explanation | None:
    if "block scalar" not in fault.context:
        return None
    return Explanation(fault.at, "| 后面还有字", "正文从下一行写起，比字段名多缩进两个空格")


def _no_colon(fault: Fault) -> Explanation | None:
    if "simple key" not in fault.context or fault.since is None:
        return None
    remedy = "写成“字段: 值”；如果是正文，与正文的其他行左对齐"
    return Explanation(fault.since, "这一行没有“字段: ”", remedy)


def _dash(fault: Fault) -> Explanation | None:
    if "block sequence entries are not allowed" not in fault.problem:
        return None
    line = fault.line(fault.at.line)
    if not line[: fault.at.column - 1].strip():
        return Explanation(fault.at, *_MISPLACED)
    remedy = "另起一行写，或写成 [甲, 乙]；如果是文字，给整个值加引号"
    return Explanation(fault.at, "“- ”不能和字段名写在同一行", remedy)


def _misplaced(fault: Fault) -> Explanation | None:
    signs = ("did not find expected key", "'-' indicator", "<document start>")
    if not fault.problem.endswith(signs) and "'-' indicator" not in fault.problem:
        return None
    return Explanation(_last_text(fault), *_MISPLACED)


def _stray_sign(fault: Fault) -> Explanation | None:
    character = fault.line(fault.at.line)[fault.at.column - 1 : fault.at.column]
    if "expected node content" not in fault.problem or not character:
        return None
    return Explanation(fault.at, f"这里多了“{character}”", "删掉它；如果是文字，给整个值加引号")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip()) + 1


def _last_text(fault: Fault) -> Position:
    """Give where the parser gave up, or the end of the text where that is beyond it."""
    number, column = fault.at.line, fault.at.column
    while number > 1 and not fault.line(number).strip():
        number -= 1
        column = len(fault.line(number))
    return Position(number, max(column, 1))


_REASONS: tuple[Callable[[Fault], Explanation | None], ...] = (
    _tab,
    _colon,
    _quote,
    _flow,
    _inner_colon,
    _unfit_start,
    _block_text,
    _no_colon,
    _dash,
    _misplaced,
    _stray_sign,
)
