"""Check a whole knowledge folder, for `policybot check`: one report of all that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import Problem
from bot.knowledge.decoding import decode
from bot.knowledge.files import StaffFile, find_file, find_strays
from bot.knowledge.judgements import JUDGEMENTS, headings_in, read_judgements
from bot.knowledge.loading import NAMES, read_folder

_BESIDE_DOCUMENTS = (*NAMES, JUDGEMENTS)


@dataclass(frozen=True, slots=True)
class Inspection:
    """All problems of a folder in order of place, how much was read, and the broken files."""

    problems: tuple[Problem, ...]
    documents: int
    sections: int
    broken: Mapping[str, tuple[str, ...]]  # the lines of each file with problems, by its path

    def line_of(self, problem: Problem) -> str:
        """Give the line that a problem points at; empty where there is none to show."""
        lines = self.broken.get(problem.path, ())
        return lines[problem.line - 1] if 0 < problem.line <= len(lines) else ""


def inspect(folder: Path) -> Inspection:
    """Read a folder once; find every problem of the corpus, the judgements and stray files.

    A folder without judgements has none to check. Raises `SettingsError` where there is no
    such folder.
    """
    read = read_folder(folder)
    found = find_file(folder, JUDGEMENTS)
    _, of_judgements = read_judgements(found, headings_in(read))
    strays = find_strays(folder, _BESIDE_DOCUMENTS)
    problems = tuple(sorted((*read.problems, *of_judgements, *strays)))
    fields = [sheet.fields for sheet in read.documents if sheet.fields]
    return Inspection(
        problems,
        documents=len(fields),
        sections=sum(len(document.sections) for document in fields),
        broken=_lines_of((*read.files, *found.files), {problem.path for problem in problems}),
    )


def find_problems(folder: Path) -> tuple[Problem, ...]:
    """Find every problem of a folder, in order of place."""
    return inspect(folder).problems


def _lines_of(files: tuple[StaffFile, ...], broken: set[str]) -> dict[str, tuple[str, ...]]:
    return {
        file.path: tuple((decode(file.path, file.content).text or "").split("\n"))
        for file in files
        if file.path in broken
    }
