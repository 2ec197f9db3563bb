"""The handbook explains what `policybot check` says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.errors import Problem
from bot.knowledge.checking import find_problems
from tests.unit.knowledge.clerks_mistakes import broken_files
from tests.unit.knowledge.staff_files import write_folder

HANDBOOK = (Path(__file__).parents[3] / "knowledge" / "README.md").read_text("utf-8")
TABLE = HANDBOOK.partition("| 看到的话 |")[2].partition("\n\n")[0]
WORDS = tuple(re.findall(r"^\| `([^`]+)` \|", TABLE, re.MULTILINE))


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory) -> tuple[Problem, ...]:
    """Give what is said of every common mistake."""
    return find_problems(write_folder(tmp_path_factory.mktemp("broken"), broken_files()[0]))


def test_every_message_is_explained(problems: tuple[Problem, ...]) -> None:
    """What is said of each common mistake stands in the handbook's table, with what to do."""
    assert [one.what for one in problems if not any(words in one.what for words in WORDS)] == []


def test_nothing_is_explained_that_is_never_said(problems: tuple[Problem, ...]) -> None:
    """Each row of the table belongs to a message that a common mistake gives."""
    assert [words for words in WORDS if not any(words in one.what for one in problems)] == []
