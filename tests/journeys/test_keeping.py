"""Staff keep documents by commands, and read what each of them means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.journeys.product import run
from tests.unit.knowledge.staff_files import DOCUMENT_PATH, write_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small knowledge folder."""
    return write_folder(tmp_path / "knowledge")


def test_what_a_retirement_means_is_said(folder: Path) -> None:
    """The line that was written, and from which day answers are other ones."""
    done = run("retire", "trade-in", "--on", "2098-12-31", "--knowledge", str(folder))
    assert done.returncode == 0, done.stderr
    assert f"已改 {DOCUMENT_PATH} 第 13 行：effective_until: 2098-12-31" in done.stdout
    assert "从 2099-01-01 起，回答说已经失效" in done.stdout
    assert "--date 2099-01-01" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [("--superseded-by", "other"), ("--superseded-by", "other", "--how", "替换")],
)
def test_what_follows_is_named_with_how(folder: Path, arguments: tuple[str, ...]) -> None:
    """One without the other, or another word, is wrong usage; the remedy is said."""
    command = ("retire", "trade-in", "--on", "2098-12-31", "--knowledge", str(folder))
    done = run(*command, *arguments)
    assert done.returncode == 2
    assert "--how" in done.stderr


def test_problems_elsewhere_are_told_after_the_change(folder: Path) -> None:
    """The change is written; what keeps the folder from being served is named."""
    (folder / "documents" / "broken.yaml").write_text("title：坏\n", "utf-8")
    done = run("reviewed", "trade-in", "--knowledge", str(folder))
    assert done.returncode == 1
    assert "已改" in done.stdout
    assert "documents/broken.yaml:1:" in done.stdout


def test_a_review_is_an_object_for_programs(folder: Path, tmp_path: Path) -> None:
    """Findings have their matter, place, what and remedy; they are no failure."""
    (folder / "lexicon.txt").write_text("从没有的词\n", "utf-8")
    data = str(tmp_path / "var")
    done = run("review", "--json", "--knowledge", str(folder), POLICYBOT_DATA=data)
    assert done.returncode == 0, done.stderr
    (finding,) = (one for one in json.loads(done.stdout)["findings"] if one["matter"] == "words")
    assert (finding["path"], finding["line"]) == ("lexicon.txt", 1)
    assert finding["what"]
    assert finding["remedy"]
