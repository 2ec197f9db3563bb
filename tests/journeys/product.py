"""Start the real command in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DAY = "2026-11-02"


def environment(**settings: str) -> dict[str, str]:
    """Give this process's environment without settings of the product, but for those named."""
    ours = ("POLICYBOT_", "TELEGRAM_")
    rest = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**rest, "NO_PROXY": "127.0.0.1", **settings}


def run(
    *arguments: str,
    typed: str | bytes = "",
    folder: Path = ROOT,
    **settings: str,
) -> subprocess.CompletedProcess[str]:
    """Run `policybot` with arguments and standard input; a traceback anywhere fails."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        input=typed if isinstance(typed, bytes) else typed.encode("utf-8", "surrogatepass"),
        capture_output=True,
        env=environment(PYTHONPATH=str(ROOT), **settings),
        timeout=60,
        check=False,
    )
    output, errors = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in output + errors, errors
    return subprocess.CompletedProcess(done.args, done.returncode, output, errors)


def chat(*lines: str, **settings: str) -> list[dict[str, Any]]:
    """Put lines to `policybot chat --json` on the shipped knowledge; give the objects."""
    typed = "".join(f"{line}\n" for line in lines)
    done = run("chat", "--json", "--date", DAY, typed=typed, **settings)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]
