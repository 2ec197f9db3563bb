"""The handbook's commands are run, and say what it says they say."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.journeys.product import ROOT, run
from tests.unit.knowledge.git_folders import commit_all

HANDBOOK = (ROOT / "knowledge" / "README.md").read_text("utf-8")
FAILING = "个检验问题原来对、现在不对"  # what the handbook shows of an example that ends with 1
FENCED = re.findall(r"^```\w*\n(.*?)^```$", HANDBOOK, re.DOTALL | re.MULTILINE)
BLOCKS = [block for block in FENCED if block.startswith("$ ")]


def test_the_handbook_has_examples() -> None:
    """What is not found is not tested: each command of the staff has its example."""
    shown = {line.split()[2] for block in BLOCKS for line in block.splitlines() if line[0] == "$"}
    assert {"changes", "review", "new", "retire", "reviewed"} <= shown


def matches(told: str, shown: str) -> bool:
    """Compare an output with what the handbook shows; … stands for anything."""
    pattern = ".*".join(map(re.escape, shown.strip().split("…")))
    return re.fullmatch(pattern, told.strip(), re.DOTALL) is not None


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("\n")[0][2:40])
def test_an_example_of_the_handbook_is_real(block: str, tmp_path: Path) -> None:
    """Each block is run on a copy of the shipped knowledge, which lies in a git repository."""
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    commit_all(tmp_path)
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, shown = part.partition("\n")
        command, *arguments = shlex.split(line)
        assert command == "policybot"
        done = run(
            *arguments, folder=tmp_path, POLICYBOT_DATA=str(tmp_path / "var"), COLUMNS="300"
        )
        fails = FAILING in shown
        assert done.returncode == int(fails), done.stdout + done.stderr
        assert matches(done.stdout, shown), done.stdout
