"""A staff file as read: a tree of texts, and where in the file each of them stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.errors import Problem
from bot.knowledge.decoding import Position

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str"
FieldPath: TypeAlias = tuple[str | int, ...]

EACH: Final = -1  # in a pattern for `Reading.texts`: every item of a list
START = Position(1, 1)
_SHOWN = 30  # characters of a wrong value in a message: enough to recognise it


@dataclass(frozen=True, slots=True)
class Reading:
    """A staff file as read: its tree (None if unreadable) and where each value and key stands."""

    path: str
    tree: Tree | None
    values: dict[FieldPath, Position]
    keys: dict[FieldPath, Position]
    problems: tuple[Problem, ...]
    touched: frozenset[int] = frozenset()  # lines mended to read on: nothing more is said of them

    def untouched(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Leave out problems of lines that were mended, which are told already."""
        return tuple(problem for problem in problems if problem.line not in self.touched)

    def problem(self, path: FieldPath, what: str, remedy: str) -> Problem:
        """Report what is wrong with a value; for a missing one, its parent's place is given."""
        at = self._position(path)
        return Problem(self.path, at.line, at.column, field_name(path), what, remedy)

    def key_problem(self, path: FieldPath, what: str, remedy: str) -> Problem:
        """Report what is wrong with a field's name."""
        at = self.keys.get(path) or self._position(path)
        return Problem(self.path, at.line, at.column, field_name(path), what, remedy)

    def texts(self, *pattern: str | int) -> Iterator[tuple[FieldPath, str]]:
        """Give the texts on a path such as `"sections", EACH, "heading"`, stripped.

        A number stands for that item of a list.

        What is not there, or is no text, is left out: the schema reports it.
        """
        if self.tree is not None:
            yield from _texts(self.tree, pattern, ())

    def _position(self, path: FieldPath) -> Position:
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, START)


def field_name(path: FieldPath) -> str:
    """Write a path as staff read it: `sections[0].heading`."""
    name = ""
    for part in path:
        name += f"[{part}]" if isinstance(part, int) else f".{shown(part)}"
    return name.removeprefix(".")


def shown(value: str) -> str:
    """Give a wrong value as it stands in a message: short, on one line."""
    text = " ".join(value.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _texts(
    tree: Tree, pattern: tuple[str | int, ...], path: FieldPath
) -> Iterator[tuple[FieldPath, str]]:
    if not pattern:
        if isinstance(tree, str):
            yield path, tree.strip()
    elif isinstance(wanted := pattern[0], int) and isinstance(tree, list):
        for index, node in enumerate(tree):
            if wanted in (EACH, index):
                yield from _texts(node, pattern[1:], (*path, index))
    elif isinstance(tree, dict) and isinstance(name := pattern[0], str) and name in tree:
        yield from _texts(tree[name], pattern[1:], (*path, name))
