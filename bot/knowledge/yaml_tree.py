"""The door of PyYAML: from a parser's events to a tree of texts with their positions.

PyYAML's own construction guesses types (`9:30` becomes 570), keeps the last of two equal keys,
follows aliases and crashes the process on deep nesting. So the tree is built here from the
parser's events, one at a time, and every scalar stays a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Protocol

from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from bot.errors import Problem
from bot.knowledge.decoding import Position, has_hidden, without_hidden
from bot.knowledge.reading import START, FieldPath, Tree, field_name, shown
from bot.knowledge.yaml_mistakes import CUT_OFF

DEEPEST: Final = 20  # levels: a document needs 5; 50,000 would exhaust the stack of whoever walks
_MOST_VALUES = 50_000  # a file: a long paper has 500, ten thousand judgements have 50,000
_MOST_PROBLEMS = 1000  # a file, while it is read: more is no slip
_BLOCK_STYLES = ("|", ">")  # whoever writes these means text of several lines
_CHINESE_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』"}
_REMEDY_FOR_TWICE = "合并成一处，或删掉一处；如果属于上面的字段，前面多空两格"
_REMEDY_IN_LIST = "如果是另一项，在它前面写“- ”；否则合并成一处，或删掉一处"
_GLUED_COMMENT = re.compile(r"(?<=[ \t])#(?=[^\s#])")  # a remark has a space after its #


class _Mark(Protocol):
    """What PyYAML's two kinds of marks have in common; both count from 0."""

    line: int
    column: int


def position_of(mark: _Mark | None) -> Position | None:
    """Give a mark of PyYAML as a place in the file."""
    return Position(mark.line + 1, mark.column + 1) if mark else None


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet, and the key that waits for its value."""

    node: dict[str, Tree] | list[Tree]
    path: FieldPath
    key: str | None = None


@dataclass(slots=True)
class TreeBuilder:
    """Builds a tree from events without recursion, so that no file can exhaust the stack."""

    path: str
    lines: tuple[str, ...]
    clean: bool  # no hidden characters in the file's text
    root: Tree | None = None
    values: dict[FieldPath, Position] = field(default_factory=dict)
    keys: dict[FieldPath, Position] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    stopped: bool = False
    _open: list[_Open] = field(default_factory=list)
    _run_on: tuple[Problem, int] | None = None  # the last one, with the line of its end
    _glued: frozenset[int] = frozenset()  # lines that may end in a remark meant as text

    def __post_init__(self) -> None:
        numbered = enumerate(self.lines, 1)
        self._glued = frozenset(at for at, line in numbered if _GLUED_COMMENT.search(line))

    def forget_run_on(self, line: int) -> None:
        """Take back that a value ran on over a line, where that line's syntax is the cause."""
        if self._run_on and self._run_on[0].line <= line <= self._run_on[1]:
            self.problems.remove(self._run_on[0])

    def report(self, at: Position, what: str, remedy: str) -> None:
        """Report what is wrong with the value that comes next."""
        self._report_at(self._next_path(), at, what, remedy)

    def _report_at(self, path: FieldPath, at: Position, what: str, remedy: str) -> None:
        name = field_name(path)
        self.problems.append(Problem(self.path, at.line, at.column, name, what, remedy))

    def stop(self, at: Position, what: str, remedy: str) -> None:
        """Report what makes the rest of the file unreadable."""
        self.problems.append(Problem(self.path, at.line, at.column, "", what, remedy))
        self.stopped = True

    def take(self, event: Event | None) -> None:
        """Add what the parser's next event says to the tree."""
        if len(self.values) > _MOST_VALUES or len(self.problems) > _MOST_PROBLEMS:
            self.stop(START, "文件里的字段、列表项或问题太多", "拆成几个文件，一份政策一个文件")
            return
        if isinstance(event, NodeEvent):
            self._take_node(event)
        elif isinstance(event, CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, DocumentStartEvent) and self.root is not None:
            at = position_of(event.start_mark) or START
            self.stop(at, "一个文件里有两份文档", "删掉单独成行的 ---，一份政策一个文件")

    def _take_node(self, event: NodeEvent) -> None:
        at = position_of(event.start_mark) or START
        if event.anchor:
            sign = "*" if isinstance(event, AliasEvent) else "&"
            what = f"不能用锚点或引用 {sign}{shown(event.anchor)}"
            self.report(at, what, "把内容直接写出来；如果是文字，给整个值加引号")
        if isinstance(event, ScalarEvent):
            self._take_scalar(event, at)
        elif isinstance(event, CollectionStartEvent):
            self._take_collection(event, at)
        else:
            self._take_text("", at)

    def _take_scalar(self, event: ScalarEvent, at: Position) -> None:
        if event.tag:
            self._report_tag(event.tag, at)
        if event.style not in _BLOCK_STYLES:
            end = position_of(event.end_mark) or at
            self._check_line(event, at, end)
            if not event.style and event.value[:1] in _CHINESE_QUOTES:
                self._check_quotes(event.value, at)
            if end.line in self._glued:
                self._check_cut(end)
        self._take_text(event.value if self.clean else without_hidden(event.value), at)

    def _take_text(self, value: str, at: Position) -> None:
        if self._expects_key():
            self._take_key(self._open[-1], value, at)
        else:
            self._place(value, at, blank=not value)

    def _check_line(self, event: ScalarEvent, at: Position, end: Position) -> None:
        """Refuse what YAML would change silently: line ends to spaces, escapes to characters."""
        if end.line > at.line:
            remedy = "写在一行里；列表的各项要用逗号或“- ”分开；多行正文在字段后写 | 再换行"
            self.report(at, f"这个值连到了第 {end.line} 行", remedy)
            self._run_on = (self.problems[-1], end.line)
        if event.style == '"' and self.clean and has_hidden(event.value):
            self.report(at, "引号里有看不见的字符或控制字符", "删掉反斜杠开头的转义")

    def _check_quotes(self, value: str, at: Position) -> None:
        """Refuse Chinese quotes, which do not quote, where half-width ones seem meant."""
        opening, closing = value[0], _CHINESE_QUOTES[value[0]]
        if self._expects_key():
            return
        if closing not in value:
            remedy = f"补上 {closing}；括号里的一项有逗号时，给整项加半角引号"
            self.report(at, f"引号 {opening} 没有关上", remedy)
        elif value.index(closing) == len(value) - 1:
            remedy = f"去掉引号；引号是内容的一部分时，外面再加一对半角引号：'{opening}…{closing}'"
            self.report(at, "整个值放在中文引号里", remedy)

    def _check_cut(self, end: Position) -> None:
        """Refuse a remark that may have been meant as text."""
        line = self.lines[end.line - 1]
        start = len(line) - len(line[end.column - 1 :].lstrip(" \t"))
        if _GLUED_COMMENT.match(line, start):
            self.report(Position(end.line, start + 1), *CUT_OFF)

    def _expects_key(self) -> bool:
        top = self._open[-1] if self._open else None
        return top is not None and top.key is None and isinstance(top.node, dict)

    def _take_key(self, top: _Open, key: str, at: Position) -> None:
        path = (*top.path, key)
        if key in top.node:
            what = f"{shown(key)} 重复了，第 {self.keys[path].line} 行已有"
            another = isinstance(path[-2], int) if len(path) > 1 else False
            self._report_at(path, at, what, _REMEDY_IN_LIST if another else _REMEDY_FOR_TWICE)
            if another and key == next(iter(top.node)):
                path = (*self._begin_item(top), key)
        self.keys[path] = at
        top.key = key

    def _begin_item(self, top: _Open) -> FieldPath:
        """Take what follows for the list's next item, whose dash was forgotten."""
        items = self._open[-2].node
        if isinstance(items, list):
            top.node, top.path = {}, (*top.path[:-1], len(items))
            items.append(top.node)
        return top.path

    def _take_collection(self, event: CollectionStartEvent, at: Position) -> None:
        if event.tag:
            self._report_tag(event.tag, at)
        if len(self._open) >= DEEPEST:
            self.stop(at, f"括号或缩进超过 {DEEPEST} 层", "检查有没有多写的括号或“- ”")
            return
        if self._expects_key():
            self.stop(at, "括号里的内容不能当字段名", "如果是文字，给它加引号")
            return
        path = self._next_path()
        node: dict[str, Tree] | list[Tree] = {} if isinstance(event, MappingStartEvent) else []
        self._place(node, at)
        self._open.append(_Open(node, path))

    def _report_tag(self, tag: str, at: Position) -> None:
        self.report(at, f"不能用标签 {shown(tag)}", "去掉叹号开头的词；如果是文字，给它加引号")

    def _next_path(self) -> FieldPath:
        if not self._open:
            return ()
        top = self._open[-1]
        if isinstance(top.node, list):
            return (*top.path, len(top.node))
        return top.path if top.key is None else (*top.path, top.key)

    def _place(self, node: Tree, at: Position, *, blank: bool = False) -> None:
        """Put a value where it belongs; a blank one is looked for at its field's name."""
        path = self._next_path()
        self.values[path] = self.keys.get(path, at) if blank else at
        if not self._open:
            self.root = node
            return
        top = self._open[-1]
        if isinstance(top.node, list):
            top.node.append(node)
        elif top.key is not None:
            top.node[top.key] = node
            top.key = None
