"""calibration.yaml: optional, checked like every other sheet, and a part of the corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge.checking import find_problems
from bot.knowledge.loading import CALIBRATION, load
from bot.models.calibration import UNCALIBRATED, Calibration
from tests.unit.knowledge.staff_files import Mistake, spoil, write_folder

SHEET = """\
refuse_below: 0.25
answer_from: 0.5
measured:
  day: 2026-11-22
  knowledge: 0123456789ab
  answerable: 400
  answerable_refused: 0.04
  answerable_hedged: 0.1
  taken_out_answered: 0.2
  near_miss_answered: 0.05
  off_topic_answered: 0
"""
MISTAKES = (
    Mistake("0.25", "▶25%", "不是 0 到 1 的小数", "0.85", "refuse_below"),
    Mistake("answer_from: 0.5", "answer_from: ▶0.2", "比 refuse_below 小", "0.25", "answer_from"),
    Mistake("answer_from: 0.5\n", "", "", "", "answer_from"),
    Mistake("  day: 2026-11-22", "  day: ▶2026-11-31", "不是有效日期", "", "measured.day"),
    Mistake("answer_from", "▶answer_form", "answer_form", "answer_from", "answer_form"),
)


def test_the_thresholds_reach_the_corpus(tmp_path: Path) -> None:
    """What the file says is what the edition refuses and hedges by."""
    corpus = load(write_folder(tmp_path, {CALIBRATION: SHEET}))
    assert corpus.calibration == Calibration(refuse_below=0.25, answer_from=0.5)


def test_a_folder_without_the_file_has_the_defaults(tmp_path: Path) -> None:
    """Nobody has to calibrate before the first question, nor measure to set thresholds."""
    assert load(write_folder(tmp_path)).calibration == UNCALIBRATED
    short = "refuse_below: 0.1\nanswer_from: 0.1\n"
    corpus = load(write_folder(tmp_path, {CALIBRATION: short}))
    assert corpus.calibration == Calibration(0.1, 0.1)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: one.new)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, mistake: Mistake) -> None:
    """Where the file cannot be right it is refused, by `policybot check` as by a start."""
    marked = mistake if "▶" in mistake.new else Mistake(mistake.old, "▶" + mistake.new, "", "")
    content, line, column = spoil(SHEET, marked)
    folder = write_folder(tmp_path, {CALIBRATION: content})
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    assert caught.value.problems == find_problems(folder)
    problem = next(one for one in caught.value.problems if one.field == mistake.field)
    assert problem.path == CALIBRATION
    assert mistake.what in problem.what
    assert mistake.remedy in problem.remedy
    if mistake.new:
        assert (problem.line, problem.column) == (line, column)


def test_the_digest_changes_with_the_calibration(tmp_path: Path) -> None:
    """Another threshold is another edition: answers are named by it."""
    folder = write_folder(tmp_path, {CALIBRATION: SHEET})
    before = load(folder).digest
    write_folder(tmp_path, {CALIBRATION: SHEET.replace("0.25", "0.26")})
    assert load(folder).digest != before


def test_a_broken_calibration_does_not_keep_from_a_new_one(tmp_path: Path) -> None:
    """To calibrate, the knowledge is loaded as if it had no such file."""
    folder = write_folder(tmp_path, {CALIBRATION: "refuse_below: 高\n"})
    corpus = load(folder, calibrated=False)
    assert corpus == load(write_folder(tmp_path / "other"))
