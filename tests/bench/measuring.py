"""Systems × a corpus → everything that is measured of them.

Each index is built and opened in a process of its own; then all are open in this one, and take
turns.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.report import keep
from tests.bench.systems import System
from tests.bench.terms import Terms
from tests.bench.timing import Cost, agreement, compare

ROOT = Path(__file__).parents[2]  # where `tests` is found
# Those whose ten passages are BM25Okapi's: the others are held against the first that is there.
REFERENCES = ("rank_bm25", "policybot (numpy)", "bm25s, numpy")


@dataclass(frozen=True, slots=True)
class Row:
    """Everything measured of one system at one size; `absent` says why nothing was."""

    system: str
    absent: str = ""
    cost: Cost | None = None
    agrees: float | None = None
    build: dict[str, float] | None = None
    cold: dict[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a corpus is, where its indexes go, and Lucene's jar."""

    terms: Terms
    indexes: Path
    jars: tuple[Path, ...]

    def folder(self, system: System) -> Path:
        """Give the folder of a system's index."""
        return self.indexes / system.index


def measure(systems: Sequence[System], place: Place, rounds: int) -> list[Row]:
    """Measure every system that is there and is not too slow for the size."""
    absent = {system.name: _absence(system, place.terms.size) for system in systems}
    there = [system for system in systems if not absent[system.name]]
    builds = {system.name: _built(system, place) for system in there}
    colds = {system.name: _child("open", system, place) for system in there}
    costs = _costs(there, place, rounds)
    agrees = _agreements(costs)
    return [
        Row(name, why)
        if why
        else Row(name, "", costs[name], agrees[name], builds[name], colds[name])
        for name, why in absent.items()
    ]


def _absence(system: System, size: int) -> str:
    if size > system.largest:
        return f"not run beyond {system.largest:,} passages"
    return system.missing()


def _built(system: System, place: Place) -> dict[str, float]:
    """Build an index that is not there yet; what building took is kept beside it."""
    kept = place.folder(system).with_suffix(".json")
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        keep(_child("build", system, place), kept)
    found: dict[str, float] = json.loads(kept.read_text("utf-8"))
    return found


def _child(what: str, system: System, place: Place) -> dict[str, float]:
    corpus = (place.terms.folder, place.terms.size)
    given = [what, system.name, *corpus, place.folder(system), *place.jars]
    command = [sys.executable, "-m", "tests.bench.child", *map(str, given)]
    done = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _costs(systems: Sequence[System], place: Place, rounds: int) -> dict[str, Cost]:
    questions = place.terms.questions()
    opened = {
        system.name: system.open(place.terms, place.folder(system), questions)
        for system in systems
    }
    costs = compare(opened, len(questions), rounds)
    for one in opened.values():
        one.close()
    return costs


def _agreements(costs: Mapping[str, Cost]) -> dict[str, float | None]:
    """Give how much of the reference's ten passages each system finds."""
    reference = next((costs[name].passages for name in REFERENCES if name in costs), None)
    return {
        name: None if reference is None else agreement(cost.passages, reference)
        for name, cost in costs.items()
    }
