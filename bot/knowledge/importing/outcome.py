"""What an import tells, and its form as a line of JSON on the way out of the child process."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft to be written: the whole file, and what a person must look at in it."""

    slug: str
    title: str
    text: str
    sections: int
    marked: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DroppedKind:
    """What was dropped for one reason: how many characters, and the texts, each once."""

    reason: str
    characters: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """Where the characters of a file went; `note` says how it was read where that is unsure."""

    characters: int
    dropped: tuple[DroppedKind, ...]
    repeated: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Step:
    """How far the reading is."""

    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no draft, and what to do."""

    what: str
    remedy: str


Told: TypeAlias = Draft | Account | Step | Refusal


def to_line(told: Told) -> bytes:
    """Write what is told as JSON on one line: plain text, nothing that could run."""
    line = json.dumps([type(told).__name__, asdict(told)], ensure_ascii=False)
    return line.encode("utf-8", "replace")


def from_line(line: bytes) -> Told:
    """Read a line; raises `ValueError` for anything but what `to_line` writes."""
    try:
        name, fields = json.loads(line)
        return _readers()[name](fields)
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("the line is none of ours") from error


@cache
def _readers() -> dict[str, Callable[[object], Told]]:
    """Give what checks the fields of each kind; the child needs none of it."""
    from pydantic import TypeAdapter

    return {
        "Draft": TypeAdapter(Draft).validate_python,
        "Account": TypeAdapter(Account).validate_python,
        "Step": TypeAdapter(Step).validate_python,
        "Refusal": TypeAdapter(Refusal).validate_python,
    }
