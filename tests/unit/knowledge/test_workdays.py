"""The days off of a year that an office writes down are read, checked and counted by."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.knowledge.checking import find_problems
from bot.knowledge.loading import load
from bot.models.documents import Workdays
from bot.retrieval.building import edition_in_memory
from tests.unit.knowledge.staff_files import write_folder

YEAR = "workdays/2027.yaml"
GOOD = "notice: 2027年放假安排的通知\noff: [2027-01-01, 2027-01-04]\nworked: [2027-01-02]\n"


def test_the_days_of_a_year_reach_the_edition(tmp_path: Path) -> None:
    """The year is the file's name; an edition holds it as the corpus does."""
    write_folder(tmp_path, {YEAR: GOOD})
    corpus = load(tmp_path)
    days = (date(2027, 1, 1), date(2027, 1, 4)), (date(2027, 1, 2),)
    assert corpus.workdays == (Workdays(2027, *days, "2027年放假安排的通知"),)
    assert edition_in_memory(corpus).corpus.workdays == corpus.workdays


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (GOOD.replace("2027-01-04", "2026-01-04"), "2026-01-04 不是2027年的日子"),
        (GOOD.replace("[2027-01-02]", "[2027-01-04]"), "2027-01-04 写了两次"),
        (GOOD.replace("[2027-01-02]", "[2027-01-05]"), "2027-01-05 不是周六或周日"),
        (GOOD.replace("2027-01-04", "2027-02-30"), "2027-02-30"),
        (GOOD.replace("notice", "notices"), "notices"),
    ],
)
def test_a_slip_in_the_days_is_named(tmp_path: Path, content: str, said: str) -> None:
    """Each with its place: another year's day, one that stands twice, no weekend, no day."""
    write_folder(tmp_path, {YEAR: content})
    problems = [one for one in find_problems(tmp_path) if one.path == YEAR]
    assert problems
    assert any(said in f"{one.field} {one.what}" and one.line for one in problems)


def test_a_file_that_is_no_year_is_named(tmp_path: Path) -> None:
    """A name that nobody reads is told with the one to use."""
    write_folder(tmp_path, {"workdays/next.yaml": GOOD})
    (problem,) = find_problems(tmp_path)
    assert problem.path == "workdays/next.yaml"
    assert "workdays/2027.yaml" in problem.remedy
