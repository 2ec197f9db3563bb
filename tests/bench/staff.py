"""What staff's files may do to the bot: spoilt ones, cut-off ones, and how long many take.

`python -m tests.bench.staff [--mutations 10000] [--files 5] [--passages 8000]`; see `--help`.
Writes `staff.txt` and `staff.json` into `--out`. Ends with 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from bot.knowledge.loading import load
from tests.bench.corpora import made_passages
from tests.bench.freshness import ROOT
from tests.bench.report import environment, in_words, keep, show, table_of
from tests.unit.knowledge.staff_files import OFFICE

BATCH = 500  # files a child: a crash costs the counts of one batch
SECTIONS = 20  # of a made document: a long policy paper
ASKS = 5  # of a made section, as the handbook wants them
LOADING_GOAL = 1.5  # seconds of processor time for 8,000 passages
FATAL = ("crashed or hung", "refused without", "lost silently")


def main(given: Sequence[str] | None = None) -> int:
    """Measure what the command line asks for; give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.staff", description=__doc__)
    parser.add_argument("--mutations", type=int, default=10_000)
    parser.add_argument("--files", type=int, default=5, help="files whose every prefix is read")
    parser.add_argument("--passages", type=int, default=8_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=Path("var/bench"))
    options = parser.parse_args(given)
    options.out.mkdir(parents=True, exist_ok=True)
    where = environment()
    spoilt = _survey("mutations", _batches(options.mutations))
    cut = _survey("prefixes", [(str(number),) for number in range(options.files)])
    seconds = loading_times(options.out / "staff", options.passages, options.rounds)
    found = {"environment": where, "mutations": spoilt, "prefixes": cut, "loading, s": seconds}
    parts: list[Table | str] = [
        in_words(where),
        _table(f"{options.mutations:,} spoilt files", spoilt),
        _table(f"Every prefix of {options.files} files", cut),
        f"{options.passages:,} passages of YAML loaded and checked: "
        f"{statistics.median(seconds):.2f} s of processor time, median of {len(seconds)}",
    ]
    show(parts, options.out / "staff.txt")
    keep(found, options.out / "staff.json")
    slow = statistics.median(seconds) > LOADING_GOAL
    return int(slow or any(counted.get(name, 0) for counted in (spoilt, cut) for name in FATAL))


def _batches(count: int) -> list[tuple[str, str]]:
    return [(str(first), str(min(BATCH, count - first))) for first in range(0, count, BATCH)]


def _survey(what: str, jobs: Sequence[tuple[str, ...]]) -> dict[str, float]:
    """Run each job in a child; count its files' fates, or that the child died."""
    counted: Counter[str] = Counter()
    slowest = 0.0
    for job in jobs:
        command = [sys.executable, "-m", "tests.bench.spoilt", what, *job]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            counted["crashed or hung"] += 1
            continue
        found = json.loads(done.stdout)
        counted.update(found["counted"])
        slowest = max(slowest, found["slowest"])
    return {**counted, "slowest, s": round(slowest, 3)}


def _table(title: str, counted: dict[str, float]) -> Table:
    missing = {name: 0.0 for name in FATAL if name not in counted}
    rows = [(name, f"{count:,g}") for name, count in {**counted, **missing}.items()]
    return table_of(title, ("what became of them", "files"), rows)


def loading_times(folder: Path, passages: int, rounds: int) -> list[float]:
    """Load a made knowledge folder again and again; give the seconds of processor time."""
    shutil.rmtree(folder, ignore_errors=True)
    _write(folder, passages)
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        held = len(load(folder).passages)
        seconds.append(round(time.process_time() - start, 3))
        assert held == passages
    return seconds


def _write(folder: Path, passages: int) -> None:
    """Write documents of sections of a passage each, with questions cut from their texts."""
    texts = list(made_passages(passages))
    for start in range(0, passages, SECTIONS):
        lines = ["title: 文件", "wording: 摘编", "source: {publisher: 甲}", "sections:"]
        for number, text in enumerate(texts[start : start + SECTIONS]):
            clean = "".join(text.split())
            asks = [f"{clean[cut : cut + 8]}怎么办" for cut in range(0, ASKS * 8, 8)]
            lines += [f"  - heading: 第{number}节", "    asks:"]
            lines += [f"      - '{ask.translate(_PLAIN)}'" for ask in asks]
            lines += ["    text: |", f"      {clean}"]
        path = folder / "documents" / "made" / f"d{start}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([*lines, ""]), "utf-8")
    (folder / "office.yaml").write_text(OFFICE, "utf-8")


_PLAIN = str.maketrans("", "", "，、；;。？?'")  # a question has none of them in its middle


if __name__ == "__main__":
    sys.exit(main())
