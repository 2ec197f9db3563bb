"""An edition whole: text → file, its size, a cold start, and questions → composed answers.

`python -m tests.bench.editions [--sizes 100000]`; see `--help`. Goes through the product's own
doors, with whatever cuts words here. Writes `editions.txt` and `editions.json` into `--out`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from tests.bench.freshness import ROOT
from tests.bench.report import environment, in_words, keep, show, table_of
from tests.bench.terms import Terms, kept_terms


def main(given: Sequence[str] | None = None) -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.editions", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[100_000])
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, default=Path("var/bench"))
    options = parser.parse_args(given)
    options.out = options.out.resolve()
    where = environment()
    kept: dict[str, object] = {"environment": where}
    parts: list[Table | str] = [in_words(where)]
    for size in options.sizes:
        terms = kept_terms(options.out, size, options.questions)
        folder = options.out / "served" / terms.folder.name
        shutil.rmtree(folder, ignore_errors=True)  # built from text, with nothing to take over
        built = _child("build", terms, folder, options.rounds)
        once = _child("serve", terms, folder, options.rounds)["opening, ms"]
        served = _child("serve", terms, folder, options.rounds)
        found = {**built, "the very first opening, ms": once, **served}
        kept[str(size)] = found
        parts.append(_table(size, found))
    show(parts, options.out / "editions.txt")
    keep(kept, options.out / "editions.json")


def _child(what: str, terms: Terms, folder: Path, rounds: int) -> dict[str, object]:
    given = map(str, (what, terms.folder, terms.size, folder, rounds))
    command = [sys.executable, "-m", "tests.bench.served", *given]
    done = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def _table(size: int, found: dict[str, object]) -> Table:
    rows = [
        (name, f"{value:,.3g}" if isinstance(value, float) and value < 1000 else str(value))
        for name, value in found.items()
    ]
    return table_of(f"\n{size:,} passages of 200 characters", ("what", "figure"), rows)


if __name__ == "__main__":
    main()
