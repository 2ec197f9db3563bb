"""A throw-away git repository that holds a knowledge folder in a subfolder."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

SETTINGS = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "staff",
    "GIT_AUTHOR_EMAIL": "staff@example.org",
    "GIT_COMMITTER_NAME": "staff",
    "GIT_COMMITTER_EMAIL": "staff@example.org",
}


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder; a failure fails the test."""
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],  # noqa: S607  # git is wherever PATH has it
        env={**os.environ, **SETTINGS},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def commit_all(repository: Path) -> Path:
    """Commit all that lies in a folder, which becomes a repository; give the folder."""
    git(repository, "init", "-q", "-b", "main")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "state")
    return repository
