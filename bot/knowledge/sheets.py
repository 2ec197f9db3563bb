"""One staff file, read and checked against its fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from bot.errors import Problem
from bot.knowledge.decoding import decode
from bot.knowledge.files import StaffFile
from bot.knowledge.reading import Reading
from bot.knowledge.validating import validate
from bot.knowledge.yaml_nodes import read_nodes

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Model]):
    """A YAML file as read and checked; `fields` is None if its schema has problems with it."""

    reading: Reading
    fields: Model | None
    problems: tuple[Problem, ...]

    def untold(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Leave out further problems of fields and lines that have one already."""
        fields = {problem.field for problem in self.problems if problem.field}
        further = (problem for problem in problems if problem.field not in fields)
        return self.reading.untouched(further)


@dataclass(frozen=True, slots=True)
class WordList:
    """A text file of words, one a line, in the order in which they stand there."""

    words: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_sheet(model: type[Model], file: StaffFile) -> Sheet[Model]:
    """Read a YAML file and check it against its fields; all problems of both are given."""
    reading = read_nodes(file.path, file.content)
    fields, problems = validate(model, reading)
    read = Sheet(reading, fields, reading.problems)
    return Sheet(reading, fields, (*reading.problems, *read.untold(problems)))


def read_words(file: StaffFile) -> WordList:
    """Read a word list: one word a line; `#` begins a comment; what is said twice counts once."""
    decoded = decode(file.path, file.content)
    problems = list(decoded.problems)
    words: dict[str, None] = {}
    for number, line in enumerate((decoded.text or "").split("\n"), 1):
        parts = line.partition("#")[0].split()
        words.update(dict.fromkeys(parts[:1]))
        if len(parts) > 1:
            at = line.index(parts[1], line.index(parts[0]) + len(parts[0])) + 1
            what, remedy = "一行里有两个词", "一行只写一个词，词里不留空格"
            problems.append(Problem(file.path, number, at, "", what, remedy))
    return WordList(tuple(words), tuple(problems))
