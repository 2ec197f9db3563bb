"""The project's own tools accept the project: style, types, import rules, knowledge."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BESIDE = Path(sys.executable).parent  # the tools of the environment that runs the tests

CHECKS = {
    "style": ["ruff", "check", "bot", "tests"],
    "format": ["ruff", "format", "--check", "bot", "tests"],
    "types": ["mypy"],
    "imports": ["lint-imports"],
    "knowledge": ["policybot", "check"],
}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", CHECKS)
def test_the_tool_finds_nothing(name: str) -> None:
    """Every tool that the project names runs over the whole project without a finding."""
    command, *arguments = CHECKS[name]
    done = subprocess.run(
        [str(BESIDE / command), *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
