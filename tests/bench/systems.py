"""The door that every system under measurement stands behind, and what one answer costs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from tests.bench.terms import Question, Terms

WANTED = 10  # passages a question
Asked = TypeVar("Asked")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Answered:
    """What one question gave, and its cost in nanoseconds of wall and of CPU time."""

    wall: int
    cpu: int
    passages: tuple[int, ...]


class Opened(Protocol):
    """An index that is open, with all questions turned into its own form."""

    def answer(self, number: int) -> Answered:
        """Answer the question of that number; only the search itself is timed."""
        ...

    def process(self) -> str:
        """Name the process that holds the index, as /proc does."""
        ...

    def close(self) -> None:
        """Let go of files and processes."""
        ...


class System(Protocol):
    """A search library; all are given the same terms and give the ten best passages."""

    name: str
    index: str  # its folder; systems that read the same index name the same
    note: str  # how it was made as equal to the others as it can be
    largest: int  # passages; beyond it one run would take hours

    def missing(self) -> str:
        """Tell what is not installed, empty where nothing is; imports what `open` needs."""
        ...

    def build(self, terms: Terms, folder: Path) -> None:
        """Write the index of a corpus into an empty folder."""
        ...

    def open(self, terms: Terms, folder: Path, questions: Sequence[Question]) -> Opened:
        """Open a written index."""
        ...


class InProcess(Generic[Asked, Found]):
    """An index in this process: times one call, on one thread."""

    def __init__(
        self,
        asked: Sequence[Asked],
        search: Callable[[Asked], Found],
        ordinals: Callable[[Found], Iterable[int]],
    ) -> None:
        self._asked = asked
        self._search = search
        self._ordinals = ordinals

    def answer(self, number: int) -> Answered:
        """Time the search; turning the library's own names into ordinals is not timed."""
        asked = self._asked[number]
        wall, cpu = time.perf_counter_ns(), time.thread_time_ns()
        found = self._search(asked)
        cpu, wall = time.thread_time_ns() - cpu, time.perf_counter_ns() - wall
        return Answered(wall, cpu, tuple(self._ordinals(found)))

    def process(self) -> str:
        """Name this process."""
        return "self"

    def close(self) -> None:
        """Leave the rest to the end of the process."""
