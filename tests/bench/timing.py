"""Open indexes → what a question costs each: taken in turns, so that noise hits all alike."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.systems import Answered, Opened

BLOCK = 20  # questions that one system answers before the next has its turn: caches stay warm
ROUNDS = 3  # times that every question is put; its median counts, so one disturbance does not
NANOSECONDS = 1e6  # in a millisecond
KIB = 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What questions cost one system in milliseconds, and what it found."""

    wall_p50: float
    wall_p99: float
    cpu_p50: float
    cpu_p99: float
    passages: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Memory:
    """What a process holds, in bytes: of its own, and of files that it maps and may share."""

    own: int
    mapped: int
    share: int  # of the mapped, divided by how many processes map it (PSS)


def percentile(values: Sequence[float], percent: float) -> float:
    """Give the smallest value that at least `percent` of all do not exceed (nearest rank)."""
    place = math.ceil(percent / 100 * len(values))
    return sorted(values)[max(place, 1) - 1]


def compare(opened: Mapping[str, Opened], asked: int, rounds: int = ROUNDS) -> dict[str, Cost]:
    """Put every question to every system, block by block; one more round before warms up."""
    names = list(opened)
    answered: dict[str, list[list[Answered]]] = {
        name: [[] for _ in range(asked)] for name in names
    }
    for turn in range(rounds + 1):
        for first in range(0, asked, BLOCK):
            names.append(names.pop(0))  # no system always follows the same one
            for name in names:
                for number in range(first, min(first + BLOCK, asked)):
                    one = opened[name].answer(number)
                    if turn:
                        answered[name][number].append(one)
    return {name: cost_of(answers) for name, answers in answered.items()}


def cost_of(answers: Sequence[Sequence[Answered]]) -> Cost:
    """Take each question's median over its rounds, and the percentiles over all questions."""
    wall = [median(one.wall for one in turns) / NANOSECONDS for turns in answers]
    cpu = [median(one.cpu for one in turns) / NANOSECONDS for turns in answers]
    return Cost(
        wall_p50=percentile(wall, 50),
        wall_p99=percentile(wall, 99),
        cpu_p50=percentile(cpu, 50),
        cpu_p99=percentile(cpu, 99),
        passages=tuple(turns[0].passages for turns in answers),
    )


def agreement(found: Sequence[Sequence[int]], reference: Sequence[Sequence[int]]) -> float | None:
    """Give the mean share of the reference's passages that were found; None of no search."""
    if not any(found):
        return None
    shares = [
        len(set(one) & set(other)) / len(other)
        for one, other in zip(found, reference, strict=True)
        if other
    ]
    return sum(shares) / len(shares) if shares else 1.0


def memory_of(process: str) -> Memory:
    """Read what a process holds from /proc; zero where the system has none."""
    rollup = Path("/proc") / process / "smaps_rollup"
    if not rollup.exists():
        return Memory(0, 0, 0)
    sizes = {}
    for line in rollup.read_text("utf-8").splitlines()[1:]:
        name, size, *_ = line.split()
        sizes[name.rstrip(":")] = int(size) * KIB
    own = sizes["Anonymous"]
    return Memory(own, sizes["Rss"] - own, max(0, sizes["Pss"] - own))


def peak_memory() -> int:
    """Give the most that this process has held so far, in bytes; zero without /proc.

    Not `ru_maxrss`: a child inherits that from the process that started it.
    """
    status = Path("/proc/self/status")
    lines = status.read_text("utf-8").splitlines() if status.exists() else ()
    return next((int(line.split()[1]) * KIB for line in lines if line.startswith("VmHWM")), 0)
