"""Check a whole knowledge folder, for `policybot check`: one report of all that is wrong."""

from __future__ import annotations

from pathlib import Path

from bot.errors import Problem
from bot.knowledge.judgements import headings_in, read_judgements
from bot.knowledge.loading import read_folder


def find_problems(folder: Path) -> tuple[Problem, ...]:
    """Find every problem of the corpus and of the judgements, in order of place.

    A folder without judgements has none to check. Raises `SettingsError` where there is no
    such folder.
    """
    read = read_folder(folder)
    _, problems = read_judgements(folder, headings_in(read))
    return tuple(sorted((*read.problems, *problems)))
