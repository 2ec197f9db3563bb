"""An office sees what an edit changes before it is served, by hand and in its own CI."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.journeys.product import ROOT, environment, run
from tests.unit.knowledge.git_folders import commit_all, git
from tests.unit.knowledge.staff_files import DOCUMENT, DOCUMENT_PATH, write_folder

EDITED = DOCUMENT.replace("2000元", "1500元")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder for all: the dictionary is compiled once."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A repository with its knowledge on `origin/main`, and a changed figure on top of it."""
    knowledge = write_folder(tmp_path / "office" / "knowledge")
    office = commit_all(tmp_path / "office")
    git(office, "update-ref", "refs/remotes/origin/main", "HEAD")
    (knowledge / DOCUMENT_PATH).write_text(EDITED, "utf-8")
    return office


Changes = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def changes(office: Path, data: Path) -> Changes:
    """Runs `policybot changes` in the office's repository."""

    def changes(*arguments: str, against: str = "origin/main") -> subprocess.CompletedProcess[str]:
        command = ("changes", "--against", against, *arguments)
        return run(*command, folder=office, POLICYBOT_DATA=str(data))

    return changes


def test_a_changed_figure_is_shown_in_every_form(changes: Changes) -> None:
    """In the terminal and as JSON; the passage is still the right one, so the exit code is 0."""
    shown = changes()
    assert shown.returncode == 0, shown.stderr
    for part in ("数字变了", "2000元", "1500元", "改动 trade-in", "一级能效补多少"):
        assert part in shown.stdout
    told = json.loads(changes("--format", "json").stdout)
    assert told["counts"]["figure"] == len(told["changes"])
    assert "1500元" in told["changes"][0]["after"]["text"]
    assert not [one for one in told["changes"] if one["kept"] and one["question"]]


def test_a_judgement_that_fails_now_fails_the_command(office: Path, changes: Changes) -> None:
    """A section that is gone takes its judgement with it, until that is changed too."""
    (office / "knowledge" / DOCUMENT_PATH).write_text(
        EDITED.replace("heading: 补贴标准", "heading: 补多少"), "utf-8"
    )
    done = changes()
    assert done.returncode == 1
    assert "检验问题原来对，现在不对：1" in done.stdout
    assert "删去“补贴标准”" in done.stdout


def test_an_unchanged_folder_changes_nothing(changes: Changes) -> None:
    """The same knowledge against itself, as a folder."""
    done = changes(against="knowledge")
    assert done.returncode == 0
    assert "回答都没有变" in done.stdout


def test_another_day_shows_what_will_change(office: Path, changes: Changes) -> None:
    """A rule that ends next year changes no answer today, and all of them then."""
    ending = DOCUMENT.replace("2026-12-31", "2098-12-31")
    (office / "knowledge" / DOCUMENT_PATH).write_text(ending, "utf-8")
    done = changes("--date", "2027-06-01")
    assert "是否有效变了：" in done.stdout


def test_a_broken_other_side_is_named_as_such(office: Path, changes: Changes) -> None:
    """Mistakes of the earlier state are named as being there; those here as being here."""
    earlier = write_folder(office.parent / "earlier", {DOCUMENT_PATH: "title：坏\n"})
    done = changes(against=str(earlier))
    assert done.returncode == 1
    assert f"{earlier}:{DOCUMENT_PATH}:1:" in done.stderr
    (office / "knowledge" / DOCUMENT_PATH).write_text("title：坏\n", "utf-8")
    assert f"\n{DOCUMENT_PATH}:1:" in changes().stderr


EXAMPLES = {
    "github": (ROOT / "deploy" / "github-workflow.example.yml", ("jobs", "knowledge", "steps")),
    "gitlab": (ROOT / "deploy" / "gitlab-ci.example.yml", ("knowledge", "script")),
}


def commands_of(name: str) -> list[str]:
    """Give the lines of an example workflow that run the product."""
    path, keys = EXAMPLES[name]
    node = yaml.safe_load(path.read_text("utf-8"))
    for key in keys:
        node = node[key]
    lines = [step.get("run", "") if isinstance(step, dict) else step for step in node]
    return [line for line in lines if line.startswith("policybot ")]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_workflow_works(office: Path, data: Path, name: str) -> None:
    """The very lines of the example check an office's repository and write the Markdown."""
    commands = commands_of(name)
    assert [shlex.split(line)[1] for line in commands] == ["check", "changes"]
    product = office.parent / "bin" / "policybot"
    product.parent.mkdir()
    product.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bot "$@"\n', "utf-8")
    product.chmod(0o755)
    path = f"{product.parent}{os.pathsep}{os.environ['PATH']}"
    settings = environment(PATH=path, PYTHONPATH=str(ROOT), POLICYBOT_DATA=str(data))
    for line in commands:
        done = subprocess.run(
            ["sh", "-ec", line],  # noqa: S607  # as the runner does
            cwd=office,
            env=settings,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert "<del>2000</del>" in (office / "changes.md").read_text("utf-8")
